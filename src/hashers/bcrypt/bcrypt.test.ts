import { describe, expect, test, vi } from 'vitest'
import { isMalformed } from '../../formats/problem.js'
import type { Reading } from '../../hasher/contract.js'
import type { Job } from '../../compute/kind.js'
import { bcrypt } from './bcrypt.js'

const TAIL = 'R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW'

describe('a version of bcrypt', () => {
  test.each(['2a', '2b', '2y'])('is the algorithm of 2b: %s', async (version) => {
    const reading = readingOf(`$${version}$12$${TAIL}`)
    expect(reading.describe()).toEqual({ version, cost: 12 })
    expect(reading.oldVariant).toBe(false)
    expect(await jobsOf(reading)).toEqual(await jobsOf(readingOf(`$2b$12$${TAIL}`)))
  })

  test.each(['2', '2x'])('is an old algorithm of its own: %s', (version) => {
    const digest = `$${version}$12$${TAIL}`
    expect(bcrypt.identify(digest)).toBe(true)
    const reading = readingOf(digest)
    expect(reading.oldVariant).toBe(true)
    expect(readingOf(`$2b$12$${TAIL}`).oldVariant).toBe(false)
  })

  test('truncates passwords that it cannot tell from others: 2 and 2x', () => {
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
    'is not claimed where it is no known one (case %#)',
    (version) => {
      const digest = `$${version}$12$${TAIL}`
      expect(bcrypt.identify(digest)).toBe(false)
      expect(bcrypt.parse(digest)).toEqual({ problem: 'shape', field: 'digest' })
    },
  )
})

describe('bcrypt $2a$ of a system that counts the bytes of the key in eight bits', () => {
  const LONG = Array.from({ length: 2_000 }, (_, number) => `${number},`).join('')
  const keysOf = async (version: string, password: string): Promise<readonly string[]> => {
    const jobs = await jobsOf(readingOf(`$${version}$04$${TAIL}`), Buffer.from(password))
    return jobs.map((job) => (job.kind === 'bcrypt' ? Buffer.from(job.password).toString() : ''))
  }
  const repeat = (text: string): string => text.repeat(72).slice(0, 72)

  test.each([
    [255, 1],
    [256, 1],
    [257, 2],
    [260, 5],
    [300, 45],
    [326, 71],
    [511, 1],
    [512, 1],
    [520, 9],
    [4_096, 1],
  ])(
    'has a second key for a password of %i bytes: its first bytes, %i of them, repeated',
    async (length, keyLength) => {
      const password = LONG.slice(0, length)
      expect(await keysOf('2a', password)).toEqual([password, repeat(LONG.slice(0, keyLength))])
    },
  )

  test.each([0, 1, 72, 73, 254, 327, 400, 510, 583, 766])(
    'has one key for a password of %i bytes',
    async (length) => {
      expect(await keysOf('2a', LONG.slice(0, length))).toEqual([LONG.slice(0, length)])
    },
  )

  test('has one key where the first bytes of the password repeat themselves', async () => {
    expect(await keysOf('2a', 'q'.repeat(255))).toHaveLength(1)
    expect(await keysOf('2a', 'abcde'.repeat(52))).toHaveLength(1)
    expect(await keysOf('2a', `${'abcde'.repeat(14)}abX${'abcde'.repeat(50)}`.slice(0, 260))).toHaveLength(1)
    expect(await keysOf('2a', `${'abcde'.repeat(14)}aX${'abcde'.repeat(50)}`.slice(0, 260))).toHaveLength(2)
  })

  test.each(['2', '2b', '2x', '2y'])(
    'is the only version with a second key, unlike $%s$',
    async (version) => {
      expect(await keysOf(version, LONG.slice(0, 260))).toEqual([LONG.slice(0, 260)])
    },
  )

  test('costs twice as much for a password with a second key, and once for others and in audits', () => {
    const reading = readingOf(`$2a$04$${TAIL}`)
    const { milliseconds } = reading.cost(260)
    const millisecondsOf = (length: number): number =>
      reading.costOfCheck(Buffer.from(LONG.slice(0, length))).milliseconds
    expect([8, 254, 260, 327].map(millisecondsOf)).toEqual([
      milliseconds,
      milliseconds,
      2 * milliseconds,
      milliseconds,
    ])
  })

  test('has its second key overwritten after use, while what was typed is not', async () => {
    const password = Uint8Array.from(Buffer.from(LONG.slice(0, 260)))
    const keys: Uint8Array[] = []
    const run = (job: Job): Promise<Uint8Array> => {
      if (job.kind === 'bcrypt') keys.push(job.password)
      return Promise.resolve(new Uint8Array(23))
    }
    await readingOf(`$2a$04$${TAIL}`).verify(password, run)
    expect(keys[1]).toEqual(new Uint8Array(72))
    expect(Buffer.from(password).toString()).toBe(LONG.slice(0, 260))
  })
})

describe("bcrypt $2a$ with crypt_blowfish's countermeasure", () => {
  const variantsOf = async (version: string, password: Uint8Array): Promise<readonly string[]> => {
    const jobs = await jobsOf(readingOf(`$${version}$04$${TAIL}`), password)
    return jobs.map((job) => (job.kind === 'bcrypt' ? job.variant : ''))
  }
  const latin1 = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'latin1'))

  test.each(['\xff\xff\xa3', '\xff\xa334\xff\xff\xff\xa3345', '\xff\xff\xff', '\xff\xa3z'])(
    'is tried after the standard variant for the passwords that call for it (case %#)',
    async (password) => {
      expect(await variantsOf('2a', latin1(password))).toEqual(['standard', 'countermeasure'])
      for (const version of ['2b', '2y']) expect(await variantsOf(version, latin1(password))).toHaveLength(1)
    },
  )

  test.each([
    '',
    'U*U',
    '\xa3',
    '\xff\xa3345',
    '\xa3ab',
    '\xff',
    '\xff\xff',
    'a\xff\xff',
    '\xff\xff\xa3\0',
    'Grüße-9',
  ])('is not tried for other passwords (case %#)', async (password) => {
    expect(await variantsOf('2a', latin1(password))).toEqual(['standard'])
  })

  test('is called for where the key has the same words with the bug of $2x$ and without', () => {
    const reading = readingOf(`$2a$04$${TAIL}`)
    let called = 0
    for (let number = 0; number < 4 ** 7; number++) {
      const bytes = Array.from(
        { length: 7 },
        (_, place) => [0xff, 0xa3, 0x33, 0xff][(number >> (2 * place)) & 3] ?? 0,
      )
      const password = Uint8Array.from(bytes.slice(0, 1 + (number % 7)))
      const isCalledFor =
        reading.costOfCheck(password).milliseconds > reading.cost(password.length).milliseconds
      expect(isCalledFor).toBe(hasCollision(password))
      if (isCalledFor) called++
    }
    expect(called).toBeGreaterThan(100)
  })

  test('costs as much again, and truncates nothing', () => {
    const reading = readingOf(`$2a$04$${TAIL}`)
    const password = latin1('\xff\xff\xa3')
    expect(reading.costOfCheck(password).milliseconds).toBe(2 * reading.cost(3).milliseconds)
    expect(reading.truncates(password)).toBe(false)
  })

  /** Compares the words themselves, as crypt_blowfish does. */
  function hasCollision(password: Uint8Array): boolean {
    const key = [...password, 0]
    let isExtended = false
    for (let word = 0; word < 18; word++) {
      let right = 0
      let wrong = 0
      for (let place = 0; place < 4; place++) {
        const byte = key[(word * 4 + place) % key.length] ?? 0
        right = (right << 8) | byte
        wrong = (wrong << 8) | ((byte << 24) >> 24)
        if (place > 0 && byte > 0x7f) isExtended = true
      }
      if (right !== wrong) return false
    }
    return isExtended
  }
})

describe('bcrypt tells whether it reads only a part of a password', () => {
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

test('each step of cost doubles the time of bcrypt, whatever the password', () => {
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

async function jobsOf(reading: Reading, password: Uint8Array = Uint8Array.of(104)): Promise<readonly Job[]> {
  const jobs: Job[] = []
  const run = (job: Job): Promise<Uint8Array> => {
    // The job is copied, since what a hasher makes of a password is overwritten afterwards.
    jobs.push({ ...job.row.copy(job), row: job.row })
    return Promise.resolve(new Uint8Array(23))
  }
  expect(await reading.verify(password, run)).toBe(false)
  return jobs
}

test('bcrypt finds whether a password repeats itself without a copy of it in the pool of Buffer', () => {
  const readings = bcrypt.parse(`$2$04$${'.'.repeat(53)}`)
  if (isMalformed(readings)) throw new Error('The digest must parse.')
  const password = Uint8Array.from(Buffer.from('abab'))
  const from = vi.spyOn(Buffer, 'from')
  expect(readings[0].truncates(password)).toBe(true)
  expect(from.mock.calls.map(([source]) => source)).toEqual([password.buffer])
  from.mockRestore()
})
