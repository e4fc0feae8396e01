import { describe, expect, test } from 'vitest'
import { createRegistry } from '../../default.js'
import { isMalformed } from '../../formats/problem.js'
import type { Hasher } from '../../hasher/contract.js'
import { scryptBetterAuth, scryptLucia } from './colons.js'
import { scryptRuby } from './ruby.js'

const KEY = '0f'.repeat(64)
const HEX_SALT = '000102030405060708090a0b0c0d0e0f'
const PAIR = `${HEX_SALT}:${KEY}`
const { identify, parse } = createRegistry()

const reads = (hasher: Hasher, digest: string): boolean => !isMalformed(hasher.parse(digest))

describe('a digest <salt>:<key> of scrypt', () => {
  test.each([
    ['a salt of hexadecimal', PAIR, ['scrypt_better_auth', 'scrypt_lucia']],
    ['a salt of letters and digits', `HmXw0LzkR8vQ2T5h:${KEY}`, ['scrypt_lucia']],
    ['the version in front of letters and digits', `s2:HmXw0LzkR8vQ2T5h:${KEY}`, ['scrypt_lucia']],
    ['the version in front of hexadecimal', `s2:${PAIR}`, ['scrypt_lucia']],
    ['a salt of other signs', `HmXw0LzkR8vQ2T5-:${KEY}`, []],
    ['a salt of 15 characters', `HmXw0LzkR8vQ2T5:${KEY}`, []],
    ['a salt of 32 letters', `${'HmXw0LzkR8vQ2T5h'.repeat(2)}:${KEY}`, []],
    ['a key in capitals', `${HEX_SALT}:${KEY.toUpperCase()}`, []],
    ['a key of 32 bytes', `${HEX_SALT}:${KEY.slice(64)}`, []],
  ])('is claimed or not by its shape: %s', (_, digest, names) => {
    expect(identify(digest)).toEqual(names)
  })

  test('has r = 16, and r = 8 where Lucia writes no version', () => {
    const of = (hasher: string, digest: string): unknown => parse(digest, { hasher })
    expect(of('scrypt_better_auth', PAIR)).toMatchObject({ params: { N: 16_384, r: 16, p: 1 } })
    expect(of('scrypt_lucia', `s2:${PAIR}`)).toMatchObject({ params: { N: 16_384, r: 16, p: 1 } })
    expect(of('scrypt_lucia', PAIR)).toMatchObject({ params: { N: 16_384, r: 8, p: 1 } })
  })
})

describe('five fields of hexadecimal, as scrypt_ruby has them,', () => {
  test.each([
    ['an N of nine digits', `100000000$8$1$${HEX_SALT}$${KEY}`, true],
    ['numbers in capitals', `4000$A$1$${HEX_SALT}$${KEY}`, false],
    ['a leading zero', `04000$8$1$${HEX_SALT}$${KEY}`, false],
    ['a salt of 40 digits and a SHA-1', `400$8$d$${HEX_SALT}01020304$${KEY.slice(0, 40)}`, true],
    ['a salt of 40 digits and more than a SHA-1', `400$8$d$${HEX_SALT}01020304$${KEY}`, false],
    ['a SHA-1 beside a salt of 32 digits', `400$8$d$${HEX_SALT}$${KEY.slice(0, 40)}`, true],
    ['a checksum of 15 bytes', `400$8$d$${HEX_SALT}$${KEY.slice(0, 30)}`, false],
  ])('are claimed or not by their shape: %s', (_, digest, isRead) => {
    expect(reads(scryptRuby, digest)).toBe(isRead)
    expect(identify(digest)).toEqual(isRead ? ['scrypt_ruby'] : [])
  })
})

test('scrypt_lucia reads a salt of hexadecimal with and without s2:, scrypt_better_auth only without', () => {
  expect([PAIR, `s2:${PAIR}`].map((digest) => reads(scryptBetterAuth, digest))).toEqual([true, false])
  expect([PAIR, `s2:${PAIR}`].map((digest) => reads(scryptLucia, digest))).toEqual([true, true])
})
