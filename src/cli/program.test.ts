import { spawnSync } from 'node:child_process'
import { readFileSync, statSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { shareOf } from '../conformance/share.fixture.js'
import { MAIN, readJson, run } from './run-built.js'

const COMMANDS = ['verify', 'identify', 'audit', 'hashers', 'engines', 'hash']
const PASSWORD = '5f4dcc3b5aa765d61d8327deb882cf99'

describe.concurrent('the help of passlift', () => {
  test.each([[['--help']], [['-h']], [['help']]])('lists the commands for %j', async (args) => {
    const { code, stdout, stderr } = await run(args)
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    for (const name of COMMANDS) expect(stdout).toMatch(new RegExp(`^  ${name} `, 'm'))
    for (const exitCode of [0, 1, 2, 3]) expect(stdout).toMatch(new RegExp(`^  ${exitCode} `, 'm'))
  })

  test.each(shareOf(COMMANDS, 2))('explains %s alike for help, --help and -h', async (name) => {
    const shown = await Promise.all([run(['help', name]), run([name, '--help']), run([name, '-h'])])
    for (const one of shown) expect(one).toEqual({ ...shown[0], code: 0, stderr: '' })
    const { stdout } = await run(['help', name])
    expect(stdout).toMatch(new RegExp(`^Usage: passlift ${name}\\b`))
    expect(stdout).toContain('--json')
    expect(stdout.split('\n').filter((line) => line.length > 80)).toEqual([])
  })

  test.each(['--version', '-v'])('gives the version of the package for %s', async (option) => {
    const manifest: unknown = JSON.parse(readFileSync('package.json', 'utf8'))
    const { code, stdout, stderr } = await run([option])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(manifest).toMatchObject({ version: stdout.trimEnd(), bin: { passlift: 'dist/cli/main.js' } })
  })
})

/** A call as a title may show it, without the password and the digest that it holds. */
function titleOf(args: readonly string[]): string {
  return ['passlift', ...args]
    .join(' ')
    .replaceAll(PASSWORD, 'DIGEST')
    .replaceAll(/hunter2/gi, 'PASSWORD')
}

describe.concurrent('a misuse of passlift', () => {
  const misuses: readonly (readonly [args: readonly string[], explanation: string])[] = [
    [[], 'A command comes first.'],
    [['--json', 'verify'], 'A command comes first.'],
    [['--version', 'verify'], 'A command comes first.'],
    [['-v', 'verify'], 'A command comes first.'],
    [['verify', '-v'], 'no option "-v".'],
    [['hunter2'], 'There is no such command.'],
    [['__proto__'], 'There is no such command.'],
    [['verfy', 'hunter2'], 'There is no command "verfy". Did you mean "verify"?'],
    [['hash_', '--cost=hunter2'], 'There is no command "hash_". Did you mean "hash"?'],
    [['version'], 'There is no command "version". Did you mean "--version"?'],
    [['--verison'], 'There is no command "--verison". Did you mean "--version"?'],
    [['--hasher', 'hunter2'], 'A command comes first.'],
    [['--', 'hunter2'], 'A command comes first.'],
    [['help', 'hunter2'], 'There is no such command.'],
    [['help', 'identity'], 'There is no command "identity". Did you mean "identify"?'],
    [['help', 'verify', 'hunter2'], 'help explains one command at a time.'],
    [['verify', 'hunter2'], 'A password is never an argument'],
    [['verify', '--', 'hunter2'], 'A password is never an argument'],
    [['verify', '--Hunter2Hunter2'], 'no such option'],
    [['verify', '--password=hunter2'], 'no option "--password".'],
    [['verify', '--password', 'hunter2'], 'no option "--password".'],
    [['verify', '--hash', 'hunter2'], 'no option "--hash". Did you mean "--hasher"?'],
    [['identify', '--digets=hunter2'], 'no option "--digets". Did you mean "--digest"?'],
    [['hashers', '-j', 'hunter2'], 'no option "-j".'],
    [['verify', '-phunter2'], 'no such option'],
    [['verify', '-h', 'hunter2'], '--help stands alone'],
    [['verify', '--digest', PASSWORD, '--help'], '--help stands alone'],
    [['verify', '--help=hunter2'], '--help stands alone'],
    [['--help', 'hunter2'], 'A command comes first.'],
    [['verify', '--__proto__=hunter2'], 'no such option'],
    [['verify', '--cost', '12'], 'no option "--cost".'],
    [['verify', '--json=hunter2'], '--json takes no value'],
    [['verify', '--no-json'], 'no option "--no-json".'],
    [['verify', '--hasher'], '--hasher needs a value'],
    [['verify', '--hasher', '--json'], '--hasher needs a value'],
    [['verify', '--hasher', 'md5', '--hasher', 'hunter2'], '--hasher stands twice'],
    [['verify', '--json', '--json'], '--json stands twice'],
    [['verify', '--digest', PASSWORD, '--digest-file', 'hunter2'], 'exclude each other'],
    [['identify', 'hunter2'], 'takes nothing but its options'],
    [['identify', '--hasher', 'md5'], 'no option "--hasher".'],
    [['hashers', 'hunter2'], 'takes nothing but its options'],
    [['hash', 'hunter2'], 'A password is never an argument'],
    [['vectors', 'hunter2'], 'There is no such command.'],
  ]

  test.each(shareOf(misuses, 3).map(([args, explanation]) => [titleOf(args), args, explanation] as const))(
    'is explained in two lines, and no password or digest is repeated: %s',
    async (_, args, explanation) => {
      const { code, stdout, stderr } = await run(args, { input: 'password' })
      expect(code).toBe(2)
      const [, name, message] = /^passlift(?: ([a-z]+))?: (.+)\n(.+)\n$/.exec(stderr) ?? []
      expect(message).toContain(explanation)
      const help =
        name === undefined ? 'passlift help lists the commands.' : `passlift help ${name} explains it.`
      expect(stderr.endsWith(`\n${help}\n`)).toBe(true)
      expect(stdout + stderr).not.toMatch(/hunter2|5f4dcc3b/)
      if (!args.some((arg) => arg.startsWith('--json'))) expect(stdout).toBe('')
    },
  )

  test.each([
    ['no command', ['--json']],
    ['an unknown command', ['hunter2', '--json']],
    ['an argument', ['verify', '--json', 'hunter2']],
    ['an unknown option', ['hashers', '--nonsense', '--json']],
  ])('is an object for programs: %s', async (_, args) => {
    const misused = await run(args)
    expect(misused.code).toBe(2)
    const message: unknown = expect.stringMatching(/\.$/)
    expect(readJson(misused)).toEqual({ outcome: 'misuse', message })
  })

  test('is an option behind --, which counts as an argument', async () => {
    expect(await run(['hashers', '--', '--json'])).toMatchObject({ code: 2, stdout: '' })
  })
})

describe.concurrent('a digest in the wrong place of a call', () => {
  const bcrypt = '$2b$12$GhvMmNVjRW29ulnudl.LbuAnUtN/LRfe1JsBm1Xu6LE3059z5Tr8m'
  const ssha = '{SSHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g='

  test.each([
    ['as the command', [bcrypt]],
    ['as the command, with --json', [PASSWORD, '--json']],
    ['as the command to explain', ['help', bcrypt]],
    ['as an argument of identify', ['identify', bcrypt]],
    ['as an argument of verify', ['verify', ssha, '--hasher', 'md5']],
    ['as an argument of hash', ['hash', PASSWORD]],
    ['as an argument of hashers', ['hashers', bcrypt]],
    ['behind --hasher', ['verify', '--hasher', bcrypt]],
    ['behind --hasher, beside another', ['verify', '--digest', PASSWORD, `--hasher=${ssha}`]],
    ['as a digest file', ['verify', '--digest-file', bcrypt]],
    ['as a digest file of identify', ['identify', '--digest-file', PASSWORD]],
  ])('is explained and not repeated: %s', async (_, args) => {
    const { code, stdout, stderr } = await run(args, { input: 'password' })
    expect(code).toBe(2)
    expect(stderr).toContain('looks like a digest')
    for (const option of ['--digest-file', '--digest DIGEST']) expect(stderr).toContain(option)
    expect(stdout + stderr).not.toMatch(/GhvMmNVj|59z5Tr8m|W6ph5Mm5|5f4dcc3b|b882cf99/)
  })

  test('is not suspected in an ordinary word', async () => {
    for (const args of [
      ['frobnicate'],
      ['verify', 'pa$$word'],
      ['verify', '--digest-file', 'no.such.file'],
    ]) {
      expect((await run(args, { input: 'password' })).stderr).not.toContain('looks like')
    }
  })
})

describe('the output of passlift', () => {
  const shell = (script: string) =>
    spawnSync('sh', ['-c', script], {
      encoding: 'utf8',
      env: { ...process.env, P: `"${process.execPath}" "${MAIN}"` },
    })

  test('ends quietly where the pipe is closed', () => {
    const { stdout, stderr } = shell(`{ eval "$P" help verify; echo $? >&3; } 3>&1 | :`)
    expect({ stdout, stderr }).toEqual({ stdout: '', stderr: '' })
    expect(shell(`{ sleep 1; echo password; } | eval "$P" verify --digest ${PASSWORD} | :`).stderr).toBe('')
  })

  test.skipIf(!isCharacterDevice('/dev/full'))('ends in a failure where it cannot be written', () => {
    for (const command of [
      'hashers',
      'hashers --json',
      'help',
      `verify --digest ${PASSWORD}`,
      'hash --cost 10',
    ]) {
      const { status, stderr } = shell(`echo password | eval "$P" ${command} >/dev/full`)
      expect(status, command).toBe(3)
      expect(stderr, command).toContain('ENOSPC')
    }
  })

  test('has the same exit code where standard error is closed', () => {
    expect(shell(`echo password | eval "$P" verify 2>&-`).status).toBe(2)
    expect(shell(`echo password | eval "$P" verify --digest ${PASSWORD} 2>&- >&-`).status).toBe(0)
  })

  test('reports a misuse where standard input is closed', () => {
    expect(shell(`eval "$P" verify --digest ${PASSWORD} <&-`).status).toBe(2)
  })
})

test('the built file of passlift can be executed', () => {
  expect(statSync(MAIN).mode & 0o111).toBe(0o111)
  expect(readFileSync(MAIN, 'utf8')).toMatch(/^#!\/usr\/bin\/env node\n/)
  const { status, stdout } = spawnSync(MAIN, ['--version'], { encoding: 'utf8' })
  expect(status).toBe(0)
  expect(stdout).toMatch(/^\d+\.\d+\.\d+\n$/)
})

function isCharacterDevice(path: string): boolean {
  return statSync(path, { throwIfNoEntry: false })?.isCharacterDevice() ?? false
}
