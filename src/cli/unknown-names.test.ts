import { describe, expect, test } from 'vitest'
import { describeUnknownCommand, describeUnknownOption, findNearest, suggest } from './unknown-names.js'

const COMMANDS = ['verify', 'identify', 'hashers', 'engines', 'hash', 'help', '--version']
const OPTIONS = ['digest', 'digest-file', 'hasher', 'json', 'help']
const HASHERS = ['bcrypt', 'md5', 'pbkdf2_sha256', 'pbkdf2_sha512', 'argon2i', 'argon2id', 'sha256']

describe('the names nearest to a mistyped word', () => {
  test.each([
    ['one that lacks a letter', 'verfy', COMMANDS, ['verify']],
    ['one with two letters exchanged', 'hsah', COMMANDS, ['hash']],
    ['one in capitals', 'Verify', COMMANDS, ['verify']],
    ['one with a letter too many', 'verifyy', COMMANDS, ['verify']],
    ['those that a beginning has', 'ident', COMMANDS, ['identify']],
    ['an option of that name', 'version', COMMANDS, ['--version']],
    ['those that are equally near', 'hashe', COMMANDS, ['hashers', 'hash']],
    ['one that has the word as a part', 'file', OPTIONS, ['digest-file']],
    ['one with another separator', 'digest_file', OPTIONS, ['digest-file']],
    ['one of two letters', 'md', HASHERS, ['md5']],
    ['several that a beginning has', 'argon2', HASHERS, ['argon2i', 'argon2id']],
    ['no name for another word', 'swordfish', COMMANDS, []],
    ['no name for nothing', '', COMMANDS, []],
    ['no name for a word of any length', 'verify'.repeat(10_000), COMMANDS, []],
  ])('are %s', (_, word, names, nearest) => {
    expect(findNearest(word, names)).toEqual(nearest)
  })

  test('are a question, of four names at most', () => {
    expect(suggest([])).toBe('')
    expect(suggest(['a'])).toBe(' Did you mean "a"?')
    expect(suggest(['a', 'b', 'c', 'd', 'e'])).toBe(' Did you mean "a", "b", "c" or "d"?')
  })
})

describe('a word in the place of a command', () => {
  test('is repeated where it is nearly the name of a command', () => {
    expect(describeUnknownCommand('verfy', COMMANDS)).toBe(
      'There is no command "verfy". Did you mean "verify"?',
    )
  })

  test.each(['hunter2', 'swordfish', 'rl0uE2CQ6Xq1M', '', 'ver\x1b[1mfy', 'verify!', 'vérify', 'ver fy'])(
    'is not repeated: %j',
    (word) => {
      expect(describeUnknownCommand(word, COMMANDS)).toBe('There is no such command.')
    },
  )
})

describe('an option that the command does not have', () => {
  test.each([
    ['--hash', 'This command has no option "--hash". Did you mean "--hasher"?'],
    ['--Hasher', 'This command has no option "--Hasher". Did you mean "--hasher"?'],
    ['--file', 'This command has no option "--file". Did you mean "--digest-file"?'],
    ['--algorithm', 'This command has no option "--algorithm".'],
    ['-d', 'This command has no option "-d".'],
  ])('is repeated: %s', (option, message) => {
    expect(describeUnknownOption(option, OPTIONS)).toBe(message)
  })

  test.each(['-phunter2', '--Xk9dPq', '--5f4dcc3b5aa765d61d8327deb882cf99', '--hash\x1b[1m', '--', '--a b'])(
    'is not repeated: %j',
    (option) => {
      expect(describeUnknownOption(option, OPTIONS)).toBe('This command has no such option.')
    },
  )
})
