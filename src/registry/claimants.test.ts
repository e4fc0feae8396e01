import { describe, expect, test, vi } from 'vitest'
import { indexClaimants } from './claimants.js'
import type { Hasher } from '../hasher/hasher.js'

describe('indexClaimants', () => {
  const bcrypt = claiming('bcrypt', ['$2'], (digest) => digest.startsWith('$2b$'))
  const argon2 = claiming('argon2', ['$argon2'], (digest) => digest.startsWith('$argon2'))
  const phpass = claiming('phpass', ['$P$', '!H!'], (digest) => /^(?:\$P\$|!H!)/.test(digest))
  const bare = claiming('bare', [], (digest) => digest.length === 8)
  const findClaimants = indexClaimants([bcrypt, bare, argon2, phpass])

  test.each([
    ['a prefix of its own', '$2b$10$salt', [bcrypt]],
    ['another prefix of the same first character', '$argon2id$', [argon2]],
    ['a second prefix', '!H!9salt and more', [phpass]],
    ['no prefix', '01234567', [bare]],
    ['a prefix that the hasher does not claim', '$2x$10$salt', []],
    ['the first character of a prefix and no more', '$', []],
    ['no prefix and no claim', 'nobody', []],
    ['nothing at all', '', []],
    ['the shape of one and the prefix of another, in the order they were given', '$2b$1234', [bcrypt, bare]],
    ['the same, where the bare shape comes first', '$argon2x', [bare, argon2]],
  ])('finds who claims %s', (_, digest, expected) => {
    expect(findClaimants(digest)).toEqual(expected)
  })

  test('a digest of a known prefix is shown to few hashers', () => {
    const identify = vi.fn(() => true)
    const watched = claiming('watched', ['$x$'], identify)
    const found = indexClaimants([bcrypt, watched])
    expect(found('$2b$10$salt')).toEqual([bcrypt])
    expect(found('nobody')).toEqual([])
    expect(identify).not.toHaveBeenCalled()
    expect(found('$x$')).toEqual([watched])
  })

  test('all that claim a digest are found', () => {
    const hashers = ['first', 'second', 'third'].map((name) => claiming(name, ['$'], () => true))
    expect(indexClaimants(hashers)('$')).toEqual(hashers)
  })

  test('without hashers nobody claims anything', () => {
    expect(indexClaimants([])('$2b$10$salt')).toEqual([])
  })
})

function claiming(name: string, prefixes: readonly string[], identify: Hasher['identify']): Hasher {
  return {
    name,
    standing: 'sound',
    aliases: [],
    prehashed: false,
    example: '',
    prefixes,
    identify,
    parse: () => ({ problem: 'shape', field: 'digest' }),
  }
}
