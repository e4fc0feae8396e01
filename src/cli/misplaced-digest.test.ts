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
    ['LDAP', '{SSHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g='],
    ['MySQL', '*2470C0C06DEE42FD1618BB99005ADCA2EC9D1E19'],
    ['SQL Server', '0x0100CF35567C060B68BBEC29D8D4ED7CAF4B5C5B0B4D1CEFC0E3'],
    ['hexadecimal with a salt', '5f4dcc3b5aa765d61d8327deb882cf99:seasalt'],
    ['padded base64', 'W6ph5Mm5Pz8GgiULbPgzG37mj9g='],
    ['base64 without padding', 'n4bQgYhMfWWaL+qgxVrQFaO/TxsrC4Is0V1sFbDwCgg'],
    ['bcrypt, cut short', '$2b$12$short'],
    ['Django, cut short', 'sha1$sea$short'],
  ])('is a digest of %s', (_, text) => {
    expect(looksLikeDigest(text)).toBe(true)
  })

  test.each([
    ['nothing', ''],
    ['a dollar sign', '$'],
    ['empty braces', '{}'],
    ['a word', 'password'],
    ['a word with dollar signs', 'pa$$word'],
    ['a phrase with a dollar sign', 'correct horse battery staple $1'],
    ['the name of a file', 'digest.txt'],
    ['a relative path', './exports/digests/2024/users-of-the-old-site.txt'],
    ['an absolute path', '/home/someone/Exports2024/digests/of/the/old/site/users'],
    ['the name of a folder', 'vectors'],
    ['the name of a hasher', 'pbkdf2_sha256_django'],
    ['a longer word', 'swordfish'],
  ])('is not %s', (_, text) => {
    expect(looksLikeDigest(text)).toBe(false)
  })
})
