import { spawnSync } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { READERS } from '../migrate/index.js'
import { MAIN, run } from './run-built.js'

const folder = mkdtempSync(join(tmpdir(), 'passlift-audit-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

function write(name: string, text: string): string {
  const path = join(folder, name)
  writeFileSync(path, text)
  return path
}

const MD5 = '5f4dcc3b5aa765d61d8327deb882cf99'

describe('audit', () => {
  test('prints what an export holds, and answers 0 where all of it can be verified', async () => {
    const path = write('users.csv', `id,email,pw\n1,a@example.com,${MD5}\n2,b@example.com,\n`)
    const { code, stdout, stderr } = await run(['audit', path, '--column', 'digest=pw', '--from', 'auto'])
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toContain('read as csv, digest in pw\n')
    expect(stdout).toMatch(/^ {2}md5 +1 +50\.0% {2}insecure, as in row 2$/m)
    expect(stdout).not.toMatch(new RegExp(`${MD5.slice(0, 12)}|example`))
  })

  test('prints the counts as JSON, and answers 1 where a row cannot be verified', async () => {
    const path = write('users.ndjson', `{"id":1,"digest":"${MD5}"}\n{"id":2,"digest":"hunter2"}\n`)
    const { code, stdout } = await run(['audit', path, '--json'])
    expect(code).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({
      outcome: 'audited',
      from: 'ndjson',
      rows: 2,
      verifiable: 1,
      unknown: 1,
    })
  })

  test('reads an export of Firebase with the parameters of the project', async () => {
    const config = write(
      'hash-config.txt',
      `hash_config {
  algorithm: SCRYPT,
  base64_signer_key: jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==,
  base64_salt_separator: Bw==,
  rounds: 8,
  mem_cost: 14,
}`,
    )
    const user = {
      localId: 'u1',
      passwordHash:
        'lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==',
      salt: '42xEC+ixf3L2lw==',
    }
    const path = write('firebase.json', JSON.stringify({ users: [user, { localId: 'u2' }] }))
    const { code, stdout } = await run(['audit', path, '--hash-config', config, '--json'])
    expect(code).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({
      ...{ from: 'firebase', rows: 2, withoutPassword: 1, verifiable: 1 },
      hashers: [{ name: 'scrypt_firebase', count: 1, line: 1 }],
    })
    // A project may have no salt separator.
    const bare = write(
      'bare-config.txt',
      `hash_config { algorithm: SCRYPT, base64_signer_key: ${'A'.repeat(86)}==,
        base64_salt_separator: ,
        rounds: 8, mem_cost: 14 }`,
    )
    expect((await run(['audit', path, '--hash-config', bare, '--json'])).code).toBe(0)
  })

  test.each(['users.json', 'users.csv'])('says what an export of Firebase needs: %s', async (name) => {
    const { code, stdout, stderr } = await run(['audit', join('vectors/exports/firebase', name)])
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
    expect(stderr).toContain('--from firebase --hash-config FILE')
  })

  test('writes a page that only its owner may read, beside what it prints', async () => {
    const path = write('page.csv', `id,email,pw\n1,a@example.com,${MD5}\n`)
    const page = join(folder, 'page.html')
    const { code, stdout } = await run(['audit', path, '--column', 'digest=pw', '--html', page])
    expect(code).toBe(0)
    expect(stdout).toContain('read as csv, digest in pw\n')
    expect(statSync(page).mode & 0o777).toBe(0o600)
    expect(readFileSync(page, 'utf8')).toMatch(/^<!doctype html>[^]*<\/html>\n$/)
    expect(readFileSync(page, 'utf8')).not.toContain('example.com')
  })

  test('overwrites no file, and follows no link', async () => {
    const path = write('kept.csv', `id,password\n1,${MD5}\n`)
    const taken = write('taken.html', 'kept')
    const missing = join(folder, 'missing.html')
    const link = join(folder, 'link.html')
    symlinkSync(missing, link)
    for (const page of [taken, link]) {
      const { code, stdout, stderr } = await run(['audit', path, '--html', page])
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr).toContain('Name another file, or move that one away first.')
    }
    expect(readFileSync(taken, 'utf8')).toBe('kept')
    expect(existsSync(missing)).toBe(false)
  })

  test('names ids and logins only where it is asked, and keeps what a terminal obeys from it', async () => {
    const path = write(
      'logins.ndjson',
      `{"id":7,"email":"a\\u001b[2J@example.com","digest":"${MD5.slice(1)}"}\n`,
    )
    const { stdout: plain } = await run(['audit', path, '--json'])
    expect(plain).not.toContain('example.com')
    const { stdout } = await run(['audit', path, '--logins'])
    expect(stdout).toContain('as in row 1 (id 7, a\\u001b[2J@example.com)')
    const { stdout: json } = await run(['audit', path, '--logins', '--json'])
    expect(JSON.parse(json)).toMatchObject({
      damage: [
        { kind: 'digit-lost', lines: [1], accounts: [{ line: 1, id: '7', login: 'a\u001b[2J@example.com' }] },
      ],
    })
  })

  test('sends nothing of a file that a terminal would obey', async () => {
    const path = write('escapes.csv', '\x1b[2J,\x07digest\n\x1b]0;x\x07,\x1b[31mx\n')
    for (const args of [[path], [path, '--column', 'digest=\x07digest', '--column', 'id=\x1b[2J']]) {
      const { stdout, stderr } = await run(['audit', ...args])
      expect(stdout + stderr).toMatch(/^[\x20-\x7e\n]+$/)
    }
  })

  test('ends quietly where the reader of its report has closed the pipe', () => {
    const path = write('piped.csv', `id,password\n1,${MD5}\n`)
    const { status, stdout, stderr } = spawnSync('sh', [
      '-c',
      `"$0" "$1" audit "$2" | :`,
      process.execPath,
      MAIN,
      path,
    ])
    expect([status, stdout.toString(), stderr.toString()]).toEqual([0, '', ''])
  })

  test('says what to do about rows whose columns are no digest, and joins a digest with its salt', async () => {
    const path = write('salted.csv', `id,pw,salt\n1,${MD5},sea\n2,${MD5.slice(1)},sea\n`)
    const columns = ['--column', 'digest=pw', '--column', 'salt=salt', '--hasher', 'md5_salted']
    const { code, stdout } = await run(['audit', path, ...columns])
    expect(code).toBe(1)
    expect(stdout).toMatch(/^ {2}md5_salted +1 /m)
    expect(stdout).toMatch(/^ {2}bad-fields +1 +50\.0% {2}as in row 3\n {4}The columns are there/m)
  })

  test('asks for the algorithm of ASP.NET Membership, and reads by it', async () => {
    const path = write(
      'membership.csv',
      'UserId,Password,PasswordFormat,PasswordSalt\n1,AlZ9oOUVECqg/Kte3b1AThXJYJY=,1,AAECAwQFBgcICQoLDA0ODw==\n',
    )
    const refused = await run(['audit', path])
    expect(refused.code).toBe(2)
    expect(refused.stderr).toContain('ASP.NET Membership needs the option algorithm')
    const { code, stdout } = await run(['audit', path, '--algorithm', 'SHA1'])
    expect(code).toBe(0)
    expect(stdout).toContain('aspnet_membership')
  })

  test('names every reader in its help', async () => {
    const { stdout } = await run(['help', 'audit'])
    const names = ['firebase', ...READERS.map(({ name }) => name)]
    expect(names.filter((name) => !new RegExp(`[\\s,]${name}[,\\s.]`).test(stdout))).toEqual([])
  })

  test.each([
    [['audit'], 'The name of a file comes first, or - for standard input.'],
    [['audit', join(folder, 'none')], 'There is no such file.'],
    [['audit', folder], 'The file is a folder.'],
    [['audit', 'x', '--from', 'acme'], 'There is no such reader. There are: '],
    [['audit', 'x', '--from', 'firebase'], 'Firebase needs --hash-config FILE'],
    [['audit', 'x', '--column', 'pw'], '--column takes PART=NAME'],
    [
      ['audit', 'x', '--html', join(folder, 'none', 'page.html')],
      'The folder of the report takes no file (ENOENT',
    ],
    [['audit', 'x', '--column', 'salt=s'], 'A column of salts needs the hasher to be one of: md5_salted, '],
    [['audit', 'x', '--hash-config', 'hmac'], 'The algorithm of --hash-config is not SCRYPT'],
  ])('refuses a call without an answer: %j', async (args, message) => {
    const paths = new Map([
      ['x', write('x', 'id,password\n')],
      ['hmac', write('hmac', 'hash_config {\n  algorithm: HMAC_SHA256,\n  base64_signer_key: QUJD,\n}\n')],
    ])
    const { code, stderr } = await run(args.map((one) => paths.get(one) ?? one))
    expect(code).toBe(2)
    expect(stderr).toContain(message)
  })
})
