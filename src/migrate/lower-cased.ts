import type { Hasher } from '../index.js'

// Base64 of 32 bytes. One digest in four thousand million has no capital among so many characters by chance.
const ENDING = 43

/** Whether the digests of a hasher end in base64, long enough that it holds capitals. */
export function hasCapitals({ example }: Hasher): boolean {
  const ending = endingOf(example)
  return isBase64(ending.toLowerCase()) && ending !== ending.toLowerCase() && ending !== ending.toUpperCase()
}

/**
 * Whether a column without case made such a digest lower-case. Some hashers still read it, as another digest, which no password
 * has: small letters are base64, too.
 */
export function isLowerCased(digest: string): boolean {
  return isBase64(endingOf(digest)) && digest === digest.toLowerCase()
}

function endingOf(digest: string): string {
  return digest.slice(-ENDING)
}

/** Whether a text is base64 in small letters, of any alphabet, and is no hexadecimal. */
function isBase64(ending: string): boolean {
  let isHex = true
  for (const character of ending) {
    if (!'0123456789abcdef='.includes(character)) isHex = false
    if (!'0123456789abcdefghijklmnopqrstuvwxyz+/.-_='.includes(character)) return false
  }
  return !isHex && ending.length === ENDING
}
