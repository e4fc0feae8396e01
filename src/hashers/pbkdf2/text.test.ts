import { describe, expect, test } from 'vitest'
import { isMalformed } from '../../formats/problem.js'
import type { Hasher, Reading } from '../../hasher/contract.js'
import type { Job } from '../../compute/kind.js'
import { pbkdf2Sha1, pbkdf2Sha256, pbkdf2Sha256Django, createPbkdf2Sha512, pbkdf2Sha512 } from './text.js'

const bytesOf = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'utf8'))
const base64Of = (length: number): string => Buffer.alloc(length).toString('base64')
const hexOf = (length: number): string => '00'.repeat(length)

const HASHERS = [
  { hasher: pbkdf2Sha256Django, algorithm: 'sha256', salt: 'seasalt', checksum: base64Of(32) },
  { hasher: pbkdf2Sha256, algorithm: 'sha256', salt: 'c2Vhc2FsdA==', checksum: base64Of(32) },
  { hasher: pbkdf2Sha512, algorithm: 'sha512', salt: 'seasalt', checksum: hexOf(64) },
  { hasher: pbkdf2Sha1, algorithm: 'sha1', salt: 'seasalt', checksum: hexOf(32) },
]

describe.each(HASHERS)('$hasher.name', ({ hasher, algorithm, salt, checksum }) => {
  const prefix = `pbkdf2_${algorithm}$`

  test('describes iterations', () => {
    const readings = readingsOf(hasher, `${prefix}1000$${salt}$${checksum}`)
    expect(readings.map((reading) => reading.describe())).toEqual([{ iterations: 1_000 }])
  })

  test.each([
    '',
    ' 5',
    '5 ',
    '+5',
    '-5',
    '05',
    '5_0',
    '5e3',
    '0x5',
    '5.0',
    '\u{ff15}',
    '5\n',
    '5\0',
    '\u{feff}5',
  ])('refuses iterations in another spelling than decimal (case %#)', (iterations) => {
    expect(hasher.parse(`${prefix}${iterations}$${salt}$${checksum}`)).toEqual({
      problem: 'number',
      field: 'iterations',
    })
  })

  test.each(['0', '2147483648', '1000000000000', '9'.repeat(400)])(
    'refuses iterations out of bounds (case %#)',
    (iterations) => {
      expect(hasher.parse(`${prefix}${iterations}$${salt}$${checksum}`)).toEqual({
        problem: 'range',
        field: 'iterations',
      })
    },
  )

  test('refuses a digest without a salt', () => {
    expect(hasher.parse(`${prefix}1000$$${checksum}`)).toEqual({ problem: 'length', field: 'salt' })
  })

  test.each(['seasalt\n', 'sea\tsalt', 'seasalt\0', '\u{feff}seasalt', 'sea\u{2029}salt', '\u{d800}'])(
    'refuses a salt with characters that a damaged column adds (case %#)',
    (damaged) => {
      expect(hasher.parse(`${prefix}1000$${damaged}$${checksum}`)).toEqual({
        problem: 'alphabet',
        field: 'salt',
      })
    },
  )

  test('refuses a checksum of fewer than 16 bytes', () => {
    const write = algorithm === 'sha256' ? base64Of : hexOf
    for (const length of [0, 1, 4, 15]) {
      expect(hasher.parse(`${prefix}1000$${salt}$${write(length)}`)).toEqual({
        problem: 'length',
        field: 'checksum',
      })
    }
  })

  test.each([
    ['one field missing', `${prefix}1000$${salt}`],
    ['all fields missing', prefix],
    ['two fields more', `${prefix}1000$${salt}$${checksum}$32$32`],
    ['a dollar sign in the salt', `${prefix}1000$sea$salt$1$${checksum}`],
    ['a prefix in upper case', `${prefix.toUpperCase()}1000$${salt}$${checksum}`],
    ['a dollar sign in front', `$${prefix}1000$${salt}$${checksum}`],
    ['another algorithm', `pbkdf2_sha3$1000$${salt}$${checksum}`],
  ])('refuses another shape: %s', (_, digest) => {
    expect(hasher.parse(digest)).toEqual({ problem: 'shape', field: 'digest' })
  })

  test('costs in proportion to iterations and to blocks of output, whatever the password', () => {
    const [reading] = readingsOf(hasher, `${prefix}1000$${salt}$${checksum}`)
    const [tenfold] = readingsOf(hasher, `${prefix}10000$${salt}$${checksum}`)
    expect(tenfold.cost(8).milliseconds).toBeCloseTo(reading.cost(8).milliseconds * 10)
    expect(reading.cost(4_096)).toEqual(reading.cost(0))
  })
})

test.each(HASHERS)(
  '$hasher.name accepts spaces in a salt only where the salt is text',
  async ({ hasher, ...fields }) => {
    const { algorithm, checksum } = fields
    for (const salt of [' seasalt', 'sea salt', 'seasalt ', ' ', 'sea\u{a0}salt', 'Prise \u{3000} 塩 🧂']) {
      const digest = `pbkdf2_${algorithm}$1000$${salt}$${checksum}`
      if (hasher === pbkdf2Sha256) {
        expect(hasher.parse(digest)).toEqual({ problem: 'alphabet', field: 'salt' })
        continue
      }
      expect(await jobsOf(readingsOf(hasher, digest))).toMatchObject([{ salt: bytesOf(salt) }])
    }
  },
)

describe('the format that pbkdf2_sha256 and pbkdf2_sha256_django share', () => {
  const digest = `pbkdf2_sha256$1000$c2FsdA==$${base64Of(32)}`

  test("has a salt that is text in Django's and base64 in the other", async () => {
    expect(await jobsOf(readingsOf(pbkdf2Sha256Django, digest))).toMatchObject([
      { salt: bytesOf('c2FsdA==') },
    ])
    expect(await jobsOf(readingsOf(pbkdf2Sha256, digest))).toMatchObject([{ salt: bytesOf('salt') }])
  })

  test('is claimed by both, one of which may find a digest malformed', () => {
    const django = `pbkdf2_sha256$1000$seasalt$${base64Of(32)}`
    for (const text of [digest, django]) {
      expect(pbkdf2Sha256Django.identify(text)).toBe(true)
      expect(pbkdf2Sha256.identify(text)).toBe(true)
    }
    expect(pbkdf2Sha256.parse(django)).toEqual({ problem: 'length', field: 'salt' })
    expect(isMalformed(pbkdf2Sha256Django.parse(django))).toBe(false)
  })

  test.each([
    ['unpadded', 'c2FsdA', 'length'],
    ['unused bits', 'c2FsdB==', 'canonical'],
    ['URL-safe', 'c2Fs-_==', 'alphabet'],
    ['padded twice', 'c2FsdA====', 'alphabet'],
  ])('has base64 in its salt that is padded and canonical, not %s', (_, salt, problem) => {
    expect(pbkdf2Sha256.parse(`pbkdf2_sha256$1000$${salt}$${base64Of(32)}`)).toEqual({
      problem,
      field: 'salt',
    })
  })

  test.each([
    ['unpadded', base64Of(32).slice(0, -1), 'length'],
    ['unused bits', `${base64Of(32).slice(0, -2)}B=`, 'canonical'],
    ['URL-safe', `-${base64Of(32).slice(1)}`, 'alphabet'],
    ['in hex', hexOf(32), 'length'],
  ])('has base64 in its checksum that is padded and canonical, not %s', (_, checksum, problem) => {
    expect(pbkdf2Sha256Django.parse(`pbkdf2_sha256$1000$seasalt$${checksum}`)).toEqual({
      problem,
      field: 'checksum',
    })
  })

  test("has a checksum of 32 bytes in Django's, and of any length in the other", () => {
    for (const length of [16, 20, 31, 33, 64]) {
      const other = `pbkdf2_sha256$1000$c2FsdA==$${base64Of(length)}`
      expect(pbkdf2Sha256Django.parse(other)).toEqual({ problem: 'length', field: 'checksum' })
      expect(readingsOf(pbkdf2Sha256, other)).toHaveLength(1)
    }
  })

  test('costs as much again for each begun block of 32 bytes', () => {
    const millisecondsFor = (length: number): number =>
      readingsOf(pbkdf2Sha256, `pbkdf2_sha256$1000$c2FsdA==$${base64Of(length)}`)[0].cost(8).milliseconds
    expect(millisecondsFor(16)).toBe(millisecondsFor(32))
    expect(millisecondsFor(33)).toBe(millisecondsFor(32) * 2)
    expect(millisecondsFor(320)).toBeCloseTo(millisecondsFor(32) * 10)
  })

  test('accepts up to 2^31 - 1 iterations', () => {
    const last = `pbkdf2_sha256$2147483647$c2FsdA==$${base64Of(32)}`
    expect(readingsOf(pbkdf2Sha256, last)[0].describe()).toEqual({ iterations: 2 ** 31 - 1 })
    expect(readingsOf(pbkdf2Sha256Django, last)).toHaveLength(1)
  })
})

describe('pbkdf2_sha1', () => {
  const write = (salt: string, more = ''): string => `pbkdf2_sha1$1000$${salt}$${hexOf(32)}${more}`

  test.each(['73616c74', '73616C74', 'ab', '00'])(
    'reads a salt of hexadecimal as text and then as bytes: %s',
    async (salt) => {
      expect(await jobsOf(readingsOf(pbkdf2Sha1, write(salt)))).toMatchObject([
        { salt: bytesOf(salt) },
        { salt: Uint8Array.from(Buffer.from(salt, 'hex')) },
      ])
    },
  )

  test.each(['salt', '73616c7', '73616c7g', '0x73', '-73616c74'])(
    'reads any other salt as text alone (case %#)',
    async (salt) => {
      expect(await jobsOf(readingsOf(pbkdf2Sha1, write(salt)))).toMatchObject([{ salt: bytesOf(salt) }])
    },
  )

  test('has the same cost for both readings of a salt', () => {
    const [first, second] = readingsOf(pbkdf2Sha1, write('73616c74'))
    expect(second?.cost(64)).toEqual(first.cost(64))
  })

  test('accepts a fifth field, the length of the checksum', () => {
    expect(readingsOf(pbkdf2Sha1, write('seasalt', '$32'))).toHaveLength(1)
    expect(readingsOf(pbkdf2Sha1, write('73616c74', '$32'))).toHaveLength(2)
    expect(readingsOf(pbkdf2Sha1, `pbkdf2_sha1$1000$seasalt$${hexOf(20)}$20`)).toHaveLength(1)
  })

  test.each(['31', '33', '64', '0', '2147483648'])(
    'refuses a fifth field that is not the length of the checksum: %s',
    (keyLength) => {
      expect(pbkdf2Sha1.parse(write('seasalt', `$${keyLength}`))).toEqual({
        problem: 'range',
        field: 'keyLength',
      })
    },
  )

  test.each(['', ' 32', '032', '+32', '0x20', '32\n', '3e1'])(
    'refuses a fifth field that is no number (case %#)',
    (keyLength) => {
      expect(pbkdf2Sha1.parse(write('seasalt', `$${keyLength}`))).toEqual({
        problem: 'number',
        field: 'keyLength',
      })
    },
  )

  test('accepts a checksum in either case of hexadecimal, of whole bytes', () => {
    expect(readingsOf(pbkdf2Sha1, `pbkdf2_sha1$1000$seasalt$${'aB'.repeat(20)}`)).toHaveLength(1)
    expect(pbkdf2Sha1.parse(`pbkdf2_sha1$1000$seasalt$${hexOf(20)}0`)).toEqual({
      problem: 'length',
      field: 'checksum',
    })
    expect(pbkdf2Sha1.parse(`pbkdf2_sha1$1000$seasalt$${hexOf(19)}0g`)).toEqual({
      problem: 'alphabet',
      field: 'checksum',
    })
  })

  test('costs as much again for each begun block of 20 bytes', () => {
    const millisecondsFor = (length: number): number =>
      readingsOf(pbkdf2Sha1, `pbkdf2_sha1$1000$seasalt$${hexOf(length)}`)[0].cost(8).milliseconds
    expect(millisecondsFor(32)).toBe(millisecondsFor(20) * 2)
  })
})

describe('the bounds of pbkdf2_sha512', () => {
  const write = ({ iterations = 1_000, salt = 'seasalt', length = 64 }): string =>
    `pbkdf2_sha512$${iterations}$${salt}$${hexOf(length)}`

  test('are by default under 420,000 iterations, and under 1,024 bytes of salt and of checksum', () => {
    for (const within of [
      { iterations: 419_999 },
      { salt: 's'.repeat(1_023) },
      { length: 1_023 },
      { length: 16 },
    ]) {
      expect(readingsOf(pbkdf2Sha512, write(within))).toHaveLength(1)
    }
  })

  test.each([
    [{ iterations: 420_000 }, 'range', 'iterations'],
    [{ salt: 's'.repeat(1_024) }, 'length', 'salt'],
    [{ salt: 'é'.repeat(512) }, 'length', 'salt'],
    [{ length: 1_024 }, 'length', 'checksum'],
  ])('make a digest beyond them malformed (case %#)', (beyond, problem, field) => {
    expect(pbkdf2Sha512.parse(write(beyond))).toEqual({ problem, field })
  })

  test.each([
    [{ maxIterations: 1_000_000 }, { iterations: 1_000_000 }, { iterations: 1_000_001 }],
    [{ maxIterations: 2 ** 31 - 1 }, { iterations: 2 ** 31 - 1 }, { iterations: 2 ** 31 }],
    [{ maxSaltBytes: 2_000 }, { salt: 's'.repeat(2_000) }, { salt: 's'.repeat(2_001) }],
    [{ maxSaltBytes: 4 }, { salt: 'salt' }, { salt: 'salts' }],
    [{ maxChecksumBytes: 1_500 }, { length: 1_500 }, { length: 1_501 }],
    [{ maxChecksumBytes: 64 }, { length: 64 }, { length: 65 }],
  ])('can be moved one by one, and are inclusive (case %#)', (options, within, beyond) => {
    const moved = createPbkdf2Sha512(options)
    expect(moved.name).toBe('pbkdf2_sha512')
    expect(readingsOf(moved, write(within))).toHaveLength(1)
    expect(isMalformed(moved.parse(write(beyond)))).toBe(true)
  })

  test('are the defaults where an option is undefined', () => {
    const plain = createPbkdf2Sha512({})
    expect(isMalformed(plain.parse(write({ iterations: 420_000 })))).toBe(true)
    expect(readingsOf(plain, write({ iterations: 419_999 }))).toHaveLength(1)
  })

  test('are read once', () => {
    const options = { maxIterations: 10 }
    const strict = createPbkdf2Sha512(options)
    options.maxIterations = 1_000
    expect(strict.parse(write({ iterations: 11 }))).toEqual({ problem: 'range', field: 'iterations' })
  })

  test('are not taken from the prototype of the options', () => {
    const polluted = {}
    Object.setPrototypeOf(polluted, { maxIterations: 10 })
    expect(readingsOf(createPbkdf2Sha512(polluted), write({ iterations: 11 }))).toHaveLength(1)
  })

  test.each([0, -1, 1.5, NaN, Infinity, 2 ** 31, '1000', true, [1_000], 1_000n])(
    'are refused where they are no integer in their range (case %#)',
    (bound: unknown) => {
      expectRefused('maxIterations', bound, 1)
      expectRefused('maxSaltBytes', bound, 1)
      expectRefused('maxChecksumBytes', bound, 16)
    },
  )

  test('are refused where every digest would be malformed', () => {
    expectRefused('maxChecksumBytes', 15, 16)
    expect(readingsOf(createPbkdf2Sha512({ maxChecksumBytes: 16 }), write({ length: 16 }))).toHaveLength(1)
  })

  function expectRefused(name: string, bound: unknown, min: number): void {
    expect(() => {
      Reflect.apply(createPbkdf2Sha512, undefined, [{ [name]: bound }])
    }).toThrow(
      expect.objectContaining({
        code: 'ERR_REGISTRY_OPTION',
        message: `createPbkdf2Sha512: ${name} must be an integer from ${min} to 2^31 - 1.`,
      }),
    )
  }

  test.each([
    ['misspelled', { maxIteration: 10 }],
    ['no object', 1_000_000],
    ['null', null],
  ])('are refused where they are %s, or they would silently be the defaults', (_, options: unknown) => {
    expect(() => {
      Reflect.apply(createPbkdf2Sha512, undefined, [options])
    }).toThrow(expect.objectContaining({ name: 'RegistryError', code: 'ERR_REGISTRY_OPTION' }))
  })

  test('bound a cost that is as much again for each begun block of 64 bytes', () => {
    const millisecondsFor = (length: number): number =>
      readingsOf(pbkdf2Sha512, write({ length }))[0].cost(8).milliseconds
    expect(millisecondsFor(65)).toBe(millisecondsFor(64) * 2)
    expect(millisecondsFor(1_023)).toBe(millisecondsFor(64) * 16)
  })
})

function readingsOf(hasher: Hasher, digest: string): readonly [Reading, ...Reading[]] {
  const readings = hasher.parse(digest)
  if (isMalformed(readings)) throw new Error('The digest must parse.')
  return readings
}

async function jobsOf(readings: readonly Reading[]): Promise<readonly Job[]> {
  const jobs: Job[] = []
  const run = (job: Job): Promise<Uint8Array> => {
    jobs.push(job)
    return Promise.resolve(new Uint8Array(job.kind === 'pbkdf2' ? job.length : 0).fill(255))
  }
  for (const reading of readings) {
    expect(await reading.verify(bytesOf('h'), run)).toBe(false)
  }
  return jobs
}
