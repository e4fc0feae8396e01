import { createHash } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { builtinHashers } from '../default.js'
import { MAX_DIGEST_LENGTH } from '../formats/bounds.js'
import { roundsOf } from '../conformance/share.fixture.js'
import { readVectorFolder } from '../conformance/vector-files.js'
import { findHint, NAME_UNKNOWN } from './hints.js'
import type { LooksLike } from './hints.js'
import { readMakers, readRepairs } from './hints/advice.js'
import { readDamage } from './hints/damage.js'
import { readPrefixed } from './hints/formats.js'
import { findRow } from './hints/row.js'
import { readShapes } from './hints/shapes.js'

type Example = readonly [looksLike: LooksLike, what: string, digest: string]

const DAMAGE = readDamage()
const ROWS = [...DAMAGE, ...readPrefixed(), ...readShapes()]

// Digests of an invented password, made by libxcrypt, hashlib and others.
const BCRYPT = '$2y$04$vR3mK0cTq1xYw7LmNpQrsOgtxCFNF4RfSizP4t1y8KMxtYcuqDvsm'
const ARGON2 =
  '$argon2id$v=19$m=65536,t=2,p=1$RNJC28L4QYMX0iAgsHsn1w$RWSDB3WwIjE4PQdA8iRnymAE8yPKOXnZhq6kDzbWjAE'
const PHPASS = '$P$Bl55YeV9l2IIgmDXV5HbfzTTPVr.J7.'
const PBKDF2 = 'pbkdf2_sha256$1000$seasalt$g/PO8HQeSLBaLePUEz2IgMauK5qXtmvdPxW7bHTawBc='
const SCRYPT =
  'scrypt:1024:8:1$seasalt$719f16c9f8bb7c09a4f21ce11b1ca32b8484fe78e468b87783758dd2086ce7dbba3cc0817eb457c3b530cb93ec9aa2476647da5aceb0435ce263f6274fae0ac0'
const FIREBASE =
  '64MhH07H6xe5DNL9HChY8DY1dk2ClAnkZhEklLPVwYdvVQb3cpZRU1cIg2ycwMLfN/su9d1WK+3bdZCPptLyAA==$rjfXAxv+kfP1RA==$yO0SN1yBpsvwFTpfhKnO8xg9Yoes0fYbQGWKr9T5HkNojbLX/CFGa5C12v8kSW6TuN0CJ0xxlrvgBSpPdJm+4w==$Bw==$8$14'
const SHA512_CRYPT =
  '$6$vR3mK0cTq1$EKJfeZXzHEBvYa38gAmmaXa6j26VMDulXP8QVJO6YLJGe4HlI2CLPjVvzwB83K1sbyiIJOnW5fwwUxufLJfYO/'
const MD5_CRYPT = '$1$vR3mK0cT$/63VX9NKHwKZ3Ps6OX3f51'
const YESCRYPT = '$y$j75$vR3mK0cTq1$lWlXMECcJiEeEp8nUr1ba02.H8u7g32/HqG4z2nRY48'
const SSHA = '{SSHA}QfpRCZL6200fO69BoW2+NOj3Y4sAAQIDBAUGBw=='
const MD5 = '48a5a789e740c70dfa5851135fb6b69a'
const SHA256 = 'be80443ce69807841786d3ada0cf5e88d54fc13b8ee4307d0d6e3f61f33dd7a9'
const SHA512 =
  '4e1fb945fa4522bbd4af6924b9f1ced3fcad48a76f3b46ed92d659c7542c474bf1769a5c9209e29f3ee1ee069cdd8a42b327089423cb36c6b02bcdefec0b8cf0'
const SALT = '000102030405060708090a0b0c0d0e0f'

const asHex = (text: string): string => Buffer.from(text).toString('hex')
const asBase64 = (text: string): string => Buffer.from(text).toString('base64')
const hexOf = (base64: string): string => Buffer.from(base64, 'base64').toString('hex')
const firebaseInHex = FIREBASE.split('$').map((field, place) => (place < 4 ? hexOf(field) : field))
const [firebaseChecksum = '', firebaseSalt = '', signerKey = ''] = FIREBASE.split('$')

const DAMAGED: readonly Example[] = [
  ['byte-order-mark', 'in front', `\ufeff${BCRYPT}`],
  ['byte-order-mark', 'of UTF-8, read as Latin-1', `\u00ef\u00bb\u00bf${BCRYPT}`],
  ['utf-16', 'read as UTF-8', Array.from(BCRYPT).join('\0') + '\0'],
  ['utf-16', 'of the other byte order', `\0${Array.from(BCRYPT).join('\0')}`],
  ['utf-16', 'with its mark, read as Latin-1', `\u00ff\u00fe${Array.from(BCRYPT).join('\0')}\0`],
  ['utf-16', 'that ASCII was read as', Buffer.from(BCRYPT).toString('utf16le')],
  ['nul-padding', 'of a column of 128 characters', ARGON2.padEnd(128, '\0')],
  ['two-lines', 'in one cell', `${BCRYPT}\n${BCRYPT}`],
  ['two-lines', 'of a wrapped digest', `${ARGON2.slice(0, 76)}\r\n${ARGON2.slice(76)}`],
  ['white-space', 'behind, a line ending', `${BCRYPT}\n`],
  ['white-space', 'of a column of 80 characters', BCRYPT.padEnd(80)],
  ['white-space', 'in front, a tab', `\t${BCRYPT}`],
  ['invisible-characters', 'inside, a zero-width space', `${BCRYPT.slice(0, 30)}\u200b${BCRYPT.slice(30)}`],
  ['null-as-text', 'of SQL', 'NULL'],
  ['null-as-text', 'of COPY and mysqldump', '\\N'],
  ['masked', 'with bullets', '\u2022'.repeat(12)],
  ['masked', 'with a word', '[FILTERED]'],
  ['python-bytes', 'as Python prints them', `b'${BCRYPT}'`],
  ['quoted', 'with double quotes', `"${BCRYPT}"`],
  ['nul-padding', 'in front', `\0\0${BCRYPT}`],
  ['quoted', 'with an opening quote alone', `"${BCRYPT}`],
  ['quoted', 'with single quotes', `'${PBKDF2}'`],
  ['quoted', 'with backticks', `\`${BCRYPT}\``],
  ['quoted', 'as a cell of CSV with quotes inside', `"""${BCRYPT}"""`],
  ['quoted', 'as JSON text', JSON.stringify(SSHA)],
  ['quoted', 'as a literal of SQL', `N'${BCRYPT}'`],
  ['hex-encoded', 'in a dump of MySQL', `0x${asHex(BCRYPT)}`],
  ['hex-encoded', 'as bytea of PostgreSQL', `\\x${asHex(BCRYPT)}`],
  ['hex-encoded', 'of 16 bytes in a binary column', `0x${MD5}`],
  ['hex-encoded', 'without a mark', asHex(PHPASS)],
  ['base64-encoded', 'of bcrypt', asBase64(BCRYPT)],
  ['base64-encoded', 'of Argon2', asBase64(ARGON2)],
  ['base64-encoded', 'of LDIF', asBase64(SSHA)],
  ['backslashes', 'before dollar signs', BCRYPT.replaceAll('$', '\\$')],
  ['backslashes', 'before slashes', MD5_CRYPT.replaceAll('/', '\\/')],
  ['doubled-dollars', 'for Compose', BCRYPT.replaceAll('$', '$$$$')],
  ['url-encoded', 'dollar signs', encodeURIComponent(BCRYPT)],
  ['url-encoded', 'base64', FIREBASE.replaceAll('+', '%2B')],
  ['html-escaped', 'dollar signs', BCRYPT.replaceAll('$', '&#36;')],
  ['html-escaped', 'slashes', FIREBASE.replaceAll('/', '&#x2F;')],
  ['html-escaped', 'an ampersand of a salt', 'pbkdf2_sha256$1000$sea&amp;salt$AAAA'],
  ['passwd-line', 'of .htpasswd', `ada:${BCRYPT}`],
  ['passwd-line', 'of /etc/shadow', `ada:${SHA512_CRYPT}:19000:0:99999:7:::`],
  ['passwd-line', 'of LDIF', `userPassword:: ${asBase64(SSHA)}`],
  ['ellipsis', 'of one character', `${BCRYPT.slice(0, 12)}\u2026`],
  ['ellipsis', 'of three dots', `${ARGON2.slice(0, 20)}...`],
  ['ellipsis', 'behind hexadecimal', `${SHA256.slice(0, 16)}...`],
  ['case-changed', 'to upper case', BCRYPT.toUpperCase()],
  ['case-changed', 'to upper case, Argon2', ARGON2.toUpperCase()],
  ['case-changed', 'to lower case, phpass', PHPASS.toLowerCase()],
  ['case-changed', 'to lower case, bcrypt', BCRYPT.toLowerCase()],
  ['dollars-missing', 'in front', BCRYPT.slice(1)],
  ['dollars-missing', 'in front of phpass', PHPASS.slice(1)],
  ['dollars-missing', 'everywhere', BCRYPT.replaceAll('$', '')],
  ['dollars-missing', 'where Django has two', `bcrypt_sha256${BCRYPT}`],
  ['hex-in-base64', 'in the checksum', firebaseInHex.join('$')],
  ['hex-in-base64', 'in the signer key alone', FIREBASE.replace(signerKey, hexOf(signerKey))],
  ['argon2-padding', 'of the salt and the checksum', `${ARGON2.replace('1w$', '1w==$')}=`],
  [
    'base64-in-hex',
    'as Keycloak has it',
    'pbkdf2_sha512$1000$seasalt$prlJTvyigAopG1zc107VvMtkOfE0t1eg0zQrW/Ft0AcKWQ==',
  ],
  ['digit-lost', 'of MD5', MD5.slice(1)],
  ['hex-grouped', 'as .NET writes it', (MD5.toUpperCase().match(/../g) ?? []).join('-')],
  ['hex-grouped', 'with colons', (SHA256.match(/../g) ?? []).join(':')],
  ['not-ascii', 'a Cyrillic letter', BCRYPT.replace('c', '\u0441')],
  ['not-ascii', 'a dash for a hyphen', ARGON2.replace('w$', '\u2013$')],
  ['cut-short', 'bcrypt of 50 characters', BCRYPT.slice(0, 50)],
  ['cut-short', 'bcrypt of Django', `bcrypt_sha256$${BCRYPT.slice(0, 46)}`],
  ['cut-short', 'Argon2 before its salt', ARGON2.slice(0, 32)],
  ['cut-short', 'phpass of 32 characters', PHPASS.slice(0, 32)],
  ['cut-short', 'PBKDF2 before its checksum', PBKDF2.slice(0, 20)],
  ['cut-short', 'PBKDF2 in its checksum', PBKDF2.slice(0, 50)],
  ['cut-short', 'scrypt in its checksum', SCRYPT.slice(0, 100)],
  ['cut-short', 'SHA-512 of crypt(3)', SHA512_CRYPT.slice(0, 64)],
  ['cut-short', 'yescrypt', YESCRYPT.slice(0, 50)],
  ['more-follows', 'behind bcrypt, a comma', `${BCRYPT},ada`],
  ['more-follows', 'behind bcrypt, a pepper', `${BCRYPT}$pepper`],
  ['more-follows', 'behind phpass', `${PHPASS}:1`],
]

// What bash, dash, ksh, mksh and zsh, PHP, dotenv-expand and GNU Make printed for a digest in double quotes, and which of
// them agree on it. The digests are those of the README and of the documents of their formats.
const EATEN: readonly (readonly [what: string, digest: string])[] = [
  ['bash, behind a whole salt', 'b2.pO36ff8G3cebJNsbxSzu2vyv5ZzeYASAk.9z/B2'],
  ['bash, whose own name stands for $0', 'b2bashYOulbqPq6'],
  ['bash, of which little is left', 'b2/y'],
  ['shells: bcrypt', 'b2/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW'],
  ['shells: bcrypt with no sign in salt and checksum', 'b2'],
  ['shells: bcrypt, its salt begins with a digit', 'b2bcdefghijklmnopqrstuuEoYkPRD0DRRnkhtuf9PKbMeCc8oTzM6'],
  ['shells: bcrypt, its salt begins with a sign', 'b2$.bcdefghijklmnopqrstuuEoYkPRD0DRRnkhtuf9PKbMeCc8oTzM6'],
  ['shells: bcrypt of cost 10', 'y0.L85EboL9NX5kObID0iORflt1D9GPDjW'],
  ['bash -c: bcrypt of cost 5', 'ybash5/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW'],
  ['a script: bcrypt of cost 5', 'y/tmp/load.sh5/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW'],
  ['zsh: bcrypt', 'b/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW'],
  ['zsh: bcrypt, its salt begins with a digit', 'bbcdefghijklmnopqrstuuEoYkPRD0DRRnkhtuf9PKbMeCc8oTzM6'],
  ['zsh: bcrypt, its salt begins with a sign', 'b$.bcdefghijklmnopqrstuuEoYkPRD0DRRnkhtuf9PKbMeCc8oTzM6'],
  ['Make: bcrypt', 'b29h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW'],
  ['PHP: bcrypt', '$2b$12/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW'],
  ['PHP: bcrypt with no sign in salt and checksum', '$2b$12'],
  ['shells: bcrypt of Django', 'bcrypt_sha25657412b2/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW'],
  ['PHP: bcrypt of Django', 'bcrypt_sha256$$2b$12/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW'],
  ['Make: bcrypt of Django', 'bcrypt_sha256$2b29h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW'],
  ['shells, PHP: Argon2', '=19=65536,t=2,p=1'],
  [
    'shells: Argon2 with digits and signs',
    '=19=65536,t=2,p=1NJC28/4QYMX0iAgsHsn1w$+WSDB3WwIjE4PQdA8iRnymAE8yPKOXnZhq6k',
  ],
  ['shells, PHP: Argon2 without version', '=64,t=4,p=8/71tF0qGjxRHEmR3gpGULcE93zUJVU'],
  ['Make: Argon2', 'rgon2id=19=65536,t=2,p=1NJC28L4QYMX0iAgsHsn1wWSDB3WwIjE4PQdA8iRnymAE8yPKO'],
  ['shells, PHP: phpass', '/yH5xoVwwM5n5jF37PDiLethEiUw.'],
  ['shells: crypt(3)', '/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1'],
  ['PHP: crypt(3)', '$6/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1'],
  ['PHP: crypt(3), its checksum begins with a digit', '$5$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5'],
  ['shells: crypt(3) with rounds', '=10000/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1'],
  ['PHP: crypt(3) with rounds', '$6=10000/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1'],
  ['shells, PHP: yescrypt', '..1.9agCG9G317fhZg9SqC.5i5rd.RhAtQ7'],
  ['shells: PBKDF2 of Django', 'pbkdf2_sha25690000xBlGd3jVgvJ+92hWPxi5ww0uuAuAnKgC45eudxro7c='],
  ['zsh: PBKDF2 of Django', 'pbkdf2_sha256xBlGd3jVgvJ+92hWPxi5ww0uuAuAnKgC45eudxro7c='],
  ['PHP: PBKDF2 of Django', 'pbkdf2_sha256$390000$8xBlGd3jVgvJ+92hWPxi5ww0uuAuAnKgC45eudxro7c='],
  [
    'PHP: PBKDF2 of Django, its checksum begins with a letter',
    'pbkdf2_sha256$390000+92hWPxi5ww0uuAuAnKgC45eudxro7c=',
  ],
  ['shells: PBKDF2', 'pbkdf2_sha512000'],
  ['shells: scrypt of Werkzeug', `scrypt:32768:8:1${SHA512.slice(1)}`],
  ['PHP: scrypt of Werkzeug', `scrypt:32768:8:1$${SHA512}`],
  ['shells: Firebase', `${firebaseChecksum}2xEC+ixf3L2lw======4`],
  ['zsh: Firebase', `${firebaseChecksum}xEC+ixf3L2lw======`],
  ['PHP: Firebase', `${firebaseChecksum}$42xEC+ixf3L2lw======$8$14`],
]

const FORMATS: readonly Example[] = [
  [
    'keycloak',
    'a credential',
    '{"hashIterations":27500,"algorithm":"pbkdf2-sha256","additionalParameters":{}}',
  ],
  ['keycloak', 'its secret part', '{"value":"g/PO8HQeSLBaLePUEz2IgA==","salt":"c2Vhc2FsdA=="}'],
  ['json', 'an object', `{"bcrypt":"${BCRYPT}"}`],
  ['json', 'a list', `["${BCRYPT}"]`],
  ['plain-text', 'of Spring', '{noop}harbour-lamp-3'],
  ['plain-text', 'of Werkzeug', 'plain$$harbour-lamp-3'],
  ['sap-issha', 'with iterations', '{x-issha, 1024}QfpRCZL6200fO69BoW2+NOj3Y4sAAQIDBAUGBw=='],
  ['scram', 'of passlib', '$scram$6400$.Z/znnNOKWUsBaCU$sha-1=cRseQyJpnuPGn3e6d6u6JdJWk.0'],
  ['ldap', 'MD5 of Dovecot', `{PLAIN-MD5}${MD5}`],
  ['scheme-in-braces', 'of anybody', '{OWN-SCHEME}QfpRCZL6200fO69BoW2+'],
  ['argon2-key', 'a key among the parameters', ARGON2.replace('p=1', 'p=1,keyid=Hj5+dsK0')],
  ['drupal', 'bcrypt over an older MD5', `U${BCRYPT}`],
  ['phpbb-converted', 'of vBulletin', `$md5_vb$${MD5}`],
  ['crypt-gost-yescrypt', 'of ALT Linux', '$gy$j75$vR3mK0cTq1$cmPPeqj4o8icDfhP1NC1kxgIj9kuAOoMHLUTERaN/e.'],
  ['crypt-sunmd5', 'of Solaris', '$md5$rounds=1$vR3mK0cT$$gbUzQA4BWf1BIdSnGE1dB.'],
  ['nt-hash', 'behind a name', '$NT$d1c19509637216668c3bcd3964775dc2'],
  ['cisco', 'type 8', '$8$vR3mK0cTq1xYw7$lWlXMECcJiEeEp8nUr1ba02.H8u7g32/HqG4z2nRY48'],
  ['macos', 'PBKDF2', `$ml$30000$${SALT}$${SHA512}`],
  ['firebase-scrypt', 'of SuperTokens', `$f_scrypt$${firebaseChecksum}$${firebaseSalt}$m=14$r=8$s=Bw==`],
  ['pbkdf2-npm', 'of pbkdf2-password-hash', 'sha512$120000$64$c2Vhc2FsdA==$g/PO8HQeSLBaLePUEz2IgA=='],
  ['import-format', 'of a user import', 'ldap_ssha$AAAA'],
  ['cognito', 'of a user import', 'awscognito#eu-west-1_abc#client#ada'],
  ['jenkins', 'bcrypt', `#jbcrypt:${BCRYPT}`],
  ['jakarta-pbkdf2', 'with SHA-256', 'PBKDF2WithHmacSHA256:2048:c2Vhc2FsdA==:g/PO8HQeSLBaLePUEz2IgA=='],
  ['payload', 'PBKDF2', `pbkdf2-sha256-v2-i600000-l32:${SHA256}`],
  ['crackstation', 'PBKDF2 with SHA-1', 'sha1:64000:18:c2Vhc2FsdA==:qbNFHD7YBX7us7/ZdrV0uCFP'],
  ['scrypt-perl', 'of Perl', 'SCRYPT:16384:8:1:c2Vhc2FsdA==:g/PO8HQeSLBaLePUEz2IgA=='],
  ['mssql', '2012', `0x0200${SALT.slice(0, 8)}${SHA512}`],
]

const WITHOUT_PREFIX: readonly Example[] = [
  ['mysql-password', 'of MySQL', '*E602195176DC1A1BEFADA4F25D4CCB2E48BAA46D'],
  ['algorithm-name', 'alone', 'SHA256'],
  ['uuid', 'of a user', '00010203-0405-4607-8809-0a0b0c0d0e0f'],
  ['date', 'with a time', '2024-05-17T12:30:00Z'],
  ['url', 'of a picture', 'https://example.org/ada.png'],
  ['email-address', 'of a user', 'ada.lovelace+1@example.org'],
  ['number', 'of a user', '1048576'],
  ['shopware', 'SHA-256', `3:seasalt:${SHA256}`],
  ['hex-salt', 'of Joomla', `${MD5}:seasalt`],
  ['hex-salt', 'the salt in front', `seasalt:${SHA256}`],
  ['tomcat', 'with iterations', `${SALT}$1000$${SHA256}`],
  ['salted-hex', 'the salt behind', `${SHA256}$seasalt`],
  ['salted-hex', 'the salt in front', `seasalt$${MD5}`],
  ['firebase-incomplete', 'checksum and salt', `${firebaseChecksum}$${firebaseSalt}`],
  ['mysql-old-password', 'of MySQL', '5d2e19393cc5ef67'],
  ['grafana', 'of 100 digits', SHA512.slice(0, 100)],
  ['passport-local', 'of 1,024 digits', SHA512.repeat(8)],
  ['bare-hex', 'of 32 digits', MD5],
  ['bare-hex', 'of 64 digits in upper case', SHA256.toUpperCase()],
  ['aspnet-membership', 'with format and salt', '88Mq+sXVHnZ/UNJaVQq+Wj9Zq1s=|1|AAECAwQFBgcICQoLDA0ODw=='],
  ['crypt-des', 'of crypt(3)', 'kWUvj76DNGX.A'],
  ['bare-base64', 'of SHA-1', 'fYT+BSBiSPerSa8QvRhPf+8kNpk='],
  ['plain-text', 'of one word', 'harbour-lamp-3'],
  ['plain-text', 'of several', 'correct horse battery staple'],
]

const ate = EATEN.map(([what, digest]): Example => ['shell-ate-dollars', what, digest])
const EXAMPLES = [...DAMAGED, ...ate, ...FORMATS, ...WITHOUT_PREFIX]

describe('a digest that no hasher reads is recognised as', () => {
  test.each(EXAMPLES)('%s: %s', (looksLike, _, digest) => {
    expect(findHint(digest)?.looksLike).toBe(looksLike)
  })

  test('by a table whose rows and names each have an example in this test', () => {
    const rows = EXAMPLES.map(([, , digest]) => ROWS.find((row) => findRow([row], digest) !== undefined))
    expect(ROWS.filter((row) => !rows.includes(row))).toEqual([])
    const names = EXAMPLES.map(([looksLike]): string => looksLike)
    const advised = Object.keys({ ...readRepairs(), ...readMakers() })
    const asked = advised.filter((name) => !names.includes(name))
    expect(asked).toEqual(['name-unknown', 'too-long'])
  })

  test('by its length alone where no digest is as long', () => {
    expect(findHint('a'.repeat(MAX_DIGEST_LENGTH + 1))?.looksLike).toBe('too-long')
    expect(findHint(BCRYPT.padEnd(10_000_000, '\n'))?.looksLike).toBe('too-long')
    expect(findHint(BCRYPT.padEnd(MAX_DIGEST_LENGTH, '\n'))?.looksLike).toBe('white-space')
  })

  test('not at all where nothing is known of its kind', () => {
    expect(findHint('')).toBeUndefined()
    expect(findHint('$unheard-of$1$2$3')).toBeUndefined()
  })
})

// The pepper is what seems to follow a bcrypt digest, where no row names it. MySQL's salts hold line ends, and its hexadecimal is
// one that exports make of any text. A registry with the hashers never asks for the hints of what they read.
const SEEM_DAMAGED = ['bcrypt_peppered', 'mysql_caching_sha2']

describe('a digest that is whole is never said to be damaged', () => {
  const RANDOM_DIGESTS = roundsOf(3_000, 400)
  const damageOf = (digest: string): string | undefined => findRow(DAMAGE, digest)?.looksLike

  test('not one of all valid vectors', async () => {
    const files = await readVectorFolder('vectors')
    const valid = files
      .filter(({ hasher }) => !SEEM_DAMAGED.includes(hasher))
      .flatMap(({ groups }) => groups.flatMap(({ tests }) => tests))
      .filter(({ result }) => result === 'valid')
    expect(valid.length).toBeGreaterThan(390)
    expect(valid.map(({ digest }) => damageOf(digest)).filter((name) => name !== undefined)).toEqual([])
  })

  test.each(builtinHashers.filter(({ name }) => !SEEM_DAMAGED.includes(name)))(
    'not the example of $name',
    ({ example }) => {
      expect(damageOf(example)).toBeUndefined()
    },
  )

  test.each(randomFormats())(`not one of ${RANDOM_DIGESTS} random digests: %s`, (_, write) => {
    const named = Array.from({ length: RANDOM_DIGESTS }, () => damageOf(write())).filter(
      (name) => name !== undefined,
    )
    expect(named).toEqual([])
  })
})

describe('an advice', () => {
  const advices = [
    ...EXAMPLES.map(([, , digest]) => findHint(digest)),
    findHint('a'.repeat(MAX_DIGEST_LENGTH + 1)),
    NAME_UNKNOWN,
  ].flatMap((hint) => hint?.advice ?? [])

  test('is a short sentence or two of plain text, and says what to do', () => {
    const DEEDS =
      /(?:^|\. |, or )(?:Ask for|Choose|Cut|Decode|Export|Give|Have|Put|Read|Take|Undo|Write|If it is a password, hash it now)|`createRegistry\(.* maps|`defineHasher` makes one/
    for (const advice of new Set(advices)) {
      expect(advice).toMatch(/^[A-Za-z`][ -~]+\.$/)
      expect(advice).toMatch(DEEDS)
      expect(advice.split('. ').length, advice).toBeLessThanOrEqual(2)
      expect(advice.length, advice).toBeLessThan(130)
    }
  })

  test('for a format that no hasher reads says what the format is, where its name does not', () => {
    const WRITE = 'No hasher here reads it as it stands; `defineHasher` makes one.'
    expect(findHint(YESCRYPT.replace('$y$', '$gy$'))).toEqual({
      looksLike: 'crypt-gost-yescrypt',
      advice: WRITE,
    })
    expect(findHint(`U${BCRYPT}`)).toEqual({
      looksLike: 'drupal',
      advice: `This is bcrypt over MD5. ${WRITE}`,
    })
  })

  test('for a format that only rows with its name are read of says the name', () => {
    expect(findHint('kWUvj76DNGX.A')).toEqual({
      looksLike: 'crypt-des',
      advice: 'Give the name of its hasher, `descrypt`.',
    })
  })

  test.each(randomFormats())('is fixed text, and holds nothing of a random digest: %s', (_, write) => {
    for (let round = 0; round < 50; round++) {
      const digest = write()
      for (const text of damagedForms(digest)) {
        const hint = findHint(text)
        if (hint !== undefined) expect(advices).toContain(hint.advice)
        // Shorter pieces of a digest are in the fixed text by chance.
        expect(piecesOf(digest, 8).filter((piece) => hint?.advice.includes(piece) === true)).toEqual([])
      }
    }
  })

  test('for a name that no hasher has says how to map it', () => {
    expect(NAME_UNKNOWN).toEqual({
      looksLike: 'name-unknown',
      advice: "`hashers` lists the names; `createRegistry({ names: { their_name: 'bcrypt' } })` maps others.",
    })
  })
})

describe('hostile text', () => {
  const LONG = MAX_DIGEST_LENGTH
  const beginnings = [
    '',
    '$2b$12$',
    '$argon2id$',
    'pbkdf2_sha256$',
    'scrypt:',
    '{',
    '{"',
    'b2',
    '=1',
    '0x',
    'JDJi',
    '$6$',
  ]
  const signs = [
    ...Array.from({ length: 0x80 }, (_, code) => String.fromCharCode(code)),
    '\ud800',
    '\udc00',
    '\ud83d\ude00',
    '\u0130',
    '\uffff',
  ]

  test('of every sign repeated behind every beginning is looked at quickly', () => {
    const texts = beginnings.flatMap((start) =>
      signs.map((sign) => (start + sign.repeat(LONG)).slice(0, LONG)),
    )
    const started = performance.now()
    for (const text of texts) expect(findHint(text)?.looksLike).not.toBe('too-long')
    // One text takes some thirty microseconds; time that grew with the square of the length would be minutes.
    expect(performance.now() - started).toBeLessThan(20_000)
  })

  test('of every pair of signs, and every beginning of every example, makes nothing throw', () => {
    const pairs = signs.flatMap((first) => signs.map((second) => first + second))
    const beginningsOf = (text: string): readonly string[] =>
      Array.from({ length: Math.min(text.length, 200) }, (_, length) => text.slice(0, length))
    const texts = [...pairs, ...EXAMPLES.flatMap(([, , digest]) => beginningsOf(digest))]
    expect(() => texts.map((text) => findHint(text))).not.toThrow()
  })
})

test('a digest that hints were read of is left in no static property of RegExp', () => {
  const kept = (): readonly unknown[] =>
    ['input', 'lastMatch', 'leftContext', 'rightContext'].map((name): unknown => Reflect.get(RegExp, name))
  for (const [, , digest] of EXAMPLES) {
    ;/b+/.exec('abba')
    findHint(digest)
    expect(kept()).toEqual(['abba', 'bb', 'a', 'a'])
  }
})

/** Bytes that are the same in every run: one random digest in some millions looks like the rest of another by chance. */
function randomFormats(): readonly (readonly [name: string, write: () => string])[] {
  let count = 0
  const randomBytes = (length: number): Buffer => {
    count++
    const blocks = [0, 1].map((block) => createHash('sha512').update(`${count} ${block}`).digest())
    return Buffer.concat(blocks).subarray(0, length)
  }
  const base64 = (bytes: number): string => randomBytes(bytes).toString('base64')
  const unpadded = (bytes: number): string => base64(bytes).replaceAll('=', '')
  const crypt = (length: number): string => base64(length).replaceAll('+', '.').slice(0, length)
  const hex = (bytes: number): string => randomBytes(bytes).toString('hex')
  return [
    ['bcrypt', () => `$2b$12$${crypt(53)}`],
    ['bcrypt of Django', () => `bcrypt_sha256$$2b$12$${crypt(53)}`],
    ['Argon2', () => `$argon2id$v=19$m=65536,t=3,p=4$${unpadded(16)}$${unpadded(32)}`],
    ['phpass', () => `$P$B${crypt(30)}`],
    ['PBKDF2 of Django', () => `pbkdf2_sha256$390000$${hex(11)}$${base64(32)}`],
    ['PBKDF2 in hexadecimal', () => `pbkdf2_sha512$10000$${hex(8)}$${hex(64)}`],
    ['scrypt of Werkzeug', () => `scrypt:32768:8:1$${hex(8)}$${hex(64)}`],
    ['Firebase', () => `${base64(64)}$${base64(10)}$${base64(64)}$Bw==$8$14`],
    ['SHA-512 of crypt(3)', () => `$6$${crypt(16)}$${crypt(86)}`],
    ['SHA-256 of crypt(3)', () => `$5$${crypt(16)}$${crypt(43)}`],
    ['MD5 of crypt(3)', () => `$1$${crypt(8)}$${crypt(22)}`],
    ['yescrypt', () => `$y$j9T$${crypt(22)}$${crypt(43)}`],
    ['DES of crypt(3)', () => crypt(13)],
    ['SSHA', () => `{SSHA}${base64(28)}`],
    ['SSHA without its scheme, a salt of 4 bytes', () => base64(24)],
    ['SHA-1 in base64', () => base64(20)],
    ['SHA-256 in base64 without padding', () => unpadded(32)],
    ['SHA-512 in base64', () => base64(64)],
    ['MD5', () => hex(16)],
    ['SHA-1', () => hex(20)],
    ['SHA-256', () => hex(32)],
    ['a checksum beside its salt', () => `${hex(16)}:${crypt(8)}`],
  ]
}

/** Damaged copies of a digest, and what a narrow column leaves of it. */
function damagedForms(digest: string): readonly string[] {
  const cuts = [8, 20, 32, 40, 50, 59].map((length) => digest.slice(0, length))
  return [
    digest,
    `"${digest}"`,
    `${digest}\n`,
    `${digest}\0`,
    digest.replaceAll('$', ''),
    digest.toUpperCase(),
    ...cuts,
  ]
}

/** Pieces of what stands behind the last separator. */
function piecesOf(digest: string, length: number): readonly string[] {
  const checksum = digest.slice(Math.max(digest.lastIndexOf('$'), digest.lastIndexOf('}')) + 1)
  const count = Math.max(0, checksum.length - length + 1)
  return Array.from({ length: count }, (_, start) => checksum.slice(start, start + length))
}
