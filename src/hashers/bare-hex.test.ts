import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import { isMalformed } from '../formats/problem.js'
import type { Hasher, Reading, Run } from '../hasher/contract.js'
import { md5, sha256 } from './bare-hex.js'

describe.each([
  { hasher: md5, digits: 32 },
  { hasher: sha256, digits: 64 },
])('$hasher.name', ({ hasher, digits }) => {
  const hexOf = (text: string): string => createHash(hasher.name).update(text).digest('hex')

  test('reads hexadecimal in either case, and computes in place', async () => {
    const run = vi.fn<Run>()
    const lower = hexOf('correct horse')
    for (const digest of [lower, lower.toUpperCase(), lower.slice(0, 9) + lower.slice(9).toUpperCase()]) {
      const reading = readingOf(digest)
      expect(await reading.verify(Buffer.from('correct horse'), run)).toBe(true)
      expect(await reading.verify(Buffer.from('correct horsE'), run)).toBe(false)
    }
    expect(run).not.toHaveBeenCalled()
  })

  test('claims digests by their shape, and describes no parameters', () => {
    expect(hasher.identify('0'.repeat(digits))).toBe(true)
    expect(hasher.identify('Ff'.repeat(digits / 2))).toBe(true)
    expect(readingOf(hexOf('')).describe()).toEqual({})
  })

  test.each([0, 1, 30, 31, 33, 40, 63, 65, 96, 128, 4_096])('does not read %i digits', (length) => {
    expect(hasher.identify('0'.repeat(length))).toBe(false)
    expect(hasher.parse('0'.repeat(length))).toEqual({ problem: 'length', field: 'checksum' })
  })

  test.each(['g', 'G', '$', ' ', '\n', '\0', '-', '\u{ff10}', '\u{feff}'])(
    'does not claim what is not hexadecimal, which is malformed where a row names the hasher (case %#)',
    (foreign) => {
      for (const digest of [foreign + '0'.repeat(digits - 1), '0'.repeat(digits - 1) + foreign]) {
        expect(hasher.identify(digest)).toBe(false)
        expect(hasher.parse(digest)).toEqual({ problem: 'alphabet', field: 'checksum' })
      }
    },
  )

  test('is estimated at less than half a millisecond', () => {
    expect(readingOf(hexOf('')).cost(64).milliseconds).toBeLessThan(0.5)
  })

  function readingOf(digest: string): Reading {
    const readings = hasher.parse(digest)
    if (isMalformed(readings) || readings.length !== 1) throw new Error('The digest must have one reading.')
    return readings[0]
  }
})

describe('where node:crypto refuses an algorithm, as OpenSSL does with MD5 under FIPS,', () => {
  const refusal = Object.assign(new Error('unsupported'), { code: 'ERR_OSSL_EVP_UNSUPPORTED' })

  beforeEach(() => {
    vi.spyOn(process.getBuiltinModule('node:crypto'), 'createHash').mockImplementation(() => {
      throw refusal
    })
  })
  afterEach(() => {
    vi.restoreAllMocks()
  })

  const messageDigest = (hasher: Hasher): Reading => {
    const readings = hasher.parse(hasher.example)
    return isMalformed(readings) ? expect.fail() : readings[0]
  }

  test('md5 is computed by a job of the runtime without rounds', async () => {
    // The runner copies a job before it returns, as the runtime does.
    const copies: unknown[] = []
    const run: Run = (job) => {
      copies.push(job.row.copy(job))
      return Promise.resolve(Buffer.from(md5.example, 'hex'))
    }
    const password = Buffer.from('password')
    expect(await messageDigest(md5).verify(password, run)).toBe(true)
    expect(copies).toEqual([
      {
        kind: 'digest-loop',
        algorithm: 'md5',
        first: Uint8Array.from(password),
        tail: new Uint8Array(),
        count: 0,
      },
    ])
  })

  test('sha256 fails with an EngineError, since nothing else computes it', async () => {
    const run = vi.fn<Run>()
    await expect(messageDigest(sha256).verify(Buffer.from('test'), run)).rejects.toMatchObject({
      name: 'EngineError',
      cause: { code: 'ERR_OSSL_EVP_UNSUPPORTED' },
    })
    expect(run).not.toHaveBeenCalled()
  })
})
