import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { shareOf } from '../../conformance/share.fixture.js'
import { createRegistry, PassliftError } from '../../index.js'
import { isRecord } from '../../options.js'
import * as vendors from './index.js'

const { parse, verify } = createRegistry({ equalize: false })

interface Example {
  readonly builder: string
  readonly title: string
  readonly password: string
  /** Whether a vendor's documents or tests show it; all others are of vectors/generators/vendors.py. */
  readonly published: boolean
  readonly fields: Readonly<Record<string, unknown>>
}

const EXAMPLES = readExamples()
const BUILDERS: Readonly<Record<string, unknown>> = vendors

function readExamples(): readonly Example[] {
  const rows: unknown = JSON.parse(readFileSync(join(import.meta.dirname, 'vendors.fixture.json'), 'utf8'))
  if (!Array.isArray(rows) || !rows.every(isExample)) throw new Error('vendors.fixture.json has other rows.')
  return rows
}

function isExample(row: unknown): row is Example {
  return isRecord(row) && typeof row['builder'] === 'string' && isRecord(row['fields'])
}

function build(name: string, fields: unknown): string {
  const builder = BUILDERS[name]
  if (typeof builder !== 'function') throw new Error(`There is no builder ${name}.`)
  const digest: unknown = Reflect.apply(builder, undefined, [fields])
  if (typeof digest !== 'string') throw new Error(`${name} gave no text.`)
  return digest
}

/** The paths of the fields of an object, of inner ones too, as `hash.value`. */
function pathsOf(fields: Readonly<Record<string, unknown>>, front = ''): readonly string[] {
  return Object.entries(fields).flatMap(([name, value]) => {
    const path = `${front}${name}`
    return isRecord(value) ? [path, ...pathsOf(value, `${path}.`)] : [path]
  })
}

function valueAt(fields: unknown, path: string): unknown {
  return path.split('.').reduce((inner: unknown, name) => (isRecord(inner) ? inner[name] : undefined), fields)
}

/** The fields with another value at a path; without the field where the value is undefined. */
function withValue(
  fields: Readonly<Record<string, unknown>>,
  path: string,
  value: unknown,
): Readonly<Record<string, unknown>> {
  const [name = '', ...rest] = path.split('.')
  const inner = fields[name]
  const changed = rest.length > 0 && isRecord(inner) ? withValue(inner, rest.join('.'), value) : value
  return { ...fields, [name]: changed }
}

function messageOf(name: string, fields: unknown): string | undefined {
  try {
    build(name, fields)
    return undefined
  } catch (error) {
    if (!(error instanceof PassliftError)) throw error
    expect(error.code).toBe('ERR_BUILDER_FIELD')
    return error.message
  }
}

/** The names of algorithms, encodings and the like, which errors list. */
const NAMES = /(?:algorithm|digest|encoding|type|scheme|version|order|format|method)$/i

/** The texts of an object that have as many characters as a salt. */
function secretsOf({ builder, fields }: Example): readonly string[] {
  return pathsOf(fields)
    .filter((path) => !NAMES.test(path) && !(builder === 'appwrite' && path === 'hash'))
    .map((path) => valueAt(fields, path))
    .filter((value): value is string => typeof value === 'string' && value.length > 7 && value !== builder)
}

test('every builder of a vendor has examples, and those of its documents are among them', () => {
  const names = EXAMPLES.map(({ builder }) => builder)
  expect([...new Set(names)].toSorted()).toEqual(Object.keys(vendors).toSorted())
  const published = EXAMPLES.filter((example) => example.published).map(({ builder }) => builder)
  const shown = ['appwrite', 'auth0', 'descope', 'firebaseImport', 'logto', 'sapCdc']
  expect([...new Set(published)]).toEqual(shown)
})

describe("a digest built of a vendor's fields verifies:", () => {
  test.each(EXAMPLES.map((row) => [`${row.builder}: ${row.title}`, row] as const))('%s', async (_, row) => {
    const digest = build(row.builder, row.fields)
    expect(await verify(row.password, digest)).toBe(true)
    // A password without its last letter, since DES reads eight letters alone.
    expect(await verify(row.password.slice(0, -1), digest)).toBe(false)
  })
})

/**
 * What comes of an object without a field, where that is not an error that names the field: a digest, or an error that names another
 * field, which means something else then or nothing.
 */
const WITHOUT: Readonly<Record<string, readonly string[]>> = {
  'appwrite passwordVersion': ['a digest', 'password'],
  'auth0 blockSize': ['a digest'],
  'auth0 cost': ['a digest'],
  'auth0 hash.encoding': ['a digest'],
  'auth0 hash.key.encoding': ['a digest'],
  'auth0 parallelization': ['a digest'],
  'auth0 password': ['a digest'],
  'auth0 password.encoding': ['a digest'],
  'auth0 salt': ['a digest'],
  'auth0 salt.encoding': ['a digest'],
  'auth0 salt.position': ['a digest'],
  'descope bcrypt': ['one of the columns'],
  'descope django': ['one of the columns'],
  'descope firebase': ['one of the columns'],
  'descope md5': ['one of the columns'],
  'descope pbkdf2': ['one of the columns'],
  'descope phpass': ['one of the columns'],
  'firebaseImport argon2Parameters.version': ['a digest'],
  'firebaseImport passwordHashOrder': ['a digest'],
  'firebaseImport salt': ['a digest'],
  'fusionAuth factor': ['a digest'],
  'kinde hashing_method': ['a digest', 'hashed_password', 'salt'],
  'kinde salt': ['salt_position'],
  'okta salt': ['saltOrder'],
  'sapCdc compoundHashedPassword': ['hashSettings'],
  'sapCdc hashSettings.binaryFormat': ['hashSettings.salt'],
  'sapCdc hashSettings.format': ['a digest', 'hashSettings.salt'],
  'sapCdc hashSettings.rounds': ['a digest'],
  'stytch argon_2_config': ['hash'],
  'stytch md_5_config': ['a digest'],
  'stytch md_5_config.append_salt': ['a digest'],
  'stytch md_5_config.prepend_salt': ['a digest'],
  'stytch pbkdf_2_config.algorithm': ['a digest'],
  'stytch scrypt_config': ['hash'],
  'stytch sha_1_config': ['a digest'],
  'stytch sha_1_config.append_salt': ['a digest'],
  'stytch sha_1_config.prepend_salt': ['a digest'],
  'stytch sha_512_config': ['a digest'],
  'stytch sha_512_config.append_salt': ['a digest'],
  'stytch sha_512_config.prepend_salt': ['a digest'],
}
/** Of these an object of another algorithm needs the field. */
const NEEDED_ELSEWHERE = [
  'auth0 hash.encoding',
  'auth0 salt',
  'firebaseImport salt',
  'fusionAuth factor',
  'okta salt',
]

/** Values that no field takes: of another type, out of bounds, and a control, which no text has. */
const WRONG: readonly unknown[] = [true, [], '5ecre7\u0001$', -1, 1.5, 2 ** 53]

function wrongFor(value: unknown): readonly unknown[] {
  if (typeof value === 'number') return [...WRONG, {}, '8']
  // An object without its fields lacks the first of them.
  return isRecord(value) ? [...WRONG, 8, null] : [...WRONG, {}, 8, null]
}

/** The field that an error names. */
function namedIn(message: string | undefined): string {
  return message === undefined ? 'a digest' : (/^\w+: (.+?) must be /.exec(message)?.[1] ?? message)
}

describe("what is wrong with a vendor's fields is named, and no value is shown:", () => {
  test.each(EXAMPLES.map((row) => [`${row.builder}: ${row.title}`, row] as const))('%s', (_, row) => {
    const { builder, fields } = row
    const paths = pathsOf(fields)
    const messages = paths.flatMap((path) =>
      wrongFor(valueAt(fields, path)).map((other) => {
        const message = messageOf(builder, withValue(fields, path, other))
        expect([path, namedIn(message)]).toEqual([path, path])
        return message
      }),
    )
    const without = paths.map((path) => {
      const message = messageOf(builder, withValue(fields, path, undefined))
      const key = `${builder} ${path}`
      const own = WITHOUT[key] === undefined || NEEDED_ELSEWHERE.includes(key) ? [path] : []
      expect([...own, ...(WITHOUT[key] ?? [])].map((name) => [path, name])).toContainEqual([
        path,
        namedIn(message),
      ])
      return message
    })
    const secrets = [...secretsOf(row), '5ecre7']
    const all = [...messages, ...without]
    expect(all.filter((message) => secrets.some((secret) => message?.includes(secret) === true))).toEqual([])
  })

  const hash = { value: '5f4dcc3b5aa765d61d8327deb882cf99', encoding: 'hex' }
  const settings = { saltSeparator: '', rounds: 8, memory: 14 }
  const salt = 'c2FsdHNhbHQ='
  const long = (bytes: number): string => Buffer.alloc(bytes, 0xff).toString('base64')
  test.each<readonly [title: string, builder: string, fields: unknown, message: string]>([
    [
      'no object',
      'auth0',
      '5ecre7',
      'auth0: the columns must be an object of algorithm, hash, password, salt, keylen, cost, blockSize, parallelization.',
    ],
    [
      'a field of another name',
      'okta',
      { '5ecre7': 1 },
      'okta: there is no such column. It takes algorithm, value, salt, workFactor, saltOrder, digestAlgorithm, iterationCount, keySize.',
    ],
    [
      'a field of another name in an object',
      'auth0',
      { algorithm: 'md5', hash: { ...hash, '5ecre7': 1 } },
      'auth0: hash must have no columns but value, encoding.',
    ],
    [
      'a field of another algorithm',
      'auth0',
      { algorithm: 'md5', hash, keylen: 32 },
      'auth0: keylen must be absent where algorithm is md5.',
    ],
    [
      'a salt of scrypt with a position',
      'auth0',
      { algorithm: 'scrypt', hash, keylen: 16, salt: { value: 'salt', position: 'prefix' } },
      'auth0: salt.position must be absent where algorithm is scrypt.',
    ],
    [
      'a salt before bcrypt that leaves no room for a password',
      'auth0',
      { algorithm: 'bcrypt', hash: {}, salt: { value: 'x'.repeat(41) } },
      'auth0: salt.value must be text without control characters, 1 to 40 bytes.',
    ],
    [
      'a salt with a NUL before bcrypt',
      'auth0',
      { algorithm: 'bcrypt', hash: {}, salt: { value: '00', encoding: 'hex' } },
      'auth0: salt.value must be bytes without a NUL.',
    ],
    [
      'UTF-16 before bcrypt',
      'auth0',
      { algorithm: 'bcrypt', hash: {}, password: { encoding: 'utf16le' } },
      'auth0: password.encoding must be utf8, ascii, latin1, binary.',
    ],
    [
      'a length of PBKDF2 that the checksum has not',
      'auth0',
      { algorithm: 'pbkdf2', hash: { value: '$pbkdf2-sha256$i=1,l=32$c2FsdA$kICQkJCQkJCQkJCQkJCQkA' } },
      'auth0: hash.value must be a string of PBKDF2, as $pbkdf2-sha512$i=100000,l=64$<salt>$<checksum>.',
    ],
    [
      'PBKDF2 of MDC-2, which no platform has',
      'auth0',
      { algorithm: 'pbkdf2', hash: { value: '$pbkdf2-mdc2$i=1,l=16$c2FsdA$kICQkJCQkJCQkJCQkJCQkA' } },
      'auth0: hash.value must be a string of PBKDF2, as $pbkdf2-sha512$i=100000,l=64$<salt>$<checksum>.',
    ],
    [
      "crypt(3) in LDAP's place",
      'auth0',
      { algorithm: 'ldap', hash: { value: '{CRYPT}ab6Gj9YvrF2As' } },
      'auth0: hash.value must be a tag of LDAP and base64, as {SSHA}<base64>.',
    ],
    [
      'a checksum of another algorithm',
      'auth0',
      { algorithm: 'sha1', hash },
      'auth0: hash.value must be hexadecimal, 20 bytes.',
    ],
    [
      'a cost of scrypt that is no power of two',
      'stytch',
      {
        hash_type: 'scrypt',
        hash: salt,
        scrypt_config: { salt, n_parameter: 1000, r_parameter: 8, p_parameter: 1, key_length: 16 },
      },
      'stytch: scrypt_config.n_parameter must be a power of two below 2^(16 r).',
    ],
    [
      'a parallelism of scrypt that RFC 7914 has not',
      'stytch',
      {
        hash_type: 'scrypt',
        hash: salt,
        scrypt_config: { salt, n_parameter: 1024, r_parameter: 2 ** 20, p_parameter: 1024, key_length: 16 },
      },
      'stytch: scrypt_config.p_parameter must be an integer below 2^30 / r.',
    ],
    [
      'less memory than Argon2 needs for its lanes',
      'stytch',
      {
        hash_type: 'argon_2id',
        hash: '',
        argon_2_config: { salt, iteration_amount: 1, memory: 15, threads: 2, key_length: 16 },
      },
      'stytch: argon_2_config.memory must be an integer from 16 to 4294967295.',
    ],
    [
      'a salt without its order',
      'okta',
      { algorithm: 'MD5', value: 'X03MO1qnZdYdgyfeuILPmQ==', salt },
      'okta: saltOrder must be PREFIX, POSTFIX.',
    ],
    [
      'an order without a salt',
      'okta',
      { algorithm: 'MD5', value: 'X03MO1qnZdYdgyfeuILPmQ==', saltOrder: 'PREFIX' },
      'okta: saltOrder must be absent where salt is absent.',
    ],
    [
      'a cost of bcrypt below 4',
      'okta',
      { algorithm: 'BCRYPT', workFactor: 1 },
      'okta: workFactor must be an integer from 4 to 20.',
    ],
    [
      'rounds of phpass that are no power of two',
      'fusionAuth',
      { encryptionScheme: 'phpass-md5', factor: 8193 },
      'fusionAuth: factor must be a power of two.',
    ],
    [
      'two members',
      'descope',
      { md5: { hash: '' }, bcrypt: { hash: '' } },
      'descope: md5 must be absent where bcrypt is given.',
    ],
    [
      'MD5 in two rounds',
      'firebaseImport',
      { hashAlgorithm: 'MD5', rounds: 2 },
      'firebaseImport: rounds must be an integer from 0 to 1.',
    ],
    [
      '32 bytes for MD5 that are no digits',
      'firebaseImport',
      { hashAlgorithm: 'MD5', rounds: 0, passwordHash: long(32) },
      'firebaseImport: passwordHash must be base64 of 32 hexadecimal digits, or of 16 bytes.',
    ],
    [
      '60 bytes that are no bcrypt',
      'firebaseImport',
      { hashAlgorithm: 'BCRYPT', passwordHash: long(60) },
      "firebaseImport: passwordHash must be base64 of bcrypt's string, which begins with $2a$, $2b$ or $2y$.",
    ],
    [
      'a signer key too short for a checksum',
      'descope',
      { firebase: { hash: 'AAAA', salt, signerKey: 'AAAA', ...settings } },
      'descope: firebase.signerKey must be base64 of 16 bytes or more.',
    ],
    [
      'a checksum of Firebase that is no signer key',
      'descope',
      { firebase: { hash: 'AAAA', salt, signerKey: long(32), ...settings } },
      'descope: firebase.hash must be base64 of as many bytes as signerKey.',
    ],
    [
      'a salted tag of LDAP without a salt',
      'auth0',
      { algorithm: 'ldap', hash: { value: '{SSHA}W6ph5Mm5Pz8GgiULbPgzG37mj9g=' } },
      'auth0: hash.value must be a tag of LDAP and base64, as {SSHA}<base64>.',
    ],
    [
      'a tag of LDAP with a salt that it has not',
      'auth0',
      { algorithm: 'ldap', hash: { value: '{SHA}yI6cZwQadOA1e+/f+T+H3eCQQhRzYWx0' } },
      'auth0: hash.value must be a tag of LDAP and base64, as {SSHA}<base64>.',
    ],
    [
      "less memory in Argon2's string than its lanes need",
      'logto',
      {
        passwordAlgorithm: 'Argon2id',
        passwordDigest: '$argon2id$v=19$m=15,t=1,p=2$c2FsdHNhbHQ$c2FsdHNhbHQ',
      },
      "logto: passwordDigest must be Argon2's string, which begins with $argon2id$v=.",
    ],
    [
      "another variant in Argon2's string",
      'logto',
      { passwordAlgorithm: 'Argon2i', passwordDigest: '$argon2id$v=19$m=16,t=1,p=2$c2FsdHNhbHQ$c2FsdHNhbHQ' },
      "logto: passwordDigest must be Argon2's string, which begins with $argon2i$v=.",
    ],
    [
      "a cost in scrypt's string that its block size has not",
      'stytch',
      { hash_type: 'scrypt', hash: '$scrypt$ln=16,r=1,p=1$c2FsdA$kICQkJCQkJCQkJCQkJCQkA' },
      "stytch: hash must be scrypt's string, as $scrypt$ln=14,r=8,p=1$<salt>$<checksum>.",
    ],
    [
      'a checksum of phpass with bits that are left over',
      'fusionAuth',
      { encryptionScheme: 'phpass-md5', factor: 128, salt: 'saltysea', password: 'u6kPmyyu9PraJaITT/9X5z' },
      'fusionAuth: password must be 22 characters of "./0-9A-Za-z", the last of which holds two bits.',
    ],
    [
      'a salt that is too short for Argon2',
      'stytch',
      {
        hash_type: 'argon_2id',
        hash: '00'.repeat(16),
        argon_2_config: { salt: '1234567', iteration_amount: 1, memory: 16, threads: 2, key_length: 16 },
      },
      'stytch: argon_2_config.salt must be text without control characters, 8 to 1024 bytes.',
    ],
    [
      'a salt that is too long for MD5 of crypt(3)',
      'kinde',
      { hashing_method: 'crypt', hashed_password: '$1$saltsalts$NuzA7WTAelpl95xgBGWN60' },
      'kinde: hashed_password must be a digest of crypt(3), as $6$<salt>$<checksum>.',
    ],
    [
      'a digest of BSD with no rounds',
      'kinde',
      { hashing_method: 'crypt', hashed_password: '_....saltovG81m68SS6' },
      'kinde: hashed_password must be a digest of crypt(3), as $6$<salt>$<checksum>.',
    ],
    [
      'a digest of SHA-512 with too few rounds',
      'sapCdc',
      { compoundHashedPassword: `$6$rounds=999$salt$${'.'.repeat(86)}` },
      'sapCdc: compoundHashedPassword must be a string that begins with $2a$, $2b$, $2y$, $1$, $5$, $6$, $P$, $H$ or $S$.',
    ],
    [
      'a digest of bcrypt with an old error',
      'stytch',
      { hash_type: 'bcrypt', hash: '$2x$05$CCCCCCCCCCCCCCCCCCCCC.LZrfN0lz4CULfFuRjqXiVMP49yNOHKi' },
      "stytch: hash must be bcrypt's string, which begins with $2a$, $2b$ or $2y$.",
    ],
    [
      'a salt without a template',
      'sapCdc',
      { hashSettings: { algorithm: 'md5', salt } },
      'sapCdc: hashSettings.salt must be absent where format is absent.',
    ],
    [
      'two templates',
      'sapCdc',
      { hashSettings: { algorithm: 'md5', format: '$password', binaryFormat: '$password:utf8' } },
      'sapCdc: hashSettings.format must be absent where binaryFormat is given.',
    ],
    [
      'a template with the password twice',
      'sapCdc',
      { hashSettings: { algorithm: 'md5', format: '$password$password' } },
      'sapCdc: hashSettings.format must be a template with $password once, and $salt where there is a salt.',
    ],
    [
      'a salt that its template has not',
      'sapCdc',
      { hashSettings: { algorithm: 'md5', format: 'x$password', salt } },
      'sapCdc: hashSettings.salt must be absent where format has no $salt.',
    ],
    [
      'a template with text between its tokens',
      'sapCdc',
      { hashSettings: { algorithm: 'md5', binaryFormat: '5ecre7$password:utf8' } },
      'sapCdc: hashSettings.binaryFormat must be a template of $0x<hex>, $password with :utf8 or :utf16, and $salt with these, :base64 or :hex.',
    ],
    [
      'a compound beside other fields',
      'sapCdc',
      { compoundHashedPassword: '', hashedPassword: '' },
      'sapCdc: hashedPassword must be absent where compoundHashedPassword is given.',
    ],
    [
      'a salt and a key that are too long for a digest',
      'firebaseImport',
      { hashAlgorithm: 'HMAC_MD5', passwordHash: long(16), signerKey: long(1024), salt: long(1024) },
      'firebaseImport: the digest must be at most 4096 characters long, but its salt or key is too long.',
    ],
  ])('%s', (_, builder, fields, message) => {
    expect(messageOf(builder, fields)).toBe(message)
  })

  test('a legacy digest of Logto that is longer than any digest', () => {
    const passwordDigest = JSON.stringify(['sha256', ['x'.repeat(4_096), '@'], '0'.repeat(64)])
    const message = messageOf('logto', { passwordAlgorithm: 'Legacy', passwordDigest })
    expect(message).toMatch(/^logto: passwordDigest must be JSON of /)
  })

  test.each([
    'x',
    'null',
    '{}',
    '["sha256", ["5ecre7", "@"]]',
    '["sha256", "@", "00"]',
    '["sha256", ["@", 1], "00"]',
    `["sha256", ["salt"], "${'0'.repeat(64)}"]`,
    `["sha256", ["@", "@"], "${'0'.repeat(64)}"]`,
    `["sha256", ["@"], "${'A'.repeat(64)}"]`,
    `["sha1", ["@"], "${'0'.repeat(64)}"]`,
    `["mdc2", ["@"], "${'0'.repeat(32)}"]`,
    `["pbkdf2", ["salt", "1000", "32", "sha256"], "${'0'.repeat(64)}"]`,
    `["pbkdf2", ["@", "1000", "32", "sha256", "@", "x"], "${'0'.repeat(64)}"]`,
    `["pbkdf2", ["salt", "01000", "32", "sha256", "@"], "${'0'.repeat(64)}"]`,
    `["pbkdf2", ["salt", "1000", "31", "sha256", "@"], "${'0'.repeat(64)}"]`,
    `["pbkdf2", ["hex:", "1000", "32", "sha256", "@"], "${'0'.repeat(64)}"]`,
    `["pbkdf2", ["hex:0g", "1000", "32", "sha256", "@"], "${'0'.repeat(64)}"]`,
  ])("a legacy digest of Logto's that says too little or too much: %s", (passwordDigest) => {
    const message = messageOf('logto', { passwordAlgorithm: 'Legacy', passwordDigest })
    expect(message).toMatch(/^logto: passwordDigest must be JSON of /)
    expect(message).not.toContain('5ecre7')
  })
})

const SIGNS = ['', '$', '.', '0', '9', 'z', '_', '=', ',', '\u0000', 'é']
const NUMBERS = [0, 1, 2, 3, 7, 8, 31, 63, 64, 1_023, 1_024, 2 ** 20, 2 ** 31 - 1, 2 ** 32 - 1]

/** Other values of a field: a text with one character changed or more behind it, or another number. */
function changesOf(value: unknown): readonly unknown[] {
  if (typeof value === 'number') return NUMBERS
  if (typeof value !== 'string') return []
  const texts = Array.from(value, (_, place) =>
    SIGNS.map((sign) => value.slice(0, place) + sign + value.slice(place + 1)),
  )
  return [...texts.flat(), ...SIGNS.map((sign) => value + sign)]
}

describe("a digest that a builder gives back is read by a hasher, however a vendor's fields were changed:", () => {
  test.each(EXAMPLES.map((row) => [`${row.builder}: ${row.title}`, row] as const))('%s', (_, row) => {
    const unread = pathsOf(row.fields).flatMap((path) =>
      shareOf(changesOf(valueAt(row.fields, path)), 7).flatMap((value) => {
        const fields = withValue(row.fields, path, value)
        if (messageOf(row.builder, fields) !== undefined) return []
        const { outcome } = parse(build(row.builder, fields))
        return outcome === 'parsed' ? [] : [[path, value]]
      }),
    )
    expect(unread).toEqual([])
  })
})
