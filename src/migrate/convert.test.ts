import { execFileSync } from 'node:child_process'
import { createHash, createHmac, pbkdf2Sync, scryptSync } from 'node:crypto'
import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { stringify } from 'csv-stringify/sync'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { builtinHashers, createRegistry, createSignIn } from '../index.js'
import type { Account } from './account.js'
import { convert } from './convert.js'
import type { Conversion, ConvertOptions } from './convert.js'
import { quoteFile, quoteWord } from './shell.js'
import { readAccounts } from './read.js'
import { createFirebaseReader } from './readers/firebase.js'
import { WRITERS } from './writers/index.js'
import { partsOf } from './writers/spellings.js'

const root = mkdtempSync(join(tmpdir(), 'passlift-convert-'))
afterAll(() => {
  rmSync(root, { recursive: true })
})
let folder = root
let run = 0
beforeEach(() => {
  folder = join(root, String(++run))
  mkdirSync(folder)
})

// Cheap digests take as long as bcrypt where the registry equalizes.
const { verify } = createRegistry({ equalize: false })

const PASSWORD = 'correct horse'
const SALT = 'seasalt1'
const BCRYPT = exampleOf('bcrypt')

function exampleOf(name: string): string {
  const hasher = builtinHashers.find((one) => one.name === name)
  if (hasher === undefined) throw new Error(`There is a hasher ${name}.`)
  return hasher.example
}

async function* batchesOf(accounts: readonly Account[]): AsyncGenerator<readonly Account[]> {
  yield await Promise.resolve(accounts)
}

function accountOf(digest: string | null, hasher?: string): Account {
  return { line: 2, id: '7', login: 'a@example.com', digest, ...(hasher !== undefined && { hasher }) }
}

interface Outcome {
  readonly text: string
  readonly done: Conversion
}

/** Converts accounts into a file, and reads it. */
async function write(
  accounts: readonly Account[],
  options: Omit<ConvertOptions, 'out'>,
  name = 'out',
): Promise<Outcome> {
  const out = join(folder, name)
  const done = await convert(batchesOf(accounts), { ...options, out })
  const text = done.files.includes(out) ? readFileSync(out, 'utf8') : ''
  return { text, done }
}

async function read(text: string, from: Parameters<typeof readAccounts>[1]): Promise<readonly Account[]> {
  const { batches } = await readAccounts(piecesOf(text), from)
  const accounts: Account[] = []
  for await (const batch of batches) accounts.push(...batch)
  return accounts
}

async function* piecesOf(text: string): AsyncGenerator<string> {
  yield await Promise.resolve(text)
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null
}

function base64(bytes: Uint8Array | string): string {
  return Buffer.from(bytes).toString('base64')
}

const key32 = pbkdf2Sync(PASSWORD, SALT, 1000, 32, 'sha256')
const key64 = scryptSync(PASSWORD, SALT, 64, { N: 16_384, r: 8, p: 1 })
const sha1 = createHash('sha1').update(SALT).update(PASSWORD).digest()
const mac = createHmac('sha256', SALT).update(PASSWORD).digest()

/** Digests of the password, made by node:crypto in the spelling of each system. */
const DIGESTS: readonly (readonly [hasher: string, digest: string])[] = [
  ['pbkdf2_sha256_django', `pbkdf2_sha256$1000$${SALT}$${base64(key32)}`],
  ['pbkdf2_werkzeug', `pbkdf2:sha256:1000$${SALT}$${key32.toString('hex')}`],
  ['pbkdf2_sha1_django', `pbkdf2_sha1$1000$${SALT}$${base64(pbkdf2Sync(PASSWORD, SALT, 1000, 20, 'sha1'))}`],
  [
    'pbkdf2_sha512',
    `pbkdf2_sha512$1000$${SALT}$${pbkdf2Sync(PASSWORD, SALT, 1000, 64, 'sha512').toString('hex')}`,
  ],
  ['scrypt_django', `scrypt$16384$${SALT}$8$1$${base64(key64)}`],
  ['scrypt_werkzeug', `scrypt:16384:8:1$${SALT}$${key64.toString('hex')}`],
  ['md5_django', `md5$${SALT}$${createHash('md5').update(SALT).update(PASSWORD).digest('hex')}`],
  ['sha1_django', `sha1$${SALT}$${sha1.toString('hex')}`],
  ['hmac_werkzeug', `sha256$${SALT}$${mac.toString('hex')}`],
  ['md5', createHash('md5').update(PASSWORD).digest('hex')],
  ['sha256', createHash('sha256').update(PASSWORD).digest('hex')],
  [
    'ldap_ssha',
    `{SSHA}${base64(Buffer.concat([createHash('sha1').update(PASSWORD).update(SALT).digest(), Buffer.from(SALT)]))}`,
  ],
  [
    'ldap_smd5',
    `{SMD5}${base64(Buffer.concat([createHash('md5').update(PASSWORD).update(SALT).digest(), Buffer.from(SALT)]))}`,
  ],
]
/** Digests of LDAP without a salt, in base64 and, as Dovecot writes them too, in hexadecimal. */
const UNSALTED = (['md5', 'sha1', 'sha256', 'sha512'] as const).flatMap((name) =>
  (['base64', 'hex'] as const).map((encoding): readonly [hasher: string, digest: string] => {
    const tag = name === 'sha1' ? 'SHA' : name.toUpperCase()
    return [`ldap_${name}`, `{${tag}}${createHash(name).update(PASSWORD).digest(encoding)}`]
  }),
)
/** Where a system's own text of a digest stands in its file, and the hasher of that text. */
const TEXTS: readonly (readonly [to: string, find: RegExp])[] = [
  ['clerk', /"([^"]+)","(\w+)"\n$/],
  ['workos', /"a@example.com","","([^"]+)"/],
  ['kratos', /"hashed_password":"([^"]+)"/],
  ['zitadel', /"hash":"([^"]+)"/],
]

describe('a digest of each kind', () => {
  test.each(
    TEXTS.flatMap(([to, find]) =>
      [...DIGESTS, ...UNSALTED].map(([hasher, digest]) => [to, hasher, digest, find] as const),
    ),
  )('for %s verifies in its spelling, or is rejected: %s', async (to, hasher, digest, find) => {
    expect(await verify(PASSWORD, digest, { hasher })).toBe(true)
    const { text, done } = await write([accountOf(digest, hasher)], { to })
    expect(done.written + done.rejected).toBe(1)
    if (done.written === 0) {
      expect(done.reasons[0]?.reason).toMatch(/takes no|of such a cost/)
      return
    }
    const [, written = '', name] = find.exec(text) ?? []
    expect(await verify(PASSWORD, written, name === undefined ? {} : { hasher: name })).toBe(true)
    expect(await verify(`${PASSWORD}r`, written, name === undefined ? {} : { hasher: name })).toBe(false)
  })

  test('for Keycloak verifies as the credential that it is', async () => {
    for (const [hasher, digest] of DIGESTS.filter(([name]) => name.startsWith('pbkdf2'))) {
      const { text } = await write([accountOf(digest, hasher)], { to: 'keycloak' }, hasher)
      const [account] = await read(text, { from: 'keycloak' })
      expect(await verify(PASSWORD, account?.digest ?? '', { hasher: 'keycloak' })).toBe(true)
    }
  })

  test('for Auth0 has the fields from which node:crypto makes it', async () => {
    const found = new Map<string, unknown>()
    for (const [hasher, digest] of [...DIGESTS, ['nthash', exampleOf('nthash')] as const]) {
      const { text, done } = await write([accountOf(digest, hasher)], { to: 'auth0' }, hasher)
      expect([hasher, done.written]).toEqual([hasher, 1])
      found.set(hasher, JSON.parse(text))
    }
    const hexSalt = Buffer.from(SALT).toString('hex')
    const userOf = (custom: object): unknown => [
      { user_id: '7', email: 'a@example.com', custom_password_hash: custom },
    ]
    expect(found.get('scrypt_django')).toEqual(
      userOf({
        ...{ algorithm: 'scrypt', hash: { value: key64.toString('hex'), encoding: 'hex' } },
        salt: { value: hexSalt, encoding: 'hex' },
        ...{ keylen: 64, cost: 16_384, blockSize: 8, parallelization: 1 },
      }),
    )
    expect(found.get('sha1_django')).toEqual(
      userOf({
        ...{ algorithm: 'sha1', hash: { value: sha1.toString('hex'), encoding: 'hex' } },
        salt: { value: hexSalt, encoding: 'hex', position: 'prefix' },
      }),
    )
    expect(found.get('hmac_werkzeug')).toEqual(
      userOf({
        algorithm: 'hmac',
        hash: {
          ...{ value: mac.toString('hex'), encoding: 'hex', digest: 'sha256' },
          key: { value: hexSalt, encoding: 'hex' },
        },
      }),
    )
    expect(found.get('nthash')).toEqual(
      userOf({
        ...{ algorithm: 'md4', hash: { value: exampleOf('nthash'), encoding: 'hex' } },
        password: { encoding: 'utf16le' },
      }),
    )
    const { text, done } = await write([accountOf(BCRYPT.replace(/^\$2.\$\d\d/, '$2b$10'))], { to: 'auth0' })
    expect(text).toContain('"password_hash":"$2b$10$')
    expect(done.rewritten).toBe(0)
  })

  test('for Firebase has the fields and options from which node:crypto makes it', async () => {
    const accounts = DIGESTS.map(([hasher, digest], place) => ({
      ...accountOf(digest, hasher),
      id: String(place),
    }))
    const { done } = await write(accounts, { to: 'firebase' }, 'users.json')
    const name = (number: number): string => join(folder, `users-${number}.json`)
    expect(done.commands.slice(0, 2)).toEqual([
      `firebase auth:import ${name(1)} --hash-algo=PBKDF2_SHA256 --rounds=1000`,
      `firebase auth:import ${name(2)} --hash-algo=PBKDF_SHA1 --rounds=1000`,
    ])
    expect(done.commands).toContain(
      `firebase auth:import ${name(3)} --hash-algo=STANDARD_SCRYPT --mem-cost=16384 --block-size=8 --parallelization=1 --dk-len=64`,
    )
    const written: unknown = JSON.parse(readFileSync(name(1), 'utf8'))
    expect(written).toEqual({
      users: ['0', '1'].map((localId) => ({
        ...{ localId, email: 'a@example.com', passwordHash: base64(key32), salt: base64(SALT) },
      })),
    })
  })

  test('is rejected where its hasher is not known and several claim it', async () => {
    const [, digest = ''] = DIGESTS.find(([name]) => name === 'pbkdf2_sha256_django') ?? []
    const { done } = await write([accountOf(digest)], { to: 'kratos' })
    expect(done.written).toBe(0)
    expect(done.reasons[0]?.reason).toMatch(/^several hashers/)
  })

  test('that no writer could read back would be rejected', async () => {
    const [writer] = WRITERS.filter(({ name }) => name === 'kratos')
    if (writer === undefined) throw new Error('There is such a writer.')
    const text = exampleOf('pbkdf2_kratos').replace('i=100000', 'i=100001')
    const broken = { ...writer, write: () => ({ value: '{}', rewritten: { hasher: 'pbkdf2_kratos', text } }) }
    const { done } = await write([accountOf(exampleOf('pbkdf2_kratos'))], { to: broken })
    expect(done).toMatchObject({
      rejected: 1,
      reasons: [{ reason: 'the digest would have another meaning' }],
    })
  })

  test.each(['clerk', 'zitadel'])('in capitals is written in small letters for %s: md5', async (to) => {
    const digest = createHash('md5').update(PASSWORD).digest('hex')
    const { text } = await write([accountOf(digest.toUpperCase())], { to })
    expect(text).toContain(`"${digest}"`)
  })

  test('that can be read in two ways is rejected, unless it keeps its text: a salt of hexadecimal digits', async () => {
    const digest = exampleOf('pbkdf2_sha1')
    const { done } = await write([accountOf(digest, 'pbkdf2_sha1')], { to: 'kratos' })
    expect(done.reasons.map(({ reason }) => reason)).toEqual(['kratos takes no pbkdf2_sha1'])
    expect((await write([accountOf(digest, 'pbkdf2_sha1')], { to: 'clerk' }, 'kept')).text).toContain(digest)
  })

  test('that its hasher would not read as Auth0 has it is rejected: PBKDF2 without a salt', async () => {
    const checksum = pbkdf2Sync(PASSWORD, '', 1000, 32, 'sha256').toString('base64').replaceAll('+', '.')
    const digest = `$pbkdf2-sha256$1000$$${checksum.replace(/=+$/, '')}`
    expect(await verify(PASSWORD, digest)).toBe(true)
    const { done } = await write([accountOf(digest)], { to: 'auth0' })
    expect(done).toMatchObject({ written: 0, rejected: 1 })
  })

  test.each([
    ['pbkdf2_sha256', 31, 'base64'],
    ['pbkdf2_sha512', 63, 'hex'],
  ] as const)(
    'with a checksum of another length than Clerk derives is rejected: %s',
    async (hasher, bytes, encoding) => {
      const algorithm = hasher === 'pbkdf2_sha512' ? 'sha512' : 'sha256'
      const checksum = pbkdf2Sync(PASSWORD, SALT, 1000, bytes, algorithm).toString(encoding)
      const salt = encoding === 'base64' ? base64(SALT) : SALT
      const digest = `pbkdf2_${algorithm}$1000$${salt}$${checksum}`
      expect(await verify(PASSWORD, digest, { hasher })).toBe(true)
      expect((await write([accountOf(digest, hasher)], { to: 'clerk' })).done.rejected).toBe(1)
    },
  )

  test('keeps its parts in all spellings that are written', async () => {
    const kept = builtinHashers.filter(({ name, example }) => partsOf(name, example) !== undefined)
    expect(kept.length).toBeGreaterThan(40)
    const accounts = kept.map(({ name, example }) => accountOf(example, name))
    for (const { name: to } of WRITERS) {
      const { rows, written, rejected, reasons } = await convert(batchesOf(accounts), { to })
      expect([to, rows, written + rejected]).toEqual([to, accounts.length, accounts.length])
      const lost = reasons.filter(({ reason }) => reason.includes('another meaning'))
      expect([to, lost.length]).toEqual([to, 0])
    }
  })
})

describe('what is written for a system', () => {
  const ACCOUNTS: readonly Account[] = [
    { line: 1, id: '12345678901234567890', login: '=a"\n@example.com', digest: BCRYPT, hasher: 'bcrypt' },
    { line: 2, id: 'x,\t\\y', login: 'b@example.com', digest: null },
  ]

  test.each(['ndjson', 'csv', 'clerk'])('is read back by its reader: %s', async (to) => {
    const { text } = await write(ACCOUNTS, { to })
    const accounts = await read(text, { from: to })
    expect(accounts.map(({ id, login, digest, hasher }) => ({ id, login, digest, hasher }))).toEqual(
      ACCOUNTS.map(({ id, login, digest, hasher }) => ({ id, login, digest, hasher })),
    )
  })

  test.each([
    ['better-auth', 'scrypt_better_auth'],
    ['keycloak', 'keycloak'],
    ['keycloak', 'keycloak_argon2'],
  ])('is read back by its reader: %s with %s', async (name, hasher) => {
    const accounts = [accountOf(exampleOf(hasher), hasher), { ...accountOf(null), id: '8' }]
    const { text } = await write(accounts, { to: name })
    const found = await read(text, { from: name })
    expect(found.map(({ id, digest }) => ({ id, digest }))).toEqual(
      accounts.map(({ id, digest }) => ({ id, digest })),
    )
  })

  test.each(DIGESTS)('is read back by its reader, and verifies: auth0 with %s', async (hasher, digest) => {
    const { text, done } = await write([accountOf(digest, hasher)], { to: 'auth0' })
    expect(done.rejected).toBe(0)
    const [account] = await read(text, { from: 'auth0' })
    expect(account).toMatchObject({ id: '7', login: 'a@example.com' })
    const named = account?.hasher === undefined ? {} : { hasher: account.hasher }
    expect(await verify(PASSWORD, account?.digest, named)).toBe(true)
    expect(await verify(`${PASSWORD}.`, account?.digest, named)).toBe(false)
  })

  test('is read back with the key that lies in a file of its own: firebase', async () => {
    const digest = exampleOf('scrypt_firebase')
    const [, , signerKey = '', saltSeparator = '', rounds = '', memoryCost = ''] = digest.split('$')
    const { text, done } = await write(
      [accountOf(digest, 'scrypt_firebase')],
      { to: 'firebase' },
      "it's.json",
    )
    const config = { signerKey, saltSeparator, rounds: Number(rounds), memoryCost: Number(memoryCost) }
    const [account] = await read(text, { from: createFirebaseReader(config) })
    expect(account).toMatchObject({ id: '7', digest })
    const [command = ''] = done.commands
    expect(command).not.toContain(signerKey)
    // A shell reads the words, and the key out of its file.
    const words = execFileSync('sh', ['-c', command.replace('firebase', "printf '%s\\n'")], {
      encoding: 'utf8',
    })
    expect(words.split('\n')).toEqual([
      'auth:import',
      join(folder, "it's.json"),
      ...['--hash-algo=SCRYPT', `--salt-separator=${saltSeparator}`],
      ...[`--rounds=${rounds}`, `--mem-cost=${memoryCost}`, `--hash-key=${signerKey}`, ''],
    ])
  })

  test('is SQL with the escapes of COPY for Supabase, and a NUL is rejected', async () => {
    const uuid = '0b5a1a44-5a0c-4f0e-9d5b-3a1f3f7f8a10'
    const { text, done } = await write(
      [
        { line: 1, id: uuid, login: 'a\\b@example.com', digest: BCRYPT },
        { line: 2, id: '12345678901234567890', login: 'b@example.com', digest: null },
        { line: 3, id: '3\0', login: 'c@example.com', digest: null },
      ],
      { to: 'supabase' },
    )
    const [head, first, second, end, last] = text.split('\n')
    expect(head).toMatch(/^COPY auth\.users \(instance_id, id, .*\) FROM stdin;$/)
    expect(first?.split('\t').slice(1, 6)).toEqual([
      ...[uuid, 'authenticated', 'authenticated', 'a\\\\b@example.com', BCRYPT],
    ])
    expect(second?.split('\t')[1]).toMatch(/^[\da-f]{8}-[\da-f]{4}-5[\da-f]{3}-[89ab][\da-f]{3}-[\da-f]{12}$/)
    expect(second).toContain('"external_id":"12345678901234567890"')
    expect([end, last]).toEqual(['\\.', ''])
    expect(done).toMatchObject({ rows: 3, written: 2, rejected: 1, withoutPassword: 1 })
  })

  test('is files under 500 kB for Auth0, with all accounts', async () => {
    const accounts = Array.from({ length: 5000 }, (_, place) => ({ ...accountOf(BCRYPT), id: String(place) }))
    const { done } = await write(accounts, { to: 'auth0' }, 'users.json')
    expect(done.files.length).toBeGreaterThan(1)
    expect(done.files[1]).toBe(join(folder, 'users-2.json'))
    const ids = done.files.flatMap((name) => {
      expect(statSync(name).size).toBeLessThan(500_000)
      const users: unknown = JSON.parse(readFileSync(name, 'utf8'))
      return Array.isArray(users)
        ? users.map((user: unknown): unknown => (isObject(user) ? Reflect.get(user, 'user_id') : undefined))
        : []
    })
    expect(ids).toEqual(accounts.map(({ id }) => id))
  })

  test('is complete where there is no account', async () => {
    for (const { name } of WRITERS) {
      const { text, done } = await write([], { to: name }, name)
      expect(done).toMatchObject({ rows: 0, written: 0, rejected: 0 })
      if (text.startsWith('[') || text.startsWith('{')) expect(JSON.parse(text)).toBeInstanceOf(Object)
      else expect(text).not.toMatch(/\n\n/)
    }
  })
})

describe('a dump of Django', () => {
  const HASH = `pbkdf2_sha256$1000$${SALT}$${base64(key32)}`
  const DUMP = JSON.stringify([
    { model: 'auth.user', pk: 1, fields: { password: HASH, username: 'ada', email: 'ada@example.com' } },
    { model: 'auth.user', pk: 2, fields: { password: '!x', username: 'bo', email: 'bo@example.com' } },
    {
      model: 'auth.user',
      pk: 3,
      fields: { password: `bcrypt$${BCRYPT}`, username: 'cy', email: 'cy@example.com' },
    },
  ]).replace('"pk":3', '"pk":9007199254740993')

  test('becomes a file for Clerk, one for Supabase, and passlift NDJSON that signs a user in', async () => {
    const accounts = await read(DUMP, { from: 'django' })
    const clerk = await write(accounts, { to: 'clerk' }, 'clerk')
    expect(clerk.done).toMatchObject({ written: 3, rejected: 0, withoutPassword: 1, rewritten: 1 })
    expect(clerk.text).toContain(`"${HASH}","pbkdf2_sha256_django"\n`)
    expect(clerk.text).toContain(`"9007199254740993"`)
    const supabase = await write(accounts, { to: 'supabase' }, 'supabase')
    expect(supabase.done).toMatchObject({ written: 2, rejected: 1 })
    expect(supabase.text).toContain(`\t${BCRYPT}\t`)

    const own = await write(accounts, { to: 'ndjson' }, 'own')
    const rows = await read(own.text, { from: 'ndjson' })
    const signIn = createSignIn({
      find: (login: string) => rows.find((row) => row.login === login) ?? null,
      replaceDigest: () => true,
    })
    expect(await signIn('ada@example.com', PASSWORD)).toMatchObject({ id: '1' })
    expect(await signIn('ada@example.com', 'wrong')).toBeNull()
    expect(await signIn('bo@example.com', 'x')).toBeNull()
  })
})

describe('the output', () => {
  const GOOD = accountOf(BCRYPT)
  const BAD: Account = { line: 3, id: '', digest: null, problem: 'bad-csv' }
  const names = (): readonly string[] => readdirSync(folder).toSorted()

  test('is for its owner alone, and so are the rejected rows', async () => {
    const { done } = await write([GOOD, BAD, accountOf('hunter2')], { to: 'workos' }, 'users.csv')
    expect(names()).toEqual(['users.csv', 'users.csv.rejected.ndjson'])
    for (const name of done.files) expect(statSync(name).mode & 0o777).toBe(0o600)
    const lines = readFileSync(join(folder, 'users.csv.rejected.ndjson'), 'utf8').trim().split('\n')
    expect(lines.map((line): unknown => JSON.parse(line))).toMatchObject([
      { line: 3, reason: 'the row could not be read: bad-csv' },
      { line: 2, reason: 'no hasher reads the digest', id: '7', digest: 'hunter2' },
    ])
    expect(done).toMatchObject({ rows: 3, written: 1, rejected: 2, withoutPassword: 0 })
    expect(JSON.stringify(done.reasons)).not.toContain('hunter2')
  })

  test.each([
    [
      'a file',
      (path: string): void => {
        writeFileSync(path, 'mine')
      },
    ],
    [
      'a symbolic link that leads nowhere',
      (path: string): void => {
        symlinkSync(join(path, '..', 'target'), path)
      },
    ],
  ])('is refused where there is %s of its name, or of that of the rejected rows', async (_, make) => {
    for (const name of ['out', 'out.rejected.ndjson']) {
      make(join(folder, name))
      const before = names()
      await expect(write([GOOD], { to: 'ndjson' })).rejects.toMatchObject({ code: 'ERR_MIGRATE_OUTPUT' })
      expect(names()).toEqual(before)
      rmSync(join(folder, name))
    }
  })

  test('is refused where a file takes its name while it is written', async () => {
    async function* slow(): AsyncGenerator<readonly Account[]> {
      yield await Promise.resolve([GOOD])
      writeFileSync(join(folder, 'out'), 'mine')
    }
    const converting = convert(slow(), { to: 'ndjson', out: join(folder, 'out') })
    await expect(converting).rejects.toMatchObject({ code: 'ERR_MIGRATE_OUTPUT' })
    expect(names()).toEqual(['out'])
    expect(readFileSync(join(folder, 'out'), 'utf8')).toBe('mine')
  })

  test.each([
    ['is missing', (): string => join(folder, 'none', 'out')],
    [
      'is no folder',
      (): string => {
        writeFileSync(join(folder, 'file'), '')
        return join(folder, 'file', 'out')
      },
    ],
    [
      'cannot be written',
      (): string => {
        if (process.getuid?.() === 0) return '/proc/out'
        chmodSync(folder, 0o500)
        return join(folder, 'out')
      },
    ],
  ])('is refused where its folder %s', async (_, make) => {
    const converting = convert(batchesOf([GOOD]), { to: 'ndjson', out: make() })
    await expect(converting).rejects.toMatchObject({ code: 'ERR_MIGRATE_OUTPUT' })
    chmodSync(folder, 0o700)
  })

  test('leaves nothing where the accounts cannot be read to their end, or the run is ended', async () => {
    const controller = new AbortController()
    async function* failing(): AsyncGenerator<readonly Account[]> {
      yield await Promise.resolve([GOOD, BAD])
      throw new Error('disk')
    }
    async function* ended(): AsyncGenerator<readonly Account[]> {
      yield await Promise.resolve([GOOD])
      controller.abort()
      yield [GOOD]
    }
    const out = join(folder, 'out')
    await expect(convert(failing(), { to: 'clerk', out })).rejects.toThrow('disk')
    await expect(convert(ended(), { to: 'clerk', out, signal: controller.signal })).rejects.toThrow()
    expect(names()).toEqual([])
  })

  test('names what a run that was killed left, and no file of another output', async () => {
    writeFileSync(join(folder, '.out.0123.passlift-part'), '')
    writeFileSync(join(folder, '.other.0123.passlift-part'), '')
    const { done } = await write([GOOD], { to: 'ndjson' })
    expect(done.leftovers).toEqual(['.out.0123.passlift-part'])
  })

  test('is nothing without a place, and the counts are the same', async () => {
    const { files, ...counts } = await convert(batchesOf([GOOD, BAD]), { to: 'clerk' })
    expect({ files, names: names() }).toEqual({ files: [], names: [] })
    expect(counts).toMatchObject({ rows: 2, written: 1, rejected: 1 })
  })

  test('waits for a stream that is slow', async () => {
    let waiting = 0
    let most = 0
    const stream = new Writable({
      decodeStrings: false,
      write: (chunk: string, _encoding, done) => {
        waiting += chunk.length
        most = Math.max(most, waiting)
        setImmediate(() => {
          waiting -= chunk.length
          done()
        })
      },
    })
    const many = Array.from({ length: 20_000 }, () => GOOD)
    await convert(batchesOf(many), { to: 'ndjson', out: stream })
    expect(most).toBeLessThan(300 * 1024)
  })

  test.each(['ndjson', 'csv', 'clerk'])('rejects a digest that is masked: %s', async (to) => {
    const { done } = await write([{ ...GOOD, digest: '************' }], { to }, `masked-${to}`)
    expect(done).toMatchObject({ written: 0, rejected: 1 })
    expect(done.reasons[0]?.reason).toContain('masked')
  })

  test('quotes the cells of CSV as csv-stringify does', async () => {
    const texts = ['', '"', '""', ',', '\n', 'a"b,c\r\nd', "it's", '\u{1f511}', ' ', '\t']
    const accounts = texts.map((text, index) => ({
      line: index + 1,
      id: `x${text}`,
      login: text,
      digest: null,
    }))
    const { text } = await write(accounts, { to: 'csv' }, 'quoted')
    const rows = accounts.map(({ id, login }) => [id, login, '', ''])
    const header = ['id', 'login', 'digest', 'hasher']
    expect(text).toBe(stringify([header, ...rows], { quoted: true, quoted_empty: true }))
  })

  test('keeps what a spreadsheet takes for a formula, counted, unless it is asked to change it', async () => {
    const account: Account = { line: 1, id: '-1', login: '=cmd', digest: null }
    const kept = await write([account], { to: 'csv' }, 'kept')
    expect(kept.done.formulas).toBe(2)
    expect(kept.text).toContain('"-1","=cmd","",""\n')
    const changed = await write([account], { to: 'csv', spreadsheet: true }, 'changed')
    expect(changed.text).toContain(`"'-1","'=cmd","",""\n`)
    await expect(write([account], { to: 'ndjson', spreadsheet: true }, 'no')).rejects.toMatchObject({
      code: 'ERR_MIGRATE_OPTION',
    })
  })
})

test.each(['plain.json', 'a b', "it's", '$(rm)', '`x`', 'a\nb', '"'])(
  'a shell reads the word %j back',
  (word) => {
    expect(execFileSync('sh', ['-c', `printf %s ${quoteWord(word)}`], { encoding: 'utf8' })).toBe(word)
    expect(quoteFile('-rf')).toBe('./-rf')
  },
)
