import { builtinHashers } from '../index.js'
import type { Registry } from '../index.js'
import { hasAlias, isOnlyNamed } from './built-in.js'
import type { Tally } from './tally.js'
import { contextOf, passwordOf } from './vector-files.js'
import type { Spelling, VectorFile, VectorTest } from './vector-files.js'

interface Context {
  readonly registry: Registry
  readonly file: VectorFile
  readonly tally: Tally
  /** Whether to derive every change that parses; otherwise, only changes of the cheapest vector are derived. */
  readonly full: boolean
  /** The step between the places of a digest that are changed. */
  readonly every: number
}

/** A digest made from a valid one by a change, and where the change was. */
interface Mutation {
  readonly digest: string
  readonly kind: 'changed' | 'cut' | 'extended'
  readonly position: number
  /** The character that the change put in; empty where the digest was cut. */
  readonly character: string
}

// These characters come from a damaged column: no system writes them in a digest, not even in a salt that is text.
const DAMAGE: readonly string[] = Array.from('\0\t\n\r\u007f\u0085\u2028\u2029\ufeff')

// The characters that changes put in: all printable ones of ASCII, and some that look like a digit, a space or a letter.
const CHARACTERS = [...Array(95).keys()]
  .map((code) => String.fromCharCode(code + 0x20))
  .concat(['\u00a0', '\u00e9', '\u0660', '\u200b', '\uff15', '\ud800', '\udc00', ...DAMAGE])

const UNRELATED_PASSWORDS = ['nobody chose this one', '\u{1f511} nor this']

/**
 * Makes the checks that follow from valid vectors of any hasher: from one vector in `every`, and from the cheapest. In the
 * digests of these vectors one place in `every` is changed.
 *
 * @returns the number of vectors that checks were derived from
 */
export async function deriveChecks(
  registry: Registry,
  file: VectorFile,
  { full, every, tally }: { readonly full: boolean; readonly every: number; readonly tally: Tally },
): Promise<number> {
  const context = { registry, file, tally, full, every }
  const valid = file.groups.flatMap(({ tests }) => tests).filter(({ result }) => result === 'valid')
  const cheapest = findCheapest(context, valid)
  const sources = valid.filter((test, index) => index % every === 0 || test === cheapest)
  await forEachAtOnce(sources, async (test) => {
    try {
      await checkCalls(context, test)
      await checkMutations(context, test, full || test === cheapest)
    } catch (error) {
      // Every digest must have an answer: an exception is a failed check, not the end of the run.
      tally.expect(false, test.tcId, `an exception: ${error instanceof Error ? error.name : typeof error}`)
    }
  })
  return sources.length
}

/** Verifies the digest and the password of a test in other ways. An alias may be the name of another hasher too. */
async function checkCalls(context: Context, test: VectorTest): Promise<void> {
  const { registry, file, tally } = context
  const { digest, tcId } = test
  const password = passwordOf(test)
  const names = registry.identify(digest)
  tally.expect(names.includes(file.hasher) !== isOnlyNamed(file.hasher), tcId, 'what parses is not claimed')
  if (names.length > 1 && names.includes(file.hasher)) {
    tally.expect(
      await registry.verify(password, digest, contextOf(test)),
      tcId,
      'does not verify without a named hasher',
    )
  }
  for (const unrelated of UNRELATED_PASSWORDS) {
    tally.expect(
      !(await registry.verify(unrelated, digest, { hasher: file.hasher, ...contextOf(test) })),
      tcId,
      'an unrelated password matches',
    )
  }
  const text = typeof password === 'string' ? password : Buffer.from(password).toString('latin1')
  tally.expect(
    !(await registry.verify(digest, text, contextOf(test))),
    tcId,
    'matches with its arguments swapped',
  )

  const aliases = builtinHashers.find(({ name }) => name === file.hasher)?.aliases ?? []
  const unnamed = JSON.stringify(registry.parse(digest))
  let gaveWay = false
  for (const { name } of registry.hashers) {
    if (name === file.hasher || file.alike?.includes(name) === true) continue
    const parsed = registry.parse(digest, { hasher: name })
    if (parsed.outcome !== 'parsed' || file.alike?.includes(parsed.hasher) === true) continue
    // A named hasher that does not claim the digest gives way to the hashers that claim the digest unnamed, by a prefix.
    const givesWay = parsed.hasher !== name && !hasAlias(parsed.hasher, name)
    if (givesWay) tally.expect(JSON.stringify(parsed) === unnamed, tcId, `named ${name}, it is another`)
    // The work is the same whichever hasher gives way, so it is done once.
    if (givesWay && gaveWay) continue
    gaveWay ||= givesWay
    const matches = await registry.verify(password, digest, { hasher: name, ...contextOf(test) })
    // The hashers tried unnamed match, and an `onlyNamed` hasher is not one of them.
    const isExpected = (givesWay && !isOnlyNamed(file.hasher)) || aliases.includes(name)
    tally.expect(matches === isExpected, tcId, `verifies wrongly as ${name}`)
  }
}

// A file has many vectors of each form. Each vector gets a share of the characters, and together they put all into every field.
const SHARES = 4

/**
 * Gives changes of a digest to `parse`: all changes of the cheapest vector, and for each other vector every cut and a share of
 * the characters at each place. Changes of the cheapest vector that still parse are derived too.
 */
async function checkMutations(context: Context, test: VectorTest, derive: boolean): Promise<void> {
  const { registry, file, tally, full, every: step } = context
  const seen = new Set<string>()
  for (const mutation of mutate(test.digest, { step, every: derive ? 1 : SHARES, from: test.tcId })) {
    const parsed = registry.parse(mutation.digest, { hasher: file.hasher })
    tally.expect(
      parsed.outcome !== 'parsed' || parsed.hasher !== file.hasher || claims(context, mutation),
      test.tcId,
      'parses without being claimed',
    )
    tally.expect(
      parsed.outcome !== 'parsed' || !isDamaged(context, mutation),
      test.tcId,
      'parses with a character that stands in no digest',
    )
    if (
      !derive ||
      parsed.outcome !== 'parsed' ||
      !parsed.admitted ||
      parsed.cost.milliseconds > (step === 1 ? MAX_MUTANT_MS : MAX_SAMPLED_MS)
    )
      continue
    const place = `${mutation.kind} ${mutation.position} ${findRelation(context, test, mutation)}`
    if (seen.has(place) && !full) continue
    seen.add(place)
    await checkMutant(context, test, mutation)
  }
}

// A changed number may make a digest slow. A digest above this cost is not derived, since smaller changes are.
const MAX_MUTANT_MS = 50
// Where only a sample of the places is changed, the work is that of an edit's tests.
const MAX_SAMPLED_MS = 10

async function checkMutant(context: Context, test: VectorTest, mutation: Mutation): Promise<void> {
  const { registry, file, tally } = context
  const { digest, kind } = mutation
  const verify = (password: string | Uint8Array): Promise<boolean> =>
    registry.verify(password, digest, { hasher: file.hasher, ...contextOf(test) })
  const matches = await verify(passwordOf(test))
  const relation = findRelation(context, test, mutation)
  if (relation === 'spelling') {
    tally.expect(matches, test.tcId, 'another spelling of the digest does not verify')
  } else if (relation === 'sibling') {
    tally.expect(matches, test.tcId, 'a sibling of the same key does not verify')
  } else if (relation === 'stranger') tally.expect(!matches, test.tcId, `verifies although ${kind}`)
  for (const unrelated of UNRELATED_PASSWORDS) {
    tally.expect(!(await verify(unrelated)), test.tcId, `an unrelated password matches the digest ${kind}`)
  }
}

/** The relation of a changed digest to its original. A `rest` is what a cut leaves, and may match or not. */
function findRelation(
  { file }: Context,
  test: VectorTest,
  { digest, kind }: Mutation,
): 'spelling' | 'sibling' | 'rest' | 'stranger' {
  if (isSame(file.spellings, digest, test.digest)) return 'spelling'
  const siblings = file.siblings.filter(({ unless }) => !test.flags.includes(unless))
  if (isSame([...file.spellings, ...siblings], digest, test.digest)) return 'sibling'
  const isRest = kind === 'cut' && file.cuts.some(({ pattern }) => new RegExp(pattern, 'u').test(digest))
  return isRest ? 'rest' : 'stranger'
}

function* mutate(
  digest: string,
  { step, every, from }: { readonly step: number; readonly every: number; readonly from: number },
): Generator<Mutation> {
  for (let position = from % step; position < digest.length; position += step) {
    const before = digest.slice(0, position)
    yield { digest: before, kind: 'cut', position, character: '' }
    for (let next = (from + position) % every; next < CHARACTERS.length; next += every) {
      const character = CHARACTERS[next] ?? ''
      if (character === digest.charAt(position)) continue
      yield { digest: before + character + digest.slice(position + 1), kind: 'changed', position, character }
    }
  }
  for (const character of CHARACTERS) {
    yield { digest: digest + character, kind: 'extended', position: digest.length, character }
    yield { digest: character + digest, kind: 'extended', position: 0, character }
  }
}

function claims({ registry, file }: Context, { digest }: Mutation): boolean {
  return isOnlyNamed(file.hasher) || registry.identify(digest).includes(file.hasher)
}

/** Whether a changed digest holds a character that no digest has, such as half of a surrogate pair, alone or beside the other. */
function isDamaged({ file }: Context, { digest, character }: Mutation): boolean {
  const isTaken = file.controls === true && character > '\0' && character < '\x80'
  return (DAMAGE.includes(character) && !isTaken) || /\p{Surrogate}/u.test(digest)
}

function isSame(spellings: readonly Spelling[], first: string, second: string): boolean {
  return normalise(spellings, first) === normalise(spellings, second)
}

function normalise(spellings: readonly Spelling[], digest: string): string {
  let text = digest
  for (const { pattern, rewrite } of spellings) {
    const matcher = new RegExp(pattern, 'gu')
    text =
      rewrite === 'lower-case'
        ? text.replace(matcher, (part) => part.toLowerCase())
        : text.replace(matcher, rewrite)
  }
  return text
}

function findCheapest({ registry, file }: Context, tests: readonly VectorTest[]): VectorTest | undefined {
  const costOf = ({ digest }: VectorTest): number => {
    const parsed = registry.parse(digest, { hasher: file.hasher })
    return parsed.outcome === 'parsed' ? parsed.cost.milliseconds : Infinity
  }
  return tests.toSorted((first, second) => costOf(first) - costOf(second))[0]
}

/** Visits four items at once, so that jobs of different kinds keep more than one core busy. */
export async function forEachAtOnce<T>(
  items: readonly T[],
  visit: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items.values()
  const drain = async (): Promise<void> => {
    for (const item of queue) await visit(item)
  }
  await Promise.all([drain(), drain(), drain(), drain()])
}
