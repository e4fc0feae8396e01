import { findDigestSpelling } from './digest-spellings.js'
import { algorithmOf, readPart } from './parts.js'
import type { Encoding, Parts, PartsOf, Read, Salted, Spelling } from './parts.js'

function adapted(text: string): string {
  return readPart(text.replaceAll('.', '+'), 'base64')
}

function pbkdf2(name: string, iterations: string, { salt, checksum }: Salted): PartsOf<'pbkdf2'> | undefined {
  const algorithm = algorithmOf(name)
  return algorithm === undefined ? undefined : { kind: 'pbkdf2', algorithm, iterations, salt, checksum }
}

function scrypt(
  logN: number,
  [r = '', p = '']: readonly string[],
  salted: Salted,
): PartsOf<'scrypt'> | undefined {
  return Number.isInteger(logN) ? { kind: 'scrypt', logN, r, p, ...salted } : undefined
}

function firebase(
  [checksum = '', salt = '', signerKey = '', saltSeparator = '']: readonly string[],
  rounds: string,
  memoryCost: string,
): Parts {
  return {
    ...{ kind: 'firebase', rounds, memoryCost },
    ...{ checksum: readPart(checksum, 'base64'), salt: readPart(salt, 'base64') },
    ...{ signerKey: readPart(signerKey, 'base64'), saltSeparator: readPart(saltSeparator, 'base64') },
  }
}

const BCRYPT = '(\\$2[aby]\\$\\d\\d\\$[./A-Za-z0-9]{53})'
const ARGON2 = '(\\$argon2(?:id|i|d)\\$v=19\\$m=\\d+,t=\\d+,p=\\d+\\$[\\w+/]+\\$[\\w+/]+)'
const bcrypt: Read = ([, text = '']) => ({ kind: 'bcrypt', text })
const argon2: Read = ([, text = '']) => ({ kind: 'argon2', text })
const argon2Spelling: Spelling = [new RegExp(`^${ARGON2}$`), argon2]
const phpass: Spelling = [/^\$[PH]\$(.{31})$/, ([, rest = '']) => ({ kind: 'phpass', text: `$P$${rest}` })]

function pbkdf2Spelling(pattern: RegExp, salt: Encoding, checksum: Encoding): Spelling {
  return [
    pattern,
    ([, name = '', iterations = '', saltText = '', checksumText = '']) =>
      pbkdf2(name, iterations, {
        salt: readPart(saltText, salt),
        checksum: readPart(checksumText, checksum),
      }),
  ]
}

const passlib: Spelling = [
  /^\$pbkdf2-?(sha256|sha512|)\$(\d+)\$([\w./]*)\$([\w./]+)$/,
  ([, name = '', iterations = '', salt = '', checksum = '']) =>
    pbkdf2(name === '' ? 'sha1' : name, iterations, { salt: adapted(salt), checksum: adapted(checksum) }),
]
const pbkdf2Text: Spelling = pbkdf2Spelling(
  /^pbkdf2_(sha\d+)\$(\d+)\$([^$]+)\$([\w+/]+=*)$/,
  'utf8',
  'base64',
)

/** The texts that a credential of Keycloak holds, in the spelling that the hasher reads. */
const keycloak: Spelling = [
  /^\{"secretData":".*\}$/,
  ([whole = '']) => {
    const [value, salt, name, iterations] = ['value', 'salt', 'algorithm', 'hashIterations'].map((one) =>
      members(whole).get(one),
    )
    if (typeof value !== 'string' || typeof salt !== 'string' || typeof name !== 'string') return undefined
    const algorithm = name === 'pbkdf2' ? 'sha1' : name.replace('pbkdf2-', '')
    return pbkdf2(algorithm, String(iterations), {
      salt: readPart(salt, 'base64'),
      checksum: readPart(value, 'base64'),
    })
  },
]

const keycloakArgon2: Spelling = [
  /^\{"secretData":".*\}$/,
  ([whole = '']) => {
    const found = members(whole)
    const text = (name: string): string => String(found.get(name)).replace(/=+$/, '')
    const [version] = [found.get('version')].flat()
    // An array of one text becomes that text.
    const [type, memory, lanes] = ['type', 'memory', 'parallelism'].map((name) => String(found.get(name)))
    if (version !== '1.3') return undefined
    const numbers = `m=${memory ?? ''},t=${text('hashIterations')},p=${lanes ?? ''}`
    return { kind: 'argon2', text: `$argon2${type ?? ''}$v=19$${numbers}$${text('salt')}$${text('value')}` }
  },
]

function members(text: string): ReadonlyMap<string, unknown> {
  const inner = entriesOf(text).flatMap(([, one]) => entriesOf(one))
  return new Map(inner.flatMap((entry) => (isObject(entry[1]) ? Object.entries(entry[1]) : [entry])))
}

function entriesOf(text: unknown): readonly (readonly [name: string, value: unknown])[] {
  const object: unknown = typeof text === 'string' ? JSON.parse(text) : undefined
  return isObject(object) ? Object.entries(object) : []
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** How digests of each hasher are spelled. Digests of the others keep their text. */
const SPELLINGS: ReadonlyMap<string, Spelling> = new Map<string, Spelling>([
  ['bcrypt', [new RegExp(`^${BCRYPT}$`), bcrypt]],
  ['bcrypt_django', [new RegExp(`^bcrypt\\$${BCRYPT}$`), bcrypt]],
  ['bcrypt_mediawiki', [new RegExp(`^:bcrypt:${BCRYPT}$`), bcrypt]],
  ['ldap_crypt', [new RegExp(`^\\{(?:CRYPT|BLF-CRYPT)\\}${BCRYPT}$`, 'i'), bcrypt]],
  ['spring', [new RegExp(`^\\{bcrypt\\}${BCRYPT}$`), bcrypt]],
  ['nextcloud', [new RegExp(`^1\\|${BCRYPT}$`), bcrypt]],
  ['argon2id', argon2Spelling],
  ['argon2i', argon2Spelling],
  ['argon2d', argon2Spelling],
  ['argon2_django', [new RegExp(`^argon2${ARGON2}$`), argon2]],
  ['ldap_argon2', [new RegExp(`^\\{ARGON2(?:ID|I)?\\}${ARGON2}$`, 'i'), argon2]],
  ['phpass', phpass],
  ['phpass_phpbb', phpass],
  ['phpass_wordpress', phpass],
  ['pbkdf2_sha256_django', pbkdf2Text],
  ['pbkdf2_sha1_django', pbkdf2Text],
  ['pbkdf2_sha256', pbkdf2Spelling(/^pbkdf2_(sha256)\$(\d+)\$([\w+/]*=*)\$([\w+/]+=*)$/, 'base64', 'base64')],
  ['pbkdf2_sha512', pbkdf2Spelling(/^pbkdf2_(sha512)\$(\d+)\$([^$]*)\$([\da-f]+)$/i, 'utf8', 'hex')],
  [
    'pbkdf2_sha512_hex',
    pbkdf2Spelling(/^pbkdf2_(sha512)_hex\$(\d+)\$([\da-f]*)\$([\da-f]+)$/i, 'hex', 'hex'),
  ],
  [
    'pbkdf2_sha1',
    pbkdf2Spelling(/^pbkdf2_(sha1)\$(\d+)\$((?:[\da-f]{2})+)\$([\da-f]+)(?:\$\d+)?$/, 'hex', 'hex'),
  ],
  ['pbkdf2_werkzeug', pbkdf2Spelling(/^pbkdf2:(\w+):(\d+)\$([^$]+)\$([\da-f]+)$/, 'utf8', 'hex')],
  ['pbkdf2_sha1_passlib', passlib],
  ['pbkdf2_sha256_passlib', passlib],
  ['pbkdf2_sha512_passlib', passlib],
  [
    'pbkdf2_kratos',
    pbkdf2Spelling(
      /^\$pbkdf2-(sha1|sha256|sha512)\$i=(\d+),l=\d+\$([\w+/]*)\$([\w+/]+)$/,
      'base64',
      'base64',
    ),
  ],
  ['keycloak', keycloak],
  ['keycloak_argon2', keycloakArgon2],
  [
    'scrypt_django',
    [
      /^scrypt\$(\d+)\$([^$]+)\$(\d+)\$(\d+)\$(.+)$/,
      ([, n = '', salt = '', r = '', p = '', checksum = '']) =>
        scrypt(Math.log2(Number(n)), [r, p], {
          salt: readPart(salt, 'utf8'),
          checksum: readPart(checksum, 'base64'),
        }),
    ],
  ],
  [
    'scrypt_werkzeug',
    [
      /^\$?scrypt:(\d+):(\d+):(\d+)\$([^$]+)\$([\da-f]+)$/i,
      ([, n = '', r = '', p = '', salt = '', checksum = '']) =>
        scrypt(Math.log2(Number(n)), [r, p], {
          salt: readPart(salt, 'utf8'),
          checksum: readPart(checksum, 'hex'),
        }),
    ],
  ],
  ['scrypt_passlib', scryptPhc(Number)],
  ['scrypt_kratos', scryptPhc((n) => Math.log2(Number(n)))],
  [
    'scrypt_firebase',
    [
      /^([^$]+)\$([^$]+)\$([^$]+)\$([^$]*)\$(\d+)\$(\d+)$/,
      ([, checksum = '', salt = '', key = '', separator = '', rounds = '', memory = '']) =>
        firebase([checksum, salt, key, separator], rounds, memory),
    ],
  ],
  [
    'scrypt_supabase',
    [
      /^\$fbscrypt\$v=1,n=(\d+),r=(\d+),p=1,ss=([^,$]+),sk=([^,$]+)\$([^$]+)\$([^$]+)$/,
      ([, memory = '', rounds = '', separator = '', key = '', salt = '', checksum = '']) =>
        firebase([checksum, salt, key, separator], rounds, memory),
    ],
  ],
  [
    'scrypt_kratos_firebase',
    [
      /^\$firescrypt\$ln=(\d+),r=(\d+),p=1\$([^$]+)\$([^$]+)\$([^$]*)\$([^$]+)$/,
      ([, memory = '', rounds = '', salt = '', checksum = '', separator = '', key = '']) =>
        firebase([checksum, salt, key, separator], rounds, memory),
    ],
  ],
  [
    'scrypt_workos',
    [
      /^\$firebase-scrypt\$hash=([^$]+)\$salt=([^$]+)\$sk=([^$]+)\$ss=([^$]*)\$r=(\d+)\$m=(\d+)$/,
      ([, checksum = '', salt = '', key = '', separator = '', rounds = '', memory = '']) =>
        firebase([checksum, salt, key, separator], rounds, memory),
    ],
  ],
])

function scryptPhc(logOf: (text: string) => number): Spelling {
  return [
    /^\$scrypt\$ln=(\d+),r=(\d+),p=(\d+)\$([\w+/]*=*)\$([\w+/]+=*)$/,
    ([, n = '', r = '', p = '', salt = '', checksum = '']) =>
      scrypt(logOf(n), [r, p], { salt: readPart(salt, 'base64'), checksum: readPart(checksum, 'base64') }),
  ]
}

/** The parts of a digest that its hasher has read; undefined where only the hasher itself knows its spelling. */
export function partsOf(hasher: string, text: string): Parts | undefined {
  const spelling = SPELLINGS.get(hasher) ?? findDigestSpelling(hasher)
  const fields = spelling?.[0].exec(text)
  return fields === null || fields === undefined ? undefined : spelling?.[1](fields)
}
