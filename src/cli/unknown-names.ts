/**
 * The message about an unknown command. People type passwords and digests in the place of a command, and the output of a
 * command ends in logs. So the first word is repeated only where it is nearly the name of a command, which gives nothing
 * away. Nobody types a password behind two dashes by accident, so the name of an option is repeated where it is short and in
 * lower case, as options are. The value of an option, an argument and a cluster of letters behind one dash (`-pPASSWORD`) are
 * never repeated.
 */
export function describeUnknownCommand(word: string, names: readonly string[]): string {
  const nearest = findNearest(word, names)
  if (nearest.length === 0 || !isPlain(word)) return 'There is no such command.'
  return `There is no command "${word}".${suggest(nearest)}`
}

/** The message about an unknown option; `option` is what was typed, dashes included, without its value. */
export function describeUnknownOption(option: string, names: readonly string[]): string {
  const nearest = findNearest(option, names)
  const isOption = /^(?:-[a-z]|--[a-z][a-z0-9_-]{1,19})$/.test(option)
  if (!isOption && (nearest.length === 0 || !isPlain(option))) return 'This command has no such option.'
  return `This command has no option "${option}".${suggest(nearest.map((name) => `--${name}`))}`
}

/** A question that suggests names, with a space before it; empty where no name is near. */
export function suggest(names: readonly string[]): string {
  const quoted = names.slice(0, MAX_SUGGESTIONS).map((name) => `"${name}"`)
  const last = quoted.pop()
  if (last === undefined) return ''
  return ` Did you mean ${quoted.length === 0 ? last : `${quoted.join(', ')} or ${last}`}?`
}

/** The names that are nearest to a word, in the order of `names`; none where no name is near. */
export function findNearest(word: string, names: readonly string[]): readonly string[] {
  if (word.length > MAX_LENGTH) return []
  const distances = names.map((name) => measure(normalise(word), normalise(name)))
  const least = Math.min(...distances)
  return least === Infinity ? [] : names.filter((_, index) => distances[index] === least)
}

const MAX_SUGGESTIONS = 4
/** The most characters of a word for which a near name is looked for. */
const MAX_LENGTH = 40

/** The least length of a word that is looked for at the beginning or as a part of a name; shorter words fit too many names. */
const MIN_PART = 3

function isPlain(word: string): boolean {
  return /^[A-Za-z0-9_-]{1,20}$/.test(word)
}

function normalise(word: string): string {
  return word.toLowerCase().replaceAll('_', '-').replace(/^-+/, '')
}

function measure(word: string, name: string): number {
  const edits = countEdits(word, name)
  const allowed = Math.min(3, Math.max(1, Math.floor(word.length / 3)))
  const distance = edits <= allowed ? edits : Infinity
  if (word.length < MIN_PART) return distance
  if (name.startsWith(word)) return Math.min(distance, 1)
  return name.split('-').includes(word) ? Math.min(distance, 2) : distance
}

/** The optimal string alignment distance: characters to insert, remove or replace, and neighbours to exchange. */
function countEdits(word: string, name: string): number {
  let older: readonly number[] = []
  let row: readonly number[] = Array.from({ length: name.length + 1 }, (_, index) => index)
  for (let i = 0; i < word.length; i++) {
    const next = [i + 1]
    for (let j = 0; j < name.length; j++) {
      const isExchange = i > 0 && j > 0 && word[i] === name[j - 1] && word[i - 1] === name[j]
      next.push(
        Math.min(
          (row[j + 1] ?? Infinity) + 1,
          (next[j] ?? Infinity) + 1,
          (row[j] ?? Infinity) + (word[i] === name[j] ? 0 : 1),
          isExchange ? (older[j - 1] ?? Infinity) + 1 : Infinity,
        ),
      )
    }
    older = row
    row = next
  }
  return row[name.length] ?? Infinity
}
