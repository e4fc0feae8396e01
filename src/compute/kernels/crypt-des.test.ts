import { describe, expect, test } from 'vitest'
import { roundsOf } from '../../conformance/share.fixture.js'
import { cryptBase64, encodeBase64 } from '../../formats/base64.js'
import { fieldOf } from '../../formats/fields.js'
import { readItoa64Number } from '../../formats/itoa64.js'
import { cryptDes } from '../des.js'
import { CRYPT_DES_VARIANTS } from '../kinds/crypt-des.js'
import { createCryptDesKernel } from './crypt-des.js'
import type { CryptDes } from './crypt-des.js'
import { desTables } from './des-tables.js'
import { crypt, hex, modules, random, randomBytes, range, SEED, watch } from './kernels.fixture.js'

const kernel = createCryptDesKernel(modules.cryptDes)
const ITOA64 = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const base = {
  variant: 'bsdi',
  password: Buffer.from('correct horse'),
  salt: Uint8Array.of(1, 2, 3),
  count: 5,
} as const

/** The kernel's arguments of a digest. */
function readDigest(digest: string, password: Uint8Array): CryptDes {
  const isBsdi = digest.startsWith('_')
  const number = (start: number, end: number): number => readItoa64Number(fieldOf(digest, start, end)) ?? NaN
  const salt = isBsdi ? number(5, 9) : number(0, 2)
  return {
    variant: isBsdi ? 'bsdi' : 'unix',
    password,
    salt: Uint8Array.of(salt, salt >> 8, salt >> 16),
    count: isBsdi ? number(1, 5) : 25,
  }
}

function letters(count: number): string {
  return Array.from({ length: count }, () => ITOA64.charAt(random(64))).join('')
}

test("DES's tables are those of its specification: its first S-box's first output, the bits of a key, IP", () => {
  const { boxes, keyBits, initial } = desTables()
  // Four bits of 14, 1110, go behind P to the places 9, 17 and 23, counted from 1, then one place to the right.
  expect(boxes[0]).toBe(((1 << 23) | (1 << 15) | (1 << 9)) >>> 1)
  // Every bit of a key is in 12 to 15 of 16 rounds (FIPS 46-3, PC-2 leaves out eight of 56).
  const uses = range(0, 55).map((bit) =>
    [...keyBits.subarray(32 * bit, 32 * bit + 32)]
      .map((word) => word.toString(2).replaceAll('0', '').length)
      .reduce((sum, ones) => sum + ones),
  )
  expect(Math.min(...uses)).toBeGreaterThanOrEqual(12)
  expect(uses.reduce((sum, count) => sum + count)).toBe(16 * 48)
  expect([...initial].slice(0, 4)).toEqual([57, 49, 41, 33])
  expect(new Set(initial).size).toBe(64)
})

test.each([
  ['ab6Gj9YvrF2As', 'dragon'],
  ['_/...CCCCqSuIwqhxkds', 'dragon'],
])("crypt-des's kernel and its stand-in give libxcrypt's known answer %s", (digest, password) => {
  const asked = readDigest(digest, Buffer.from(password))
  const found = [kernel.derive(asked), cryptDes(asked)].map((bytes) => encodeBase64(bytes, cryptBase64))
  expect(found).toEqual([digest.slice(-11), digest.slice(-11)])
})

test.for(['unix', 'bsdi'] as const)(
  "crypt-des's kernel and its stand-in agree with this machine's crypt(), called by perl: %s",
  (variant, { skip }) => {
    const asked = range(1, roundsOf(1_000, 200)).map((i) => ({
      password: Uint8Array.from({ length: i % 50 }, () => 1 + random(255)),
      setting: variant === 'unix' ? letters(2) : `_${ITOA64.charAt(1 + random(63))}/..${letters(4)}`,
    }))
    const [known] = crypt(asked.slice(0, 1))
    skip(known === undefined || known.startsWith('*'), 'no perl here, or a crypt() without DES')
    for (const [place, digest] of crypt(asked).entries()) {
      const fields = readDigest(digest, asked[place]?.password ?? new Uint8Array(0))
      const found = [kernel.derive(fields), cryptDes(fields)].map((bytes) => encodeBase64(bytes, cryptBase64))
      expect(found, `seed ${SEED}: ${place}`).toEqual([digest.slice(-11), digest.slice(-11)])
    }
  },
)

test.each(CRYPT_DES_VARIANTS)(
  "crypt-des's kernel, %s, agrees with its stand-in on random inputs",
  (variant) => {
    for (let round = 0; round < roundsOf(1_000, 200); round++) {
      const asked = {
        variant,
        password: randomBytes(random(60)),
        salt: randomBytes(3),
        count: 1 + random(60),
      }
      expect(hex(kernel.derive(asked)), `seed ${SEED}: ${round}`).toBe(hex(cryptDes(asked)))
    }
    const longest = { variant, password: randomBytes(4_096), salt: randomBytes(3), count: 3 }
    expect(hex(kernel.derive(longest))).toBe(hex(cryptDes(longest)))
  },
)

describe("the memory of crypt-des's kernel", () => {
  const { kernel: watched, memory } = watch(createCryptDesKernel, modules.cryptDes)
  const before = Buffer.from(memory())

  test.each([
    ['password', { ...base, password: new Uint8Array(4_097) }],
    ['salt', { ...base, salt: new Uint8Array(2) }],
    ...[0, -1, 0.5, 2 ** 32, Number.NaN].map((count) => ['count', { ...base, count }] as const),
  ] as const)('is not written where %s is out of its range (case %#)', (field, asked) => {
    expect(() => watched.derive(asked)).toThrow(RangeError)
    expect(() => watched.derive(asked)).toThrow(field)
    expect(memory().equals(before)).toBe(true)
  })

  test('is not written where the variant does not exist', () => {
    expect(() => {
      Reflect.apply(watched.derive, undefined, [{ ...base, variant: 'des' }])
    }).toThrow(RangeError)
    expect(memory().equals(before)).toBe(true)
  })

  test('is the same after a call as before, and does not grow', () => {
    for (const variant of CRYPT_DES_VARIANTS) {
      for (const length of [0, 1, 8, 9, 300, 4_096]) {
        watched.derive({ ...base, variant, password: Buffer.alloc(length, 'pass') })
        expect(memory().equals(before)).toBe(true)
      }
    }
    expect(watched.bytes()).toBe(65_536)
  })

  test('is not written past its layout by the longest inputs, and may hold any bytes before a call', () => {
    for (const variant of CRYPT_DES_VARIANTS) {
      memory().fill(0xa5, 9_280)
      const asked = { ...base, variant, password: randomBytes(4_096) }
      expect(hex(watched.derive(asked))).toBe(hex(cryptDes(asked)))
      expect(
        memory()
          .subarray(13_512)
          .every((byte) => byte === 0xa5),
      ).toBe(true)
    }
  })
})
