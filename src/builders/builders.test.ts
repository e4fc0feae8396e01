import { createHash, createHmac, pbkdf2Sync, scryptSync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createRegistry } from '../index.js'
import * as builders from './index.js'
import * as presets from './presets/index.js'
import * as vendors from './vendors/index.js'

const { verify } = createRegistry({ equalize: false })
const PASSWORD = 'orchid-17'
const SALT = '0a1b2c3d4e5f60718293a4b5c6d7e8f9'

function derive(
  iterations: number,
  bytes: number,
  { salt = Buffer.from(SALT), digest = 'sha256' } = {},
): Buffer {
  return pbkdf2Sync(PASSWORD, salt, iterations, bytes, digest)
}

const hex = (...call: Parameters<typeof derive>): string => derive(...call).toString('hex')

const FIREBASE = {
  passwordHash: 'lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==',
  salt: '42xEC+ixf3L2lw==',
  signerKey: 'jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==',
  saltSeparator: 'Bw==',
  rounds: 8,
  memoryCost: 14,
}

const KEY = Buffer.from(SALT, 'hex')
const ARGON2_OF_GITEA =
  '8423e71346002602e8bd0ca0c11e4cece7033321697b7dbf15f17f5c6ac427298c4a30378b07130eb41d3c82b48ee7436fa1'
const BCRYPT_OF_GITEA = '$2y$04$abcdefghijklmnopqrstuuHH/E1ZmKtU4cdNT1kfwA7ScIUPbnbjq'
const CREDENTIAL = {
  secretData: JSON.stringify({
    value: derive(1000, 64, { salt: KEY }).toString('base64'),
    salt: KEY.toString('base64'),
    additionalParameters: {},
  }),
  credentialData: '{"hashIterations": 1000, "algorithm": "pbkdf2-sha256", "additionalParameters": {}}',
}
const EXPORTED = {
  ...{ id: '0b1f8e4e-6d0c-4c3f-9a61-3d3f0e6f5a11', type: 'password', userLabel: '"secretData": {[' },
  ...{ createdDate: 1_700_000_000_000, credentialData: CREDENTIAL.credentialData },
  ...{ secretData: CREDENTIAL.secretData, priority: 10, config: { secretData: [1] } },
}
const UTF16 = Buffer.from(PASSWORD, 'utf16le')

// The keys of SCRAM (RFC 5802 section 3).
const CLIENT_KEY = createHmac('sha256', derive(1000, 32)).update('Client Key').digest()
const STORED_KEY = createHash('sha256').update(CLIENT_KEY).digest()
const SERVER_KEY = createHmac('sha256', derive(1000, 32)).update('Server Key').digest()
const SCRAM = {
  ...{ iterationCount: 1000, salt: Buffer.from(SALT).toString('base64') },
  ...{ storedKey: STORED_KEY.toString('base64'), serverKey: SERVER_KEY.toString('base64') },
}

/** Symfony's loop: the digest of the text, then of the last digest and the text. */
function createMessageDigest(iterations: number): Buffer {
  const text = `${PASSWORD}{${SALT}}`
  let digest = createHash('sha512').update(text).digest()
  for (let round = 1; round < iterations; round++)
    digest = createHash('sha512').update(digest).update(text).digest()
  return digest
}

/** .NET repeats the salt to the 64 bytes of an HMAC's key. */
function membershipOf(name: string): Buffer {
  return name === 'SHA1'
    ? createHash('sha1').update(KEY).update(UTF16).digest()
    : createHmac('sha256', Buffer.concat([KEY, KEY, KEY, KEY]))
        .update(UTF16)
        .digest()
}

/** Builders, each with a row as its system writes it; what computes the checksums here is node:crypto. */
const BUILT: readonly (readonly [title: string, build: () => string])[] = [
  ['grafana', () => builders.grafana({ password: hex(10_000, 50), salt: SALT })],
  [
    'gitea',
    () =>
      builders.gitea({
        passwd: hex(50_000, 50, { salt: Buffer.from(SALT, 'hex') }),
        salt: SALT,
        passwdHashAlgo: 'pbkdf2$50000$50',
      }),
  ],
  [
    'gitea with scrypt',
    () =>
      builders.gitea({
        passwd: scryptSync(PASSWORD, KEY, 50, { N: 1024, r: 8, p: 2 }).toString('hex'),
        salt: SALT,
        passwdHashAlgo: 'scrypt$1024$8$2$50',
      }),
  ],
  [
    'gitea with argon2',
    () =>
      builders.gitea({
        // argon2 of Debian: printf orchid-17 | argon2 0a1b2c3d4e -id -v 13 -t 2 -k 64 -p 1 -l 50 -r
        passwd: ARGON2_OF_GITEA,
        salt: '0a1b2c3d4e',
        passwdHashAlgo: 'argon2$2$64$1$50',
      }),
  ],
  [
    'gitea with bcrypt',
    () => builders.gitea({ passwd: BCRYPT_OF_GITEA, salt: SALT, passwdHashAlgo: 'bcrypt$4' }),
  ],
  ...['', 'pbkdf2'].map(
    (passwdHashAlgo) =>
      [
        `gitea before its parameters, ${passwdHashAlgo === '' ? 'without a name' : 'with a name'}`,
        () =>
          builders.gitea({
            passwd: hex(10_000, 50, { salt: Buffer.from('kR8vQ2mXw0') }),
            salt: 'kR8vQ2mXw0',
            passwdHashAlgo,
          }),
      ] as const,
  ),
  [
    'discourse',
    () =>
      builders.discourse({
        passwordHash: hex(64_000, 32),
        salt: SALT,
        passwordAlgorithm: '$pbkdf2-sha256$i=64000,l=32$',
      }),
  ],
  [
    'payload with its parameters',
    () => builders.payload({ hash: `pbkdf2-sha256-v2-i1000-l32:${hex(1000, 32)}`, salt: SALT }),
  ],
  [
    'payload with a version alone',
    () => builders.payload({ hash: `pbkdf2-sha256-v1:${hex(600_000, 32)}`, salt: SALT }),
  ],
  ['payload before its versions', () => builders.payload({ hash: hex(25_000, 512), salt: SALT })],
  ['passportLocalMongoose', () => builders.passportLocalMongoose({ hash: hex(25_000, 512), salt: SALT })],
  [
    'passportLocalMongoose with options',
    () =>
      builders.passportLocalMongoose({
        hash: hex(100, 64, { digest: 'sha1' }),
        salt: SALT,
        digestAlgorithm: 'sha1',
        iterations: 100,
      }),
  ],
  [
    'symfonyPbkdf2',
    () =>
      builders.symfonyPbkdf2({
        password: derive(1000, 40, { digest: 'sha512' }).toString('base64'),
        salt: SALT,
      }),
  ],
  [
    'symfonyPbkdf2 without a salt',
    () =>
      builders.symfonyPbkdf2({
        password: derive(1000, 40, { salt: Buffer.alloc(0), digest: 'sha512' }).toString('base64'),
        salt: '',
      }),
  ],
  ['firebase', () => builders.firebase(FIREBASE)],
  [
    'symfonyMessageDigest',
    () =>
      builders.symfonyMessageDigest({ password: createMessageDigest(5_000).toString('base64'), salt: SALT }),
  ],
  ...['SHA1', 'HMACSHA256'].map(
    (hashAlgorithmType) =>
      [
        `aspnetMembership by ${hashAlgorithmType}`,
        () =>
          builders.aspnetMembership({
            password: membershipOf(hashAlgorithmType).toString('base64'),
            passwordSalt: KEY.toString('base64'),
            hashAlgorithmType,
          }),
      ] as const,
  ),
  [
    'hmacSha256Utf16',
    () =>
      builders.hmacSha256Utf16({
        hash: createHmac('sha256', KEY).update(UTF16).digest('base64'),
        key: KEY.toString('base64'),
      }),
  ],
  [
    'couchdb',
    () =>
      builders.couchdb({
        passwordScheme: 'pbkdf2',
        derivedKey: hex(10, 20, { digest: 'sha1' }),
        iterations: 10,
        salt: SALT,
      }),
  ],
  [
    'couchdb since 3.4',
    () =>
      builders.couchdb({
        passwordScheme: 'pbkdf2',
        pbkdf2Prf: 'sha256',
        derivedKey: hex(1000, 32),
        iterations: 1000,
        salt: SALT,
      }),
  ],
  ['keycloak', () => builders.keycloak(CREDENTIAL)],
  ['keycloak of an export, with further members', () => builders.keycloak(EXPORTED)],
  ['keycloak of the JSON of an export, indented', () => builders.keycloak(JSON.stringify(EXPORTED, null, 2))],
  // The tests of these have their other mechanisms and faults.
  ['mongodb', () => builders.mongodb({ 'SCRAM-SHA-256': SCRAM })],
  [
    'ejabberd',
    () =>
      builders.ejabberd({
        ...{ password: `sha256:${SCRAM.storedKey}`, serverkey: SCRAM.serverKey },
        ...{ salt: SCRAM.salt, iterationcount: SCRAM.iterationCount },
      }),
  ],
  [
    'prosody',
    () =>
      builders.prosody({
        ...{ iteration_count: 1000, salt: SALT },
        ...{ stored_key: STORED_KEY.toString('hex'), server_key: SERVER_KEY.toString('hex') },
      }),
  ],
]

test('every builder has a row in the table of digests that are verified', () => {
  const titles = BUILT.map(([title]) => title.split(' ')[0])
  // Presets and the builders of vendors have tables of their own.
  const all = [...new Set(titles), ...Object.keys(presets), ...Object.keys(vendors)]
  expect(all.toSorted()).toEqual(Object.keys(builders).toSorted())
})

describe('a digest built of columns verifies:', () => {
  test.each(BUILT)('%s', async (title, build) => {
    // The row of Firebase is the published example of its own repository.
    const password = title === 'firebase' ? 'user1password' : PASSWORD
    const digest = build()
    expect(await verify(password, digest)).toBe(true)
    expect(await verify(`${password} `, digest)).toBe(false)
  })
})

describe('a wrong column is named in an error that does not show its value:', () => {
  const secret = '5ecre7'
  const row = { passwd: hex(1, 50), salt: SALT, passwdHashAlgo: 'pbkdf2$1$50' }
  const call = (build: unknown, columns: unknown): unknown =>
    typeof build === 'function' ? Reflect.apply(build, undefined, [columns]) : undefined

  test.each<readonly [string, unknown, unknown, string]>([
    ['no object', builders.grafana, secret, 'grafana: the columns must be an object of password, salt.'],
    ['a list', builders.grafana, [secret], 'grafana: the columns must be an object of password, salt.'],
    [
      'a column of another name',
      builders.grafana,
      { password: hex(1, 50), salt: SALT, [secret]: 1 },
      'grafana: there is no such column. It takes password, salt.',
    ],
    [
      'a checksum that is too short',
      builders.grafana,
      { password: secret, salt: SALT },
      'grafana: password must be hexadecimal in lower case, 100 characters.',
    ],
    [
      'text that is no JSON',
      builders.keycloak,
      { secretData: secret, credentialData: '{}' },
      'keycloak: secretData must be an object in JSON.',
    ],
    [
      'an object where the credential has a text',
      builders.keycloak,
      { ...EXPORTED, credentialData: { hashIterations: 1 } },
      'keycloak: credentialData must be an object in JSON.',
    ],
    [
      'a member that is missing',
      builders.keycloak,
      JSON.stringify({ secretData: CREDENTIAL.secretData, secret }),
      'keycloak: credentialData must be an object in JSON.',
    ],
    [
      'a member twice in columns',
      builders.keycloak,
      { ...CREDENTIAL, credentialData: '{"hashIterations":1,"hashIterations":1,"algorithm":"pbkdf2"}' },
      'keycloak: credentialData must be an object in JSON.',
    ],
    ...[
      secret,
      '',
      '[]',
      'null',
      `${JSON.stringify(EXPORTED)}{}`,
      JSON.stringify(EXPORTED).replace('{', '{"secretData":"",'),
      JSON.stringify(EXPORTED).replace('{', '{"secret\\u0044ata" :"",'),
      JSON.stringify({ ...EXPORTED, userLabel: 'x'.repeat(4_096) }),
    ].map(
      (text) =>
        [
          `the text ${text.slice(0, 24)}`,
          builders.keycloak,
          text,
          'keycloak: the credential must be an object in JSON.',
        ] as const,
    ),
    [
      'a scheme that is not read',
      builders.couchdb,
      { passwordScheme: secret, salt: SALT },
      'couchdb: passwordScheme must be pbkdf2, simple.',
    ],
    [
      'a salt with a comma',
      builders.couchdb,
      { passwordScheme: 'pbkdf2', derivedKey: hex(1, 20), iterations: 1, salt: `${secret},` },
      'couchdb: salt must be text that is not empty, without "," and without control characters.',
    ],
    [
      'a checksum of another length than its algorithm has, in as many characters',
      builders.aspnetMembership,
      {
        password: Buffer.alloc(19).toString('base64'),
        passwordSalt: 'AAAA',
        hashAlgorithmType: 'SHA1',
      },
      'aspnetMembership: password must be base64 of 20 bytes, padded.',
    ],
    [
      'an algorithm that .NET has not',
      builders.aspnetMembership,
      { password: 'AAAA', passwordSalt: 'AAAA', hashAlgorithmType: secret },
      'aspnetMembership: hashAlgorithmType must be MD5, SHA1, SHA256, SHA384, SHA512, HMACMD5, HMACSHA1, HMACSHA256, HMACSHA384, HMACSHA512.',
    ],
    [
      'a checksum in upper case',
      builders.grafana,
      { password: hex(1, 50).toUpperCase(), salt: SALT },
      'grafana: password must be hexadecimal in lower case, 100 characters.',
    ],
    [
      'a salt that holds the sign between fields',
      builders.gitea,
      { ...row, salt: `${secret}$` },
      'gitea: salt must be text that is not empty, without "$" and without control characters.',
    ],
    [
      'an absent salt',
      builders.gitea,
      { ...row, salt: undefined },
      'gitea: salt must be text that is not empty, without "$" and without control characters.',
    ],
    [
      'a checksum of another length than the parameters say',
      builders.gitea,
      { ...row, passwd: hex(1, 32) },
      'gitea: passwd must be hexadecimal in lower case, 100 characters.',
    ],
    ...['md5$10', 'pbkdf2$0$50', 'pbkdf2$01$50', 'pbkdf2$1', 'pbkdf2$1$50$', 'pbkdf2_hi'].map(
      (passwdHashAlgo) =>
        [
          `the algorithm ${passwdHashAlgo}`,
          builders.gitea,
          { ...row, passwdHashAlgo },
          'gitea: passwdHashAlgo must be pbkdf2, argon2, scrypt or bcrypt with its numbers, as pbkdf2$320000$50.',
        ] as const,
    ),
    ...[
      '$pbkdf2-sha256$i=1,l=64$',
      '$pbkdf2-sha256$i=1$',
      '$pbkdf2-sha512$i=1,l=32$',
      '$pbkdf2-sha256$i=1,l=32',
    ].map(
      (passwordAlgorithm) =>
        [
          `the algorithm ${passwordAlgorithm}`,
          builders.discourse,
          { passwordHash: hex(1, 32), salt: SALT, passwordAlgorithm },
          'discourse: passwordAlgorithm must be $pbkdf2-sha256$i=<iterations>,l=32$.',
        ] as const,
    ),
    ...[
      'pbkdf2-sha256-v3:',
      'pbkdf2-sha256-v2-i1-l64:',
      'pbkdf2-sha256-v2-i0-l32:',
      ':',
      'pbkdf2-sha256-v2-i1:',
      '',
    ].map(
      (name) =>
        [
          `the name "${name}"`,
          builders.payload,
          { hash: name + hex(1, 32), salt: SALT },
          'payload: hash must be pbkdf2-sha256-v2-i<iterations>-l<length>:<hex>, pbkdf2-sha256-v1:<hex>, or <hex>.',
        ] as const,
    ),
    [
      'no iterations',
      builders.passportLocalMongoose,
      { hash: hex(1, 32), salt: SALT, iterations: 0 },
      'passportLocalMongoose: iterations must be an integer from 1 to 2147483647.',
    ],
    [
      'an unknown algorithm',
      builders.passportLocalMongoose,
      { hash: hex(1, 32), salt: SALT, digestAlgorithm: secret },
      'passportLocalMongoose: digestAlgorithm must be md5, sha1, sha224, sha256, sha384, sha512.',
    ],
    [
      'base64 without its padding',
      builders.symfonyPbkdf2,
      { password: derive(1, 40).toString('base64').replace(/=+$/, ''), salt: SALT },
      'symfonyPbkdf2: password must be base64 of at least 16 bytes, padded.',
    ],
    [
      'an empty signer key',
      builders.firebase,
      { ...FIREBASE, signerKey: '' },
      'firebase: signerKey must be base64, with either alphabet.',
    ],
    [
      'rounds as text',
      builders.firebase,
      { ...FIREBASE, rounds: '8' },
      'firebase: rounds must be an integer from 1 to 8.',
    ],
  ])('%s', (_, build, columns, message) => {
    expect(() => call(build, columns)).toThrow(
      expect.objectContaining({ name: 'PassliftError', code: 'ERR_BUILDER_FIELD', message }),
    )
    expect(message).not.toContain(secret)
  })

  test('a column on a polluted prototype counts as absent', () => {
    const inherited: unknown = Object.create({ password: hex(1, 50), salt: SALT })
    expect(() => call(builders.grafana, inherited)).toThrow('grafana: salt must be')
  })
})
