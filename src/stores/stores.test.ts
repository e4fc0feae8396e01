import { afterAll, beforeEach, describe, expect, test, vi } from 'vitest'
import { createAuthorize } from '../adapters/auth-js.js'
import { createValidate } from '../adapters/passport.js'
import { md5 } from '../hashers/bare-hex.js'
import { createRegistry } from '../registry/registry.js'
import { createSignIn } from '../sign-in/sign-in.js'
import { bcryptTarget } from '../targets/index.js'
import type { StoreOptions } from './contract.js'
import { createMysqlStore } from './mysql.js'
import { openDatabase } from './pglite.fixture.js'
import { createPostgresStore } from './postgres.js'
import { createSqliteStore } from './sqlite.js'

// These tests run on PostgreSQL in the process; `npm run check:stores` runs more of them on servers and on SQLite.

const MD5_OF_PASSWORD = '5f4dcc3b5aa765d61d8327deb882cf99'
const UNNAMED = {
  table: 'users',
  login: 'email',
  key: 'id',
  digest: 'password',
  account: ['id', 'email'],
} as const satisfies StoreOptions
const REPLACEMENT = { digest: 'new', hasher: 'bcrypt', replaces: MD5_OF_PASSWORD, replacesHasher: null }
const OPTIONS = { ...UNNAMED, hasher: 'hasher' } as const

const registry = createRegistry({ hashers: [md5], target: bcryptTarget({ cost: 10 }) })
const db = await openDatabase()
afterAll(() => db.close())

beforeEach(async () => {
  await db.exec(`
    DROP TABLE IF EXISTS users;
    CREATE TABLE users (id int PRIMARY KEY, email text, password varchar(255), hasher varchar(64));
    INSERT INTO users VALUES (7, 'ada', '${MD5_OF_PASSWORD}', 'md5'), (8, 'bob', NULL, NULL);
  `)
})

describe('a sign-in with a store', () => {
  test('gives the account without its digest, before and after the swap', async () => {
    const { store } = createPostgresStore<{ readonly id: number; readonly email: string }>(db, OPTIONS)
    const signIn = createSignIn({ registry, ...store })
    expect(await signIn('ada', 'Password')).toBeNull()
    const first = await signIn('ada', 'password')
    expect(first).toEqual({ id: 7, email: 'ada' })
    const stored = await store.find('ada')
    expect(stored).toMatchObject({ hasher: 'bcrypt', account: { id: 7, email: 'ada' } })
    expect(registry.identify(stored?.digest)).toEqual(['bcrypt'])
    expect(await signIn('ada', 'password')).toEqual(first)
  })

  test('goes with the adapters of frameworks', async () => {
    const { store } = createPostgresStore<{ readonly id: number; readonly email: string }>(db, OPTIONS)
    const signIn = createSignIn({ registry, ...store })
    const authorize = createAuthorize(signIn, 'email')
    expect(await authorize({ email: 'ada', password: 'password' })).toEqual({ id: 7, email: 'ada' })
    expect(await createValidate(signIn)('ada', 'password')).toEqual({ id: 7, email: 'ada' })
  })

  // 2^53 + 1 is rounded to 2^53, which may be the key of another user.
  test.each(['id', 'account'])('refuses an integer that its driver has rounded: %s', async (name) => {
    const row = { id: 7, email: 'ada', account: 7, password: MD5_OF_PASSWORD, [name]: 2 ** 53 }
    const updates: string[] = []
    const client = {
      execute: (sql: string) => {
        if (sql.startsWith('SELECT')) return Promise.resolve([[row]] as const)
        updates.push(sql)
        return Promise.resolve([{ affectedRows: 1 }] as const)
      },
    }
    const { store } = createMysqlStore(client, {
      ...{ table: 'users', login: 'email', key: 'id', digest: 'password', account: ['account'] },
    })
    const found = async (): Promise<unknown> => {
      const account = await store.find('ada')
      return account === null ? null : store.replaceDigest(account, REPLACEMENT)
    }
    await expect(found()).rejects.toThrow(`the column "${name}" holds an integer that the driver rounds`)
    expect(updates).toEqual([])
  })

  test('hands out no digest by its name in another case', () => {
    const create = () => createPostgresStore(db, { ...OPTIONS, account: ['id', 'PASSWORD'] })
    expect(create).toThrow('account must not name a column of the digest')
  })

  test('is null for a password that was reset during the check', async () => {
    const reset = await registry.hash('reset')
    const { store } = createPostgresStore(db, OPTIONS)
    const replaceDigest = vi.fn<typeof store.replaceDigest>(async (found, next) => {
      await db.query('UPDATE users SET password = $1, hasher = $2 WHERE id = 7', [reset, 'bcrypt'])
      return store.replaceDigest(found, next)
    })
    const signIn = createSignIn({ registry, ...store, replaceDigest })
    expect(await signIn('ada', 'password')).toBeNull()
    expect(await replaceDigest.mock.results[0]?.value).toBe(false)
    expect((await store.find('ada'))?.digest).toBe(reset)
  })
})

describe('replaceDigest', () => {
  test('answers false where the digest of the account is not the one to replace', async () => {
    const { store } = createPostgresStore(db, OPTIONS)
    const found = (await store.find('ada')) ?? expect.fail()
    const next = { digest: 'new', hasher: 'bcrypt', replaces: 'another' }
    expect(await store.replaceDigest(found, next)).toBe(false)
    expect(await store.find('ada')).toEqual(found)
  })

  test('leaves the hasher alone where the options name no column for it', async () => {
    const { store } = createPostgresStore(db, UNNAMED)
    const found = (await store.find('ada')) ?? expect.fail()
    expect(found.hasher).toBeNull()
    const next = { digest: 'new', hasher: 'bcrypt', replaces: MD5_OF_PASSWORD }
    expect(await store.replaceDigest(found, next)).toBe(true)
    const { rows } = await db.query('SELECT password, hasher FROM users WHERE id = 7', [])
    expect(rows).toEqual([{ password: 'new', hasher: 'md5' }])
  })

  test('refuses what digest.write left out, and stores nothing', async () => {
    const read = (columns: { readonly password: string; readonly hasher?: string }): string =>
      columns.password
    const write = (): { readonly password: string } => ({ password: 'new' })
    const { store } = createPostgresStore(db, {
      ...UNNAMED,
      digest: { columns: ['password', 'hasher'], read, write },
    })
    const found = (await store.find('ada')) ?? expect.fail()
    const next = { digest: 'new', hasher: 'bcrypt', replaces: MD5_OF_PASSWORD }
    await expect(store.replaceDigest(found, next)).rejects.toMatchObject({ code: 'ERR_STORE_ROW' })
    expect(await store.find('ada')).toEqual(found)
  })
})

describe('find', () => {
  test.each([
    ['no row', 'eve'],
    ['a NUL', 'ada\0'],
    ['half of a surrogate pair', '\ud83d'],
  ])('is null for a login with %s', async (_, login) => {
    const { store } = createPostgresStore(db, OPTIONS)
    expect(await store.find(login)).toBeNull()
  })

  test.each([
    ['7', true],
    ['7abc', false],
    ['07', false],
    ['', false],
  ])(
    'gives the row of a login that is a number, as MySQL compares it, for its digits alone: %j',
    async (login, isFound) => {
      const row = { id: 7, email: 7, password: MD5_OF_PASSWORD, hasher: null }
      const { store } = createMysqlStore({ execute: () => Promise.resolve([[row], []]) }, OPTIONS)
      expect((await store.find(login)) !== null).toBe(isFound)
    },
  )

  test('is an error for a login of two rows', async () => {
    await db.exec("UPDATE users SET email = 'ada'")
    const { store } = createPostgresStore(db, OPTIONS)
    await expect(store.find('ada')).rejects.toMatchObject({ code: 'ERR_STORE_ROW' })
  })

  test.each<[name: string, rows: unknown[]]>([
    ['lists', [[7, 'ada']]],
    ['other names', [{ ID: 7, EMAIL: 'ada', PASSWORD: 'x', HASHER: null }]],
    ['a number for the digest', [{ id: 7, email: 'ada', password: 1, hasher: null }]],
    ['bytes that are no text', [{ id: 7, email: 'ada', password: Uint8Array.of(255), hasher: null }]],
  ])('is an error without a value of the row where the driver gives %s', async (_, rows) => {
    const { store } = createMysqlStore({ execute: () => Promise.resolve([rows, []]) }, OPTIONS)
    const pending = store.find('ada')
    await expect(pending).rejects.toMatchObject({ code: 'ERR_STORE_ROW' })
    await expect(pending).rejects.not.toThrow('ada')
  })

  test('rejects with what a driver throws at once', async () => {
    const failure = new Error('locked')
    const prepare = (): never => {
      throw failure
    }
    await expect(createSqliteStore({ prepare }, OPTIONS).store.find('ada')).rejects.toBe(failure)
  })
})

describe('checkColumns', () => {
  test('finds nothing wrong with a table that fits', async () => {
    await expect(createPostgresStore(db, OPTIONS).checkColumns(registry)).resolves.toBeUndefined()
  })

  test('names every column that is too narrow, missing, or of another type, and no value', async () => {
    await db.exec('ALTER TABLE users ALTER password TYPE varchar(60), ALTER hasher TYPE int USING 1')
    const { checkColumns } = createPostgresStore(db, { ...OPTIONS, account: ['id', 'name'] })
    await expect(checkColumns(registry)).rejects.toMatchObject({
      code: 'ERR_STORE_COLUMN',
      message:
        'The table does not fit the store: there is no column "name"; the column "password" is 60 wide and must be at ' +
        'least 74; the column "hasher" is of a type that holds no text of any length.',
    })
  })

  test('says that there is no such table', async () => {
    const { checkColumns } = createPostgresStore(db, { ...OPTIONS, table: 'public.people' })
    await expect(checkColumns(registry)).rejects.toThrow('there is no such table')
  })
})

describe('a store throws for options with', () => {
  test.each([
    ['nothing', undefined],
    ['no table', { ...OPTIONS, table: undefined }],
    ['an empty part of a table', { ...OPTIONS, table: 'public.' }],
    ['no login', { ...OPTIONS, login: undefined }],
    ['a NUL in a name', { ...OPTIONS, login: 'email\0' }],
    ['no digest', { ...OPTIONS, digest: undefined }],
    ['columns without a read', { ...OPTIONS, digest: { columns: ['password'], write: () => ({}) } }],
    ['an account that is a text', { ...OPTIONS, account: 'id' }],
    ['the digest in the account', { ...OPTIONS, account: ['id', 'password'] }],
    ['the hasher in the account', { ...OPTIONS, account: ['hasher'] }],
    ['an option that does not exist', { ...OPTIONS, where: 'true' }],
  ])('%s', (_, options: unknown) => {
    const create: (client: never, options: never) => unknown = createPostgresStore
    expect(() => {
      Reflect.apply(create, undefined, [db, options])
    }).toThrow(expect.objectContaining({ code: 'ERR_STORE_OPTION' }))
  })
})
