import { describe, expect, test } from 'vitest'
import { builtinHashers } from '../index.js'
import { looksLikeDigest } from './misplaced-digest.js'

describe('text that looks like a digest', () => {
  test.each(builtinHashers)('is the example of $name, and half of it', ({ example }) => {
    expect(looksLikeDigest(example)).toBe(true)
    expect(looksLikeDigest(` ${example}\n`)).toBe(true)
    if (example.includes('$')) expect(looksLikeDigest(example.slice(0, example.length / 2))).toBe(true)
  })

  test.each([
    '{SSHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=',
    '*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19',
    '0x0100CF35567C060B68BBEC29D8D4ED7CAF4B5C5B0B4D1CEFC0E3',
    '5f4dcc3b5aa765d61d8327deb882cf99:seasalt',
    'W6ph5Mm5Pz8GgiULbPgzG37mj9g=',
    'n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg',
    '$2b$12$short',
    'sha1$sea$short',
  ])('is %s', (text) => {
    expect(looksLikeDigest(text)).toBe(true)
  })

  test.each([
    '',
    '$',
    '{}',
    'password',
    'pa$$word',
    'correct horse battery staple $1',
    'digest.txt',
    './exports/digests/2024/users-of-the-old-site.txt',
    '/home/someone/Exports2024/digests/of/the/old/site/users',
    'vectors',
    'pbkdf2_sha256_django',
    'swordfish',
  ])('is not %j', (text) => {
    expect(looksLikeDigest(text)).toBe(false)
  })
})
