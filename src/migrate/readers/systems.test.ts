import { createHash, createHmac, pbkdf2Sync, scryptSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { builtinHashers, evaluate } from '../../index.js'
import type { Account } from '../account.js'
import { readAccounts } from '../read.js'
import type { ReadAccountsOptions } from '../read.js'
import { createFirebaseReader } from './firebase.js'

const BCRYPT = exampleOf('bcrypt')
const MD5 = '5f4dcc3b5aa765d61d8327deb882cf99'
const SALT = 'cd'.repeat(32)
const HASH = pbkdf2Sync('password', SALT, 25_000, 512, 'sha256').toString('hex')

function exampleOf(name: string): string {
  return builtinHashers.find((hasher) => hasher.name === name)?.example ?? expect.fail()
}

async function* piecesOf(text: string): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += 50) yield await Promise.resolve(text.slice(at, at + 50))
}

interface Found {
  readonly from: string
  readonly accounts: readonly Account[]
}

async function read(text: string, options: ReadAccountsOptions = {}): Promise<Found> {
  const { batches, from } = await readAccounts(piecesOf(text), options)
  const accounts: Account[] = []
  for await (const batch of batches) accounts.push(...batch)
  return { from, accounts }
}

/** Whether the digest of an account is one of `password`, and of no other. */
async function isOfPassword(account: Account | undefined): Promise<boolean> {
  const options = account?.hasher === undefined ? {} : { hasher: account.hasher }
  const [right, wrong] = [
    await evaluate('password', account?.digest ?? '', options),
    await evaluate('Password', account?.digest ?? '', options),
  ]
  return right.outcome === 'match' && wrong.outcome === 'mismatch'
}

describe('a users table', () => {
  test('of Drupal holds digests with prefixes, MD5 of Drupal 6, and an anonymous user', async () => {
    const drupal7 = exampleOf('sha512_drupal7')
    const text = `uid,name,pass,mail\n0,,,\n1,ada,${drupal7},a@b.c\n2,bo,${MD5},\n3,cy,${BCRYPT},\n`
    const { from, accounts } = await read(text)
    expect(from).toBe('drupal')
    expect(accounts).toEqual([
      { line: 2, id: '0', login: '', digest: null },
      { line: 3, id: '1', login: 'a@b.c', digest: drupal7 },
      { line: 4, id: '2', login: 'bo', digest: MD5, hasher: 'md5' },
      { line: 5, id: '3', login: 'cy', digest: BCRYPT },
    ])
  })

  test('of phpBB holds phpass with another prefix, MD5 and bcrypt, and bots without a password', async () => {
    const phpass = exampleOf('phpass_phpbb')
    const rows = [
      { user_id: '2', username: 'ada', user_password: phpass, user_email: 'a@b.c' },
      { user_id: '3', username: 'bo', user_password: MD5, user_email: '' },
      { user_id: '4', username: 'cy', user_password: BCRYPT, user_email: '' },
      { user_id: '5', username: 'Bot', user_password: '', user_email: '' },
      { user_id: '6', username: 'dee' },
    ]
    const { from, accounts } = await read(JSON.stringify(rows))
    expect(from).toBe('phpbb')
    expect(accounts.map(({ digest, hasher, problem }) => problem ?? [digest, hasher])).toEqual([
      [phpass, 'phpass_phpbb'],
      [MD5, 'md5'],
      [BCRYPT, undefined],
      [null, undefined],
      'missing-column',
    ])
  })

  test('of Joomla holds bcrypt, phpass, and MD5 with a salt behind a colon', async () => {
    const salted = createHash('md5').update('passwordsea').digest('hex')
    const header = 'id\tname\tusername\temail\tpassword\tregisterDate\n'
    const rows = [BCRYPT, exampleOf('phpass_wordpress'), `${salted}:sea`, MD5, '', 'other:text']
    const lines = rows.map((digest, place) => `${place}\tx\tx\tx\t${digest}\t2010-01-01 00:00:00\n`)
    const { from, accounts } = await read(header + lines.join(''))
    expect(from).toBe('joomla')
    expect(accounts.map(({ digest }) => digest)).toEqual([
      ...[BCRYPT, rows[1]],
      expect.stringMatching(/^\$md5\$pf=/),
      ...[MD5, null, 'other:text'],
    ])
    expect(await isOfPassword(accounts[2])).toBe(true)
  })

  test('of Magento holds digests with versions, and MD5 with a salt of Magento 1', async () => {
    const magento2 = exampleOf('magento2')
    const salted = createHash('md5').update('seapassword').digest('hex')
    const text = `entity_id,website_id,email,password_hash\n1,1,a@b.c,${magento2}\n2,1,x,${salted}:sea\n3,1,x,NULL\n`
    const { from, accounts } = await read(text)
    expect(from).toBe('magento')
    expect(accounts[0]).toEqual({ line: 2, id: '1', login: 'a@b.c', digest: magento2, hasher: 'magento2' })
    expect(await isOfPassword(accounts[1])).toBe(true)
    expect(accounts[2]).toMatchObject({ line: 4, digest: null })
  })
})

describe('hash and salt', () => {
  const user = { _id: { $oid: '65a1' }, username: 'ada', salt: SALT, hash: HASH, __v: 0 }

  test('of passport-local-mongoose are those of mongoexport', async () => {
    const rows = [user, { ...user, hash: 'x' }, { ...user, hash: null }, { ...user, salt: '' }, { _id: 5 }]
    const { from, accounts } = await read(rows.map((row) => `${JSON.stringify(row)}\n`).join(''))
    expect(from).toBe('mongoose')
    expect(accounts.map(({ line, id, problem }) => [line, problem ?? id])).toEqual([
      ...[
        [1, '65a1'],
        [2, 'bad-fields'],
        [3, '65a1'],
        [4, 'bad-fields'],
      ],
      [5, '5'],
    ])
    expect(accounts[0]).toMatchObject({ login: 'ada', hasher: 'pbkdf2_passport_local_mongoose' })
    expect(await isOfPassword(accounts[0])).toBe(true)
    const named = await read(`${JSON.stringify(user)}\n`, { from: 'mongoose', algorithm: 'sha512' })
    expect(named.accounts[0]?.digest).toMatch(/^pbkdf2_passport_local_mongoose\$sha512\$25000\$/)
  })

  test('of Payload stand beside its counts of failed sign-ins', async () => {
    const { from, accounts } = await read(JSON.stringify([{ ...user, loginAttempts: 0 }]))
    expect(from).toBe('payload')
    expect(accounts[0]).toMatchObject({ hasher: 'pbkdf2_payload' })
    expect(await isOfPassword(accounts[0])).toBe(true)
    const hash = 'pbkdf2-sha256-v1:' + 'ab'.repeat(32)
    expect((await read(`id,salt,hash,login_attempts\n1,${SALT},${hash},0\n`)).from).toBe('payload')
  })

  test('of other lengths are of no system', async () => {
    expect((await read(JSON.stringify([{ ...user, hash: 'ab'.repeat(32) }]))).from).toBe('json')
    const columns = { digest: 'hash' }
    expect((await read(`id,hash,salt\n1,${HASH},${SALT}\n`, { columns })).from).toBe('csv')
  })
})

describe('ASP.NET', () => {
  const table = (row: string): string => `UserId,Email,Password,PasswordFormat,PasswordSalt\n${row}\n`
  const SALT_16 = 'AAECAwQFBgcICQoLDA0ODw=='

  test('Identity is known in CSV and JSON', async () => {
    const digest = exampleOf('aspnet_identity')
    const row = { Id: 'u1', UserName: 'ada', PasswordHash: digest, SecurityStamp: 'x' }
    const { from, accounts } = await read(JSON.stringify([row]))
    expect({ from, accounts }).toEqual({
      from: 'aspnet',
      accounts: [{ line: 1, id: 'u1', login: 'ada', digest, hasher: 'aspnet_identity' }],
    })
  })

  test.each([
    ['SHA1', 'AlZ9oOUVECqg/Kte3b1AThXJYJY='],
    ['HMACSHA256', '70gWd6Z+3NF8mbIMTI3/nsYWEe9+iiS1gTcC2r+zNqg='],
    ['SHA256', 'l3SSjRFSN1AzaxCOYKxfoKe0vsIrZ+lejfv2WzKc0Yc='],
  ])('Membership is read by the algorithm of its configuration: %s', async (algorithm, password) => {
    const { from, accounts } = await read(table(`u1,a@b.c,${password},1,${SALT_16}`), { algorithm })
    expect(from).toBe('aspnet-membership')
    expect(accounts[0]).toMatchObject({ line: 2, id: 'u1', login: 'a@b.c', hasher: 'aspnet_membership' })
    expect(await isOfPassword(accounts[0])).toBe(true)
  })

  test('Membership is refused without the algorithm, which no length tells', async () => {
    const reading = read(table(`u1,a@b.c,AlZ9oOUVECqg/Kte3b1AThXJYJY=,1,${SALT_16}`))
    await expect(reading).rejects.toMatchObject({ code: 'ERR_MIGRATE_OPTION' })
    const other = await read(table(`u1,a@b.c,AlZ9oOUVECqg/Kte3b1AThXJYJY=,1,${SALT_16}`), {
      algorithm: 'SHA256',
    })
    expect(other.accounts).toEqual([{ line: 2, id: '', digest: null, problem: 'bad-fields' }])
  })

  test('Membership with passwords in clear, or encrypted, has no digests', async () => {
    const { accounts } = await read(table(`u1,a@b.c,clear,0,x\nu2,a@b.c,AAAA,2,${SALT_16}`), {
      algorithm: 'SHA1',
    })
    expect(accounts.map(({ problem }) => problem)).toEqual(['not-hashed', 'not-hashed'])
  })
})

describe("Keycloak's credentials", () => {
  const credential = (name: string): unknown =>
    JSON.parse(exampleOf(name).replace('{', '{"type":"password",'))

  test('are read where the password stands behind another one, and the hasher is that of its algorithm', async () => {
    const users = [
      {
        id: 'u1',
        credentials: [{ type: 'otp', secretData: '{}', credentialData: '{}' }, credential('keycloak')],
      },
      { id: 'u2', credentials: [credential('keycloak_argon2')] },
      { id: 'u3', credentials: [{ type: 'otp', secretData: '{}', credentialData: '{}' }] },
      { id: 'u4', credentials: [{ type: 'password', hashedSaltedValue: 'x', salt: 'y' }] },
    ]
    const { accounts } = await read(JSON.stringify({ users }))
    expect(accounts.map(({ digest, problem }) => problem ?? digest)).toEqual([
      ...[exampleOf('keycloak'), exampleOf('keycloak_argon2'), null],
      'bad-fields',
    ])
  })
})

describe('Auth0', () => {
  const salted = (salt: object, hash: Buffer): object => ({
    algorithm: 'sha256',
    hash: { value: hash.toString('base64'), encoding: 'base64' },
    salt,
  })
  const sha256 = (text: string): Buffer => createHash('sha256').update(text).digest()
  const scrypt = scryptSync('password', 'sea', 64)

  test.each<readonly [string, object]>([
    [
      'MD5 in upper-case hexadecimal',
      { algorithm: 'md5', hash: { value: MD5.toUpperCase(), encoding: 'hex' } },
    ],
    ['SHA-256 with a salt before', salted({ value: 'sea' }, sha256('seapassword'))],
    [
      'SHA-256 with a salt behind',
      salted({ value: '736561', encoding: 'hex', position: 'suffix' }, sha256('passwordsea')),
    ],
    [
      'HMAC',
      {
        algorithm: 'hmac',
        hash: {
          ...{ value: createHmac('sha1', 'sea').update('password').digest('hex'), encoding: 'hex' },
          ...{ digest: 'sha1', key: { value: 'sea' } },
        },
      },
    ],
    [
      'scrypt',
      {
        ...{ algorithm: 'scrypt', keylen: 64, salt: { value: 'sea' } },
        hash: { value: scrypt.toString('base64url'), encoding: 'base64' },
      },
    ],
    [
      'PBKDF2',
      {
        algorithm: 'pbkdf2',
        hash: {
          value: `$pbkdf2-sha256$i=1000,l=32$c2Vh$${pbkdf2Sync('password', 'sea', 1000, 32, 'sha256').toString('base64').slice(0, -1)}`,
          encoding: 'utf8',
        },
      },
    ],
    [
      'LDAP',
      {
        algorithm: 'ldap',
        hash: { value: `{MD5}${Buffer.from(MD5, 'hex').toString('base64')}`, encoding: 'utf8' },
      },
    ],
  ])('imports %s', async (_, custom) => {
    const { from, accounts } = await read(
      JSON.stringify([{ user_id: 'u1', email: 'a@b.c', custom_password_hash: custom }]),
    )
    expect(from).toBe('auth0')
    expect(accounts[0]).toMatchObject({ line: 1, id: 'u1', login: 'a@b.c' })
    expect(await isOfPassword(accounts[0])).toBe(true)
  })

  test.each<readonly [string, object, string]>([
    ['MD4', { algorithm: 'md4', hash: { value: MD5, encoding: 'hex' } }, 'unsupported'],
    [
      'a password in UTF-16',
      { algorithm: 'md5', hash: { value: MD5, encoding: 'hex' }, password: { encoding: 'utf16le' } },
      'unsupported',
    ],
    [
      'bcrypt with a salt of its own',
      { algorithm: 'bcrypt', hash: { value: BCRYPT }, salt: { value: 'x' } },
      'unsupported',
    ],
    ['a hash without an encoding', { algorithm: 'md5', hash: { value: MD5 } }, 'bad-fields'],
    [
      'a hash that is cut',
      { algorithm: 'md5', hash: { value: MD5.slice(2), encoding: 'hex' } },
      'bad-fields',
    ],
    ['no hash', { algorithm: 'md5' }, 'bad-fields'],
    [
      'a salt that is not in its encoding',
      { algorithm: 'md5', hash: { value: MD5, encoding: 'hex' }, salt: { value: 'x', encoding: 'hex' } },
      'bad-fields',
    ],
    [
      'scrypt of another length than it says',
      { algorithm: 'scrypt', keylen: 32, salt: { value: 'x' }, hash: { value: MD5, encoding: 'hex' } },
      'bad-fields',
    ],
  ])('says what it cannot import: %s', async (_, custom, problem) => {
    const { accounts } = await read(
      JSON.stringify([{ email: 'a@b.c', custom_password_hash: custom }, { email: 'x' }]),
    )
    expect(accounts).toEqual([
      { line: 1, id: '', digest: null, problem },
      { line: 2, id: '', login: 'x', digest: null },
    ])
  })

  test("reads bcrypt of the support's export and of password_hash as it stands", async () => {
    const lines = [
      { _id: { $oid: 'o1' }, tenant: 't', passwordHash: BCRYPT },
      { user_id: 'u', password_hash: BCRYPT },
    ]
    const { from, accounts } = await read(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))
    expect(from).toBe('auth0')
    expect(accounts.map(({ id, digest }) => [id, digest])).toEqual([
      ['o1', BCRYPT],
      ['u', BCRYPT],
    ])
  })
})

describe("Firebase's export", () => {
  // The example of https://github.com/firebase/scrypt.
  const hash = 'lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ=='
  const salt = '42xEC+ixf3L2lw=='
  const config = {
    signerKey: 'jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==',
    saltSeparator: 'Bw==',
    rounds: 8,
    memoryCost: 14,
  }

  test('in CSV has no header, quotes that nothing escapes, and 28 columns', async () => {
    const rest = `${','.repeat(17)}1,2,,false,`
    const text = [
      `u1,a@b.c,true,${hash},${salt},"Ada "the first",\tQueen",,${rest}`,
      `u2,,false,,,,,${rest}`,
      `u3,x,true,${hash},,"name`,
      `with a line feed",,${rest}`,
      `u4,x,true,${hash},${salt},"open,,${rest}"{""admin"":true}",`,
    ].join('\n')
    const { from, accounts } = await read(text, { from: createFirebaseReader(config) })
    expect(from).toBe('firebase')
    expect(accounts.map(({ line, id, problem }) => [line, problem ?? id])).toEqual([
      ...[
        [1, 'u1'],
        [2, 'u2'],
        [3, 'bad-fields'],
        [4, 'bad-csv'],
      ],
      [5, 'u4'],
    ])
    expect(accounts[0]).toMatchObject({ login: 'a@b.c', hasher: 'scrypt_firebase' })
    expect(accounts[1]).toMatchObject({ digest: null })
    const verdict = await evaluate('user1password', accounts[0]?.digest ?? '', { hasher: 'scrypt_firebase' })
    expect(verdict.outcome).toBe('match')
  })

  test('in JSON is read with the same settings', async () => {
    const users = [
      { localId: 'u1', passwordHash: hash, salt },
      { localId: 'u2' },
      { localId: 'u3', passwordHash: hash },
    ]
    const { accounts } = await read(JSON.stringify({ users }), { from: createFirebaseReader(config) })
    expect(accounts.map(({ digest, problem }) => problem ?? typeof digest)).toEqual([
      'string',
      'object',
      'bad-fields',
    ])
  })

  test('is refused where the settings are none of SCRYPT', () => {
    for (const other of [{ rounds: 9 }, { memoryCost: 0 }, { signerKey: '' }, { saltSeparator: '*' }]) {
      expect(() => createFirebaseReader({ ...config, ...other })).toThrow(
        "The settings are none of Firebase's SCRYPT",
      )
    }
  })
})
