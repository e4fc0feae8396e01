import { describe, expect, test, vi } from 'vitest'
import { indexClaimants } from './claimants.js'
import type { Claimants } from './claimants.js'
import { defineDelegate } from '../hasher/delegate.js'
import { defineHasher } from '../hasher/hasher.js'
import type { Claim, Hasher } from '../hasher/contract.js'

describe('indexClaimants', () => {
  const bcrypt = claiming('bcrypt', { prefixes: ['$2b$', '$2y$'] })
  const argon2 = claiming('argon2', { prefixes: ['$argon2'] })
  const phpass = claiming('phpass', { prefixes: ['$P$', '!H!'] })
  const tagged = claiming('tagged', { prefixes: ['{SSHA}', '{SSHA512}'] })
  const short = claiming('short', { prefixes: ['_'] })
  const bare = claiming('bare', { identify: (digest) => digest.length === 8 })
  const json = claiming('json', { prefixes: ['{"'] })
  const open = claiming('open', { prefixes: ['{SM'] })
  const smd5 = claiming('smd5', { prefixes: ['{SMD5}'] })
  const hex = claiming('hex', { identify: (digest) => /^[\da-f]+$/.test(digest), lengths: [8, 16] })
  const findClaimants = indexClaimants([bcrypt, bare, argon2, phpass, tagged, short, hex, json, smd5, open])

  test.each([
    ['a prefix of its own', '$2b$10$salt', [bcrypt]],
    ['another prefix of the same first character', '$argon2id$', [argon2]],
    ['a second prefix', '!H!9salt and more', [phpass]],
    ['a prefix of one character', '_salt', [short]],
    ['a tag', '{SSHA}salt', [tagged]],
    ['a tag in another case', '{ssha512}salt', [tagged]],
    ['a tag in both cases', '{sSHa}salt', [tagged]],
    ['a tag, or a prefix that is the beginning of it', '{SMD5}salt', [smd5, open]],
    ['a brace that begins no tag', '{"hash":{}}', [json]],
    ['the beginning of a tag in another case', '{sm}pepper', [open]],
    ['the beginning of a tag alone', '{SM', [open]],
    ['no prefix', 'x1234567', [bare]],
    ['no prefix, in the order of the hashers', '01234567', [bare, hex]],
    ['a length that one bare shape alone has', '0123456789abcdef', [hex]],
    ['a length that no bare shape has', '0123456789', []],
    ['a prefix that the hasher does not claim', '$2x$10$salt', []],
    ['the first character of a prefix and no more', '$', []],
    ['the first character of a tag and no more', '{', []],
    ['no prefix that any hasher claims', 'nobody', []],
    ['no character', '', []],
    ['a prefix and a bare shape of a later hasher', '$2b$1234', [bcrypt, bare]],
    ['a prefix and a bare shape of an earlier hasher', '$argon2x', [bare, argon2]],
    ['a prefix of one character and a bare shape', '_1234567', [bare, short]],
  ])('finds the hashers that claim a digest with %s', (_, digest, expected) => {
    expect(namesOf(findClaimants, digest)).toEqual(expected.map(({ name }) => name))
  })

  test('shows a digest of a known prefix, or of another length, to no bare shape that has a length', () => {
    const identify = vi.fn(() => true)
    const watched = claiming('watched', { identify, lengths: [4] })
    const found = indexClaimants([bcrypt, watched])
    expect(namesOf(found, '$2b$10$salt')).toEqual(['bcrypt'])
    expect(namesOf(found, 'nobody')).toEqual([])
    expect(identify).not.toHaveBeenCalled()
    expect(namesOf(found, 'four')).toEqual(['watched'])
    expect(namesOf(found, '$2b$')).toEqual(['bcrypt', 'watched'])
  })

  test('finds all hashers that claim a digest', () => {
    const hashers = ['first', 'second', 'third'].map((name) => claiming(name, { prefixes: ['$'] }))
    expect(namesOf(indexClaimants(hashers), '$')).toEqual(['first', 'second', 'third'])
  })

  test('shows no digest to hashers that read only rows which name them', () => {
    const identify = vi.fn(() => true)
    const asked = vi.fn(() => Promise.resolve(true))
    const found = indexClaimants([
      claiming('named', { identify }, true),
      claiming('prefixed', { prefixes: ['$2b$'] }, true),
      defineDelegate({ name: 'service', standing: 'insecure', check: asked }),
      bcrypt,
    ])
    expect(namesOf(found, '$2b$10$salt')).toEqual(['bcrypt'])
    expect(namesOf(found, 'anything')).toEqual([])
    expect(identify).not.toHaveBeenCalled()
    expect(asked).not.toHaveBeenCalled()
  })

  test('finds no hasher where there are none', () => {
    expect(indexClaimants([]).find('$2b$10$salt')).toEqual([])
  })
})

function namesOf(claimants: Claimants, digest: string): readonly string[] {
  const found = claimants.find(digest)
  const likely = claimants.findLikely(digest)
  expect(found.filter((hasher) => !likely.includes(hasher))).toEqual([])
  return found.map(({ name }) => name)
}

function claiming(name: string, claim: Claim, onlyNamed = false): Hasher {
  return defineHasher<null>({
    name,
    standing: 'sound',
    example: claim.prefixes?.[0] ?? '',
    onlyNamed,
    ...claim,
    parse: () => [{ params: null, salt: new Uint8Array(0), checksum: new Uint8Array(1) }],
    describe: () => ({}),
    cost: () => ({ milliseconds: 1, bytes: 0, lanes: 1 }),
    derive: () => Promise.resolve(new Uint8Array(1)),
  })
}
