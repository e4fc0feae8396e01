import { expect, test } from 'vitest'
import { malformed } from '../formats/problem.js'
import { UNCLAIMED } from './contract.js'
import type { Hasher, Standing } from './contract.js'
import { makeHasher } from './hasher.js'
import { makeUnion } from './union.js'

const facts = { name: 'both', example: 'a$1' }

/** A hasher of one prefix, which reads what is no `x`. */
function partOf(prefix: string, standing: Standing | (() => Standing), canBeBlanked = true): Hasher {
  return makeHasher<string>({
    ...{ name: 'part', example: `${prefix}1`, standing, prefixes: [prefix] },
    parse: ({ text, start }) =>
      text.slice(start) === 'x'
        ? malformed('alphabet', 'checksum')
        : [{ params: prefix, salt: new Uint8Array(0), checksum: new Uint8Array(1) }],
    describe: (params) => ({ params }),
    cost: () => ({ milliseconds: 1, bytes: 0, lanes: 1 }),
    derive: () => Promise.resolve(new Uint8Array(1)),
    ...(canBeBlanked ? { blank: (digest: string) => `${digest.slice(0, prefix.length)}0` } : {}),
  })
}

const union = makeUnion([partOf('a$', 'sound'), partOf('{B}', 'dated')], facts)

test('a union reads a digest as the part whose prefix it has', () => {
  const describe = (digest: string): unknown => {
    const answer = union.parse(digest)
    return 'problem' in answer ? answer : answer.map((reading) => [reading.standing, reading.describe()])
  }
  expect(describe('a$1')).toEqual([['sound', { params: 'a$' }]])
  expect(describe('{b}1')).toEqual([['dated', { params: '{B}' }]])
  expect(describe('{B}x')).toEqual({ problem: 'alphabet', field: 'checksum' })
})

test('a union claims what one of its parts claims, and nothing else', () => {
  expect(union.prefixes).toEqual(['a$', '{B}'])
  expect(['a$x', '{b}', 'b$1', ''].map((digest) => union.identify(digest))).toEqual([
    true,
    true,
    false,
    false,
  ])
  expect(union.parse('b$1')).toBe(UNCLAIMED)
})

test.each<[Standing, boolean, Standing, Standing | (() => Standing)]>([
  ['dated', true, 'sound', 'dated'],
  ['insecure', true, 'insecure', 'sound'],
  ['sound', false, 'sound', 'sound'],
  ['insecure', true, 'sound', () => 'sound'],
])('the standing of a union is the lowest of its parts: %s', (lowest, varies, first, second) => {
  const made = makeUnion([partOf('a$', first), partOf('b$', second)], facts)
  expect([made.standing, made.varies]).toEqual([lowest, varies])
})

test('a digest of a union is blanked by its part, where all parts can', () => {
  expect(['a$1', '{b}1', 'c$1'].map((digest) => union.blank?.(digest))).toEqual(['a$0', '{b}0', 'c$1'])
  expect(makeUnion([partOf('a$', 'sound'), partOf('b$', 'sound', false)], facts).blank).toBeUndefined()
})
