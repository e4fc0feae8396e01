import { CODES } from '../../compute/codes.js'
import type { Expression } from '../../compute/expression.js'
import { sizeOf } from '../../compute/expression-cost.js'
import { evaluateInPlace } from './evaluate.js'
import { lengthsOf, partsWith } from './read.js'
import type { Descriptor } from './read.js'
import { hasBare, hasBarePassword, isHash, isKey, isPassword, KEY, someIn } from './walk.js'

// bcrypt reads no more than 72 bytes. What stands before the password in a value must not fill them: every password would match.

export const KEY_BYTES = 72
// This leaves 32 characters of a hash in hexadecimal, 16 bytes.
export const MAX_LEAD_BYTES = 40
const MIN_HASH_BYTES = 16
// Fewer bytes of a key could be guessed.
const MIN_KEY_BYTES = 16

/** The most bytes in front of what carries the password first. */
export function leadOf(descriptor: Descriptor): number {
  const lengths = [...lengthsOf(descriptor, 0)]
  // Without its context a digest is only read, and a check without it fails.
  if (descriptor.missing !== undefined) for (const place of descriptor.given) lengths[place] = 0
  return leadIn(descriptor.expression, lengths)
}

function leadIn(expression: Expression, lengths: readonly number[]): number {
  if (expression.type === 'code') return Math.ceil(leadIn(expression.of, lengths) * CODES[expression.code])
  if (expression.type !== 'cat') return 0
  let lead = 0
  for (const item of expression.items) {
    if (someIn(item, isPassword)) return lead + leadIn(item, lengths)
    lead += sizeOf(item, lengths).length
  }
  return lead
}

/**
 * Whether bcrypt cannot tell a value from that of another password: bytes of the password's own lie beyond its bound, or too few of the
 * hashes that carry it before it. A hash whose tail is cut is as good as a whole one.
 */
export function truncatesValue(password: Uint8Array, descriptor: Descriptor): boolean {
  const bare = itemsOf(password, descriptor).filter(({ item }) => hasBarePassword(item))
  if (bare.some(({ end }) => end > KEY_BYTES)) return true
  const lengths = lengthsOf(descriptor, password.length)
  return bare.length === 0 && hashBytesIn(descriptor.expression, KEY_BYTES, lengths) < MIN_HASH_BYTES
}

/**
 * Whether bcrypt reads so few bytes of the context's site key that they could be guessed. Whoever writes a row with a password of 71
 * bytes would learn the first byte by 256 checks, and with shorter passwords the others one by one.
 */
export function cutsKey(password: Uint8Array, descriptor: Descriptor): boolean {
  if (!descriptor.given.includes(KEY)) return false
  return itemsOf(password, descriptor).some(({ item, start, end }) => {
    if (!hasBare(item, isKey) || end <= KEY_BYTES || start >= KEY_BYTES) return false
    return !isKey(item) || KEY_BYTES - start < MIN_KEY_BYTES
  })
}

interface Item {
  readonly item: Expression
  readonly start: number
  readonly end: number
}

/** The items of a value, with where each begins and ends. */
function itemsOf(password: Uint8Array, descriptor: Descriptor): readonly Item[] {
  const { expression } = descriptor
  const parts = partsWith(password, descriptor)
  const lengths = lengthsOf(descriptor, password.length)
  let end = 0
  return (expression.type === 'cat' ? expression.items : [expression]).map((item) => {
    const start = end
    end += hasBarePassword(item) ? lengthOf(item, parts, lengths) : sizeOf(item, lengths).length
    return { item, start, end }
  })
}

/** The bytes of hashes that carry the password, among the first bytes of a value. */
function hashBytesIn(expression: Expression, bound: number, lengths: readonly number[]): number {
  if (expression.type === 'code') {
    return hashBytesIn(expression.of, Math.floor(bound / CODES[expression.code]), lengths)
  }
  if (expression.type === 'cat') {
    let left = bound
    let sum = 0
    for (const item of expression.items) {
      sum += hashBytesIn(item, left, lengths)
      left -= sizeOf(item, lengths).length
    }
    return sum
  }
  const carries = someIn(expression, isPassword) && !isPassword(expression)
  return carries ? Math.max(0, Math.min(bound, sizeOf(expression, lengths).length)) : 0
}

/**
 * The length of a value in which the password stands itself: changes of its characters may make it longer or shorter. It is the longest
 * length where the value takes long to compute.
 */
function lengthOf(item: Expression, parts: readonly Uint8Array[], lengths: readonly number[]): number {
  const value = someIn(item, isHash) ? undefined : evaluateInPlace(item, parts)
  if (value === undefined) return sizeOf(item, lengths).length
  const { length } = value.bytes
  value.bytes.fill(0)
  return length
}
