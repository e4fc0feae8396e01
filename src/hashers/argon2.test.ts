import { describe, expect, test } from 'vitest'
import { createRegistry } from '../default.js'
import { isMalformed } from '../formats/problem.js'
import type { Reading } from '../hasher/contract.js'
import type { Job } from '../compute/kind.js'
import { argon2i, argon2id } from './argon2.js'

const SALT = 'c29tZXNhbHQ'
const TAG = 'A'.repeat(43)

describe.each([
  { hasher: argon2i, variant: 'i' },
  { hasher: argon2id, variant: 'id' },
])('$hasher.name', ({ hasher, variant }) => {
  const write = (parameters: string, version = '$v=19'): string =>
    `$argon2${variant}${version}$${parameters}$${SALT}$${TAG}`

  test.each(['m=64,t=3,p=4', 'm=64,p=4,t=3', 't=3,m=64,p=4', 't=3,p=4,m=64', 'p=4,m=64,t=3', 'p=4,t=3,m=64'])(
    'takes its parameters in any order: %s',
    (parameters) => {
      expect(readingsOf(write(parameters)).map((reading) => reading.describe())).toEqual([
        { version: 19, memory: 64, iterations: 3, parallelism: 4 },
      ])
    },
  )

  test('is read as version 16 and then as 19 where it names no version', async () => {
    const jobs = await jobsOf(readingsOf(write('m=64,t=3,p=4', '')))
    expect(jobs).toMatchObject([{ version: 16 }, { version: 19 }])
    const [first, second] = jobs
    expect({ ...first, version: 0 }).toEqual({ ...second, version: 0 })
  })

  test('has one reading where it names its version', async () => {
    expect(await jobsOf(readingsOf(write('m=64,t=3,p=4', '$v=16')))).toMatchObject([{ version: 16 }])
    expect(await jobsOf(readingsOf(write('m=64,t=3,p=4', '$v=19')))).toMatchObject([{ version: 19 }])
  })

  test.each(['0', '1', '13', '15', '17', '18', '20', '190', '4294967296', '9'.repeat(400)])(
    'has no version but 16 and 19 (case %#)',
    (version) => {
      expect(hasher.parse(write('m=64,t=3,p=4', `$v=${version}`))).toEqual({ problem: 'version', field: 'v' })
    },
  )

  test.each(['', '019', '+19', '-19', ' 19', '19 ', '0x13', '1e1', '19\n', '\u{ff11}9', '1_9'])(
    'has a version that is a number (case %#)',
    (version) => {
      expect(hasher.parse(write('m=64,t=3,p=4', `$v=${version}`))).toEqual({ problem: 'number', field: 'v' })
    },
  )

  test.each(['$V=19', '$v19', '$version=19', '$19', '$', '$v=19$v=19', '$v=16$v=19'])(
    'has its version in one place and one spelling (case %#)',
    (version) => {
      expect(hasher.parse(write('m=64,t=3,p=4', version))).toMatchObject({ problem: 'shape' })
    },
  )

  test.each([
    ['m=7,t=3,p=1', 'm'],
    ['m=0,t=3,p=1', 'm'],
    ['m=15,t=3,p=2', 'm'],
    ['m=31,t=3,p=4', 'm'],
    ['m=4294967296,t=3,p=1', 'm'],
    ['m=64,t=0,p=1', 't'],
    ['m=64,t=4294967296,p=1', 't'],
    ['m=64,t=3,p=0', 'p'],
    ['m=4294967295,t=3,p=16777216', 'p'],
  ])('is malformed where a parameter is out of the bounds of RFC 9106: %s', (parameters, field) => {
    expect(hasher.parse(write(parameters))).toEqual({ problem: 'range', field })
  })

  test.each(['m=8,t=1,p=1', 'm=16,t=1,p=2', 'm=4294967295,t=4294967295,p=1', 'm=134217720,t=1,p=16777215'])(
    'is read where its parameters are within the bounds of RFC 9106: %s',
    (parameters) => {
      expect(readingsOf(write(parameters))).toHaveLength(1)
    },
  )

  test.each([
    '',
    ' 64',
    '64 ',
    '+64',
    '-2',
    '064',
    '0x40',
    '6e1',
    '64.0',
    '6_4',
    '\u{ff16}4',
    '64\n',
    '64\0',
    '64=',
  ])('refuses another spelling of a parameter (case %#)', (number) => {
    expect(hasher.parse(write(`m=${number},t=3,p=1`))).toEqual({ problem: 'number', field: 'm' })
    expect(hasher.parse(write(`m=4096,t=${number},p=1`))).toEqual({ problem: 'number', field: 't' })
    expect(hasher.parse(write(`m=4096,t=3,p=${number}`))).toEqual({ problem: 'number', field: 'p' })
  })

  test.each([
    ['m=64,m=64,t=3,p=1', 'duplicate'],
    ['m=64,t=3,p=1,p=1', 'duplicate'],
    ['m=64,t=3,p=1,keyid=Zm9v', 'shape'],
    ['m=64,t=3,p=1,data=', 'length'],
    ['m=64,t=3,p=1,data=Zm9v,data=Zm9v', 'alphabet'],
    ['m=64,t=3,data=Zm9v,p=1', 'shape'],
    ['m=64,t=3,p=1,', 'shape'],
    ['m=64,t=3', 'shape'],
    ['m=64;t=3;p=1', 'shape'],
    ['M=64,T=3,P=1', 'shape'],
    ['', 'shape'],
  ])('is malformed with a repeated, unknown or missing parameter (case %#)', (parameters, problem) => {
    expect(hasher.parse(write(parameters))).toMatchObject({ problem })
  })

  test.each([
    ['a salt of 7 bytes', 'c29tZXNhbA', TAG, 'length', 'salt'],
    ['no salt', '', TAG, 'length', 'salt'],
    ['a padded salt', 'c29tZXNhbHQ=', TAG, 'alphabet', 'salt'],
    ['a URL-safe salt', 'c29tZXNhbH-_', TAG, 'alphabet', 'salt'],
    ['unused bits in the salt', 'c29tZXNhbHR', TAG, 'canonical', 'salt'],
    ['a tag of 3 bytes', SALT, 'AAAA', 'length', 'checksum'],
    ['no tag', SALT, '', 'length', 'checksum'],
    ['a padded tag', SALT, `${TAG}=`, 'alphabet', 'checksum'],
    ['unused bits in the tag', SALT, `${TAG.slice(1)}B`, 'canonical', 'checksum'],
    ['one character left over', SALT, `${TAG}AA`, 'length', 'checksum'],
  ])('is malformed with %s', (_, salt, tag, problem, field) => {
    expect(hasher.parse(`$argon2${variant}$v=19$m=64,t=3,p=1$${salt}$${tag}`)).toEqual({ problem, field })
  })

  test.each([
    ['the shortest', 'AAAAAA', 4],
    ['a short one', 'A'.repeat(22), 16],
    ['a long one', 'A'.repeat(2_000), 1_500],
  ])('accepts a checksum of any length, on which the derived bytes depend: %s', async (_, tag, length) => {
    const digest = `$argon2${variant}$v=19$m=64,t=3,p=1$${SALT}$${tag}`
    expect(await jobsOf(readingsOf(digest))).toMatchObject([{ length }])
  })

  test.each(['$', '$junk', `$${TAG}`, '\n', ' '])(
    'is malformed where text follows the checksum (case %#)',
    (junk) => {
      expect(isMalformed(hasher.parse(write('m=64,t=3,p=1') + junk))).toBe(true)
      expect(isMalformed(hasher.parse(write('m=64,t=3,p=1', '') + junk))).toBe(true)
    },
  )

  test('costs more for each parameter that is larger', () => {
    const costOf = (parameters: string): ReturnType<Reading['cost']> =>
      readingsOf(write(parameters))[0].cost(64)
    const base = costOf('m=1024,t=2,p=2')
    expect(costOf('m=2048,t=2,p=2').milliseconds).toBeGreaterThan(base.milliseconds)
    expect(costOf('m=1024,t=3,p=2').milliseconds).toBeGreaterThan(base.milliseconds)
    expect(costOf('m=1024,t=2,p=3').lanes).toBeGreaterThan(base.lanes)
    expect(costOf('m=1024,t=2,p=2')).toMatchObject({ bytes: 1_024 * 1_024, lanes: 2 })
    expect(costOf('m=4294967295,t=1,p=16')).toMatchObject({ bytes: 4_294_967_295 * 1_024, lanes: 16 })
  })

  test('has the cost of both readings where it names no version', () => {
    const registry = createRegistry()
    const [with19, without] = ['$v=19', ''].map((version) => registry.parse(write('m=1024,t=2,p=2', version)))
    if (with19?.outcome !== 'parsed' || without?.outcome !== 'parsed') throw new Error('Both must parse.')
    expect(without.cost).toEqual({ ...with19.cost, milliseconds: with19.cost.milliseconds * 2 })
  })

  function readingsOf(digest: string): readonly [Reading, ...Reading[]] {
    const readings = hasher.parse(digest)
    if (isMalformed(readings)) throw new Error('The digest must parse.')
    return readings
  }
})

test("neither argon2i nor argon2id reads the other's digest, nor one of Argon2d", () => {
  for (const hasher of [argon2i, argon2id]) {
    const foreign = [
      '$argon2d$',
      '$argon2$',
      '$argon2i',
      '$Argon2i$',
      '$argon2id',
      'argon2i$',
      ' $argon2i$',
    ].map((prefix) => `${prefix}v=19$m=64,t=3,p=1$${SALT}$${TAG}`)
    expect(foreign.filter((digest) => hasher.identify(digest))).toEqual([])
    expect(foreign.map((digest) => hasher.parse(digest))).toEqual(
      foreign.map(() => ({ problem: 'shape', field: 'digest' })),
    )
  }
  expect(argon2i.parse(argon2id.example)).toEqual({ problem: 'shape', field: 'digest' })
  expect(argon2id.parse(argon2i.example)).toEqual({ problem: 'shape', field: 'digest' })
})

async function jobsOf(readings: readonly Reading[]): Promise<readonly Job[]> {
  const jobs: Job[] = []
  const run = (job: Job): Promise<Uint8Array> => {
    jobs.push(job)
    return Promise.resolve(new Uint8Array(job.kind === 'argon2' ? job.length : 0).fill(255))
  }
  for (const reading of readings) {
    expect(await reading.verify(Uint8Array.of(104), run)).toBe(false)
  }
  return jobs
}
