import { describe, expect, test } from 'vitest'
import { isMalformed } from '../../formats/problem.js'
import type { Reading } from '../../hasher/contract.js'
import type { Job } from '../../compute/kind.js'
import { scryptFirebase } from './firebase.js'

// These bytes have other characters in each alphabet, and two signs of padding.
const KEY = Buffer.alloc(16, 0xfb)
const SALT = Buffer.from('salt\u{ff}\u{ff}\u{bf}', 'latin1')
const SEPARATOR = Buffer.of(0xff)

interface Fields {
  readonly checksum?: string
  readonly salt?: string
  readonly signerKey?: string
  readonly saltSeparator?: string
  readonly numbers?: string
}

function write({
  checksum = KEY.toString('base64'),
  salt = SALT.toString('base64'),
  signerKey = KEY.toString('base64'),
  saltSeparator = SEPARATOR.toString('base64'),
  numbers = '8$14',
}: Fields = {}): string {
  return [checksum, salt, signerKey, saltSeparator, numbers].join('$')
}

test('scrypt_firebase accepts an empty separator', async () => {
  expect(await jobsOf(readingOf(write({ saltSeparator: '' })))).toMatchObject([{ salt: SALT }])
})

test('scrypt_firebase describes its numbers, and neither signer key nor separator', () => {
  expect(readingOf(write({ numbers: '7$12' })).describe()).toEqual({ rounds: 7, memoryCost: 12 })
})

describe('a field of scrypt_firebase is base64 in one of four spellings,', () => {
  const spellings = (bytes: Buffer): readonly string[] => [
    bytes.toString('base64'),
    bytes.toString('base64').replaceAll('=', ''),
    bytes.toString('base64').replaceAll('+', '-').replaceAll('/', '_'),
    bytes.toString('base64url'),
  ]

  test.each([
    ...spellings(KEY).flatMap((text) => [{ checksum: text }, { signerKey: text }]),
    ...spellings(SALT).map((salt) => ({ salt })),
    ...spellings(SEPARATOR).map((saltSeparator) => ({ saltSeparator })),
    { checksum: KEY.toString('base64url'), signerKey: KEY.toString('base64') },
  ])('all of which mean the same (case %#)', async (fields) => {
    expect(scryptFirebase.identify(write(fields))).toBe(true)
    expect(await jobsOf(readingOf(write(fields)))).toEqual(await jobsOf(readingOf(write())))
  })

  test.each(['checksum', 'salt', 'signerKey', 'saltSeparator'])('and malformed otherwise: %s', (field) => {
    for (const foreign of ['AA AA', 'AAA.', 'AAAA\n', '\u{feff}AAAA', '+_AA', 'AA===', 'AAAA====']) {
      expect(scryptFirebase.parse(write({ [field]: foreign }))).toEqual({ problem: 'alphabet', field })
    }
    for (const left of ['A', 'AAAAA', 'AAA==', 'AAAA=']) {
      expect(scryptFirebase.parse(write({ [field]: left }))).toEqual({ problem: 'length', field })
    }
    expect(scryptFirebase.parse(write({ [field]: 'AB==' }))).toEqual({ problem: 'canonical', field })
    expect(scryptFirebase.parse(write({ [field]: 'AAB' }))).toEqual({ problem: 'canonical', field })
  })
})

describe('a digest of scrypt_firebase is malformed', () => {
  const text = (length: number): string => Buffer.alloc(length, 1).toString('base64')

  test('where the checksum is not as long as the signer key', () => {
    for (const length of [16, 32, 64, 65]) {
      expect(readingOf(write({ checksum: text(length), signerKey: text(length) }))).toBeDefined()
    }
    for (const [hash, key] of [
      [16, 17],
      [64, 63],
      [64, 1],
    ] as const) {
      expect(scryptFirebase.parse(write({ checksum: text(hash), signerKey: text(key) }))).toEqual({
        problem: 'length',
        field: 'checksum',
      })
    }
  })

  test('where the checksum is short, even beside a key as short', () => {
    for (const length of [0, 1, 15]) {
      expect(scryptFirebase.parse(write({ checksum: text(length), signerKey: text(length) }))).toEqual({
        problem: 'length',
        field: 'checksum',
      })
    }
  })

  test('where salt or signer key is empty', () => {
    expect(scryptFirebase.parse(write({ salt: '' }))).toEqual({ problem: 'length', field: 'salt' })
    expect(scryptFirebase.parse(write({ signerKey: '' }))).toEqual({ problem: 'length', field: 'signerKey' })
  })
})

describe("Firebase's bounds", () => {
  test.each(['1$1', '8$14', '1$14', '8$1', '4$9'])('admit %s as rounds and memory cost', (numbers) => {
    expect(scryptFirebase.identify(write({ numbers }))).toBe(true)
    expect(isMalformed(scryptFirebase.parse(write({ numbers })))).toBe(false)
  })

  test.each([
    ['0$14', 'rounds'],
    ['9$14', 'rounds'],
    ['99$14', 'rounds'],
    ['8$0', 'memoryCost'],
    ['8$15', 'memoryCost'],
    ['8$40', 'memoryCost'],
  ])('refuse %s', (numbers, field) => {
    expect(scryptFirebase.identify(write({ numbers }))).toBe(true)
    expect(scryptFirebase.parse(write({ numbers }))).toEqual({ problem: 'range', field })
  })

  test.each(['', ' 8', '8 ', '+8', '08', '0x8', '8.', '\u{ff18}', '8\n', '8\0'])(
    'refuse another spelling (case %#)',
    (number) => {
      expect(scryptFirebase.parse(write({ numbers: `${number}$14` }))).toEqual({
        problem: 'number',
        field: 'rounds',
      })
      expect(scryptFirebase.parse(write({ numbers: `8$${number}` }))).toEqual({
        problem: 'number',
        field: 'memoryCost',
      })
    },
  )
})

describe('scrypt_firebase, which has no prefix, does not claim', () => {
  test.each([
    ['five fields', `${KEY.toString('base64')}$AAAA$AAAA$8$14`],
    ['seven fields', write({ numbers: '8$14$1' })],
    ['a dollar sign in front, as crypt(3) has', `$a$b$c$8$14`],
    ['a number of three digits', write({ numbers: '8$140' })],
    ['words for numbers', write({ numbers: 'r$N' })],
    ['a line ending', `${write()}\n`],
    ['full-width digits', write({ numbers: '8$\u{ff11}\u{ff14}' })],
    ['nothing', ''],
    ['dollar signs', '$$$$$'],
  ])('a text with another shape: %s', (_, digest) => {
    expect(scryptFirebase.identify(digest)).toBe(false)
    expect(isMalformed(scryptFirebase.parse(digest))).toBe(true)
  })
})

test('the cost of scrypt_firebase doubles with each step of memory cost, and grows with the rounds', () => {
  const costOf = (numbers: string): ReturnType<Reading['cost']> => readingOf(write({ numbers })).cost(64)
  expect(costOf('8$14').milliseconds).toBeCloseTo(costOf('8$13').milliseconds * 2)
  expect(costOf('8$14').milliseconds).toBeCloseTo(costOf('4$14').milliseconds * 2)
  expect(costOf('8$14').bytes).toBeGreaterThanOrEqual(128 * 8 * 2 ** 14)
  expect(costOf('8$14').bytes).toBeGreaterThan(costOf('7$14').bytes)
})

function readingOf(digest: string): Reading {
  const readings = scryptFirebase.parse(digest)
  if (isMalformed(readings) || readings.length !== 1) throw new Error('The digest must have one reading.')
  return readings[0]
}

async function jobsOf(reading: Reading): Promise<readonly Job[]> {
  const jobs: Job[] = []
  const run = (job: Job): Promise<Uint8Array> => {
    jobs.push(job)
    return Promise.resolve(new Uint8Array(32))
  }
  expect(await reading.verify(Uint8Array.of(104), run)).toBe(false)
  return jobs
}

test('scrypt_firebase does not claim a text that begins with a mark of an account without a password', () => {
  const marked = ['!', '*'].flatMap((mark) => [
    `${mark}${scryptFirebase.example}`,
    `${mark}a$b$c$1$1`,
    `${mark}$$$$8$14`,
  ])
  expect(marked.filter((digest) => scryptFirebase.identify(digest))).toEqual([])
})
