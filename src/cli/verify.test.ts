import { createHash } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { readJson, run, secretsOf } from './run-built.js'
import { builtinHashers } from '../index.js'
import { contextOf, passwordOf, readVectorFolder } from '../conformance/vector-files.js'
import { firstOfEach, kindOf, shareOf, takesAll } from '../conformance/share.fixture.js'

// PASSWORD is MD5 of `password`, and EMPTY is MD5 of the empty password.
const PASSWORD = '5f4dcc3b5aa765d61d8327deb882cf99'
const EMPTY = 'd41d8cd98f00b204e9800998ecf8427e'
const BCRYPT_31 = '$2b$31$GhvMmNVjRW29ulnudl.LbuAnUtN/LRfe1JsBm1Xu6LE3059z5Tr8m'

const folder = mkdtempSync(join(tmpdir(), 'passlift-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

function writeDigest(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}

const kinds = new Map(builtinHashers.map((hasher) => [hasher.name, kindOf(hasher)]))

const vectors = (await readVectorFolder('vectors')).flatMap((file) => {
  const tests = file.groups.flatMap((group) => group.tests)
  const test = tests.find(
    (vector) =>
      vector.result === 'valid' &&
      vector.flags.every((flag) => flag === 'Rule') &&
      passwordOf(vector).length > 0,
  )
  if (test === undefined) return []
  const { username } = contextOf(test).context ?? {}
  const options = username === undefined ? [] : ['--username', username]
  return [{ hasher: file.hasher, digest: test.digest, password: passwordOf(test), options }]
})

describe.concurrent(
  takesAll ? 'a vector of each hasher' : 'a vector of a hasher of each kind of work',
  () => {
    test.each(firstOfEach(vectors, ({ hasher }) => kinds.get(hasher) ?? ''))(
      'has exit code 0 for the right password and 1 for a wrong one, and is not printed: $hasher',
      async ({ hasher, digest, password, options }) => {
        const args = ['verify', `--digest=${digest}`, '--hasher', hasher, ...options]
        const right = await run([...args, '--json'], { input: password })
        const wrong = await run(args, { input: 'nobody chose this one' })
        expect(right.code).toBe(0)
        expect(readJson(right)).toMatchObject({ outcome: 'match', hasher })
        expect(wrong.code).toBe(1)
        expect(wrong.stdout).toBe(`mismatch: the password is wrong (${hasher}).\n`)
        const printed = [right, wrong].map(({ stdout, stderr }) => stdout + stderr).join('')
        expect(secretsOf(digest).filter((secret) => printed.includes(secret))).toEqual([])
      },
    )

    test('is found for every built-in hasher', () => {
      const names = builtinHashers.map(({ name }) => name)
      expect(vectors.map(({ hasher }) => hasher)).toEqual(names.toSorted())
    })
  },
)

describe.concurrent('a digest that was made with the name of the user', () => {
  // PostgreSQL's md5 of the password `password` of the role `ada`.
  const digest = `md5${createHash('md5').update('passwordada').digest('hex')}`
  const args = ['verify', '--digest', digest]

  test.each([
    ['ada', 0],
    ['bob', 1],
  ])('is checked with that of --username: %s', async (username, code) => {
    expect((await run([...args, '--username', username], { input: 'password' })).code).toBe(code)
  })

  test('is a misuse without it', async () => {
    const { code, stdout, stderr } = await run(args, { input: 'password' })
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain('Give --username NAME')
  })
})

describe.concurrent('the answer of passlift verify', () => {
  test.each([
    ['match', 0, 'the right password', 'password', ['--digest', PASSWORD]],
    ['mismatch', 1, 'a wrong password', 'Password', ['--digest', PASSWORD]],
    ['unusable', 1, 'a locked account', 'password', ['--digest', '!']],
    ['unusable', 1, 'an empty digest', 'password', ['--digest', '']],
    ['malformed', 2, 'a short digest', 'password', ['--digest', '$2b$12$short']],
    ['malformed', 2, 'a digest of another hasher', 'password', ['--digest', 'plain', '--hasher', 'md5']],
    ['too-costly', 2, 'bcrypt of cost 31', 'password', ['--digest', BCRYPT_31]],
    ['unknown', 2, 'an unknown digest', 'password', ['--digest', 'plain']],
    ['unknown', 2, 'an unknown hasher', 'password', ['--digest', PASSWORD, '--hasher', 'no_such_hasher']],
    ['unknown', 2, 'the hasher __proto__', 'password', ['--digest', PASSWORD, '--hasher', '__proto__']],
    ['refused', 2, 'a password of 4097 bytes', 'x'.repeat(4097), ['--digest', PASSWORD]],
  ])('is %s with exit code %i for %s', async (outcome, code, _, input, args) => {
    const forPeople = await run(['verify', ...args], { input })
    const forPrograms = await run(['verify', '--json', ...args], { input })
    expect(forPeople).toMatchObject({ code, stderr: '' })
    expect(forPeople.stdout).toMatch(new RegExp(`^${outcome}: `))
    expect(forPrograms).toMatchObject({ code, stderr: '' })
    expect(readJson(forPrograms)).toMatchObject({ outcome })
  })

  test('is an error for bytes that bcryptjs, the stand-in, cannot take', async () => {
    const digest = '$2b$04$GhvMmNVjRW29ulnudl.LbuAnUtN/LRfe1JsBm1Xu6LE3059z5Tr8m'
    const call = { input: Uint8Array.of(0xff) }
    const wrong = await run(['verify', '--json', '--digest', digest], call)
    expect(wrong.code).toBe(1)
    const refused = await run(['verify', '--json', '--digest', digest], {
      ...call,
      preload: 'delete globalThis.WebAssembly',
    })
    expect(refused.code).toBe(2)
    expect(readJson(refused)).toMatchObject({ outcome: 'error', code: 'ERR_PASSWORD_ENCODING' })
  })

  test('says why a digest should be replaced', async () => {
    const { stdout } = await run(['verify', '--digest', PASSWORD], { input: 'password' })
    expect(stdout).toBe('match: the password is right (md5).\nThe digest should be replaced: insecure.\n')
  })

  test.each([
    ['the beginning of one', 'md', ' Did you mean "md5"? '],
    ['one with another digit', 'MD6', ' Did you mean "md5"? '],
    ['one with a character too many', 'argon2id-', ' Did you mean "argon2id"? '],
    ['none for a word far from all', 'hunter2', ' '],
  ])('suggests hashers near an unknown name, which is not repeated: %s', async (_, hasher, question) => {
    const args = ['verify', '--digest', PASSWORD, '--hasher', hasher]
    const { stdout } = await run(args, { input: 'password' })
    expect(stdout).toBe(
      `unknown: there is no hasher of that name.${question}\`passlift hashers\` lists them.\n`,
    )
  })

  test('names an invisible byte order mark in front of a digest', async () => {
    const { stdout } = await run(['verify', '--digest', `\ufeff${PASSWORD}`], { input: 'password' })
    expect(stdout).toContain('It looks like byte-order-mark. ')
  })

  const whiteSpace = [
    ['a byte order mark before it', '\ufeffhunter2\n'],
    ['a space before it', ' hunter2'],
    ['a space behind it', 'hunter2 \n'],
    ['a tab behind it', 'hunter2\t'],
    ['a second line ending behind it', 'hunter2\n\n'],
    ['a carriage return alone behind it', 'hunter2\r'],
    ['a no-break space behind it', 'hunter2\u00a0\n'],
    ['a space behind bytes that are not UTF-8', Buffer.from('\xffhunter2 \n', 'latin1')],
  ] as const

  test.each(shareOf(whiteSpace, 3))('mentions the white space of a wrong password: %s', async (_, input) => {
    const wrong = await run(['verify', '--digest', PASSWORD], { input })
    expect(wrong).toMatchObject({ code: 1, stderr: '' })
    expect(wrong.stdout).toBe(
      'mismatch: the password is wrong (md5).\n' +
        'The password begins or ends with white space (or a byte order mark), which is not removed.\n',
    )
    const forPrograms = await run(['verify', '--json', '--digest', PASSWORD], { input })
    expect(readJson(forPrograms)).toMatchObject({ outcome: 'mismatch', hasher: 'md5' })
    for (const { stdout } of [wrong, forPrograms]) expect(stdout).not.toContain('hunter2')
  })

  test.each([
    ['a wrong password with white space within', 'hunter 2\r\n', 1, PASSWORD],
    ['a wrong password that is not UTF-8', Uint8Array.of(0xff, 0xfe), 1, PASSWORD],
    ['a right password with white space', ' a \n', 0, 'e49736f09a17efd3daec360132426f43'],
    ['a password for an unknown digest', ' a \n', 2, 'plain'],
  ])('does not mention white space of %s', async (_, input, code, digest) => {
    const ran = await run(['verify', '--digest', digest], { input })
    expect(ran.code).toBe(code)
    expect(ran.stdout).not.toContain('white space')
  })
})

describe.concurrent('the standard input of passlift verify', () => {
  // The digests are md5 of the bytes, as md5sum prints them.
  const lines = [
    ['a line', 'password\n', PASSWORD],
    ['a line of Windows', 'password\r\n', PASSWORD],
    ['a line without a line ending', 'password', PASSWORD],
    ['an empty line', '\n', EMPTY],
    ['an empty line of Windows', '\r\n', EMPTY],
    ['two line endings, of which one is part of the password', 'a\n\n', '60b725f10c9c85c70d97880dfe8191b3'],
    ['a carriage return alone', 'a\r', '1acf82be6284b470636b4c3aee954254'],
    ['two carriage returns and a line feed', 'a\r\r\n', '1acf82be6284b470636b4c3aee954254'],
    ['spaces', ' a \n', 'e49736f09a17efd3daec360132426f43'],
    ['a NUL', 'a\0\n', '4144e195f46de78a3623da7364d04f11'],
    ['a byte order mark', '\ufeffa\n', '35fa5d3e88c45478f98ea858a21ee2c0'],
    ['bytes that are not UTF-8', Uint8Array.of(0xff, 0xfe, 0x0a), 'f3b25701fe362ec84616a93a45ce9998'],
  ] as const

  test.each(shareOf(lines, 2))('is the password without one line ending: %s', async (_, input, digest) => {
    const args = ['verify', '--digest', digest]
    expect(await run(args, { input })).toMatchObject({ code: 0, stderr: '' })
  })

  test.each(shareOf(lines, 5))(
    'is the password behind its digest or beside a digest file: %s',
    async (_, input, digest) => {
      const both = Buffer.concat([Buffer.from(`${digest}\n`), Buffer.from(input)])
      expect(await run(['verify'], { input: both })).toMatchObject({ code: 0, stderr: '' })
      expect(await run(['verify', '--digest-file', writeDigest(digest, digest)], { input })).toMatchObject({
        code: 0,
      })
    },
  )

  const fileContents = [
    ['a line', `${PASSWORD}\n`, 0],
    ['a line of Windows', `${PASSWORD}\r\n`, 0],
    ['a line without a line ending', PASSWORD, 0],
    ['nothing', '', 1],
    ['two line endings', `${PASSWORD}\n\n`, 2],
    ['a space', `${PASSWORD} \n`, 2],
    ['a byte order mark', `\ufeff${PASSWORD}\n`, 2],
    ['two digests', `${PASSWORD}\n${EMPTY}\n`, 2],
    ['bytes that are not UTF-8', Uint8Array.of(0xff, 0x0a), 2],
  ] as const

  test.each(shareOf(fileContents, 2))(
    'is the password for a digest file that holds %s',
    async (name, content, code) => {
      const path = writeDigest(name, content)
      expect(await run(['verify', '--digest-file', path], { input: 'password' })).toMatchObject({ code })
    },
  )

  test.each([
    ['nothing', ''],
    ['a digest alone', PASSWORD],
    ['a digest line alone', `${PASSWORD}\n`],
    ['a digest that is not UTF-8', Buffer.concat([Uint8Array.of(0xff), Buffer.from('\npassword\n')])],
    ['more than anybody types', Buffer.alloc(1_000_000, 'a\n')],
  ])('is explained where it holds %s', async (_, input) => {
    const { code, stdout, stderr } = await run(['verify'], { input })
    expect(code).toBe(2)
    expect(stdout).toBe('')
    expect(stderr).toMatch(/^passlift verify: .+\.\n$/)
    expect(stderr).not.toContain(PASSWORD)
  })

  test('without a password is explained, to programs too', async () => {
    const none = await run(['verify', '--json', '--digest', PASSWORD])
    expect(none.code).toBe(2)
    expect(readJson(none)).toMatchObject({ outcome: 'misuse' })
    expect(none.stderr).toContain('empty line')
  })
})

describe.concurrent('a digest file of passlift verify', () => {
  test.each([
    ['that does not exist', join(folder, `no-${PASSWORD}`)],
    ['that is a folder', folder],
    ['whose name is the digest', PASSWORD],
  ])('%s is explained without its name', async (_, path) => {
    const { code, stderr } = await run(['verify', '--digest-file', path], { input: 'password' })
    expect(code).toBe(2)
    expect(stderr).toMatch(/^passlift verify: .*\(E[A-Z]+: .+\)\.(?: .+)?\n$/)
    expect(stderr).not.toContain(PASSWORD)
    expect(stderr).not.toContain(folder)
  })
})
