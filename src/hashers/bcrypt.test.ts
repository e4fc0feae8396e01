import { describe, expect, test, vi } from 'vitest'
import { isMalformed } from '../formats/problem.js'
import type { Reading } from '../hasher.js'
import type { Job } from '../primitives/job.js'
import { bcrypt } from './bcrypt.js'

const TAIL = 'R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW'

describe('versions', () => {
  test.each(['2a', '2b', '2y'])('%s is one algorithm under three names', async (version) => {
    const reading = readingOf(`$${version}$12$${TAIL}`)
    expect(reading.describe()).toEqual({ version, cost: 12 })
    expect(reading.oldVariant()).toBe(false)
    const [job, ...others] = await jobsOf(reading)
    expect(others).toEqual([])
    expect(job).toMatchObject({ kind: 'bcrypt', cost: 12, salt: { byteLength: 16 } })
    expect(job).toEqual((await jobsOf(readingOf(`$2b$12$${TAIL}`)))[0])
  })

  test.each([
    ['2', 'no-nul'],
    ['2x', 'sign-extended'],
  ])('%s is an algorithm of its own, and old', async (version, variant) => {
    const digest = `$${version}$12$${TAIL}`
    expect(bcrypt.identify(digest)).toBe(true)
    const reading = readingOf(digest)
    expect(await jobsOf(reading)).toMatchObject([{ kind: 'bcrypt', variant, cost: 12 }])
    expect(reading.oldVariant()).toBe(true)
    expect(readingOf(`$2b$12$${TAIL}`).oldVariant()).toBe(false)
  })

  test('of 2 and 2x cannot tell some passwords apart, which no new digest is made of', () => {
    const truncates = (version: string, password: string): boolean =>
      readingOf(`$${version}$12$${TAIL}`).truncates(Buffer.from(password, 'latin1'))
    expect(['ab', 'aba', 'abcabd'].map((password) => truncates('2', password))).toEqual([false, false, false])
    expect(['aa', 'abab', 'x'.repeat(37)].map((password) => truncates('2', password))).toEqual([
      true,
      true,
      true,
    ])
    expect([truncates('2x', 'hunter2'), truncates('2x', 'hunter\u00e9')]).toEqual([false, true])
    expect([truncates('2b', 'abab'), truncates('2b', 'hunter\u00e9')]).toEqual([false, false])
  })

  test.each(['', '1', '2c', '2B', '2ab', '3', '5', '6', 'y', '2a '])(
    'is nobody of ours (case %#)',
    (version) => {
      const digest = `$${version}$12$${TAIL}`
      expect(bcrypt.identify(digest)).toBe(false)
      expect(bcrypt.parse(digest)).toEqual({ problem: 'shape', field: 'digest' })
    },
  )
})

describe('a password is read only in part', () => {
  const reading = readingOf(`$2b$12$${TAIL}`)

  test.each([
    ['empty', new Uint8Array(0), false],
    ['short', Uint8Array.of(104, 111), false],
    ['of 72 bytes', new Uint8Array(72).fill(97), false],
    ['of 73 bytes', new Uint8Array(73).fill(97), true],
    ['of 4,096 bytes', new Uint8Array(4_096).fill(97), true],
    ['with a NUL inside', Uint8Array.of(97, 0, 97), true],
    ['with a NUL at the end', Uint8Array.of(97, 0), true],
    ['a NUL alone', Uint8Array.of(0), true],
  ])('%s', (_, password, truncated) => {
    expect(reading.truncates(password)).toBe(truncated)
  })
})

test('each step of cost doubles the time, whatever the password', () => {
  const millisecondsAt = (cost: string, passwordBytes: number): number =>
    readingOf(`$2b$${cost}$${TAIL}`).cost(passwordBytes).milliseconds
  expect(millisecondsAt('11', 8)).toBe(millisecondsAt('10', 8) * 2)
  expect(millisecondsAt('31', 8)).toBe(millisecondsAt('04', 8) * 2 ** 27)
  expect(millisecondsAt('12', 4_096)).toBe(millisecondsAt('12', 0))
})

function readingOf(digest: string): Reading {
  const readings = bcrypt.parse(digest)
  if (isMalformed(readings) || readings.length !== 1) throw new Error('The digest must have one reading.')
  return readings[0]
}

async function jobsOf(reading: Reading): Promise<readonly Job[]> {
  const jobs: Job[] = []
  const run = (job: Job): Promise<Uint8Array> => {
    jobs.push(job)
    return Promise.resolve(new Uint8Array(23))
  }
  expect(await reading.verify(Uint8Array.of(104), { admit: () => () => undefined, run })).toBe(false)
  return jobs
}

test('whether a password is a repetition is found without a copy of it in the pool of Buffer', () => {
  const readings = bcrypt.parse(`$2$04$${'.'.repeat(53)}`)
  if (isMalformed(readings)) throw new Error('The digest must parse.')
  const password = Uint8Array.from(Buffer.from('abab'))
  const from = vi.spyOn(Buffer, 'from')
  expect(readings[0].truncates(password)).toBe(true)
  expect(from.mock.calls.map(([source]) => source)).toEqual([password.buffer])
  from.mockRestore()
})
