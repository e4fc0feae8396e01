import { join } from 'node:path'
import { expect, test } from 'vitest'
import { compileModules, findModules } from './documents-code.fixture.js'
import { open, ROOT } from './documents.fixture.js'

// `npm run check:stores` runs these recipes, and the drivers. Here their types are checked.

const RECIPES = ['drizzle', 'knex', 'progress']

const DRIVERS = `
import Database from 'better-sqlite3'
import mysql from 'mysql2/promise'
import pg from 'pg'
import { createSignIn } from 'passlift'
import { createMysqlStore, createPostgresStore, createSqliteStore } from 'passlift/stores'

const options = { table: 'users', login: 'email', digest: 'password', account: ['email'] } as const
interface User { email: string }
const stores = [
  createPostgresStore<User>(new pg.Pool(), options),
  createMysqlStore<User>(mysql.createPool({}), options),
  createSqliteStore<User>(new Database(':memory:'), options),
]
const given = stores.map(({ store }) => createSignIn(store)('ada', 'password').then((user) => user?.email))
export const emails: Promise<string | undefined>[] = given
// @ts-expect-error a column that the account does not have
createPostgresStore<User>(new pg.Pool(), { ...options, account: ['name'] })
// @ts-expect-error the account is given without its digest
createSignIn(stores[0]!.store)('ada', 'password').then((user) => user?.digest)
// @ts-expect-error the pool of mysql2 without promises
createMysqlStore<User>({ execute: () => undefined }, options)
`

test('the recipes of stores compile with the types of the package and of their libraries', () => {
  const modules = RECIPES.flatMap((name) => findModules(open(`docs/recipes/${name}.md`)))
  expect(modules).toHaveLength(RECIPES.length)
  expect(compileModules(modules).diagnostics).toBe('')
})

test('the drivers fit the types of the stores, and a sign-in gives the account alone', () => {
  const path = join(ROOT, 'drivers.ts')
  expect(compileModules([{ title: 'drivers', path, code: DRIVERS }]).diagnostics).toBe('')
})
