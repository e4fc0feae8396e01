import { describe, expect, test } from 'vitest'
import { builtinHashers } from '../index.js'
import type { Account } from './account.js'
import { readAccounts } from './read.js'

const BCRYPT = exampleOf('bcrypt')
const PHPASS = exampleOf('phpass').replace('$H$', '$P$')

function exampleOf(name: string): string {
  const hasher = builtinHashers.find((one) => one.name === name)
  if (hasher === undefined) throw new Error(`There is a hasher ${name}.`)
  return hasher.example
}

async function* piecesOf(text: string): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += 50) yield await Promise.resolve(text.slice(at, at + 50))
}

async function read(text: string, from?: string): Promise<{ from: string; accounts: readonly Account[] }> {
  const { batches, ...found } = await readAccounts(piecesOf(text), from === undefined ? {} : { from })
  const accounts: Account[] = []
  for await (const batch of batches) accounts.push(...batch)
  return { ...found, accounts }
}

/** An export of each system, with an account, one without a password, and one that is damaged. */
const EXPORTS: readonly (readonly [from: string, text: string, expected: readonly Account[]])[] = [
  [
    'django',
    JSON.stringify([
      { model: 'auth.user', pk: 1, fields: { password: BCRYPT, username: 'ada', email: 'a@example.com' } },
      { model: 'auth.user', pk: 2, fields: { password: '', username: 'bo', email: '' } },
      { model: 'auth.group', pk: 3, fields: {} },
    ]),
    [
      { line: 1, id: '1', login: 'a@example.com', digest: BCRYPT },
      { line: 2, id: '2', login: 'bo', digest: null },
    ],
  ],
  [
    'wordpress',
    `ID,user_login,user_pass,user_email\n1,ada,${PHPASS},a@example.com\n2,bo,,b@example.com\n3,cy,5f4dcc3b5aa765d61d8327deb882cf99,c@example.com\n`,
    [
      { line: 2, id: '1', login: 'a@example.com', digest: PHPASS, hasher: 'phpass_wordpress' },
      { line: 3, id: '2', login: 'b@example.com', digest: null },
      { line: 4, id: '3', login: 'c@example.com', digest: '5f4dcc3b5aa765d61d8327deb882cf99', hasher: 'md5' },
    ],
  ],
  [
    'clerk',
    `id,primary_email_address,password_digest,password_hasher\nuser_1,a@example.com,"${BCRYPT}",bcrypt\nuser_2,b@example.com,,\n`,
    [
      { line: 2, id: 'user_1', login: 'a@example.com', digest: BCRYPT, hasher: 'bcrypt' },
      { line: 3, id: 'user_2', login: 'b@example.com', digest: null },
    ],
  ],
  [
    'keycloak',
    `{"realm":"acme","users":[
      {"id":"u1","username":"ada","credentials":[${exampleOf('keycloak')}]},
      {"id":"u2","username":"bo","credentials":[]},
      {"id":"u3","username":"cy","credentials":[{"secretData":"x","credentialData":"{}"}]}]}`,
    [
      { line: 1, id: 'u1', login: 'ada', digest: exampleOf('keycloak') },
      { line: 2, id: 'u2', login: 'bo', digest: null },
      { line: 3, id: '', digest: null, problem: 'bad-fields' },
    ],
  ],
  [
    'htpasswd',
    `# users\nada:${BCRYPT}\nbo:{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=\ncy\n`,
    [
      { line: 2, id: 'ada', login: 'ada', digest: BCRYPT },
      { line: 3, id: 'bo', login: 'bo', digest: '{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=' },
      { line: 4, id: '', digest: null, problem: 'missing-column' },
    ],
  ],
  [
    'ldif',
    `version: 1\n\ndn: uid=ada,dc=example\nuid: ada\nuserPassword:: ${Buffer.from('{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=').toString('base64').slice(0, 20)}\n ${Buffer.from('{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=').toString('base64').slice(20)}\nuserPassword: {MD5}X03MO1qnZdYdgyfeuILPmQ==\n\ndn: uid=bo,dc=example\nuid: bo\n`,
    [
      { line: 3, id: 'uid=ada,dc=example', login: 'ada', digest: '{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=' },
      { line: 3, id: 'uid=ada,dc=example', login: 'ada', digest: '{MD5}X03MO1qnZdYdgyfeuILPmQ==' },
      { line: 9, id: 'uid=bo,dc=example', login: 'bo', digest: null },
    ],
  ],
  [
    'ndjson',
    `{"id":12345678901234567890,"email":"a@example.com","digest":"${BCRYPT}"}\n{"id":2}\n{"id":3,"id":4}\nno json\n`,
    [
      { line: 1, id: '12345678901234567890', login: 'a@example.com', digest: BCRYPT },
      { line: 2, id: '', digest: null, problem: 'missing-column' },
      { line: 3, id: '', digest: null, problem: 'duplicate-key' },
      { line: 4, id: '', digest: null, problem: 'bad-json' },
    ],
  ],
]

describe('a file whose beginning says nothing', () => {
  const long = 'x'.repeat(100_000)

  test.each<[name: string, text: string, from: string, ids: readonly string[]]>([
    [
      'a first line of NDJSON',
      `{"id":1,"about":"${long}","password":"${BCRYPT}"}\n{"id":2,"password":"${BCRYPT}"}\n`,
      'ndjson',
      ['1', '2'],
    ],
    [
      'a first object of a dump of Django, which is no user',
      JSON.stringify([
        { model: 'app.page', pk: 1, fields: { text: long } },
        { model: 'auth.user', pk: 7, fields: { password: BCRYPT, username: 'ada' } },
      ]),
      'django',
      ['7'],
    ],
    ['a header', `id,password,${long}\n1,${BCRYPT},\n`, 'csv', ['1']],
    ['white space', `${' '.repeat(100_000)}[{"id":1,"password":"${BCRYPT}"}]`, 'json', ['1']],
  ])('is told by what follows: %s of 100,000 characters', async (_, text, from, ids) => {
    const found = await read(text)
    expect(found.from).toBe(from)
    expect(found.accounts.map(({ id }) => id)).toEqual(ids)
  })
})

describe('an export', () => {
  test.each(EXPORTS)(
    'of %s is known by its beginning, and read with a row for each account',
    async (from, text, expected) => {
      expect(await read(text)).toEqual({ from, accounts: expected })
      expect(await read(text, from)).toEqual({ from, accounts: expected })
    },
  )

  test('has a problem where an id or a digest is no UTF-8, and not where a part is that nobody reads', async () => {
    const rows = [`1,${BCRYPT},Ren\uFDD0`, `2,${BCRYPT}\uFDD0,x`, `\uFDD0,${BCRYPT},x`]
    const { accounts } = await read(`id,digest,note\n${rows.join('\n')}\n`)
    expect(accounts.map(({ line, problem }) => [line, problem])).toEqual([
      [2, undefined],
      [3, 'not-utf8'],
      [4, 'not-utf8'],
    ])
    const digest = Buffer.concat([Buffer.from('{SHA}'), Buffer.from([0xe9])]).toString('base64')
    const { accounts: entries } = await read(`dn: uid=ada\nuserPassword:: ${digest}\n`)
    expect(entries).toMatchObject([{ line: 1, problem: 'not-utf8' }])
    const { accounts: escaped } = await read(`{"id":1,"digest":"\\ud800"}\n`)
    expect(escaped).toMatchObject([{ line: 1, problem: 'not-utf8' }])
  })

  test('of columns and keys that objects of JavaScript have anyway is read as any other', async () => {
    const { accounts } = await read(`id,digest,hasher,__proto__,constructor\n1,${BCRYPT},__proto__,x,y\n`)
    expect(accounts).toEqual([{ line: 2, id: '1', digest: BCRYPT, hasher: '__proto__' }])
    for (const text of [
      `{"__proto__":{"id":1,"digest":"x"}}\n{"id":2}\n`,
      `[{"__proto__":{"id":1,"digest":"x"}}]`,
    ]) {
      expect((await read(text)).accounts).toContainEqual({
        line: 1,
        id: '',
        digest: null,
        problem: 'missing-column',
      })
    }
  })
})
