import { scryptSync } from 'node:crypto'
import scryptJs from 'scrypt-js'
import { describe, expect, test } from 'vitest'
import { roundsOf, takesAll } from '../../conformance/share.fixture.js'
import { SEED, hex, modules, pick, random, randomBytes, range } from './kernels.fixture.js'
import { createScryptKernel } from './scrypt.js'
import type { ScryptInput } from './scrypt.js'

const kernel = createScryptKernel(modules.scrypt)
const LARGE = takesAll ? 20 : 18

const base: ScryptInput = {
  password: Buffer.from('password'),
  salt: Buffer.from('NaCl'),
  N: 16,
  r: 8,
  p: 1,
  length: 32,
}

function openssl({ password, salt, N, r, p, length }: ScryptInput): string {
  return hex(scryptSync(password, salt, length, { N, r, p, maxmem: 1_100_000_000 }))
}

function expectAgreement(input: ScryptInput): void {
  const { password, salt, N, r, p, length } = input
  const label = `seed ${SEED}: N=${N} r=${r} p=${p} key ${length} password ${password.length} salt ${salt.length}`
  expect(hex(kernel.derive(input)), label).toBe(openssl(input))
}

// The fourth vector of the RFC, N=2^20 and r=8, needs a gigabyte, which is more than the kernel's maximum.
describe("scrypt's kernel gives the answers of RFC 7914, section 12", () => {
  test.each([
    [
      '',
      '',
      16,
      1,
      1,
      '77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906',
    ],
    [
      'password',
      'NaCl',
      1024,
      8,
      16,
      'fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640',
    ],
    [
      'pleaseletmein',
      'SodiumChloride',
      16_384,
      8,
      1,
      '7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887',
    ],
  ] as const)('vector %#', (password, salt, N, r, p, key) => {
    const input = { password: Buffer.from(password), salt: Buffer.from(salt), N, r, p, length: 64 }
    expect(hex(kernel.derive(input))).toBe(key)
  })
})

describe("scrypt's kernel agrees with OpenSSL", () => {
  test('on random parameters', () => {
    for (let round = 0; round < roundsOf(2000, 300); round++) {
      expectAgreement({
        password: randomBytes(random(pick([20, 200, 4097]))),
        salt: randomBytes(random(pick([20, 200, 4097]))),
        N: 2 ** (1 + random(pick([4, 8]))),
        r: 1 + random(pick([2, 9, 65])),
        p: 1 + random(pick([1, 3, 17])),
        length: 1 + random(pick([64, 200, 4096])),
      })
    }
  })

  test('on every length of password and salt from 0 to 300, and around the blocks of SHA-256 up to 4096', () => {
    const lengths = [...range(0, 300)]
    for (let block = 320; block <= 4096; block += 64) lengths.push(block - 9, block - 8, block - 1, block)
    for (const length of lengths) {
      expectAgreement({ ...base, password: randomBytes(length) })
      expectAgreement({ ...base, salt: randomBytes(length) })
    }
  })

  test('on every length of key from 1 to 200, and the longest', () => {
    for (let length = 1; length <= 200; length++) expectAgreement({ ...base, length })
    for (const length of [4064, 4095, 4096]) expectAgreement({ ...base, length })
  })

  test('on every r from 1 to 64 with every small N, and on large r', () => {
    for (let r = 1; r <= 64; r++) {
      for (const N of [2, 4, 8, 64]) expectAgreement({ ...base, N, r, p: 2 })
    }
    for (const r of [100, 255, 1000, 4097, 65_536]) expectAgreement({ ...base, N: 2, r })
  })

  // RFC 7914 requires N below 2^(16 * r), and OpenSSL refuses a larger N. So r is 1 only up to 2^15.
  test(`on every N below 2^${LARGE}, and at the costs in use`, () => {
    for (let log = 1; log <= 15; log++) expectAgreement({ ...base, N: 2 ** log, r: 1 })
    for (let log = 16; log < LARGE; log++) expectAgreement({ ...base, N: 2 ** log, r: 2 })
    expectAgreement({ ...base, N: 32_768, r: 8, length: 64 })
    expectAgreement({ ...base, N: 16_384, r: 8, p: 3 })
  })

  test.runIf(takesAll)('on the largest N and memory that the kernel takes', () => {
    const input = { ...base, N: 1_048_576, r: 4 }
    const large = createScryptKernel(modules.scrypt)
    expect(hex(large.derive(input))).toBe(openssl(input))
    expect(large.bytes()).toBeGreaterThan(536_870_912)
  })

  test('on many lanes', () => {
    for (const p of [64, 255, 1024]) expectAgreement({ ...base, N: 2, r: 1, p })
  })
})

describe("scrypt's kernel agrees with scrypt-js", () => {
  function expectKey(input: ScryptInput): void {
    const { password, salt, N, r, p, length } = input
    const key = scryptJs.syncScrypt(password, salt, N, r, p, length)
    expect(hex(kernel.derive(input)), `seed ${SEED}: N=${N} r=${r} p=${p} key ${length}`).toBe(hex(key))
  }

  test('on random parameters', () => {
    for (let round = 0; round < roundsOf(150, 30); round++) {
      expectKey({
        password: randomBytes(random(200)),
        salt: randomBytes(random(200)),
        N: 2 ** (1 + random(8)),
        r: 1 + random(9),
        p: 1 + random(4),
        length: 1 + random(200),
      })
    }
  })

  test('on N above the bound of RFC 7914, which OpenSSL refuses', () => {
    expectKey({ ...base, N: 131_072, r: 1 })
  })
})
