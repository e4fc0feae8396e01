import type { Cost } from '../index.js'

/** An estimate for people: two digits are more than it is worth. */
export function describeCost({ milliseconds, bytes, lanes }: Cost): string {
  const parts = [describeTime(milliseconds)]
  if (bytes >= MIB) parts.push(`${round(bytes / MIB)} MiB`)
  if (lanes > 1) parts.push(`${lanes} lanes`)
  return parts.join(', ')
}

/** What nobody sees in a digest, and keeps it from being one. */
export function describeSpaces(digest: string): readonly string[] {
  return hasSpacesAround(digest) ? [`It ${BEGINS_OR_ENDS}`] : []
}

/** What nobody sees in a password, and an editor or a shell may have added. */
export function describePasswordSpaces(password: Uint8Array): readonly string[] {
  // By default a decoder drops a leading byte order mark. What is not UTF-8 is no white space.
  const text = new TextDecoder('utf-8', { ignoreBOM: true }).decode(password)
  return hasSpacesAround(text) ? [`The password ${BEGINS_OR_ENDS}`] : []
}

const BEGINS_OR_ENDS = 'begins or ends with white space (or a byte order mark), which is not removed.'

/** String.prototype.trim counts the byte order mark as white space. */
function hasSpacesAround(text: string): boolean {
  return text !== text.trim()
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
