import { once } from '../../once.js'

/** The advice for a row's name that no hasher has. */
export const NAME_UNKNOWN_ADVICE =
  "`hashers` lists the names; `createRegistry({ names: { their_name: 'bcrypt' } })` maps others."

// The tables of the hints are made when they are first used: no process that imports the package waits for them.

/** What to do about a text that was damaged on its way here, or that is something else than a digest. */
export const readRepairs = /* @__PURE__ */ once(() => {
  const OTHER_COLUMN = 'Choose another column.'
  const FROM_DATABASE = 'Export it from the database.'
  const SINGLE_QUOTES = 'Export it again, in single quotes wherever a shell or a program reads it.'
  const ONE_FIELD = 'Give the digest alone.'

  return {
    'algorithm-name': OTHER_COLUMN,
    'argon2-padding': 'Cut off the equals signs.',
    'aspnet-membership':
      'Write `aspnet_membership$`, the algorithm of its configuration, salt and digest, dollar signs between.',
    backslashes: 'Undo the escaping once.',
    'bare-base64':
      'Give the name of its hasher, as `ldap_ssha`, `rabbitmq` or `jasypt`; for any other `defineHasher` makes one.',
    'base64-encoded': 'Decode it to text.',
    'base64-in-hex': 'Write the checksum in hexadecimal; leave the salt.',
    'byte-order-mark': 'Cut it off.',
    'case-changed': 'Export it again.',
    'crypt-des': 'Give the name of its hasher, `descrypt`.',
    'cut-short': 'Take the digest from a backup, and make the column 255 characters wide.',
    cognito: 'Have users sign in through a delegate that asks Cognito (docs/own-hashers.md).',
    date: OTHER_COLUMN,
    'digit-lost': 'Export the column as text, or put the zero back in front.',
    'dollars-missing': SINGLE_QUOTES,
    'doubled-dollars': 'Write one for every two.',
    ellipsis: FROM_DATABASE,
    'email-address': OTHER_COLUMN,
    'firebase-incomplete':
      'Write checksum, salt, signer key, salt separator, rounds and memory cost, dollar signs between.',
    grafana: 'Give what `grafana({ password, salt })` of `passlift/builders` makes of it.',
    'hex-encoded': 'Export the column as text; of a checksum, the digits alone.',
    'hex-grouped': 'Take out the separators.',
    'hex-in-base64': 'Write the bytes of all fields in base64, as `firebase auth:export` does.',
    'html-escaped': 'Decode it once.',
    'invisible-characters': FROM_DATABASE,
    json: ONE_FIELD,
    keycloak: 'Give what the builder `keycloak` makes of the credential.',
    masked: 'Ask for an export that shows the digests.',
    'more-follows': 'Cut off what follows; if it is a pepper, the digest needs a hasher with one.',
    'null-as-text': 'Give null: an account without a password.',
    'not-ascii': FROM_DATABASE,
    'nul-padding': 'Cut off the NUL characters.',
    number: `${OTHER_COLUMN} If it is a password, hash it now.`,
    'passport-local': 'Give what `passportLocalMongoose({ hash, salt })` of `passlift/builders` makes of it.',
    'passwd-line': ONE_FIELD,
    payload: 'Give what `payload({ hash, salt })` of `passlift/builders` makes of it.',
    'plain-text': 'If it is a password, hash it now, and keep no copy.',
    'python-bytes': "Decode the bytes with `.decode('ascii')`.",
    quoted: 'Read the file with a reader of its format.',
    'salted-hex':
      'Give the name of its hasher, `md5_salted` or `sha256_salted`; for any other `defineHasher` makes one.',
    'shell-ate-dollars': `What followed dollar signs is lost. ${SINGLE_QUOTES}`,
    'two-lines': 'Give one digest in one line.',
    tomcat: 'Give the name of its hasher: `tomcat`, or `tomcat_pbkdf2` of a SecretKeyCredentialHandler.',
    url: OTHER_COLUMN,
    'url-encoded': 'Decode it once.',
    'utf-16': 'Read the file as UTF-16.',
    uuid: OTHER_COLUMN,
    'white-space': 'Cut off the spaces or the line ending.',
    // Digests that can be read behind what their system puts in front.
    jenkins: 'Cut off `#jbcrypt:`.',
    // What only the caller can tell.
    'name-unknown': NAME_UNKNOWN_ADVICE,
    'too-long': `No digest has more than 4,096 characters. ${OTHER_COLUMN}`,
  } satisfies Readonly<Record<string, string>>
})

/** What a format is that no hasher reads, where its name does not say it; what to do is the same for all of them. */
export const readMakers = /* @__PURE__ */ once(() => {
  const ANY_CHECKSUM = 'a checksum, and nothing in it says of which algorithm'
  const PBKDF2 = 'PBKDF2'

  return {
    'bare-hex': ANY_CHECKSUM,
    cisco: 'PBKDF2 or scrypt',
    crackstation: PBKDF2,
    drupal: 'bcrypt over MD5',
    'firebase-scrypt': 'a Firebase digest in another form',
    macos: PBKDF2,
    'nt-hash': 'MD4 of UTF-16',
  } satisfies Readonly<Record<string, string>>
})

/** Formats that no hasher reads, and whose name says what they are. */
type NamedWell =
  | 'argon2-key'
  | 'crypt-sunmd5'
  | 'crypt-gost-yescrypt'
  | 'hex-salt'
  | 'import-format'
  | 'jakarta-pbkdf2'
  | 'ldap'
  | 'mssql'
  | 'mysql-old-password'
  | 'mysql-password'
  | 'pbkdf2-npm'
  | 'phpbb-converted'
  | 'sap-issha'
  | 'scheme-in-braces'
  | 'scram'
  | 'scrypt-perl'
  | 'shiro'
  | 'shopware'

/** The name of a hint: damage, another column, or a format that no hasher reads. */
export type LooksLike = keyof ReturnType<typeof readRepairs> | keyof ReturnType<typeof readMakers> | NamedWell

export function adviceOf(looksLike: LooksLike): string {
  const repairs = readRepairs()
  if (isOneOf(repairs, looksLike)) return repairs[looksLike]
  const makers = readMakers()
  const what = isOneOf(makers, looksLike) ? `This is ${makers[looksLike]}. ` : ''
  return `${what}No hasher here reads it as it stands; \`defineHasher\` makes one.`
}

function isOneOf<T extends object>(table: T, name: PropertyKey): name is keyof T {
  return Object.hasOwn(table, name)
}
