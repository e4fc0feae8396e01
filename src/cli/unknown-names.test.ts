import { describe, expect, test } from 'vitest'
import { describeUnknownCommand, describeUnknownOption, findNearest, suggest } from './unknown-names.js'

const COMMANDS = ['verify', 'identify', 'hashers', 'engines', 'hash', 'help', '--version']
const OPTIONS = ['digest', 'digest-file', 'hasher', 'json', 'help']
const HASHERS = ['bcrypt', 'md5', 'pbkdf2_sha256', 'pbkdf2_sha512', 'argon2i', 'argon2id', 'sha256']

describe('the names nearest to a mistyped word', () => {
  test.each([
    ['a word that lacks a letter', 'verfy', COMMANDS, ['verify']],
    ['a word with two letters exchanged', 'hsah', COMMANDS, ['hash']],
    ['a word with a capital', 'Verify', COMMANDS, ['verify']],
    ['a word with a letter too many', 'verifyy', COMMANDS, ['verify']],
    ['the beginning of a name', 'ident', COMMANDS, ['identify']],
    ['an option without its dashes', 'version', COMMANDS, ['--version']],
    ['a word equally near to two names', 'hashe', COMMANDS, ['hashers', 'hash']],
    ['a part of a name', 'file', OPTIONS, ['digest-file']],
    ['a name with another separator', 'digest_file', OPTIONS, ['digest-file']],
    ['a word of two letters', 'md', HASHERS, ['md5']],
    ['the beginning of two names', 'argon2', HASHERS, ['argon2i', 'argon2id']],
    ['another word, which has none', 'swordfish', COMMANDS, []],
    ['the empty word, which has none', '', COMMANDS, []],
    ['a word of 60000 characters, which has none', 'verify'.repeat(10_000), COMMANDS, []],
  ])('are found for %s', (_, word, names, nearest) => {
    expect(findNearest(word, names)).toEqual(nearest)
  })

  test('are suggested in a question with four names at most', () => {
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

  test.each([
    ['a word with a digit', 'hunter2'],
    ['a word far from every command', 'swordfish'],
    ['a digest of DES', 'rl0uE2CQ6Xq1M'],
    ['the empty word', ''],
    ['a command with an escape sequence', 'ver\x1b[1mfy'],
    ['a command with an exclamation mark', 'verify!'],
    ['a command with an accent', 'vérify'],
    ['a command with a space', 'ver fy'],
  ])('is not repeated: %s', (_, word) => {
    expect(describeUnknownCommand(word, COMMANDS)).toBe('There is no such command.')
  })
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

  test.each([
    ['a cluster of letters behind one dash', '-phunter2'],
    ['capitals', '--Xk9dPq'],
    ['a digest', '--5f4dcc3b5aa765d61d8327deb882cf99'],
    ['an escape sequence', '--hash\x1b[1m'],
    ['no letter', '--'],
    ['a space', '--a b'],
  ])('is not repeated where it has %s', (_, option) => {
    expect(describeUnknownOption(option, OPTIONS)).toBe('This command has no such option.')
  })
})
