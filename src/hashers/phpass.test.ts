import { describe, expect, test } from 'vitest'
import { isMalformed } from '../formats/problem.js'
import type { Reading } from '../hasher/contract.js'
import type { Job } from '../compute/kind.js'
import { createRegistry } from '../default.js'
import { phpass } from './phpass.js'

const ITOA64 = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const TAIL = 'IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0'

test("phpBB's prefix is another spelling of the same digest", async () => {
  const [portable, phpBb] = [readingOf(`$P$9${TAIL}`), readingOf(`$H$9${TAIL}`)]
  expect(phpBb.describe()).toEqual(portable.describe())
  expect(await jobsOf(phpBb)).toEqual(await jobsOf(portable))
})

describe('the exponent of phpass', () => {
  test.each(Array.from({ length: 24 }, (_, index) => index + 7))('may be %i', (rounds) => {
    expect(readingOf(`$P$${ITOA64.charAt(rounds)}${TAIL}`).describe()).toEqual({ rounds })
  })

  test('may not be below 7 or above 30', () => {
    const refused = Array.from(ITOA64).filter((character) => {
      const parsed = phpass.parse(`$P$${character}${TAIL}`)
      return isMalformed(parsed) && parsed.problem === 'range' && parsed.field === 'rounds'
    })
    expect(refused.join('')).toBe('./01234TUVWXYZabcdefghijklmnopqrstuvwxyz')
  })

  test.each(['=', '$', '-', ' ', '\0', '\u{ff19}', '\u{d800}'])(
    'is a character of the alphabet (case %#)',
    (foreign) => {
      expect(phpass.parse(`$P$${foreign}${TAIL}`)).toEqual({ problem: 'alphabet', field: 'rounds' })
    },
  )

  test('may not be missing', () => {
    expect(phpass.parse('$P$')).toEqual({ problem: 'length', field: 'rounds' })
  })
})

describe('the cost of phpass', () => {
  const millisecondsOf = (exponent: string, passwordBytes: number): number =>
    readingOf(`$P$${exponent}${TAIL}`).cost(passwordBytes).milliseconds

  test('doubles with each step of the exponent', () => {
    expect(millisecondsOf('C', 8)).toBeCloseTo(millisecondsOf('B', 8) * 2, 3)
    expect(millisecondsOf('S', 8)).toBeCloseTo(millisecondsOf('R', 8) * 2, 3)
  })

  test('grows with the password, which every round hashes again', () => {
    expect(millisecondsOf('B', 0)).toBe(millisecondsOf('B', 39))
    expect(millisecondsOf('B', 40)).toBe(millisecondsOf('B', 39) * 2)
    expect(millisecondsOf('B', 4_096)).toBe(millisecondsOf('B', 8) * 65)
  })
})

describe('salt and checksum of phpass', () => {
  test.each(['=', '$', '-', ' ', '\n', '\0', '\u{e9}'])(
    'hold characters of the alphabet (case %#)',
    (foreign) => {
      expect(phpass.parse(`$P$9${TAIL.slice(0, 7)}${foreign}${TAIL.slice(8)}`)).toEqual({
        problem: 'alphabet',
        field: 'salt',
      })
      expect(phpass.parse(`$P$9${TAIL.slice(0, 29)}${foreign}`)).toEqual({
        problem: 'alphabet',
        field: 'checksum',
      })
    },
  )

  test('end in a character of two bits', () => {
    const last = Array.from(ITOA64).filter(
      (character) => !isMalformed(phpass.parse(`$P$9${TAIL.slice(0, 29)}${character}`)),
    )
    expect(last.join('')).toBe('./01')
    expect(phpass.parse(`$P$9${TAIL.slice(0, 29)}2`)).toEqual({ problem: 'canonical', field: 'checksum' })
  })

  test('are 8 and 22 characters', () => {
    expect(phpass.parse(`$P$9${TAIL.slice(0, 7)}`)).toEqual({ problem: 'length', field: 'salt' })
    for (const digest of [`$P$9${TAIL.slice(0, 8)}`, `$P$9${TAIL.slice(0, 29)}`, `$P$9${TAIL}.`]) {
      expect(phpass.parse(digest)).toEqual({ problem: 'length', field: 'checksum' })
    }
  })
})

test.each(['$p$9', '$Q$9', '$S$9', '$P9', ' $P$9', 'P$9'])(
  'phpass claims no other prefix (case %#)',
  (prefix) => {
    expect(phpass.identify(prefix + TAIL)).toBe(false)
    expect(phpass.parse(prefix + TAIL)).toEqual({ problem: 'shape', field: 'digest' })
  },
)

function readingOf(digest: string): Reading {
  const readings = phpass.parse(digest)
  if (isMalformed(readings) || readings.length !== 1) throw new Error('The digest must have one reading.')
  return readings[0]
}

async function jobsOf(reading: Reading): Promise<readonly Job[]> {
  const jobs: Job[] = []
  const run = (job: Job): Promise<Uint8Array> => {
    jobs.push(job)
    return Promise.resolve(new Uint8Array(16))
  }
  const password = Uint8Array.from(Buffer.from('horse'))
  expect(await reading.verify(password, run)).toBe(false)
  return jobs
}

describe('a password of which WordPress or phpBB leaves nothing', () => {
  const registry = createRegistry({ equalize: false })
  // This digest is phpass of the empty password, made by WordPress's class.
  const EMPTY = '$P$5hJ3.kLm9JRksnRMN/bRyBex7BOQqS/'

  test.each(['   ', '\t', '\0 ', '\n\r'])(
    'does not match the digest of the empty password (case %#)',
    async (password) => {
      for (const digest of [EMPTY, EMPTY.replace('$P$', '$H$')]) {
        expect(await registry.verify(password, digest)).toBe(false)
        expect(await registry.verify('', digest)).toBe(true)
      }
    },
  )
})
