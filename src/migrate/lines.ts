import { BOUNDS } from './account.js'

export interface Line {
  readonly line: number
  /** The line without its end; undefined where it is longer than a row may be. */
  readonly text: string | undefined
}

/** Splits text into lines, which end with LF or CR LF, or with CR where the first end of a line is one. A line that is too long is passed over without being kept. */
export async function* splitLines(text: AsyncIterable<string>): AsyncGenerator<readonly Line[]> {
  let line = 1
  let rest = ''
  let isTooLong = false
  let ending: '\n' | '\r' | undefined
  for await (const chunk of text) {
    const batch: Line[] = []
    let start = 0
    ending ??= endingOf(chunk)
    const mark = ending ?? '\n'
    for (let end = chunk.indexOf(mark); end >= 0; end = chunk.indexOf(mark, start)) {
      const whole = rest + chunk.slice(start, end)
      batch.push({ line, text: isTooLong || whole.length > BOUNDS.record ? undefined : trimReturn(whole) })
      line++
      rest = ''
      isTooLong = false
      start = end + 1
    }
    if (!isTooLong) rest += chunk.slice(start)
    if (rest.length > BOUNDS.record) {
      isTooLong = true
      rest = ''
    }
    yield batch
  }
  if (rest !== '' || isTooLong) yield [{ line, text: isTooLong ? undefined : trimReturn(rest) }]
}

/** The end of the lines of a text; undefined where there is none, or it may be the first half of CR LF. */
export function endingOf(text: string): '\n' | '\r' | undefined {
  const [found] = /\r\n|\n|\r(?=[^])/.exec(text) ?? []
  if (found === undefined) return undefined
  return found === '\r' ? '\r' : '\n'
}

function trimReturn(text: string): string {
  return text.endsWith('\r') ? text.slice(0, -1) : text
}
