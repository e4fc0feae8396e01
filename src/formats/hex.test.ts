import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { decodeHex, decodeLowerHex, encodeHexBytes, isHex } from './hex.js'
import { fieldOf } from './fields.js'

const samples = [
  ...Array.from({ length: 70 }, (_, length) => Uint8Array.from(randomBytes(length))),
  Uint8Array.from({ length: 256 }, (_, value) => value),
]

test('hexadecimal is read and written as Buffer does', () => {
  for (const bytes of samples) {
    const text = Buffer.from(bytes).toString('hex')
    expect(decodeHex(fieldOf(text))).toEqual(bytes)
    expect(decodeLowerHex(fieldOf(text))).toEqual(bytes)
    expect(encodeHexBytes(bytes)).toEqual(Uint8Array.from(Buffer.from(text, 'ascii')))
  }
})

test('hexadecimal in upper and mixed case gives the same bytes, and is refused where lower case is required', () => {
  const bytes = Uint8Array.of(0xab, 0xcd, 0xef, 0x01)
  expect(decodeHex(fieldOf('ABCDEF01'))).toEqual(bytes)
  expect(decodeHex(fieldOf('aBcDEf01'))).toEqual(bytes)
  expect(decodeLowerHex(fieldOf('ABCDEF01'))).toBe('alphabet')
  expect(decodeLowerHex(fieldOf('abcdeF01'))).toBe('alphabet')
})

test('hexadecimal with a foreign character in half a byte has a wrong alphabet', () => {
  expect(decodeHex(fieldOf('00g'))).toBe('alphabet')
  expect(decodeLowerHex(fieldOf('00A'))).toBe('alphabet')
})

test('hexadecimal with half a byte has a wrong length', () => {
  expect(decodeHex(fieldOf('a'))).toBe('length')
  expect(decodeHex(fieldOf('abc'))).toBe('length')
  expect(decodeLowerHex(fieldOf('abc'))).toBe('length')
})

describe('the digits of hexadecimal', () => {
  const units = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code))
  const readBy = (read: (text: string) => unknown): string =>
    units.filter((unit) => read(`0${unit}`) !== 'alphabet' && read(`${unit}0`) !== 'alphabet').join('')

  test('are 22 of all 65,536 code units in either case', () => {
    expect(readBy((text) => decodeHex(fieldOf(text)))).toBe('0123456789ABCDEFabcdef')
    expect(units.filter((text) => isHex(fieldOf(text))).join('')).toBe('0123456789ABCDEFabcdef')
  })

  test('are 16 of all 65,536 code units in lower case', () => {
    expect(readBy((text) => decodeLowerHex(fieldOf(text)))).toBe('0123456789abcdef')
  })
})

test('include no other code unit at any place of a text', () => {
  expect(['g0', '0g', '00g00', ' 00', '00\n', '0x00'].filter((text) => isHex(fieldOf(text)))).toEqual([])
  expect(['00', 'fF', 'abc'].filter((text) => isHex(fieldOf(text)))).toEqual(['00', 'fF', 'abc'])
})
