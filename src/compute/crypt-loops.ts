import { hmac, messageDigest } from '../platform/node.js'
import type { CryptDigestJob } from './job.js'

// The schemes of crypt(3) over a message digest with node:crypto, where no kernel runs.

const MAGIC = { md5: '$1$', apr1: '$apr1$' } as const
const NUL = /* @__PURE__ */ new Uint8Array(1)

type Algorithm = 'md5' | 'sha256' | 'sha512'

/** Derives the bytes of a checksum: see `CryptDigestJob`. */
export function cryptDigest({ variant, password, salt, rounds }: CryptDigestJob): Uint8Array {
  if (variant === 'sha1') {
    let state = hmac('sha1', password, salt)
    for (let round = 1; round < rounds; round++) state = hmac('sha1', password, state)
    return state
  }
  if (variant === 'sha256' || variant === 'sha512') {
    const { first, ...sequences } = prepareSha2(variant, password, salt)
    return iterate({ algorithm: variant, first, rounds, ...sequences })
  }
  return iterate({ algorithm: 'md5', first: firstOfMd5(variant, password, salt), password, salt, rounds })
}

/** The first digest of MD5: magic and salt, a part of another digest, and a byte for each bit of the password's length. */
function firstOfMd5(variant: 'md5' | 'apr1', password: Uint8Array, salt: Uint8Array): Uint8Array {
  const around = messageDigest('md5', password, salt, password)
  const start = password.subarray(0, 1)
  const bits = bitsOf(password.length).map((isSet) => (isSet ? NUL : start))
  const magic = new TextEncoder().encode(MAGIC[variant])
  return messageDigest('md5', password, magic, salt, repeat(around, password.length), ...bits)
}

/** The first digest of SHA-2, and the sequences P and S that its rounds have in the place of password and salt. */
function prepareSha2(
  algorithm: 'sha256' | 'sha512',
  password: Uint8Array,
  salt: Uint8Array,
): { readonly first: Uint8Array; readonly password: Uint8Array; readonly salt: Uint8Array } {
  const around = messageDigest(algorithm, password, salt, password)
  const bits = bitsOf(password.length).map((isSet) => (isSet ? around : password))
  const first = messageDigest(algorithm, password, salt, repeat(around, password.length), ...bits)
  const ofPassword = messageDigest(algorithm, ...times(password, password.length))
  const ofSalt = messageDigest(algorithm, ...times(salt, 16 + (first[0] ?? 0)))
  return { first, password: repeat(ofPassword, password.length), salt: repeat(ofSalt, salt.length) }
}

function iterate({
  algorithm,
  first,
  password,
  salt,
  rounds,
}: {
  readonly algorithm: Algorithm
  readonly first: Uint8Array
  readonly password: Uint8Array
  readonly salt: Uint8Array
  readonly rounds: number
}): Uint8Array {
  let state = first
  for (let round = 0; round < rounds; round++) {
    const isOdd = round % 2 === 1
    const parts = [isOdd ? password : state]
    if (round % 3 !== 0) parts.push(salt)
    if (round % 7 !== 0) parts.push(password)
    parts.push(isOdd ? state : password)
    state = messageDigest(algorithm, ...parts)
  }
  return state
}

/** The bits of a number, the lowest first. */
function bitsOf(number: number): readonly boolean[] {
  return number === 0 ? [] : [number % 2 === 1, ...bitsOf(number >> 1)]
}

/** So many bytes of a digest, over and over. */
function repeat(digest: Uint8Array, length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, place) => digest[place % digest.length] ?? 0)
}

function times(part: Uint8Array, count: number): readonly Uint8Array[] {
  return Array.from({ length: count }, () => part)
}
