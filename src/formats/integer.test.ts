import { describe, expect, test } from 'vitest'
import { hasDigitsOnly, readInteger } from './integer.js'
import { fieldOf } from './fields.js'

const ANY = { min: 0, max: Number.MAX_SAFE_INTEGER }

test.each([
  ['0', 0],
  ['5', 5],
  ['10', 10],
  ['4096', 4096],
  ['2147483647', 2_147_483_647],
  ['4294967295', 4_294_967_295],
  ['9007199254740991', Number.MAX_SAFE_INTEGER],
])('a canonical integer is read as its number: %s', (text, value) => {
  expect(readInteger(fieldOf(text), ANY)).toBe(value)
})

describe('an integer in another spelling is no number', () => {
  test.each([
    ['nothing', ''],
    ['a space before', ' 5'],
    ['a space after', '5 '],
    ['a space inside', '5 0'],
    ['a space alone', ' '],
    ['a tab', '\t5'],
    ['a line feed', '5\n'],
    ['a carriage return', '5\r'],
    ['a carriage return and a line feed', '5\r\n'],
    ['a NUL', '5\0'],
    ['a NUL before', '\u{0}5'],
    ['a byte order mark', '\u{feff}5'],
    ['a no-break space', '5\u{a0}'],
    ['a zero-width space', '5\u{200b}'],
    ['a plus sign', '+5'],
    ['a minus sign', '-5'],
    ['a minus sign before zero', '-0'],
    ['a typographic minus', '\u{2212}5'],
    ['a leading zero', '05'],
    ['leading zeros', '0005'],
    ['two zeros', '00'],
    ['an underscore', '5_0'],
    ['a thousands separator', '1,000'],
    ['an exponent', '5e3'],
    ['an upper-case exponent', '5E3'],
    ['hexadecimal', '0x5'],
    ['octal', '0o5'],
    ['binary', '0b1'],
    ['bare hexadecimal', 'ff'],
    ['a fraction', '5.0'],
    ['a point at the end', '5.'],
    ['a point at the start', '.5'],
    ['a BigInt literal', '5n'],
    ['full-width digits', '\u{ff15}\u{ff10}'],
    ['one full-width digit among others', '5\u{ff10}'],
    ['Arabic-Indic digits', '\u{665}'],
    ['a superscript', '5\u{b2}'],
    ['a lone surrogate', '5\u{d800}'],
    ['a word', 'NaN'],
    ['another word', 'Infinity'],
    ['a comment', '5//'],
    ['two numbers', '5;5'],
  ])('with %s', (_, text) => {
    expect(readInteger(fieldOf(text), ANY)).toBe('number')
  })

  test('ten of all 65,536 code units are digits of an integer', () => {
    const units = Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code))
    expect(units.filter((unit) => readInteger(fieldOf(unit), ANY) !== 'number').join('')).toBe('0123456789')
    expect(units.filter((unit) => readInteger(fieldOf(`1${unit}`), ANY) !== 'number').join('')).toBe(
      '0123456789',
    )
  })
})

describe('the bounds of an integer', () => {
  const bounds = { min: 7, max: 30 }

  test('are inclusive', () => {
    expect(readInteger(fieldOf('7'), bounds)).toBe(7)
    expect(readInteger(fieldOf('30'), bounds)).toBe(30)
    expect(readInteger(fieldOf('6'), bounds)).toBe('range')
    expect(readInteger(fieldOf('31'), bounds)).toBe('range')
    expect(readInteger(fieldOf('0'), bounds)).toBe('range')
  })

  test('are exceeded by a number that no double holds', () => {
    expect(readInteger(fieldOf('9007199254740993'), ANY)).toBe('range')
    expect(readInteger(fieldOf('18446744073709551623'), bounds)).toBe('range')
    expect(readInteger(fieldOf(`1${'0'.repeat(4000)}`), ANY)).toBe('range')
  })

  test('do not matter for a wrong spelling, which is no number', () => {
    expect(readInteger(fieldOf('099'), bounds)).toBe('number')
    expect(readInteger(fieldOf(`${'9'.repeat(400)}x`), bounds)).toBe('number')
  })
})

test('an integer in a field that ends past its text is no number', () => {
  expect(readInteger(fieldOf('12', 0, 3), ANY)).toBe('number')
})

test('hasDigitsOnly accepts any number of digits of ASCII, and no other characters', () => {
  expect(['', '0', '007', '1'.repeat(100)].map((text) => hasDigitsOnly(fieldOf(text)))).toEqual(
    Array(4).fill(true),
  )
  expect(
    ['-1', '1.', '1e3', ' 1', '1\n', '\u{ff11}', 'x'].map((text) => hasDigitsOnly(fieldOf(text))),
  ).toEqual(Array(7).fill(false))
  expect(hasDigitsOnly(fieldOf('x12x', 1, 3))).toBe(true)
})
