import { randomBytes } from 'node:crypto'
import { encodeBase64 as encodeAsBcryptjs } from 'bcryptjs'
import { describe, expect, test } from 'vitest'
import {
  base64,
  base64Unpadded,
  bcryptBase64,
  decodeAnyBase64,
  decodeBase64,
  encodeBase64,
} from './base64.js'
import { fieldOf } from './fields.js'

const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

// These bytes have every length up to 99, so that each remainder of three occurs, and every value.
const samples = [
  ...Array.from({ length: 100 }, (_, length) => Uint8Array.from(randomBytes(length))),
  Uint8Array.from({ length: 256 }, (_, value) => value),
]

const padded = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64')
const unpadded = (bytes: Uint8Array): string => padded(bytes).replaceAll('=', '')
const urlSafe = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64url')
const urlSafePadded = (bytes: Uint8Array): string => padded(bytes).replaceAll('+', '-').replaceAll('/', '_')

describe('base64 of another encoder', () => {
  test('is decoded to its bytes', () => {
    for (const bytes of samples) {
      expect(decodeBase64(fieldOf(padded(bytes)), base64)).toEqual(bytes)
      expect(decodeBase64(fieldOf(unpadded(bytes)), base64Unpadded)).toEqual(bytes)
    }
  })

  test.each([padded, unpadded, urlSafe, urlSafePadded])(
    'is decoded from either alphabet (case %#)',
    (write) => {
      for (const bytes of samples) expect(decodeAnyBase64(fieldOf(write(bytes)))).toEqual(bytes)
    },
  )

  test('is the same text that encoding its bytes gives', () => {
    for (const bytes of samples) {
      expect(encodeBase64(bytes, base64)).toBe(padded(bytes))
      expect(encodeBase64(bytes, base64Unpadded)).toBe(unpadded(bytes))
    }
  })

  test("is that of bcrypt in bcrypt's alphabet", () => {
    for (const bytes of samples.filter(({ length }) => length > 0)) {
      const text = encodeAsBcryptjs([...bytes], bytes.length)
      expect(encodeBase64(bytes, bcryptBase64)).toBe(text)
      expect(decodeBase64(fieldOf(text), bcryptBase64)).toEqual(bytes)
    }
  })
})

describe('bytes have one text in base64, so that', () => {
  test('two characters are canonical where the last four bits are zero', () => {
    const accepted = pairs().filter((text) => decodeBase64(fieldOf(`${text}==`), base64) !== 'canonical')
    expect(accepted).toEqual(pairs().filter((text) => padded(Buffer.from(text, 'base64')) === `${text}==`))
    expect(accepted).toHaveLength(256)
  })

  test('three characters are canonical where the last two bits are zero', () => {
    const texts = pairs().map((text) => `z${text}`)
    const accepted = texts.filter((text) => decodeBase64(fieldOf(`${text}=`), base64) !== 'canonical')
    expect(accepted).toEqual(texts.filter((text) => padded(Buffer.from(text, 'base64')) === `${text}=`))
    expect(accepted).toHaveLength(64 * 16)
  })

  test('unused bits are refused in every variant, at the end of a long text too', () => {
    expect(decodeBase64(fieldOf('/x'), base64Unpadded)).toBe('canonical')
    expect(decodeBase64(fieldOf(`${'/'.repeat(64)}//9`), base64Unpadded)).toBe('canonical')
    expect(decodeBase64(fieldOf('9/'), bcryptBase64)).toBe('canonical')
    expect(decodeAnyBase64(fieldOf('_x'))).toBe('canonical')
    expect(decodeAnyBase64(fieldOf('_x=='))).toBe('canonical')
  })
})

describe('base64 with a wrong length or padding', () => {
  test.each([
    ['A', 'length'],
    ['AA', 'length'],
    ['AAA', 'length'],
    ['AAAAA', 'length'],
    ['AA=', 'length'],
    ['AAA==', 'length'],
    ['AAAA=', 'length'],
    ['AAAA==', 'length'],
    ['A=', 'length'],
    ['A==', 'length'],
    ['=', 'length'],
    ['==', 'length'],
    ['===', 'alphabet'],
    ['A===', 'alphabet'],
    ['AA===', 'alphabet'],
    ['====', 'alphabet'],
    ['AAAA====', 'alphabet'],
    ['AA==AAAA', 'alphabet'],
    ['=AAA', 'alphabet'],
  ])('is refused where it must be padded: %j', (text, problem) => {
    expect(decodeBase64(fieldOf(text), base64)).toBe(problem)
  })

  test.each([
    ['A', 'length'],
    ['AAAAA', 'length'],
    ['AA==', 'alphabet'],
    ['AAA=', 'alphabet'],
    ['=', 'alphabet'],
  ])('is refused where it must not be padded: %j', (text, problem) => {
    expect(decodeBase64(fieldOf(text), base64Unpadded)).toBe(problem)
    expect(decodeBase64(fieldOf(text.replaceAll('A', '.')), bcryptBase64)).toBe(problem)
  })

  test('does not occur in the empty text, which is no bytes', () => {
    expect(decodeBase64(fieldOf(''), base64)).toEqual(new Uint8Array(0))
    expect(decodeAnyBase64(fieldOf(''))).toEqual(new Uint8Array(0))
  })
})

describe('the alphabets of base64', () => {
  test.each([
    ['standard', base64Unpadded, ALPHABET],
    ['bcrypt', bcryptBase64, './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'],
  ])('have 64 of all 65,536 code units each: %s', (_, variant, alphabet) => {
    // The text is a whole group, so that any value is canonical.
    const accepted = codeUnits().filter(
      (unit) => decodeBase64(fieldOf(`${unit}${alphabet.slice(0, 3)}`), variant) !== 'alphabet',
    )
    expect(accepted.toSorted()).toEqual(Array.from(alphabet).toSorted())
  })

  test('take no character past ASCII for one of ASCII, at any place', () => {
    for (const place of [0, 1, 2, 3, 4, 5, 6]) {
      const text = (unit: string): string => 'A'.repeat(place) + unit + 'A'.repeat(6 - place)
      const taken = codeUnits().filter(
        (unit) => decodeBase64(fieldOf(text(unit)), base64Unpadded) !== 'alphabet',
      )
      expect(taken.toSorted()).toEqual(Array.from(ALPHABET).toSorted())
    }
  })

  test('are both accepted where either may be, and never both in one text', () => {
    expect(decodeAnyBase64(fieldOf('-_-_'))).toEqual(decodeAnyBase64(fieldOf('+/+/')))
    expect(decodeAnyBase64(fieldOf('-_+/'))).toBe('alphabet')
    expect(decodeAnyBase64(fieldOf('+AA_'))).toBe('alphabet')
  })

  test('do not accept text of each other', () => {
    expect(decodeBase64(fieldOf('-_-_'), base64)).toBe('alphabet')
    expect(decodeBase64(fieldOf('AAA.'), base64)).toBe('alphabet')
    expect(decodeBase64(fieldOf('AAA+'), bcryptBase64)).toBe('alphabet')
  })

  test.each([' ', '\n', '\r\n', '\t', '\0', '\u{feff}'])(
    'have no character that is trimmed or skipped (case %#)',
    (space) => {
      for (const text of [`${space}AAAA`, `AA${space}AA`, `AAAA${space}`]) {
        expect(decodeBase64(fieldOf(text), base64)).toBe('alphabet')
        expect(decodeAnyBase64(fieldOf(text))).toBe('alphabet')
      }
    },
  )
})

function pairs(): readonly string[] {
  return Array.from(ALPHABET).flatMap((first) => Array.from(ALPHABET).map((second) => first + second))
}

function codeUnits(): readonly string[] {
  return Array.from({ length: 0x10000 }, (_, code) => String.fromCharCode(code))
}
