import { describe, expect, test } from 'vitest'
import { createPrefixFinder } from './prefixes.js'

test('no prefix is found where there are none', () => {
  expect(createPrefixFinder([])('$1$')).toBeUndefined()
})

describe('the prefix that a digest begins with, of several', () => {
  test.each([
    ['the longest', ['$', '$2', '$2b$'], { $2b$12: '$2b$', $2a$: '$2', $1$: '$', '2b$': undefined }],
    [
      'the one, in whatever order they stand',
      ['ab', 'abc', 'a'],
      { abcd: 'abc', abd: 'ab', ad: 'a', b: undefined },
    ],
    [
      'the one with its own character',
      ['$P$', '$H$'],
      { $P$9: '$P$', $H$9: '$H$', $X$9: undefined, $P: undefined },
    ],
    ['each of another length', ['x', 'y$$'], { x: 'x', y$$1: 'y$$', y$: undefined, '': undefined }],
    ['the only one', ['scrypt:'], { 'scrypt:1': 'scrypt:', 'Scrypt:1': undefined, scrypt: undefined }],
  ])('is found: %s', (_, prefixes, expected) => {
    const find = createPrefixFinder(prefixes)
    for (const [digest, prefix] of Object.entries(expected)) expect(find(digest)).toBe(prefix)
  })
})

describe('a tag in braces', () => {
  const find = createPrefixFinder(['{SSHA}', '{ssha512}'])

  test.each([
    ['{SSHA}x', '{SSHA}'],
    ['{ssha}x', '{SSHA}'],
    ['{sShA}x', '{SSHA}'],
    ['{SSHA512}x', '{ssha512}'],
    ['{SSHA', undefined],
    ['SSHA}', undefined],
    ['{SSHA256}', undefined],
    [' {SSHA}', undefined],
    // The letters of these tags whose capital is longer, or one of ASCII, must not match.
    ['{\u017f\u017fHA}x', undefined],
    ['{S\u00dfA}x', undefined],
  ])('is compared without case: %s', (digest, prefix) => {
    expect(find(digest)).toBe(prefix)
  })

  test('may stand beside a prefix, which is compared as it is', () => {
    const mixed = createPrefixFinder(['{CRYPT}', '$1$'])
    expect(['{crypt}$1$', '$1$', '{Crypt}'].map(mixed)).toEqual(['{CRYPT}', '$1$', '{CRYPT}'])
    expect(createPrefixFinder(['x{CRYPT}'])('x{crypt}')).toBeUndefined()
  })
})
