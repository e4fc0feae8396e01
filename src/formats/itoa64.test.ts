import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { decodeItoa64, decodeItoa64Bits, isItoa64, readItoa64Digit, readItoa64Number } from './itoa64.js'
import { fieldOf } from './fields.js'

const ALPHABET = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

const units = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code))

describe('bytes in itoa64', () => {
  const samples = Array.from({ length: 70 }, (_, length) => Uint8Array.from(randomBytes(length)))

  test('are one little-endian number in base 64, low digit first', () => {
    for (const bytes of samples) expect(decodeItoa64(fieldOf(writeLowDigitFirst(bytes)))).toEqual(bytes)
  })

  test('have the low bits of the first byte in the first character', () => {
    expect(decodeItoa64(fieldOf('/.'))).toEqual(Uint8Array.of(1))
    expect(decodeItoa64(fieldOf('zzzz'))).toEqual(Uint8Array.of(255, 255, 255))
    expect(decodeItoa64(fieldOf('z1'))).toEqual(Uint8Array.of(255))
    expect(decodeItoa64(fieldOf(''))).toEqual(new Uint8Array(0))
  })

  test('are canonical where the unused high bits of the last character are zero', () => {
    const endings = (start: string): string =>
      Array.from(ALPHABET)
        .filter((last) => typeof decodeItoa64(fieldOf(start + last)) !== 'string')
        .join('')
    expect(endings('z')).toBe('./01')
    expect(endings('zz')).toBe('./0123456789ABCD')
    expect(endings('zzz')).toBe(ALPHABET)
    expect(decodeItoa64(fieldOf('z2'))).toBe('canonical')
    expect(decodeItoa64(fieldOf('zzE'))).toBe('canonical')
    expect(decodeItoa64(fieldOf(`${'z'.repeat(20)}z2`))).toBe('canonical')
  })

  test('have a wrong length where one character is left over', () => {
    expect(decodeItoa64(fieldOf('.'))).toBe('length')
    expect(decodeItoa64(fieldOf('zzzzz'))).toBe('length')
  })
})

describe('the alphabet of itoa64', () => {
  test('has 64 of all 65,536 code units', () => {
    expect(units.filter((unit) => decodeItoa64(fieldOf(`...${unit}`)) !== 'alphabet').join('')).toBe(ALPHABET)
    expect(units.filter((text) => isItoa64(fieldOf(text))).join('')).toBe(ALPHABET)
    expect(units.filter((unit) => readItoa64Digit(fieldOf(unit)) !== undefined).join('')).toBe(ALPHABET)
  })

  test('gives each character its index', () => {
    expect(Array.from(ALPHABET).map((text) => readItoa64Digit(fieldOf(text)))).toEqual(
      Array.from({ length: 64 }, (_, value) => value),
    )
  })

  test('gives no number to the empty text and to two characters', () => {
    expect(readItoa64Digit(fieldOf(''))).toBeUndefined()
    expect(readItoa64Digit(fieldOf('9.'))).toBeUndefined()
  })

  test.each(['=', '+', '-', '_', ' ', '\n', '\0'])(
    'does not have characters of other alphabets (case %#)',
    (foreign) => {
      expect(decodeItoa64(fieldOf(`zz${foreign}z`))).toBe('alphabet')
      expect(isItoa64(fieldOf(`zz${foreign}z`))).toBe(false)
    },
  )
})

function writeLowDigitFirst(bytes: Uint8Array): string {
  let number = BigInt(`0x0${Buffer.from(bytes).reverse().toString('hex')}`)
  let text = ''
  while (text.length < Math.ceil((bytes.length * 4) / 3)) {
    text += ALPHABET.charAt(Number(number & 63n))
    number >>= 6n
  }
  return text
}

describe('the bits of itoa64 text that was cut off', () => {
  test('are those of the whole text up to the cut', () => {
    for (let round = 0; round < 50; round++) {
      const bytes = Uint8Array.from(randomBytes(64))
      const text = writeLowDigitFirst(bytes)
      for (const length of [1, 2, 3, 4, 43, 85]) {
        const bits = decodeItoa64Bits(fieldOf(text.slice(0, length)))
        if (typeof bits === 'string') throw new Error('It must decode.')
        const rest = (length * 6) % 8
        const expected = bytes.slice(0, Math.ceil((length * 6) / 8))
        if (rest > 0) expected[expected.length - 1] = (expected.at(-1) ?? 0) & (2 ** rest - 1)
        expect(bits).toEqual(expected)
      }
    }
  })

  test('are refused with a character of no alphabet', () => {
    expect(decodeItoa64Bits(fieldOf('zz='))).toBe('alphabet')
    expect(decodeItoa64Bits(fieldOf('\u{e9}z'))).toBe('alphabet')
  })
})

test('a number in itoa64 has its low digit first, and no other characters', () => {
  const numbers = ['', '.', '/', 'J9..', '/...', 'zzzz', '+...', 'z z'].map((text) =>
    readItoa64Number(fieldOf(text)),
  )
  expect(numbers).toEqual([0, 0, 1, 725, 1, 2 ** 24 - 1, undefined, undefined])
  expect(readItoa64Number(fieldOf('_J9..', 1))).toBe(725)
})
