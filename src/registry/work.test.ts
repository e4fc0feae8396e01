import { describe, expect, test } from 'vitest'
import { findTooCostly, findWork } from './work.js'
import type { HasherIndex } from './work.js'
import { indexClaimants } from './claimants.js'
import { textOf } from '../formats/fields.js'
import { malformed } from '../formats/problem.js'
import { defineHasher } from '../hasher/hasher.js'
import type { Hasher, HasherFacts } from '../hasher/contract.js'
import { NAME_UNKNOWN } from './hints.js'
import { indexNames } from './names.js'

// A digest of the fake hashers below is a prefix and the milliseconds of each reading: `plain:10`, `two:10,20`.
const plain = reading('plain', ['plain:'], undefined, { aliases: ['both'] })
const other = reading('other', ['other:', 'shared:'], undefined, { aliases: ['both'] })
const likelier = reading('likelier', ['shared:', 'starred:', '*own'])
const form = reading('form', ['form:', 'starred:'])

const bare = reading('bare', [], (digest) => digest.startsWith('bare'))
const careless = reading('careless', [], (digest) => digest.startsWith('careless'))
const wrapped = reading('wrapped', ['wrapped:'], undefined, { prehashed: true })

const all = [plain, likelier, other, form, bare, careless, wrapped]
const hashers: HasherIndex = {
  findNamed: indexNames(all, [form]),
  claimants: indexClaimants(all),
  targetClaimants: indexClaimants([form]),
  onlyNamed: [],
}

describe('the work of a row without a named hasher', () => {
  test.each([
    ['is the reading of the one hasher that claims the digest', 'plain:10', ['plain']],
    ['is that of all hashers that claim the digest, the likeliest first', 'shared:10', ['likelier', 'other']],
    ["is that of the target's hasher like any other", 'form:10', ['form']],
  ])('%s', (_, digest, names) => {
    expect(candidatesOf(digest)).toEqual(names)
  })

  test('leaves out a hasher that claims the digest and cannot read it', () => {
    expect(candidatesOf('shared:10;other only')).toEqual(['other'])
    expect(candidatesOf('shared:10;likelier only')).toEqual(['likelier'])
  })

  test('is none where no hasher that claims the digest can read it, and the likeliest says what is malformed', () => {
    expect(find('shared:')).toEqual({
      outcome: 'malformed',
      hasher: 'likelier',
      problem: 'number',
      field: 'likelier',
    })
  })

  test('is none where no hasher claims the digest, which is unknown', () => {
    expect(find('nobody:10')).toEqual({ outcome: 'unknown' })
  })
})

describe('a named hasher', () => {
  test('that claims the digest decides alone', () => {
    expect(candidatesOf('shared:10', 'other')).toEqual(['other'])
    expect(candidatesOf('shared:10', 'likelier')).toEqual(['likelier'])
    expect(candidatesOf('starred:10', 'likelier')).toEqual(['likelier'])
  })

  test('that does not claim a digest calls it malformed where no hasher claims it by a prefix', () => {
    expect(find('bare10', 'plain')).toMatchObject({ outcome: 'malformed', hasher: 'plain', problem: 'shape' })
    expect(candidatesOf('bare10')).toEqual(['bare'])
    expect(find('nobody:10', 'plain')).toMatchObject({ outcome: 'malformed', hasher: 'plain' })
  })

  test('that reads a digest without claiming it calls it malformed', () => {
    expect(find('10', 'careless')).toMatchObject({ outcome: 'malformed', problem: 'shape', field: 'digest' })
  })

  test('that does not exist makes the digest unknown, and is not repeated', () => {
    for (const name of ['nobody', '__proto__', 'plain_nodebb', 'x'.repeat(10_000)]) {
      expect(find('plain:10', name)).toEqual({ outcome: 'unknown', ...NAME_UNKNOWN })
    }
  })

  test('that does not claim the digest gives way to all hashers that claim it by a prefix', () => {
    expect(candidatesOf('form:10', 'plain')).toEqual(['form'])
    expect(candidatesOf('starred:10', 'plain')).toEqual(['likelier', 'form'])
    expect(candidatesOf('plain:10', 'bare')).toEqual(['plain'])
    expect(find('form:', 'plain')).toMatchObject({ outcome: 'malformed', hasher: 'form' })
  })

  test('of a pre-hashed password never gives way, or the pre-hash would be the password', () => {
    expect(find('plain:10', 'wrapped')).toMatchObject({ outcome: 'malformed', hasher: 'wrapped' })
    expect(candidatesOf('wrapped:10', 'plain')).toEqual(['wrapped'])
  })

  test('may be an alias of several hashers, and those that claim the digest read it', () => {
    expect(candidatesOf('plain:10', 'both')).toEqual(['plain'])
    expect(candidatesOf('other:10', 'both')).toEqual(['other'])
    expect(find('bare10', 'both')).toMatchObject({ outcome: 'malformed', hasher: 'plain' })
  })
})

describe('an account without a password', () => {
  test.each([
    ['null', null],
    ['undefined', undefined],
    ['an empty digest', ''],
    ['an unusable password of Django', '!DhJ4GqTBvPsaOYkUWqTwTqsHcfTeEbR7V2yuGSxt'],
    ['a locked account', '!'],
    ['an account that never had a password', '*'],
    ["crypt(3)'s answer to an error", '*0'],
  ])('is unusable with any named hasher: %s', (_, digest) => {
    for (const hasherName of [undefined, 'plain', 'form', 'nobody']) {
      expect(find(digest, hasherName)).toEqual({ outcome: 'unusable' })
    }
  })

  test('is not marked by a string with an asterisk that a hasher claims', () => {
    expect(candidatesOf('*own10')).toEqual(['likelier'])
    expect(candidatesOf('*own10', 'likelier')).toEqual(['likelier'])
    expect(candidatesOf('*own10', 'plain')).toEqual(['likelier'])
  })

  test.each([
    ['in upper case', '*6597A6A2571B5788D604EBF6BAE3797312A800DE'],
    ['in lower case', '*6597a6a2571b5788d604ebf6bae3797312a800de'],
  ])('is not marked by a digest of PASSWORD() of MySQL, %s, which is unknown', (_, digest) => {
    expect(find(digest)).toEqual({ outcome: 'unknown' })
    expect(find(digest, 'plain')).toMatchObject({ outcome: 'malformed', hasher: 'plain' })
    expect(find(digest.slice(0, -1))).toEqual({ outcome: 'unusable' })
    expect(find(`${digest}0`)).toEqual({ outcome: 'unusable' })
  })
})

describe('a digest over 4096 characters', () => {
  const longest = `plain:${'1'.padStart(4_090, '0')}`

  test('is unknown without a named hasher', () => {
    expect(candidatesOf(longest)).toEqual(['plain'])
    expect(find(`${longest}0`)).toEqual({ outcome: 'unknown' })
  })

  test('is malformed where the named hasher exists', () => {
    expect(find(`${longest}0`, 'plain')).toEqual({
      outcome: 'malformed',
      hasher: 'plain',
      problem: 'length',
      field: 'digest',
    })
    expect(find(`${longest}0`, 'nobody')).toEqual({ outcome: 'unknown', ...NAME_UNKNOWN })
  })
})

describe('the cost of a check', () => {
  test.each([
    ['is that of the reading where there is one', 'plain:10', 10],
    ['is the sum of several readings', 'plain:10,20', 30],
    ['is the sum of the readings of several hashers', 'shared:10', 20],
    ['is the sum of several readings of several hashers', 'shared:10,20', 60],
    ['leaves out a hasher that cannot read the digest', 'shared:10;other only', 10],
  ])('%s', (_, digest, milliseconds) => {
    expect(find(digest)).toMatchObject({ cost: { milliseconds } })
  })

  test('in memory and lanes is the largest of all readings', () => {
    expect(find('plain:10,30,20')).toMatchObject({ cost: { milliseconds: 60, bytes: 3_000, lanes: 30 } })
  })

  test('depends on the length of the password', () => {
    const password = new Uint8Array(500)
    const work = findWork(hashers, 'plain:10', {
      hasherName: undefined,
      costOf: (reading) => reading.costOfCheck(password),
    })
    expect(work).toMatchObject({ cost: { milliseconds: 510 } })
  })
})

describe('findTooCostly', () => {
  const limits = { milliseconds: 60, bytes: 3_000, lanes: 30 }

  test.each([
    ['milliseconds', { ...limits, milliseconds: 59.9 }],
    ['bytes', { ...limits, bytes: 2_999 }],
    ['lanes', { ...limits, lanes: 29 }],
  ] as const)('names the limit on %s, the likeliest hasher and the cost', (limit, lower) => {
    const work = workOf('shared:10,20')
    expect(work.cost).toEqual({ milliseconds: 60, bytes: 2_000, lanes: 20 })
    const costlier = { ...work, cost: limits }
    expect(findTooCostly(costlier, limits)).toBeUndefined()
    expect(findTooCostly(costlier, lower)).toEqual({
      outcome: 'too-costly',
      hasher: 'likelier',
      cost: limits,
      limit,
    })
  })
})

type Found = ReturnType<typeof findWork>

function find(digest: string | null | undefined, hasherName?: string): Found {
  return findWork(hashers, digest, { hasherName, costOf: (reading) => reading.cost(0) })
}

function workOf(digest: string, hasherName?: string): Extract<Found, { outcome: 'work' }> {
  const work = find(digest, hasherName)
  if (work.outcome !== 'work') throw new Error(`There is no work, but ${work.outcome}.`)
  return work
}

function candidatesOf(digest: string, hasherName?: string): readonly string[] {
  return workOf(digest, hasherName).candidates.map(({ hasher }) => hasher.name)
}

function reading(
  name: string,
  prefixes: readonly string[],
  identify: (digest: string) => boolean = () => false,
  more: Partial<HasherFacts> = {},
): Hasher {
  const [first, ...others] = prefixes
  return defineHasher<number>({
    name,
    standing: 'sound',
    example: first ?? name,
    ...(first === undefined ? { identify } : { prefixes: [first, ...others] }),
    ...more,
    parse: (rest) => {
      // The hasher `careless` has a bare shape and reads more than it claims, as no hasher should.
      if (name === 'careless') return [{ params: 1, salt: new Uint8Array(0), checksum: new Uint8Array(1) }]
      const [, numbers = '', only = name] = /^[a-z]*([\d,]*)(?:;(\w+) only)?$/.exec(textOf(rest)) ?? []
      if (numbers === '' || only !== name) return malformed('number', name)
      const [first = '', ...others] = numbers.split(',')
      const parsed = (text: string): { params: number; salt: Uint8Array; checksum: Uint8Array } => ({
        params: Number(text),
        salt: new Uint8Array(0),
        checksum: new Uint8Array(1),
      })
      return [parsed(first), ...others.map(parsed)]
    },
    describe: () => ({}),
    cost: ({ params }, passwordBytes) => ({
      milliseconds: params + passwordBytes,
      bytes: params * 100,
      lanes: params,
    }),
    derive: () => Promise.resolve(new Uint8Array(1)),
  })
}
