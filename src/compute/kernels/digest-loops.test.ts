import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { roundsOf, shareOf } from '../../conformance/share.fixture.js'
import { md5Sines, sha1Roots, sha384Initial, sha512Initial, sha512Roots } from './digest-constants.js'
import { createDigestLoopsKernel } from './digest-loops.js'
import type { DigestLoop } from './digest-loops.js'
import { SEED, hex, modules, pick, random, randomBytes, range } from './kernels.fixture.js'

const kernel = createDigestLoopsKernel(modules.digestLoops)
const ALGORITHMS = ['md5', 'sha1', 'sha256', 'sha384', 'sha512'] as const
const COUNTS = [0, 1, 2, 3, 128] as const

function oracle({ algorithm, first, tail, count }: DigestLoop): string {
  let digest = createHash(algorithm).update(first).digest()
  for (let i = 0; i < count; i++) digest = createHash(algorithm).update(digest).update(tail).digest()
  return hex(digest)
}

function expectAgreement(loop: DigestLoop): void {
  const { algorithm, first, tail, count } = loop
  const label = `seed ${SEED}: ${algorithm} first ${first.length} tail ${tail.length} count ${count}`
  expect(hex(kernel.iterate(loop)), label).toBe(oracle(loop))
}

test('the tables of MD5, SHA-1 and SHA-2 are those of their specifications', () => {
  const words = (table: readonly (number | bigint)[]): string[] => table.map((word) => word.toString(16))
  // The words are the first and last of RFC 1321's, and those of FIPS 180-4, 4.2.1, 4.2.3, 5.3.4 and 5.3.5.
  expect([words(md5Sines())[0], words(md5Sines())[63]]).toEqual(['d76aa478', 'eb86d391'])
  expect(md5Sines()).toEqual(range(1, 64).map((i) => Math.floor(Math.abs(Math.sin(i)) * 2 ** 32)))
  expect(words(sha1Roots())).toEqual(['5a827999', '6ed9eba1', '8f1bbcdc', 'ca62c1d6'])
  expect([words(sha512Roots())[0], words(sha512Roots())[79]]).toEqual([
    '428a2f98d728ae22',
    '6c44198c4a475817',
  ])
  expect([words(sha512Initial())[0], words(sha512Initial())[7]]).toEqual([
    '6a09e667f3bcc908',
    '5be0cd19137e2179',
  ])
  expect([words(sha384Initial())[0], words(sha384Initial())[7]]).toEqual([
    'cbbb9d5dc1059ed8',
    '47b5481dbefa4fa4',
  ])
})

describe("the digest loop's kernel gives published answers", () => {
  test.each([
    ['md5', '', 'd41d8cd98f00b204e9800998ecf8427e'],
    ['md5', 'abc', '900150983cd24fb0d6963f7d28e17f72'],
    ['md5', '1234567890'.repeat(8), '57edf4a22be3c955ac49da2e2107b67a'],
    ['sha1', 'abc', 'a9993e364706816aba3e25717850c26c9cd0d89d'],
    ['sha256', 'abc', 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad'],
    [
      'sha384',
      'abc',
      'cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7',
    ],
    [
      'sha512',
      'abc',
      'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
    ],
  ] as const)('of %s, vector %#', (algorithm, message, digest) => {
    const first = Buffer.from(message)
    expect(hex(kernel.iterate({ algorithm, first, tail: first, count: 0 }))).toBe(digest)
  })

  // The base64 of crypt(3) has the lowest six bits first.
  function itoa64(bytes: Uint8Array): string {
    const alphabet = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
    let text = ''
    for (let i = 0; i < bytes.length; i += 3) {
      const group = bytes.subarray(i, i + 3)
      const bits = group.reduce((sum, byte, at) => sum + byte * 256 ** at, 0)
      for (let at = 0; at <= group.length; at++) text += alphabet.charAt(Math.floor(bits / 64 ** at) % 64)
    }
    return text
  }

  test("of phpass, Openwall's own test", () => {
    const tail = Buffer.from('test12345')
    const first = Buffer.concat([Buffer.from('IQRaTwmf'), tail])
    const digest = kernel.iterate({ algorithm: 'md5', first, tail, count: 2048 })
    expect(itoa64(digest)).toBe('eRo7ud9Fh4E2PdI0S3r.L0')
  })

  test("of Drupal 7, hashcat's example", () => {
    const tail = Buffer.from('hashcat')
    const first = Buffer.concat([Buffer.from('33783772'), tail])
    const digest = kernel.iterate({ algorithm: 'sha512', first, tail, count: 16_384 })
    expect(itoa64(digest).slice(0, 43)).toBe('bRXEx1aCsvY.dqgaaSu76XmVlKrW9Qu8IQlvxHlmzLf')
  })
})

describe.each(ALGORITHMS)('%s agrees with OpenSSL', (algorithm) => {
  const long = shareOf([...range(4020, 4160), ...range(8120, 8192)], 3)

  test('on every length of the tail from 0 to 300, around 4096 and up to the longest', () => {
    for (const length of [...range(0, 300), ...long]) {
      const first = randomBytes(random(100))
      const tail = randomBytes(length)
      for (const count of length > 300 ? ([1, 3] as const) : COUNTS) {
        expectAgreement({ algorithm, first, tail, count })
      }
    }
  })

  test('on every length of the first message from 0 to 300, around 4096 and up to the longest', () => {
    for (const length of [...range(0, 300), ...long]) {
      const first = randomBytes(length)
      for (const count of [0, 1, 2])
        expectAgreement({ algorithm, first, tail: randomBytes(random(200)), count })
    }
  })

  test('on random loops', () => {
    for (let round = 0; round < roundsOf(3000, 500); round++) {
      const first = randomBytes(random(pick([20, 200, 1000])))
      const tail = randomBytes(random(pick([20, 200, 1000])))
      expectAgreement({ algorithm, first, tail, count: random(pick([4, 20, 60])) })
    }
  })

  test('on the longest message and tail, and on many rounds', () => {
    expectAgreement({ algorithm, first: randomBytes(8192), tail: randomBytes(8192), count: 128 })
    expectAgreement({ algorithm, first: randomBytes(20), tail: randomBytes(12), count: 32_768 })
    expectAgreement({ algorithm, first: randomBytes(20), tail: randomBytes(300), count: 8192 })
  })
})
