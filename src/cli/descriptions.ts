import type { Cost, Hint } from '../index.js'

/** An estimate for people, in two digits, since an estimate is not more exact. */
export function describeCost({ milliseconds, bytes, lanes }: Cost): string {
  const parts = [describeTime(milliseconds)]
  if (bytes >= MIB) parts.push(`${round(bytes / MIB)} MiB`)
  if (lanes > 1) parts.push(`${lanes} lanes`)
  return parts.join(', ')
}

/** The hint about an unread digest that an answer may have. */
type Hinted = { readonly outcome: string } & Partial<Hint>

export function readHint({ looksLike, advice }: Hinted): Partial<Hint> {
  return looksLike === undefined || advice === undefined ? {} : { looksLike, advice }
}

/** The lines that say what an unread digest looks like, and what to do. */
export function describeHint(answer: Hinted): readonly string[] {
  const { looksLike, advice } = readHint(answer)
  return looksLike === undefined ? [] : [`It looks like ${looksLike}. ${advice}`]
}

/** The line about white space at the ends of a password, which an editor or a shell may have added; none without it. */
export function describePasswordSpaces(password: Uint8Array): readonly string[] {
  // A decoder drops a leading byte order mark by default. Bytes that are not UTF-8 are no white space.
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(password)
  // String.prototype.trim counts the byte order mark as white space.
  if (text === text.trim()) return []
  return ['The password begins or ends with white space (or a byte order mark), which is not removed.']
}

const MIB = 1024 * 1024

function describeTime(milliseconds: number): string {
  if (milliseconds < 1) return 'under 1 ms'
  if (milliseconds < 1_000) return `about ${round(milliseconds)} ms`
  const seconds = milliseconds / 1_000
  if (seconds < 120) return `about ${round(seconds)} s`
  const hours = seconds / 3_600
  if (hours < 2) return `about ${round(seconds / 60)} minutes`
  return hours < 48 ? `about ${round(hours)} hours` : `about ${round(hours / 24)} days`
}

function round(value: number): string {
  return String(Number(value.toPrecision(2)))
}
