import { describe, expect, test } from 'vitest'
import { isMalformed } from '../../formats/problem.js'
import type { Reading } from '../../hasher/contract.js'
import type { Job } from '../../compute/kind.js'
import { scryptWerkzeug } from './text.js'

const HEX = '00'.repeat(64)
const BASE64 = Buffer.alloc(64).toString('base64')

const write = ({ method = 'scrypt:32768:8:1', salt = 'seasalt', checksum = HEX }): string =>
  `${method}$${salt}$${checksum}`

test('scrypt_werkzeug describes its numbers', () => {
  expect(readingOf(write({ method: 'scrypt:1024:4:2' })).describe()).toEqual({ N: 1_024, r: 4, p: 2 })
})

describe('the checksum of scrypt_werkzeug', () => {
  test('is 64 bytes in lower-case hexadecimal or in base64, which mean the same', async () => {
    expect(await jobsOf(readingOf(write({ checksum: BASE64 })))).toEqual(await jobsOf(readingOf(write({}))))
    expect(readingOf(write({ checksum: '0123456789abcdef'.repeat(8) }))).toBeDefined()
  })

  test.each([
    ['upper-case hex', 'AB'.repeat(64), 'alphabet'],
    ['one upper-case digit', `${HEX.slice(1)}F`, 'alphabet'],
    ['no hex', `${HEX.slice(1)}g`, 'alphabet'],
    ['a line ending', `${HEX.slice(1)}\n`, 'alphabet'],
    ['no checksum', '', 'length'],
    ['hex of 63 bytes', HEX.slice(2), 'length'],
    ['hex of 65 bytes', `${HEX}00`, 'length'],
    ['hex of 32 bytes', HEX.slice(64), 'length'],
    ['base64 without padding', BASE64.slice(0, -2), 'length'],
    ['base64 of 65 bytes', Buffer.alloc(65).toString('base64'), 'length'],
    ['base64 of 66 bytes', Buffer.alloc(66).toString('base64'), 'length'],
    ['unused bits', `${BASE64.slice(0, -3)}B==`, 'canonical'],
    ['URL-safe base64', `-${BASE64.slice(1)}`, 'alphabet'],
  ])('is malformed otherwise: %s', (_, checksum, problem) => {
    expect(scryptWerkzeug.parse(write({ checksum }))).toEqual({ problem, field: 'checksum' })
  })
})

describe('N, r and p of scrypt_werkzeug', () => {
  test.each(['2:1:1', '32768:1:1', '65536:2:1', '1073741824:8:1', '2:1:1073741823', '4503599627370496:4:1'])(
    'are taken within the bounds of RFC 7914: %s',
    (numbers) => {
      expect(isMalformed(scryptWerkzeug.parse(write({ method: `scrypt:${numbers}` })))).toBe(false)
    },
  )

  test.each([
    ['0:8:1', 'N'],
    ['1:8:1', 'N'],
    ['3:8:1', 'N'],
    ['32767:8:1', 'N'],
    ['32769:8:1', 'N'],
    ['65536:1:1', 'N'],
    ['9007199254740992:8:1', 'N'],
    ['32768:0:1', 'r'],
    ['32768:1073741824:1', 'r'],
    ['32768:8:0', 'p'],
    ['32768:8:1073741824', 'p'],
    ['32768:8:134217728', 'p'],
    ['32768:32768:32768', 'p'],
  ])('are refused beyond the bounds of RFC 7914: %s', (numbers, field) => {
    expect(scryptWerkzeug.parse(write({ method: `scrypt:${numbers}` }))).toEqual({ problem: 'range', field })
  })

  test('are refused where N is one more or less than a power of two, however large', () => {
    for (let exponent = 2; exponent < 52; exponent++) {
      const near = [2 ** exponent - 1, 2 ** exponent + 1]
      const parsed = near.map((N) => scryptWerkzeug.parse(write({ method: `scrypt:${N}:8:1` })))
      expect(parsed, `2^${exponent}`).toEqual(near.map(() => ({ problem: 'range', field: 'N' })))
    }
  })

  test.each(['', ' 8', '8 ', '+8', '-8', '08', '8_0', '8e0', '0x8', '8.0', '\u{ff18}', '8\n', '8\0'])(
    'are refused in another spelling (case %#)',
    (number) => {
      const problemOf = (numbers: string): unknown =>
        scryptWerkzeug.parse(write({ method: `scrypt:${numbers}` }))
      expect(problemOf(`${number}:8:1`)).toEqual({ problem: 'number', field: 'N' })
      expect(problemOf(`32768:${number}:1`)).toEqual({ problem: 'number', field: 'r' })
      expect(problemOf(`32768:8:${number}`)).toEqual({ problem: 'number', field: 'p' })
    },
  )

  test.each([
    'scrypt',
    'scrypt:32768',
    'scrypt:32768:8',
    'scrypt:32768:8:1:1',
    'Scrypt:32768:8:1',
    'scrypt32768:8:1',
  ])('are three numbers behind the name, unlike %s', (method) => {
    expect(scryptWerkzeug.parse(write({ method }))).toEqual({ problem: 'shape', field: 'digest' })
  })
})

test('the salt of scrypt_werkzeug is text that may have spaces and may not be empty', async () => {
  expect(scryptWerkzeug.parse(write({ salt: '' }))).toEqual({ problem: 'length', field: 'salt' })
  for (const salt of ['salt\n', 'sa\0lt', '\u{feff}salt', 'sa\u{2028}lt', 'salt\u{d83e}']) {
    expect(scryptWerkzeug.parse(write({ salt }))).toEqual({ problem: 'alphabet', field: 'salt' })
  }
  for (const salt of [' salt', 'salt ', ' ', 'sea\u{a0}salt', 'Prise 塩 🧂']) {
    expect(await jobsOf(readingOf(write({ salt })))).toMatchObject([
      { salt: Uint8Array.from(Buffer.from(salt)) },
    ])
  }
})

test('a digest of scrypt_werkzeug with a field more or less is malformed', () => {
  for (const digest of [
    'scrypt:32768:8:1',
    'scrypt:32768:8:1$salt',
    `${write({})}$`,
    write({ salt: 'sea$salt' }),
  ]) {
    expect(scryptWerkzeug.parse(digest)).toEqual({ problem: 'shape', field: 'digest' })
  }
})

test('the cost of scrypt_werkzeug grows in proportion to N, r and p, whatever the password', () => {
  const costOf = (numbers: string): ReturnType<Reading['cost']> =>
    readingOf(write({ method: `scrypt:${numbers}` })).cost(64)
  const base = costOf('16384:8:1')
  expect(costOf('32768:8:1').milliseconds).toBeCloseTo(base.milliseconds * 2)
  expect(costOf('16384:16:1').milliseconds).toBeCloseTo(base.milliseconds * 2)
  expect(costOf('16384:8:2').milliseconds).toBeCloseTo(base.milliseconds * 2)
  expect(base.bytes).toBeGreaterThanOrEqual(128 * 8 * 16_384)
  expect(costOf('2:8:1000000').bytes).toBeGreaterThanOrEqual(128 * 8 * 1_000_000)
})

function readingOf(digest: string): Reading {
  const readings = scryptWerkzeug.parse(digest)
  if (isMalformed(readings) || readings.length !== 1) throw new Error('The digest must have one reading.')
  return readings[0]
}

async function jobsOf(reading: Reading): Promise<readonly Job[]> {
  const jobs: Job[] = []
  const run = (job: Job): Promise<Uint8Array> => {
    jobs.push(job)
    return Promise.resolve(new Uint8Array(64).fill(255))
  }
  expect(await reading.verify(Uint8Array.of(104), run)).toBe(false)
  return jobs
}
