import { describe, expect, test } from 'vitest'
import { toUtf16 } from './utf16.js'

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

describe('UTF-16 in little-endian order', () => {
  test.each([
    '',
    'a',
    'password',
    'café',
    '\u{7ff}\u{800}',
    '密码',
    '\u{ffff}',
    '🔑',
    '\u{10ffff}\u{10000}',
    '\0a\0',
    '\u{feff}a',
  ])('is what Buffer writes: %j', (text) => {
    expect(hex(toUtf16(encode(text)))).toBe(Buffer.from(text, 'utf16le').toString('hex'))
  })

  test('is what Buffer writes, for every code point', () => {
    for (let point = 0; point <= 0x10ffff; point += point < 0x3000 ? 1 : 251) {
      if (point >= 0xd800 && point <= 0xdfff) continue
      const text = String.fromCodePoint(point)
      if (hex(toUtf16(encode(text))) !== Buffer.from(text, 'utf16le').toString('hex')) {
        throw new Error(`U+${point.toString(16)} is another.`)
      }
    }
  })

  test.each([
    ['a byte that begins no sequence', '80'],
    ['a byte that no sequence has', 'ff'],
    ['a sequence cut at the end', 'e282'],
    ['a sequence cut by another sequence', 'e282c3a9'],
    ['an overlong slash', 'c0af'],
    ['an overlong slash of three bytes', 'e080af'],
    ['half of a surrogate pair', 'eda080'],
    ['a code point past the last', 'f4908080'],
  ])('holds a lone surrogate for %s, which no text has', (_, bytes) => {
    const units = new Uint16Array(toUtf16(Buffer.from(bytes, 'hex')).buffer)
    expect(String.fromCharCode(...units).isWellFormed()).toBe(false)
  })

  test('differs for different bytes that are no UTF-8', () => {
    const seen = new Set(Array.from({ length: 128 }, (_, index) => hex(toUtf16(Uint8Array.of(128 + index)))))
    expect(seen.size).toBe(128)
  })
})
