import { describe, expect, test } from 'vitest'
import { createPrefixFinder } from './prefixes.js'

test('no prefix is found where there are none', () => {
  expect(createPrefixFinder([])('$1$')).toBeUndefined()
})

describe('the prefix that a digest begins with, of several', () => {
  test.each([
    [
      'the longest of nested prefixes',
      ['$', '$2', '$2b$'],
      { $2b$12: '$2b$', $2a$: '$2', $1$: '$', '2b$': undefined },
    ],
    [
      'the longest in any order of the list',
      ['ab', 'abc', 'a'],
      { abcd: 'abc', abd: 'ab', ad: 'a', b: undefined },
    ],
    [
      'one of two that differ in one character',
      ['$P$', '$H$'],
      { $P$9: '$P$', $H$9: '$H$', $X$9: undefined, $P: undefined },
    ],
    ['one of two of different lengths', ['x', 'y$$'], { x: 'x', y$$1: 'y$$', y$: undefined, '': undefined }],
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
    // A letter outside ASCII must not match, even if its capital is a letter of ASCII or two of them.
    ['{\u017f\u017fHA}x', undefined],
    ['{S\u00dfA}x', undefined],
  ])('is compared without case: %s', (digest, prefix) => {
    expect(find(digest)).toBe(prefix)
  })

  test('may stand beside a prefix without braces, which is compared with case', () => {
    const mixed = createPrefixFinder(['{CRYPT}', '$1$'])
    expect(['{crypt}$1$', '$1$', '{Crypt}'].map(mixed)).toEqual(['{CRYPT}', '$1$', '{CRYPT}'])
    expect(createPrefixFinder(['x{CRYPT}'])('x{crypt}')).toBeUndefined()
  })
})
