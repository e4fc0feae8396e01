import { describe, expect, test } from 'vitest'
import { md4 } from './md4.js'

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

describe('MD4', () => {
  test.each([
    ['', '31d6cfe0d16ae931b73c59d7e0c089c0'],
    ['a', 'bde52cb31de33e46245e05fbdbd6fb24'],
    ['abc', 'a448017aaf21d8525fc10ae87aa6729d'],
    ['message digest', 'd9130a8164549fe818874806e1c7014b'],
    ['abcdefghijklmnopqrstuvwxyz', 'd79e1c308aa5bbcdeea8ed63df412da9'],
    ['ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789', '043f8582f241db351ce627e153e7f0e4'],
    [
      '12345678901234567890123456789012345678901234567890123456789012345678901234567890',
      'e33b4ddc9c38f2199c3e7b164fcc0536',
    ],
  ])("has the answers of RFC 1320's test suite: vector %#", (message, digest) => {
    expect(hex(md4(Buffer.from(message)))).toBe(digest)
  })

  // passlib 1.7.4's own MD4 (passlib.crypto._md4) gave these answers for messages of so many letters a.
  test.each([
    [55, 'c889c81dd86c4d2e025778944ea02881'],
    [56, 'd5f9a9e9257077a5f08b0b92f348b0ad'],
    [63, '7ea3da77432d44c323671097d1348fc8'],
    [64, '52f5076fabd22680234a3fa9f9dc5732'],
    [119, 'e65dd227ccef97fa1d34d70189120f76'],
    [8192, '21c01d52d80709feefa76a3a79a51e2d'],
  ])('pads a message of %i bytes', (length, digest) => {
    expect(hex(md4(Buffer.alloc(length, 'a')))).toBe(digest)
  })

  test('does not change the message', () => {
    const message = Buffer.from('abc')
    md4(message)
    expect(message.toString()).toBe('abc')
  })
})
