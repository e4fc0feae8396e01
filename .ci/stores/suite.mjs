// The cases that every store must pass on its real data base.
import assert from 'node:assert/strict'
import { createRegistry, createSignIn } from '../../dist/index.js'
import { gitea } from '../../dist/builders/index.js'
import { bcryptTarget } from '../../dist/targets/index.js'

const MD5 = '5f4dcc3b5aa765d61d8327deb882cf99'
const GITEA = {
  passwd:
    '829654d366c0d3ea62b7543ee4bf744dde1ec682c219c21e820fe67541e90616ad810910ef1208719de15514fef432522623',
  salt: '00010203040506070809101112131415',
  passwd_hash_algo: 'pbkdf2$320000$50',
}
const GITEA_PASSWORD = 'password'
// SSHA of the same bytes but for a letter's case: one digest for a collation that ignores case.
const CASED = ['{SSHA}AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA', '{SSHA}aAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA']

const registry = createRegistry({ target: bcryptTarget({ cost: 10 }), equalize: false })
const OPTIONS = {
  table: 'users',
  login: 'email',
  key: 'id',
  digest: 'password',
  hasher: 'hasher',
  account: ['id', 'email'],
}
const found = { id: 7, email: 'ada@example.com' }

/**
 * Runs the cases on one data base.
 *
 * @param db `create` makes a store, `run` runs a statement and `read` gives rows; `types` are the types of columns for
 *   digests, each with the same meaning
 */
export function casesFor({ create, run, read, types, narrow, quote, composed, cuts }) {
  const table = async (type, name = 'users') => {
    await run(`DROP TABLE IF EXISTS ${name}`)
    await run(
      `CREATE TABLE ${name} (id INT PRIMARY KEY, email VARCHAR(200), password ${type}, hasher VARCHAR(64))`,
    )
  }
  const insert = (id, email, password, name = 'users') =>
    run(
      `INSERT INTO ${name} (id, email, password) VALUES (${id}, '${email}', ${password === null ? 'NULL' : `'${password}'`})`,
    )
  const digestOf = async () =>
    String((await read('SELECT password FROM users WHERE id = 7'))[0].password).trimEnd()
  const prepare = async (type = types[0]) => {
    await table(type)
    await insert(7, found.email, MD5)
    await insert(8, 'eve@example.com', MD5)
    await insert(9, 'none@example.com', null)
    return create(OPTIONS)
  }

  return [
    ...types.map((type) => [
      `a sign-in replaces the digest in a column ${type}, and of that row alone`,
      async () => {
        const { store, checkColumns } = await prepare(type)
        await checkColumns(registry)
        const signIn = createSignIn({ registry, ...store })
        assert.equal(await signIn(found.email, 'Password'), null)
        assert.deepEqual(await signIn(found.email, 'password'), found)
        assert.match(await digestOf(), /^\$2b\$10\$.{53}$/)
        const [row] = await read('SELECT hasher FROM users WHERE id = 7')
        assert.equal(row.hasher, 'bcrypt')
        assert.deepEqual(await signIn(found.email, 'password'), found)
        const [other] = await read('SELECT hasher FROM users WHERE id = 8')
        assert.equal(other.hasher, null)
      },
    ]),
    ...types.map((type) => [
      `the swap tells letters by their case in a column ${type}`,
      async () => {
        const { store } = await prepare(type)
        await run(`UPDATE users SET password = '${CASED[0]}' WHERE id = 7`)
        const account = await store.find(found.email)
        assert.equal(account.digest, CASED[0])
        await run(`UPDATE users SET password = '${CASED[1]}' WHERE id = 7`)
        const next = { digest: 'new', hasher: 'bcrypt', replaces: CASED[0] }
        assert.equal(await store.replaceDigest(account, next), false)
        assert.equal(await digestOf(), CASED[1])
        await run(`UPDATE users SET password = '${CASED[0]}' WHERE id = 7`)
        assert.equal(await store.replaceDigest(account, next), true)
        assert.equal(await digestOf(), 'new')
      },
    ]),
    [
      'the swap tells a blank at the end',
      async () => {
        const { store } = await prepare()
        const account = await store.find(found.email)
        await run(`UPDATE users SET password = '${MD5} ' WHERE id = 7`)
        assert.equal(
          await store.replaceDigest(account, { digest: 'new', hasher: 'bcrypt', replaces: MD5 }),
          false,
        )
      },
    ],
    [
      'a password that is reset during the check does not sign in, and stays',
      async () => {
        const { store } = await prepare()
        const reset = await registry.hash('reset')
        const outcomes = []
        const signIn = createSignIn({
          registry,
          ...store,
          replaceDigest: async (account, next) => {
            await run(`UPDATE users SET password = '${reset}', hasher = 'bcrypt' WHERE id = 7`)
            return store.replaceDigest(account, next)
          },
          onSignIn: ({ outcome, replaced }) => outcomes.push(outcome, replaced),
        })
        assert.equal(await signIn(found.email, 'password'), null)
        assert.deepEqual(outcomes, ['changed', false])
        assert.equal(await digestOf(), reset)
        assert.deepEqual(await signIn(found.email, 'reset'), found)
      },
    ],
    [
      'of sign-ins at once all sign in, and one replaces',
      async () => {
        const { store } = await prepare()
        let replaced = 0
        const signIn = createSignIn({
          registry,
          ...store,
          onSignIn: (event) => (replaced += event.replaced ? 1 : 0),
        })
        const answers = await Promise.all(Array.from({ length: 6 }, () => signIn(found.email, 'password')))
        assert.deepEqual(answers, new Array(6).fill(found))
        assert.equal(replaced, 1)
        assert.deepEqual(await signIn(found.email, 'password'), found)
      },
    ],
    [
      'there is no account for a login that no row has, and an account without a password never signs in',
      async () => {
        const { store } = await prepare()
        for (const login of ['', 'bob', `${found.email}\0`, '\ud83d', "' OR 1=1 -- ", '\\', '%'])
          assert.equal(await store.find(login), null)
        assert.equal((await store.find('none@example.com')).digest, null)
        assert.equal(await createSignIn({ registry, ...store })('none@example.com', 'password'), null)
        for (const login of [{ email: 1 }, ['ada'], 7, null])
          await assert.rejects(store.find(login), { code: 'ERR_INVALID_ARG_TYPE' })
      },
    ],
    [
      'a login that is a number is found by its digits alone',
      async () => {
        await prepare()
        const { store } = create({ ...OPTIONS, login: 'id' })
        assert.equal((await store.find('7')).digest, MD5)
        // PostgreSQL refuses a text that is no number.
        for (const login of ['7abc', '7.0', '07', 'seven']) {
          assert.equal(await store.find(login).catch(() => null), null, login)
        }
      },
    ],
    [
      'a login of several rows is an error, and not the first of them',
      async () => {
        const { store } = await prepare()
        await insert(10, found.email, MD5)
        await assert.rejects(store.find(found.email), { code: 'ERR_STORE_ROW' })
      },
    ],
    [
      'names are quoted, part by part',
      async () => {
        const name = quote('us.e"r`s; --')
        await run(`DROP TABLE IF EXISTS ${name}`)
        await run(
          `CREATE TABLE ${name} (${quote('select')} VARCHAR(99), ${quote('pass"w`o?r$1d')} VARCHAR(255))`,
        )
        await run(`INSERT INTO ${name} VALUES ('ada', '${MD5}')`)
        const { store, checkColumns } = create({
          table: ['us.e"r`s; --'],
          login: 'select',
          digest: 'pass"w`o?r$1d',
          account: ['select'],
        })
        await checkColumns(registry)
        assert.deepEqual(await createSignIn({ registry, ...store })('ada', 'password'), { select: 'ada' })
        assert.notEqual((await store.find('ada')).digest, MD5)
        await run(`DROP TABLE ${name}`)
      },
    ],
    [
      'a look at the columns names one that is not there',
      async () => {
        await prepare()
        const check = (options) => create({ ...OPTIONS, ...options }).checkColumns(registry)
        await assert.rejects(check({ digest: 'passwort' }), {
          code: 'ERR_STORE_COLUMN',
          message: /no column "passwort"/,
        })
        await assert.rejects(check({ account: ['name'] }), {
          code: 'ERR_STORE_COLUMN',
          message: /no column "name"/,
        })
        await assert.rejects(check({ table: 'user' }), { code: 'ERR_STORE_COLUMN', message: /no such table/ })
        await assert.rejects(create({ ...OPTIONS, digest: 'passwort' }).store.find(found.email))
      },
    ],
    ...narrow.map((type) => [
      `a look at the columns finds that ${type} is no column for digests`,
      async () => {
        const { checkColumns } = await prepare(type)
        await assert.rejects(checkColumns(registry), { code: 'ERR_STORE_COLUMN', message: /"password" is/ })
      },
    ]),
    ...cuts.map((type) => [
      `a new digest that ${type} cuts is put back`,
      async () => {
        const { store } = await prepare(type)
        const signIn = createSignIn({ registry, ...store })
        assert.deepEqual(await signIn(found.email, 'password'), found)
        await new Promise((resolve) => setTimeout(resolve, 200))
        assert.equal(await digestOf(), MD5)
        assert.deepEqual(await signIn(found.email, 'password'), found)
      },
    ]),
    [
      'a digest of several columns is composed, and swapped where all of them are as they were',
      async () => {
        await run('DROP TABLE IF EXISTS gitea')
        await run(composed)
        await run(
          `INSERT INTO gitea VALUES ('ada', '${GITEA.passwd}', '${GITEA.salt}', '${GITEA.passwd_hash_algo}', NULL)`,
        )
        const { store, checkColumns } = create({
          table: 'gitea',
          login: 'name',
          account: ['name'],
          digest: {
            columns: ['passwd', 'salt', 'passwd_hash_algo', 'rounds'],
            read: ({ passwd, salt, passwd_hash_algo }) =>
              passwd_hash_algo === 'bcrypt'
                ? passwd
                : gitea({ passwd, salt, passwdHashAlgo: passwd_hash_algo }),
            write: ({ digest }) => ({ passwd: digest, salt: null, passwd_hash_algo: 'bcrypt', rounds: 10 }),
          },
        })
        await checkColumns(registry)
        const before = await store.find('ada')
        const outcomes = []
        const signIn = createSignIn({
          registry,
          ...store,
          onSignIn: ({ hasher, replaced }) => outcomes.push(hasher, replaced),
        })
        // Gitea's digest is sound, so the default policy keeps it: the swap is asked for by hand.
        assert.deepEqual(await signIn('ada', GITEA_PASSWORD), { name: 'ada' })
        const next = { digest: await registry.hash('password'), hasher: 'bcrypt', replaces: before.digest }
        await run("UPDATE gitea SET rounds = 1 WHERE name = 'ada'")
        assert.equal(await store.replaceDigest(before, next), false)
        await run("UPDATE gitea SET rounds = NULL WHERE name = 'ada'")
        assert.equal(await store.replaceDigest(before, next), true)
        assert.equal((await store.find('ada')).digest, next.digest)
        assert.deepEqual(await signIn('ada', 'password'), { name: 'ada' })
        assert.deepEqual(outcomes, ['gitea', false, 'bcrypt', false])
      },
    ],
  ]
}
