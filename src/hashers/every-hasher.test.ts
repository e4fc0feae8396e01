import { inspect, isDeepStrictEqual } from 'node:util'
import { describe, expect, test } from 'vitest'
import { ALGORITHM_NAMES } from '../compute/algorithm-names.js'
import { addCosts } from '../compute/cost.js'
import type { JobFields } from '../compute/job.js'
import { costOfJob } from '../compute/kind.js'
import type { Job } from '../compute/kind.js'
import { kindOf, shareOf } from '../conformance/share.fixture.js'
import { contextOf, passwordOf, readVectorFolder } from '../conformance/vector-files.js'
import type { VectorTest } from '../conformance/vector-files.js'
import { builtinHashers, createRegistry } from '../default.js'
import { isMalformed } from '../formats/problem.js'
import type { Hasher, Reading, Run } from '../hasher/contract.js'

/** The words of a description that a digest may hold too. */
const TITLES: readonly string[] = Object.values(ALGORITHM_NAMES)

const PROBLEMS = ['shape', 'alphabet', 'length', 'number', 'range', 'version', 'duplicate', 'canonical']

const HMAC_BYTES = {
  ...{ md5: 16, sha1: 20, sha224: 28, sha256: 32, sha384: 48, sha512: 64 },
  ...{ 'sha3-224': 28, 'sha3-256': 32, 'sha3-384': 48, 'sha3-512': 64 },
  ...{ 'sha512-224': 28, 'sha512-256': 32, ripemd160: 20 },
} as const
const files = await readVectorFolder('vectors')
// Some hashers cannot compute without it.
const CONTEXT = { username: 'ada' }
const registry = createRegistry({ equalize: false })

const ODD_TEXTS = [
  '',
  '\0',
  '\u{feff}',
  '\u{d800}',
  '$',
  '$'.repeat(4_096),
  ':'.repeat(4_096),
  '='.repeat(4_096),
  '0'.repeat(4_096),
  '$argon2id$'.repeat(400),
  'a$b$c$d$8$14',
  'a$b$c$d$99$99',
  ...builtinHashers.flatMap(({ prefixes }) => prefixes),
  '$2b$12$',
  'scrypt:::$$',
  'pbkdf2_sha1$$$$',
  '__proto__',
  'constructor',
]

// Each hasher is shown its own example with every change, and the examples of other hashers with one change in eleven, since all
// changes would grow with the square of the hashers. Eleven shares no factor with the eight characters that are put in.
const STEP = 31
const VARIATIONS = builtinHashers.flatMap(({ example }) => [example, ...shareOf(variations(example), STEP)])
const REPLACEMENTS = builtinHashers.flatMap(({ example }) => shareOf(replacements(example), STEP))

describe.each(builtinHashers)('$name', (hasher) => {
  const { example } = hasher
  const fields = fieldsOf(hasher)

  test('reads its example, which is claimed by the hashers of its prefix, or only where a row names it', () => {
    expect(isMalformed(hasher.parse(example))).toBe(false)
    expect(hasher.identify(example)).toBe(true)
    // Hashers that read only rows which name them are not tried here.
    const others = builtinHashers.filter((other) => other === hasher || !other.onlyNamed)
    const claiming = others.filter((other) => other.identify(example))
    const sharing = others.filter(({ prefixes }) => startsLikeOne(example, prefixes))
    if (hasher.onlyNamed) expect(registry.identify(example)).not.toContain(hasher.name)
    if (hasher.prefixes.length > 0) expect(claiming).toEqual(sharing)
    else if (hasher.onlyNamed)
      expect(registry.parse(example, { hasher: hasher.name })).toMatchObject({ hasher: hasher.name })
    // SHA-512 of crypt(3) has the prefix of Mosquitto's digests, and cannot read them.
    else {
      const prefixed = claiming.filter(({ prefixes }) => prefixes.length > 0)
      expect([...sharing, ...prefixed].filter((other) => !isMalformed(other.parse(example)))).toEqual([])
    }
  })

  test('claims only texts with one of its prefixes or, without prefixes, only texts that no hasher of a prefix reads', () => {
    const claimed = [example, ...variations(example), ...VARIATIONS, ...ODD_TEXTS].filter((digest) =>
      hasher.identify(digest),
    )
    expect(claimed.length).toBeGreaterThan(1)
    const isReadByPrefix = (text: string): boolean =>
      builtinHashers.some((other) => startsLikeOne(text, other.prefixes) && !isMalformed(other.parse(text)))
    const isRight = (text: string): boolean =>
      hasher.prefixes.length > 0
        ? startsLikeOne(text, hasher.prefixes)
        : hasher.onlyNamed || !isReadByPrefix(text)
    expect(claimed.filter((text) => !isRight(text))).toEqual([])
  })

  test('claims every text that it reads', () => {
    const own = [...variations(example), ...replacements(example)]
    const texts = [...own, ...VARIATIONS, ...REPLACEMENTS, ...ODD_TEXTS]
    const read = texts.filter((text) => !isMalformed(hasher.parse(text)))
    expect(read.length).toBeGreaterThan(20)
    expect(read.filter((text) => !hasher.identify(text))).toEqual([])
  })

  test('answers for any text, and finds odd ones malformed', () => {
    for (const text of ODD_TEXTS) {
      expect(hasher.identify(text)).toBeTypeOf('boolean')
      const answer = hasher.parse(text)
      if (!isMalformed(answer)) throw new Error('An odd text must be malformed.')
      expect(Object.keys(answer)).toEqual(['problem', 'field'])
      expect(PROBLEMS).toContain(answer.problem)
      expect(fields).toContain(answer.field)
    }
  })

  test('leaves nothing of a digest in the static properties of RegExp', () => {
    const salted = example.replace('salt', 'sält 🧂')
    const texts = [example, salted, ...variations(example), ...ODD_TEXTS]
    expect(/x/.exec('x')).not.toBeNull()
    for (const text of texts) {
      hasher.identify(text)
      const readings = hasher.parse(text)
      if (!isMalformed(readings)) for (const reading of readings) reading.describe()
    }
    expect(Reflect.get(RegExp, 'input')).toBe('x')
  })

  test('describes its example in numbers and short words, without salt and checksum', () => {
    for (const reading of readingsOf(hasher)) {
      const described = reading.describe()
      for (const [name, value] of Object.entries(described)) {
        // An expression is shown without what its literals hold.
        expect(typeof value === 'number' || name === 'expression' || /^[\w-]{1,12}$/.test(value)).toBe(true)
      }
      const shown = inspect([described, reading], { depth: Infinity, showHidden: true })
      const secrets = example
        .split(/[$:,]/)
        .filter((field) => field.length > 4 && !/^\d{1,7}$/.test(field) && !TITLES.includes(field))
        .filter((field) => !field.includes('('))
      expect(secrets.length).toBeGreaterThan(0)
      expect(secrets.filter((field) => shown.includes(field))).toEqual([])
    }
  })

  test('makes a new cost and a new description every time, so that callers may change them', () => {
    const readings = [...readingsOf(hasher), ...readingsOf(hasher)]
    const costs = [...readings, ...readings].map((reading) => reading.cost(8))
    const descriptions = [...readings, ...readings].map((reading) => reading.describe())
    expect(new Set(costs).size).toBe(costs.length)
    expect(new Set(descriptions).size).toBe(descriptions.length)
  })

  test('truncates a password that its algorithm cannot tell from another', async () => {
    const [reading] = readingsOf(hasher)
    const bytes = await hmacBytesOf(reading)
    const truncated = ['key\0', '\0'.repeat(3), `\u00e9${'x'.repeat(bytes === 0 ? 30 : bytes - 2)}`]
    // bcrypt cannot tell NULs from the NUL that it appends; the other hashers read every byte.
    const isBcrypt = (await directJobOf(reading, 'key\0'))?.kind === 'bcrypt'
    // A string of C ends at a NUL, which MySQL reads past, and DES takes seven bits of a byte.
    const isDes = kindOf(hasher) === 'crypt-des'
    const isCrypt = isDes || ['crypt-digest', 'yescrypt'].includes(kindOf(hasher))
    const endsAtNul =
      isBcrypt || (isCrypt && hasher.name !== 'mysql_caching_sha2') || hasher.name === 'nt_crypt'
    const expected = bytes > 0 ? [true, true, true] : [endsAtNul, endsAtNul, isDes]
    expect(truncated.map((password) => reading.truncates(Buffer.from(password)))).toEqual(expected)
    for (const password of ['', 'key', isDes ? 'ae' : 'a\u00e9', 'x'.repeat(bytes)]) {
      expect(reading.truncates(Buffer.from(password))).toBe(false)
    }
    if (bytes > 0) expect(reading.truncates(new Uint8Array(4_096).fill(0xe9))).toBe(false)
  })

  test('has a cost above 0, which is never lower for a longer password', () => {
    const [reading] = readingsOf(hasher)
    const costs = [0, 1, 39, 40, 72, 1_000, 4_096].map((bytes) => reading.cost(bytes))
    expect(costs.filter(({ milliseconds }) => !(milliseconds > 0 && milliseconds < Infinity))).toEqual([])
    const milliseconds = costs.map((cost) => cost.milliseconds)
    expect(milliseconds.toSorted((first, second) => first - second)).toEqual(milliseconds)
  })

  test('blanks a digest without changing its parameters and its salt', async () => {
    const { blank } = hasher
    if (blank === undefined) throw new Error('Every built-in hasher can be blanked.')
    const valid = validDigestsOf(hasher)
    expect(valid.length).toBeGreaterThan(1)
    for (const digest of [example, ...valid]) {
      const blanked = blank(digest)
      expect(blanked).toHaveLength(digest.length)
      expect(blanked).not.toBe(digest)
      expect(blank(blanked)).toBe(blanked)
      const [before, after] = [readingsOf(hasher, digest), readingsOf(hasher, blanked)]
      expect(after.map((reading) => reading.describe())).toEqual(before.map((reading) => reading.describe()))
      // Jobs hold parameters, salt and the checksum's length. A hasher that computes in place has no jobs.
      expect(await jobsOf(after)).toEqual(await jobsOf(before))
    }
  })

  test('blanks digests that differ in the checksum alone to the same text', async () => {
    const works = await worksOf(readingsOf(hasher))
    const alike: string[] = []
    // A tag in braces may be spelled in any case, and a blank digest keeps the spelling.
    const isOfChecksum = (other: string): boolean =>
      !startsWithOne(example, hasher.prefixes) || startsWithOne(other, hasher.prefixes)
    for (const other of replacements(example).filter(isOfChecksum)) {
      const readings = hasher.parse(other, CONTEXT)
      if (!isMalformed(readings) && isDeepStrictEqual(await worksOf(readings), works)) alike.push(other)
    }
    // The changes reach each character of the checksum.
    const changed = new Set(alike.flatMap((other) => differences(example, other)))
    expect(changed.size).toBeGreaterThanOrEqual(kindOf(hasher) === 'crypt-des' ? 11 : 21)
    expect(new Set([example, ...alike].map((digest) => hasher.blank?.(digest))).size).toBe(1)
  })

  test('verifies no password against a blanked digest', async () => {
    const cheapest = validTestsOf(hasher).toSorted(
      (first, second) => costOf(hasher, first.digest) - costOf(hasher, second.digest),
    )
    for (const vector of cheapest.slice(0, 3)) {
      const password = passwordOf(vector)
      expect(
        await registry.verify(password, vector.digest, { hasher: hasher.name, ...contextOf(vector) }),
      ).toBe(true)
      const blanked = hasher.blank?.(vector.digest)
      for (const tried of [password, '', 'password']) {
        expect(
          await registry.evaluate(tried, blanked, { hasher: hasher.name, ...contextOf(vector) }),
        ).toMatchObject({
          outcome: 'mismatch',
        })
      }
    }
  })

  test('gives the reason for its standing and the systems that write it, in a few words', () => {
    for (const text of [hasher.why, hasher.writtenBy]) {
      expect(text).toMatch(/^\S.{2,98}\S$/)
      expect(text).not.toMatch(/\.$/)
    }
  })
})

function readingsOf(hasher: Hasher, digest = hasher.example): readonly [Reading, ...Reading[]] {
  const readings = hasher.parse(digest, CONTEXT)
  if (isMalformed(readings)) throw new Error('The digest must parse.')
  return readings
}

function startsWithOne(text: string, prefixes: readonly string[]): boolean {
  return prefixes.some((prefix) => text.startsWith(prefix))
}

/** Whether a text begins with one of the prefixes, of which a tag in braces may be spelled in any case. */
function startsLikeOne(text: string, prefixes: readonly string[]): boolean {
  const tags = prefixes.filter((prefix) => prefix.startsWith('{'))
  return startsWithOne(text, prefixes) || startsWithOne(text.toLowerCase(), tags.map(lowerCaseOf))
}

function lowerCaseOf(text: string): string {
  return text.toLowerCase()
}

function validTestsOf({ name }: Hasher): readonly VectorTest[] {
  const { groups } = files.find(({ hasher }) => hasher === name) ?? expect.fail(`vectors: ${name}`)
  return groups.flatMap(({ tests }) => tests.filter(({ result }) => result === 'valid'))
}

function validDigestsOf(hasher: Hasher): readonly string[] {
  return [...new Set(validTestsOf(hasher).map(({ digest }) => digest))]
}

function costOf(hasher: Hasher, digest: string): number {
  return readingsOf(hasher, digest)[0].cost(64).milliseconds
}

/** The jobs that each reading asks for. */
async function jobsOf(readings: readonly Reading[], password = 'a password'): Promise<readonly JobFields[]> {
  const jobs: JobFields[] = []
  const run: Run = (job) => {
    jobs.push(job.row.copy(job))
    return Promise.reject(new Error('Only the job was wanted.'))
  }
  for (const reading of readings) await reading.verify(Buffer.from(password), run).catch(() => undefined)
  return jobs
}

/** The jobs of readings, their descriptions, and the checksums that they derive where a job gives zeros. */
async function worksOf(readings: readonly Reading[]): Promise<readonly unknown[]> {
  const works: unknown[] = [await jobsOf(readings)]
  const run: Run = () => Promise.resolve(new Uint8Array(32))
  for (const reading of readings) {
    works.push(reading.describe(), await reading.derive(Buffer.from('a password'), run))
  }
  return works
}

/** The indexes at which two texts of one length have different characters. */
function differences(first: string, second: string): readonly number[] {
  return Array.from(first, (_, place) => place).filter((place) => first[place] !== second[place])
}

/** The fields that the malformed vectors of a hasher name, and the whole digest. */
function fieldsOf({ name }: Hasher): readonly string[] {
  const file = files.find(({ hasher }) => hasher === name) ?? expect.fail(`vectors: ${name}`)
  return ['digest', ...file.groups.flatMap(({ tests }) => tests.flatMap(({ field = [] }) => field))]
}

/** The job that is given the typed password; undefined where the password is hashed before, or in place. */
async function directJobOf(reading: Reading, typed = 'a password'): Promise<JobFields | undefined> {
  const password = Buffer.from(typed)
  const jobs = await jobsOf([reading], typed)
  return jobs.find((job) => 'password' in job && password.equals(job.password.subarray(0, password.length)))
}

/** The bytes of the block of the HMAC that is given the password; 0 where there is none. */
async function hmacBytesOf(reading: Reading): Promise<number> {
  const job = await directJobOf(reading)
  if (job?.kind === 'scrypt') return HMAC_BYTES.sha256
  return job?.kind === 'pbkdf2' ? HMAC_BYTES[job.algorithm] : 0
}

/** The text with each of some characters in the place of every one. */
function replacements(example: string): readonly string[] {
  return Array.from(example, (_, place) => place).flatMap((place) =>
    ['$', '0', '1', 'a', 'f', 'A', '\0', '\u{ff15}'].map(
      (character) => example.slice(0, place) + character + example.slice(place + 1),
    ),
  )
}

/** Every truncation of the example, and the example with each of some characters put in at every place. */
function variations(example: string): readonly string[] {
  const places = Array.from(example, (_, place) => place)
  const changed = places.flatMap((place) =>
    ['$', '=', '0', '\0', '\n', ' ', ':', '\u{ff15}'].map(
      (character) => example.slice(0, place) + character + example.slice(place),
    ),
  )
  return [...places.map((place) => example.slice(0, place)), ...changed, `${example}\n`]
}

test.each(builtinHashers.map((hasher) => [hasher.name, hasher] as const))(
  'the cost for the limits is the sum of the costs of the jobs that are run: %s',
  async (_, hasher) => {
    const readings = hasher.parse(hasher.example, CONTEXT)
    if (isMalformed(readings)) throw new Error('Its example must parse.')
    const [reading] = readings
    // What a digest itself says how to compute is partly computed in place, beside the jobs.
    const { neverRenamed: isExpression } = hasher
    for (const length of [0, 1, 64, 72, 4_096]) {
      const jobs: Job[] = []
      const run: Run = (job) => {
        jobs.push(job)
        return Promise.resolve(new Uint8Array(64))
      }
      await reading.derive(new Uint8Array(length).fill(0x61), run).catch(() => undefined)
      expect(jobs.map(({ row }) => row)).toEqual(jobs.map(() => hasher.kind()))
      if (!isExpression) expect(jobs.length > 0).toBe(hasher.kind() !== 'in place')
      if (jobs.length === 0) continue
      const sum = jobs.map(costOfJob).reduce(addCosts)
      const cost = reading.cost(length)
      if (isExpression) expect(cost.milliseconds).toBeGreaterThan(sum.milliseconds)
      else expect(cost).toEqual(sum)
    }
  },
)

test.each(builtinHashers.map((hasher) => [hasher.name, hasher] as const))(
  'no job leaves a password behind in bytes of its own: %s',
  async (_, hasher) => {
    const readings = hasher.parse(hasher.example, CONTEXT)
    if (isMalformed(readings)) throw new Error('Its example must parse.')
    const password = Buffer.from('correct horse battery')
    const jobs: Job[] = []
    const run: Run = (job) => {
      jobs.push(job)
      return Promise.resolve(new Uint8Array(64))
    }
    await readings[0].derive(password, run).catch(() => undefined)
    const left = jobs
      .flatMap((job) => job.row.bytes(job))
      .filter((bytes) => bytes !== password && Buffer.from(bytes).includes(password))
    expect(left).toHaveLength(0)
  },
)
