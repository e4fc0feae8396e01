import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { evaluate } from '../index.js'
import type { Account } from './account.js'
import type { ReadAccountsOptions } from './read.js'
import { readAccounts } from './read.js'
import { createFirebaseReader } from './readers/firebase.js'

const MD5 = '5f4dcc3b5aa765d61d8327deb882cf99'
const HASH = 'b8b8eb83374c0bf3b1c3224159f6119dbfff1b7ed6dfecdd80d4e8a895790a34'

async function* piecesOf(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield await Promise.resolve(text.slice(at, at + size))
}

async function read(
  text: string,
  { size = 7, ...options }: ReadAccountsOptions & { readonly size?: number } = {},
): Promise<{ readonly from: string; readonly accounts: readonly Account[] }> {
  const { batches, from } = await readAccounts(piecesOf(text, size), options)
  const accounts: Account[] = []
  for await (const batch of batches) accounts.push(...batch)
  return { from, accounts }
}

/** One line for each account: its row, id and login, and its digest or problem. */
async function readShort(
  text: string,
  options: ReadAccountsOptions & { readonly size?: number } = {},
): Promise<readonly string[]> {
  const { from, accounts } = await read(text, options)
  const rows = accounts.map(
    ({ line, id, login, digest, problem }) => `${line} ${id} ${login ?? '-'} ${problem ?? digest ?? 'null'}`,
  )
  return [from, ...rows]
}

describe('a table', () => {
  test.each([
    ['without a line end behind the last row', `id,email,password\n1,a@b.c,${MD5}`, 'csv'],
    ['with CR LF', `id,email,password\r\n1,a@b.c,${MD5}\r\n`, 'csv'],
    ['with CR alone', `id,email,password\r1,a@b.c,${MD5}\r`, 'csv'],
    [
      'with a header that ends with LF and rows that end with CR LF',
      `id,email,password\n1,a@b.c,${MD5}\r\n`,
      'csv',
    ],
    [
      'with semicolons, as Excel writes it in many countries',
      `id;email;password\r\n1;a@b.c;${MD5}\r\n`,
      'csv',
    ],
    [
      'with a byte order mark before a quoted header',
      `\uFEFF"id","email","password"\n"1","a@b.c","${MD5}"\n`,
      'csv',
    ],
    ['with empty columns at the end', `id,email,password,,\n1,a@b.c,${MD5},,\n`, 'csv'],
    [
      'with a tab in a quoted name of a column',
      `"id","email","the\tnote",password\n1,a@b.c,,${MD5}\n`,
      'csv',
    ],
    ['with tabs and no quotes', `id\temail\tpassword\n1\ta@b.c\t${MD5}\n`, 'tsv'],
    ['with tabs and quotes', `"id"\t"email"\t"password"\n"1"\t"a@b.c"\t"${MD5}"\n`, 'tsv'],
    ['of JSON behind a byte order mark', `\uFEFF[{"id":1,"email":"a@b.c","password":"${MD5}"}]`, 'json'],
    ['of NDJSON with CR alone', `{"id":1,"email":"a@b.c","password":"${MD5}"}\r`, 'ndjson'],
  ])('%s is read', async (_, text, from) => {
    const line = from.endsWith('json') ? 1 : 2
    for (const size of [1, 7, 1000]) {
      expect(await readShort(text, {})).toEqual([from, `${line} 1 a@b.c ${MD5}`])
      expect((await read(text, { size })).accounts).toHaveLength(1)
    }
  })

  test("may begin with Excel's line of the separator", async () => {
    const text = `sep=;\r\nid;email;password\r\n1;a@b.c;${MD5}\r\n`
    expect(await readShort(text)).toEqual(['csv', `3 1 a@b.c ${MD5}`])
  })

  test('lacks a column that was named: an error, and no accounts without ids', async () => {
    const reading = read(`id,password\n1,${MD5}\n`, { columns: { id: 'uid' } })
    await expect(reading).rejects.toThrow(/^The header lacks a column that was named/)
  })

  test.each([
    ['with no header', `1,a@b.c,${MD5}\n2,b@b.c,${MD5}\n`, {}],
    ['with other names', `id,email,secret\n1,a@b.c,${MD5}\n`, {}],
    ['of another system', `id,email,password\n1,a@b.c,${MD5}\n`, { from: 'wordpress' }],
    ['of a system whose digests are made', `id,email,secret\n1,a@b.c,${MD5}\n`, { from: 'better-auth' }],
  ])('%s has no column of digests: an error that prints none of its text', async (_, text, options) => {
    await expect(read(text, options)).rejects.toMatchObject({ code: 'ERR_MIGRATE_INPUT' })
    const message = await read(text, options).catch((error: unknown) => String(error))
    const from = 'from' in options ? options.from : 'csv'
    expect(message).toContain(`Read as ${from}, the header names no column of digests (`)
    expect(message).toContain('--column digest=NAME')
    expect(message).not.toMatch(/5f4dcc|a@b\.c/)
  })

  test('has names in capitals, which are those of small letters where no two are alike', async () => {
    const rows = await readShort(`ID,EMAIL,PASSWORD_HASH\n1,a@b.c,${MD5}\n`)
    expect(rows).toEqual(['csv', `2 1 a@b.c ${MD5}`])
    expect(await readShort(`id,UserName,USERNAME,password\n1,a,b,${MD5}\n`)).toEqual(['csv', `2 1 - ${MD5}`])
    expect(await readShort(`id,EMAIL,email,password\n1,a,b,${MD5}\n`)).toEqual(['csv', `2 1 b ${MD5}`])
    expect(await readShort(`ID,PASSWORD,SALT\n1,${MD5},sea\n`)).toEqual(['csv', '2  - salt-apart'])
  })

  test.each([
    ['a digest', `id,email,Digest,password\n1,a@b.c,weekly,${MD5}\n`],
    ['an id', `UID,id,email,password\n9,1,a@b.c,${MD5}\n`],
    ['a login', `id,Email,login,password\n1,,a@b.c,${MD5}\n`],
  ])('takes a name as it stands before one in capitals for %s', async (_, text) => {
    expect(await readShort(text)).toEqual(['csv', `2 1 a@b.c ${MD5}`])
  })

  test.each([
    ['better-auth', 'providerid,accountid,password,userid\ncredential,a,x,1\n', '2 1 - x'],
    [
      'mongoose',
      `ID,EMAIL,HASH,SALT\n1,a@b.c,${HASH.repeat(16)},ab\n`,
      '2 1 a@b.c pbkdf2_passport_local_mongoose$',
    ],
    ['joomla', `ID,USERNAME,EMAIL,PASSWORD,REGISTERDATE\n1,ada,a@b.c,${MD5}:sea,x\n`, '2 1 a@b.c $md5$pf='],
  ])('has names in capitals for a reader that makes the digests: %s', async (from, text, expected) => {
    const [, row] = await readShort(text, { from })
    expect(row?.startsWith(expected)).toBe(true)
  })

  test('has a column in other capitals where the one of the very name is empty', async () => {
    expect(await readShort(`id,Password,password_hash\n1,${MD5},\n`)).toEqual(['csv', `2 1 - ${MD5}`])
    expect(await readShort(`id,Email,username,password\n1,a@b.c,ada,${MD5}\n`)).toEqual([
      'csv',
      `2 1 a@b.c ${MD5}`,
    ])
  })

  test('of JSON has no fault where a less likely member than an empty one is an object', async () => {
    const text = `[{"id":1,"email":"","username":{"first":"ada"},"password":"${MD5}"}]`
    expect(await readShort(text)).toEqual(['json', `1 1  ${MD5}`])
    const likelier = `[{"id":1,"email":{"first":"ada"},"password":"${MD5}"}]`
    expect(await readShort(likelier)).toEqual(['json', '1  - wrong-type'])
  })

  test('with several likely columns has the first that is not empty', async () => {
    const text = `id,email,username,password,password_hash\n1,,ada,,${MD5}\n2,b@b.c,,${HASH},\n3,,,,\n`
    expect(await readShort(text)).toEqual(['csv', `2 1 ada ${MD5}`, `3 2 b@b.c ${HASH}`, '4 3  null'])
  })

  test('is known as a system by its header, and not by the words in its cells', async () => {
    const text = `uid,name,password,bio\n1,ada,${MD5},"I pass by mail"\n`
    expect(await readShort(text)).toEqual(['csv', `2 1 ada ${MD5}`])
    for (const before of ['', '\n\n\n\n\n\n', 'sep=,\n', 'sep=,\r\n\r\n']) {
      const drupal = `${before}"uid","name\nof the user","name","pass","mail"\n1,,ada,${MD5},a@b.c\n`
      expect((await read(drupal, { size: 1000 })).from).toBe('drupal')
    }
  })

  test('whose reader brings the header lacks a column that was named, too: an error', async () => {
    const settings = { signerKey: 'a2V5', saltSeparator: 'Bw==', rounds: 8, memoryCost: 14 }
    const from = createFirebaseReader(settings)
    await expect(read('1,a@b.c\n', { from, columns: { id: 'uid' } })).rejects.toThrow(/^The header lacks/)
  })

  test.each([
    ['an empty cell for the hasher', `id,password,hasher\n1,${MD5},\n`, 'nthash'],
    ['no column for it', `id,password\n1,${MD5}\n`, 'nthash'],
    ['its own name', `id,password,hasher\n1,${MD5},md5\n`, 'md5'],
    ['a digest that suggests one', `ID,user_login,user_pass\n1,ada,${MD5}\n`, 'nthash'],
  ])('has the hasher that was said for rows with %s', async (_, text, expected) => {
    const { accounts } = await read(text, { hasher: 'nthash' })
    expect(accounts.map(({ hasher }) => hasher)).toEqual([expected])
  })

  test.each<[name: string, isRead: boolean, options: ReadAccountsOptions]>([
    ['all rows have been read', true, {}],
    ['nobody reads on', false, {}],
    ['an option is refused', false, { from: 'mongoose', algorithm: 'none' }],
    ['there is no such column', true, { columns: { id: 'uid' } }],
  ])('is closed when %s', async (_, isRead, options) => {
    let isClosed = false
    async function* open(): AsyncGenerator<string> {
      try {
        yield await Promise.resolve(`id,password\n1,${MD5}\n2,${MD5}\n`)
        yield `3,${MD5}\n`.repeat(30_000)
        yield `4,${MD5}\n`
      } finally {
        isClosed = true
      }
    }
    const attempt = async (): Promise<void> => {
      const { batches } = await readAccounts(open(), options)
      for await (const batch of batches) if (!isRead && batch.length > 0) break
    }
    await attempt().catch(() => undefined)
    expect(isClosed).toBe(true)
  })

  test('of NDJSON has the bounds that JSON has: the length of a value, and the memory of a row', async () => {
    const long = 'x'.repeat(1024 * 1024 + 1)
    const good = `{"id":3,"password":"${MD5}"}\n`
    const text = `${good}{"id":1,"password":"${long}"}\n{"id":2,"list":[${'0,'.repeat(1_900_000)}0]}\n${good}`
    expect(await readShort(text, { size: 65_536 })).toEqual([
      'ndjson',
      `1 3 - ${MD5}`,
      '2  - value-too-long',
      '3  - record-too-long',
      `4 3 - ${MD5}`,
    ])
  })

  test('of a header alone holds no accounts', async () => {
    expect(await readShort('id,password')).toEqual(['csv'])
    expect(await readShort('id,password\r\n')).toEqual(['csv'])
  })

  test.each([
    ['', ''],
    ['a byte order mark', '\uFEFF'],
    ['line ends', '\n\r\n'],
  ])('of nothing is refused, whatever it is read as: %s', async (_, text) => {
    for (const from of [undefined, 'csv', 'ndjson', 'json', 'ldif', 'django']) {
      const reading = read(text, from === undefined ? {} : { from })
      await expect(reading).rejects.toMatchObject({
        code: 'ERR_MIGRATE_INPUT',
        message: 'The file is empty.',
      })
    }
  })

  test('has a problem where a row has other columns than its header', async () => {
    const text = `id,password,note\n1,${MD5},x\n2,b,${MD5},x\n3,${MD5}\n4,${MD5},x,,\n`
    expect(await readShort(text)).toEqual([
      'csv',
      `2 1 - ${MD5}`,
      '3  - bad-csv',
      '4  - bad-csv',
      `5 4 - ${MD5}`,
    ])
  })

  test('whose first line of NDJSON is damaged is still NDJSON', async () => {
    expect(await readShort(`{"id":1,"digest\n{"id":2,"digest":"${MD5}"}\n{"id":3}\n`)).toEqual([
      'ndjson',
      '1  - bad-json',
      `2 2 - ${MD5}`,
      '3  - missing-column',
    ])
  })
})

describe('a table that a data base wrote', () => {
  test('by mysql --batch has escapes and no quotes', async () => {
    const text = `id\temail\tpassword\n1\t"a\\\\b\\tc\t${MD5}\n2\tNULL\tNULL\n3\t\\N\t\\N\n4\tx"\t$H\\\\2y$10\n`
    expect((await read(text)).accounts).toEqual([
      { line: 2, id: '1', login: '"a\\b\tc', digest: MD5 },
      { line: 3, id: '2', digest: null },
      { line: 4, id: '3', digest: null },
      { line: 5, id: '4', login: 'x"', digest: '$H\\2y$10' },
    ])
  })

  test('without escapes keeps a digest with a backslash', async () => {
    const { accounts } = await read('id\tpassword\n1\t$H\\2y$10\n')
    expect(accounts).toEqual([{ line: 2, id: '1', digest: '$H\\2y$10' }])
  })

  test('by SELECT … INTO OUTFILE has a backslash before a quote', async () => {
    const text = `"id","email","password"\n"1","a\\"b, c\\\\","${MD5}"\n"2",\\N,\\N\n`
    expect((await read(text)).accounts).toEqual([
      { line: 2, id: '1', login: 'a"b, c\\', digest: MD5 },
      { line: 3, id: '2', digest: null },
    ])
  })

  test('in CSV keeps a backslash before a quote that ends a cell', async () => {
    const text = `"id","email","password"\n"1","a\\","${MD5}"\n"2","{""a"":""\\""b\\""""}","${MD5}"\n`
    expect((await read(text)).accounts).toEqual([
      { line: 2, id: '1', login: 'a\\', digest: MD5 },
      { line: 3, id: '2', login: '{"a":"\\"b\\""}', digest: MD5 },
    ])
  })

  test('by phpMyAdmin in JSON has its rows under the tables', async () => {
    const row = (id: string): string =>
      `{"ID":"${id}","user_login":"a","user_pass":"${MD5}","user_email":"a@b.c"}`
    const text = `[
{"type":"header","version":"5.2.1","comment":"Export to JSON plugin for PHPMyAdmin"},
{"type":"database","name":"blog"},
{"type":"table","name":"wp_users","database":"blog","data":
[
${row('1')},
${row('2')}
]
},
{"type":"table","name":"wp_options","database":"blog","data":[{"option_id":"1","data":["x"]}]}
]
`
    expect(await readShort(text)).toEqual([
      'wordpress',
      `1 1 a@b.c ${MD5}`,
      `2 2 a@b.c ${MD5}`,
      '3  - missing-column',
    ])
  })
})

describe('a column of salts', () => {
  const columns = { digest: 'pw', salt: 'salt' }

  test.each([
    ['md5_salted', 'sea', createHash('md5').update('seapassword').digest('hex'), undefined],
    ['sha256_salted', 'sea', createHash('sha256').update('seapassword').digest('hex'), undefined],
    // .NET's SHA1 of the bytes 0 to 15 and the password in UTF-16.
    ['aspnet_membership', 'AAECAwQFBgcICQoLDA0ODw==', 'AlZ9oOUVECqg/Kte3b1AThXJYJY=', 'SHA1'],
    [
      'hmac_sha256_utf16_b64',
      'AAECAwQFBgcICQoLDA0ODw==',
      'sT6Zh4/ewd58hLXRySN+HIDCgrPjIudc2t66OFU0z6I=',
      undefined,
    ],
  ])('makes digests of %s', async (hasher, salt, hash, algorithm) => {
    const text = `id,pw,salt\n1,${hash},${salt}\n2,,${salt}\n3,${hash.slice(1)},${salt}\n4,${hash},\n`
    const { accounts } = await read(text, { columns, hasher, ...(algorithm !== undefined && { algorithm }) })
    expect(accounts.map(({ digest, problem }) => problem ?? typeof digest)).toEqual([
      'string',
      'object',
      'bad-fields',
      'bad-fields',
    ])
    const digest = accounts[0]?.digest ?? ''
    expect(await evaluate('password', digest, { hasher })).toMatchObject({ outcome: 'match', hasher })
    expect(await evaluate('Password', digest, { hasher })).toMatchObject({ outcome: 'mismatch' })
  })

  test.each([
    [{ columns }, 'A column of salts needs the hasher to be one of: md5_salted, '],
    [{ columns, hasher: 'bcrypt' }, 'A column of salts needs the hasher to be one of: md5_salted, '],
    [{ columns, hasher: 'aspnet_membership' }, 'ASP.NET Membership needs the option algorithm'],
    [
      { columns, hasher: 'aspnet_membership', algorithm: 'sha1' },
      'ASP.NET Membership needs the option algorithm',
    ],
  ])('is refused for a hasher whose digests are not made of two columns: %j', async (options, message) => {
    const error: unknown = await read('id,pw,salt\n', options).catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({ code: 'ERR_MIGRATE_OPTION' })
    expect(String(error)).toContain(message)
  })

  test('that nobody names is told where the digest shows none', async () => {
    const text = `id,password,salt\n1,${HASH},sea\n2,${HASH},\n`
    expect(await readShort(text)).toEqual(['csv', '2  - salt-apart', `3 2 - ${HASH}`])
    expect(await readShort(text, { hasher: 'sha256' })).toEqual(['csv', `2 1 - ${HASH}`, `3 2 - ${HASH}`])
  })

  test('beside a column of hashes is no evidence of a system', async () => {
    const columns = { digest: 'hash' }
    const rows = await readShort(`id,hash,salt\n1,${HASH},sea\n`, { columns })
    expect(rows).toEqual(['csv', '2  - salt-apart'])
  })
})

describe('LDIF', () => {
  test.each([
    ['folded comments', '# a comment that is\n  folded\n#\n\n'],
    ['comments that end with CR LF', '# a comment that is\r\n  folded\r\nversion: 1\r\n\r\n'],
    ['comments that end with CR', '# a comment\r\r'],
    ['a version without a space', 'version:1\n\n'],
    ['comments and a version', '# made by hand\nversion: 1\n\n'],
    ['a version and comments', 'version: 1\n\n# ldapsearch\n# of all\n\n'],
  ])('is known behind %s', async (_, before) => {
    const end = before.includes('\n') ? '\n' : '\r'
    for (const name of ['dn: ', 'DN:', 'dn:: ']) {
      const text = `${before}${name}uid=a,dc=x${end}userPassword: {MD5}x${end}`
      expect((await read(text, { size: 100 })).from).toBe('ldif')
    }
    const { accounts } = await read(`${before}dn:uid=a${end}userPassword: {MD5}x${end}`, { size: 100 })
    expect(accounts).toMatchObject([{ id: 'uid=a', digest: '{MD5}x' }])
  })

  test.each([
    ['htpasswd', 'dn:{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=\nbob:{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=\n'],
    ['htpasswd', 'version:{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=\ndn:{SHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=\n'],
    ['shadow', 'dn:!:19000:0:99999:7:::\nbob:!:19000:0:99999:7:::\n'],
  ])('is not %s whose users are called dn and version: case %#', async (from, text) => {
    const found = await read(text, { size: 1000 })
    expect([found.from, found.accounts.length]).toEqual([from, 2])
  })

  test('with a value of over 1 MiB has an account with a problem', async () => {
    const text = `dn: a\nuid: ${'x'.repeat(1024 ** 2 + 1)}\nuserPassword: {MD5}x\n\ndn: b\nuserPassword: y\n`
    const { accounts } = await read(text, { from: 'ldif', size: 100_000 })
    expect(accounts.map(({ problem }) => problem)).toEqual(['value-too-long', undefined])
  })

  test('may have folded comments within an entry, and what ldapsearch writes behind the last one', async () => {
    const text =
      `version: 1\n\ndn: uid=a,dc=x\nuid: a\nuserPassword: {CRYPT}\n x\n# a comment that is\n  folded\n# and another\n` +
      `mail: a@b.c\n\n# search result\nsearch: 2\nresult: 0 Success\n`
    expect(await readShort(text)).toEqual(['ldif', '3 uid=a,dc=x a {CRYPT}x'])
  })

  test('has a problem where base64 is damaged, and not another digest', async () => {
    const base64 = Buffer.from('{CRYPT}x').toString('base64')
    const text = `dn: a\njpegPhoto:: !\nuserPassword:: ${base64}\n\ndn: b\nuserPassword:: ${base64}!JUNK*#\n`
    expect(await readShort(text)).toEqual(['ldif', '1 a - {CRYPT}x', '5  - bad-fields'])
  })
})
