import { createHash, createHmac, getHashes, pbkdf2Sync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { digestOf, hasPbkdf2Job, HASHES, hmacOf, pbkdf2Of } from './hash.js'
import type { HashName } from './hash.js'
import { PBKDF2_ALGORITHMS } from './kinds/pbkdf2.js'

const NAMES = Object.keys(HASHES).filter((name): name is HashName => Object.hasOwn(HASHES, name))
const OWN = ['md4', 'whirlpool']
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

// These are from hashlib and hmac of Python 3.11, with OpenSSL 3.0.19 and its legacy provider: HMAC of `message` with a key of 100
// letters k, and 70 bytes of PBKDF2 of `password` and `salt` in three rounds.
const KNOWN = [
  [
    'md4',
    '79c5deae52c3c7d99d615bee9fd92a63',
    '55451f6c9583ed745b58359e6e3197ec4ef0ba12f00416c6902e49bd274b0908c67176829d48a880dc029314866848213f67ebd15c43a3d8d0649dc7c0425b711346ceafc2eb',
  ],
  [
    'whirlpool',
    'fcb036dee26e99c3606195583df004e7d627480721bb6fb9b05d3f7a16b315e985e11b82a6ad039cb9ed065c3152ca99ead5887028f6bd36796c2a83956489cb',
    '044e8b75485484f0274bbcee31bc227360dc6e9d2a81b47cb844e13afe04bae61bd539a5eb3134917f5d581d98289debb93946290c0b70ae7f702c4d7661026f2fcd0b4b0dae',
  ],
  [
    'sm3',
    'bc57f496747db83415b22960ff9bcfda46898d7b80f12871c024cf426d5434e2',
    'f2a075c888a5188892c4860f9b33ad24a7fd5c5685b6f7a6bc12f76e2cd732e26b04243840242693c9446ac9f80c3f07cf31f035c4f0120ae55f8faaae547628c6f8a5b0a47a',
  ],
] as const

test.each(KNOWN)('HMAC and PBKDF2 with %s give the answers of OpenSSL', (name, hmac, key) => {
  expect(hexOf(hmacOf(name, Buffer.alloc(100, 'k'), Buffer.from('message')))).toBe(hmac)
  const [password, salt] = [Buffer.from('password'), Buffer.from('salt')]
  expect(hexOf(pbkdf2Of(name, { password, salt, iterations: 3, length: 70 }))).toBe(key)
})

describe('a hash function that node:crypto has', () => {
  test.each(NAMES.filter((name) => !OWN.includes(name)))('gives its answers: %s', (name) => {
    expect(getHashes()).toContain(name)
    const parts = [Buffer.from('correct '), Buffer.from('horse')]
    expect(hexOf(digestOf(name, parts))).toBe(createHash(name).update('correct horse').digest('hex'))
    const key = Buffer.from('key')
    expect(hexOf(hmacOf(name, key, Buffer.from('a')))).toBe(createHmac(name, key).update('a').digest('hex'))
    const [password, salt] = [Buffer.from('password'), Buffer.from('salt')]
    const [bytes, block] = HASHES[name]
    expect(digestOf(name, parts)).toHaveLength(bytes)
    // A key as long as a block is used as it is, and a longer one is hashed first.
    const long = Buffer.alloc(block + 1, 'k')
    expect(hexOf(hmacOf(name, long, salt))).toBe(hexOf(hmacOf(name, digestOf(name, [long]), salt)))
    const whole = long.subarray(1)
    expect(hexOf(hmacOf(name, whole, salt))).not.toBe(hexOf(hmacOf(name, digestOf(name, [whole]), salt)))
    expect(hexOf(pbkdf2Of(name, { password, salt, iterations: 3, length: 70 }))).toBe(
      pbkdf2Sync(password, salt, 3, 70, name).toString('hex'),
    )
  })
})

test('the hash functions without jobs of PBKDF2 are those that its kind does not have', () => {
  const known: readonly string[] = PBKDF2_ALGORITHMS
  expect(NAMES.filter((name) => !hasPbkdf2Job(name))).toEqual(NAMES.filter((name) => !known.includes(name)))
})
