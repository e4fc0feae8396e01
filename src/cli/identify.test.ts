import { describe, expect, test } from 'vitest'
import { builtinHashers } from '../index.js'
import { firstOfEach, kindOf } from '../conformance/share.fixture.js'
import { readJson, run, secretsOf } from './run-built.js'

const PASSWORD = '5f4dcc3b5aa765d61d8327deb882cf99'
const BCRYPT_12 = '$2b$12$GhvMmNVjRW29ulnudl.LbuAnUtN/LRfe1JsBm1Xu6LE3059z5Tr8m'

describe.concurrent('passlift identify', () => {
  test.each(
    firstOfEach(
      builtinHashers.filter(({ onlyNamed }) => !onlyNamed),
      kindOf,
    ),
  )('reads the example of $name, and prints neither its salt nor its checksum', async ({ name, example }) => {
    const forPeople = await run(['identify'], { input: `${example}\n` })
    const forPrograms = await run(['identify', '--json'], { input: example })
    expect(forPeople).toMatchObject({ code: 0, stderr: '' })
    expect(forPrograms).toMatchObject({ code: 0, stderr: '' })
    expect(forPeople.stdout).toMatch(
      new RegExp(`^${name}\n  standing +[a-z]+\n  parameters .+\n  cost .+\n  to replace .+$`, 'm'),
    )
    const claim: unknown = expect.objectContaining({ outcome: 'parsed', hasher: name })
    const claims: unknown = expect.arrayContaining([claim])
    expect(readJson(forPrograms)).toMatchObject({ outcome: 'parsed', claims })
    const printed = forPeople.stdout + forPrograms.stdout
    expect(secretsOf(example).filter((secret) => printed.includes(secret))).toEqual([])
  })

  test('prints the standing, the parameters, the cost and the reasons to rehash', async () => {
    const { stdout } = await run(['identify', '--digest', BCRYPT_12.replace('12', '05')])
    expect(stdout).toBe(
      [
        'bcrypt',
        '  standing    sound',
        '  parameters  version 2b, cost 5',
        '  cost        about 1.8 ms',
        '  to replace  yes: low-cost',
        '',
      ].join('\n'),
    )
  })

  test('gives programs one object with the outcome and every claim', async () => {
    const milliseconds: unknown = expect.closeTo(233, 0)
    expect(readJson(await run(['identify', '--json', '--digest', BCRYPT_12]))).toEqual({
      outcome: 'parsed',
      claims: [
        {
          outcome: 'parsed',
          hasher: 'bcrypt',
          standing: 'sound',
          params: { version: '2b', cost: 12 },
          cost: { milliseconds, bytes: 8192, lanes: 1 },
          admitted: true,
          rehash: [],
        },
      ],
    })
  })

  test('lists every hasher that claims a digest, the likeliest first', async () => {
    const digest = `pbkdf2_sha256$1000$c2FsdHNhbHQ=$${Buffer.alloc(32).toString('base64')}`
    const { stdout } = await run(['identify', '--digest', digest])
    expect(stdout.match(/^\S+$/gm)).toEqual(['pbkdf2_sha256_django', 'pbkdf2_sha256'])
  })

  test('says that a digest is over the limits', async () => {
    const { code, stdout } = await run(['identify', '--digest', BCRYPT_12.replace('12', '31')])
    expect(code).toBe(0)
    expect(stdout).toContain('about 34 hours; over the limits')
  })

  test.each([
    ['a digest with a short salt', 'malformed', '$2b$12$short', 'bcrypt\n  malformed   salt: length\n'],
    [
      'a digest with a line ending',
      'malformed',
      `${BCRYPT_12}\n`,
      'bcrypt\n  malformed   checksum: length\nIt looks like white-space. Cut off the spaces or the line ending.',
    ],
    [
      'plain text',
      'unknown',
      'plain text',
      'unknown: no hasher claims the digest.\nIt looks like plain-text. ',
    ],
    [
      'a digest of SAP',
      'unknown',
      '{x-issha, 1024}c2FsdA==',
      'unknown: no hasher claims the digest.\nIt looks like sap-issha. ',
    ],
    ['5000 characters', 'unknown', 'a'.repeat(5_000), 'unknown: no hasher claims the digest.\n'],
  ])('has exit code 2 for %s, whose outcome is %s', async (_, outcome, digest, lines) => {
    const forPeople = await run(['identify', '--digest', digest])
    const forPrograms = await run(['identify', '--json', '--digest', digest])
    expect(forPeople).toMatchObject({ code: 2, stderr: '' })
    expect(forPeople.stdout.startsWith(lines)).toBe(true)
    expect(forPrograms.code).toBe(2)
    expect(readJson(forPrograms)).toMatchObject({ outcome })
  })

  test('has exit code 1 where the outcome is unusable', async () => {
    const lines = 'unusable: this marks an account without a password.\n'
    expect(await run(['identify', '--digest', '!'])).toMatchObject({ code: 1, stdout: lines, stderr: '' })
    const forPrograms = await run(['identify', '--json', '--digest', '!'])
    expect(forPrograms.code).toBe(1)
    expect(readJson(forPrograms)).toMatchObject({ outcome: 'unusable' })
  })

  test.each([
    ['a line', `${PASSWORD}\n`, 0],
    ['a line of Windows', `${PASSWORD}\r\n`, 0],
    ['a line without a line ending', PASSWORD, 0],
    ['an empty line', '\n', 1],
    ['two line endings', `${PASSWORD}\n\n`, 2],
    ['a digest and a password', `${PASSWORD}\npassword\n`, 2],
  ])('reads standard input that holds %s', async (_, input, code) => {
    expect(await run(['identify'], { input })).toMatchObject({ code, stderr: '' })
  })

  test('explains that standard input is empty', async () => {
    const { code, stderr } = await run(['identify'])
    expect(code).toBe(2)
    expect(stderr).toBe('passlift identify: Standard input is empty. It should hold the digest.\n')
  })
})

describe.concurrent('passlift hashers', () => {
  test('lists what each hasher says of itself, and no digest', async () => {
    const { code, stdout, stderr } = await run(['hashers'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const rows = stdout.trimEnd().split('\n')
    expect(rows).toHaveLength(builtinHashers.length)
    builtinHashers.forEach(({ name, standing, varies, writtenBy = '', why = '' }, index) => {
      const row = rows[index] ?? ''
      expect(row).toMatch(
        new RegExp(`^${name} +${standing}${varies ? ', varies' : ''} +(begins with .+|no prefix;)`),
      )
      expect(row).toContain(writtenBy)
      expect(row).toContain(why)
    })
    const secrets = builtinHashers.flatMap(({ example, prefixes }) =>
      secretsOf(example).filter((secret) => !prefixes.some((prefix) => prefix.includes(secret))),
    )
    expect(secrets.filter((secret) => stdout.includes(secret))).toEqual([])
  })

  test('gives programs one object with the facts of each hasher', async () => {
    expect(readJson(await run(['hashers', '--json']))).toEqual({
      outcome: 'listed',
      hashers: builtinHashers.map(
        ({ name, aliases, onlyNamed, standing, varies, prefixes, example, writtenBy, why }) => {
          return { name, aliases, onlyNamed, standing, varies, prefixes, example, writtenBy, why }
        },
      ),
    })
  })
})
