import { describe, expect, test } from 'vitest'
import { cryptLengthOf, decodeCrypt } from './crypt.js'
import { fieldOf } from './fields.js'

const LENGTHS = { md5: 22, sha1: 28, sha256: 43, sha512: 86 } as const
const BYTES = { md5: 16, sha1: 20, sha256: 32, sha512: 64 } as const

describe.each(['md5', 'sha1', 'sha256', 'sha512'] as const)('the checksum of %s in crypt(3)', (order) => {
  const length = LENGTHS[order]

  test('has one length', () => {
    expect(cryptLengthOf(order)).toBe(length)
    expect(decodeCrypt(fieldOf('.'.repeat(length)), order)).toEqual(new Uint8Array(BYTES[order]))
    for (const other of [0, length - 1, length + 1]) {
      expect(decodeCrypt(fieldOf('.'.repeat(other)), order)).toBe('length')
    }
  })

  test('has characters of its alphabet alone', () => {
    for (const sign of ['+', '=', '$', '\0', 'é', '-']) {
      expect(decodeCrypt(fieldOf(sign + '.'.repeat(length - 1)), order)).toBe('alphabet')
    }
  })

  test('has each byte of the digest in it: one changed character changes a byte, and none stays', () => {
    const changed = new Set<number>()
    for (let place = 0; place < length; place++) {
      const text = `${'.'.repeat(place)}/${'.'.repeat(length - place - 1)}`
      const bytes = decodeCrypt(fieldOf(text), order)
      // The first byte of SHA-1 stands in two places, which must not differ.
      if (typeof bytes === 'string') expect([order, bytes]).toEqual(['sha1', 'canonical'])
      else bytes.forEach((byte, index) => byte !== 0 && changed.add(index))
    }
    expect(changed.size).toBe(BYTES[order] - (order === 'sha1' ? 1 : 0))
  })
})

test('unused bits of the last character of a checksum are zero', () => {
  for (const [order, last] of [
    ['md5', '2'],
    ['sha256', 'E'],
    ['sha512', '2'],
  ] as const) {
    expect(decodeCrypt(fieldOf('.'.repeat(LENGTHS[order] - 1) + last), order)).toBe('canonical')
  }
})
