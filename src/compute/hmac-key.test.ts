import { createHash, createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { sharesHmacKey } from './hmac-key.js'

const bytesOf = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'utf8'))

describe.each([
  ['sha1', 20],
  ['sha256', 32],
  ['sha512', 64],
] as const)('a password as the key of HMAC with %s', (algorithm, length) => {
  const hmacOf = (key: Uint8Array): string => createHmac(algorithm, key).update('salt').digest('hex')

  test('is the key of the same password without a NUL at its end', () => {
    for (const text of ['key', '', 'with\0in', 'k'.repeat(length)]) {
      const password = bytesOf(`${text}\0`)
      expect(hmacOf(password)).toBe(hmacOf(bytesOf(text)))
      expect(sharesHmacKey(password, algorithm)).toBe(true)
      expect(sharesHmacKey(bytesOf(`${text}\0\0`), algorithm)).toBe(true)
    }
  })

  test('is the key of the long password whose digest it is', () => {
    const long = bytesOf('long '.repeat(40))
    const hash = Uint8Array.from(createHash(algorithm).update(long).digest())
    expect(hmacOf(hash)).toBe(hmacOf(long))
    expect(sharesHmacKey(hash, algorithm)).toBe(true)
    expect(sharesHmacKey(long, algorithm)).toBe(false)
  })

  test.each([
    ['the empty password', ''],
    ['a word', 'hunter2'],
    ['a NUL in its middle', 'before\0after'],
    ['as many printable characters as the hash function gives bytes', '~ '.repeat(length).slice(0, length)],
    ['a letter beyond ASCII and one byte less', `é${'x'.repeat(length - 3)}`],
    ['a letter beyond ASCII and one byte more', `é${'x'.repeat(length - 1)}`],
    ['many bytes', 'é'.repeat(1_000)],
  ])('is the key of no other password: %s', (_, text) => {
    expect(sharesHmacKey(bytesOf(text), algorithm)).toBe(false)
  })

  test.each(['\u{1f}', '\u{7f}', '\t'])(
    'may be the digest of a long password where it has a byte that nobody types (case %#)',
    (byte) => {
      for (const text of [byte + 'x'.repeat(length - 1), 'x'.repeat(length - 1) + byte]) {
        expect(sharesHmacKey(bytesOf(text), algorithm)).toBe(true)
      }
      expect(sharesHmacKey(bytesOf(`é${'x'.repeat(length - 2)}`), algorithm)).toBe(true)
    },
  )
})
