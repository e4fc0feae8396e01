import { sharesHmacKey } from '../compute/hmac-key.js'
import { costOfCryptDigest } from '../compute/cost.js'
import { cryptDigestJob } from '../compute/kinds/crypt-digest.js'
import { writeOver } from '../formats/blank.js'
import { decodeCrypt } from '../formats/crypt.js'
import { fieldOf, lengthOf, splitFields } from '../formats/fields.js'
import type { Field } from '../formats/fields.js'
import { decodeHex } from '../formats/hex.js'
import { readInteger } from '../formats/integer.js'
import { isItoa64 } from '../formats/itoa64.js'
import { malformed } from '../formats/problem.js'
import type { Malformed } from '../formats/problem.js'
import { formsOfCString, readTextSalt } from '../formats/text.js'
import { makeHasher } from '../hasher/hasher.js'
import type { Hasher, HasherFacts, HasherSpec, Parsed } from '../hasher/contract.js'

interface Params {
  readonly rounds: number
}

type Optional = Partial<Pick<HasherSpec<Params>, 'passwordForms' | 'truncates' | 'blank'>>

interface Row extends HasherFacts, Optional {
  readonly prefixes: readonly [string, ...string[]]
  readonly variant: 'sha1' | 'sha256' | 'sha512'
  readonly parse: HasherSpec<Params>['parse']
  /** What is hashed for the salt; default the salt. */
  readonly messageOf?: (parsed: Parsed<Params>) => Uint8Array
}

type Answer = readonly [Parsed<Params>] | Malformed

const ROUNDS_MARK = 'rounds='
// Drepper's specification clamps a number out of these bounds, and libxcrypt refuses it: neither writes one. A digest without
// a number has the default, and one with the same number is hashed alike.
const ROUNDS = { min: 1_000, max: 999_999_999 } as const
const DEFAULT_ROUNDS = 5_000
const MAX_SALT_BYTES = 16
const SHA1_ROUNDS = { min: 1, max: 4_294_967_295 } as const
const SHA1_MAX_SALT_BYTES = 64
// `$A$` in hexadecimal, and the zero of a checksum.
const MYSQL_HEX = '0x244124'
const DOT_IN_HEX = '2E'
const MYSQL_SALT = 20
const MYSQL_CHECKSUM = 43
const NO_SALT = /* @__PURE__ */ new Uint8Array(0)

/**
 * SHA-256 of crypt(3), by Ulrich Drepper: `$5$`, or `$sha256-crypt$` in imports of Ory Kratos.
 *
 *     $5$  rounds=  10000  $  saltsaltsaltsalt  $  <43 characters>      (spaces added)
 *
 * The rounds may be left out. The salt has up to 16 bytes of any characters: PHP takes those that libxcrypt refuses. The
 * password ends at a NUL, where the strings of C end.
 *
 * @see https://www.akkadia.org/drepper/SHA-crypt.txt
 */
export const sha256crypt: Hasher = /* @__PURE__ */ defineCryptSha({
  name: 'sha256crypt',
  aliases: ['sha256_crypt'],
  why: '5,000 rounds of SHA-256 by default',
  writtenBy: 'Linux, FreeBSD, PHP, Dovecot',
  example: '$5$saltstring$5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5',
  prefixes: ['$5$', '$sha256-crypt$'],
  variant: 'sha256',
  parse: (rest) => parseSha2(rest, 'sha256'),
})

/** SHA-512 of crypt(3), in the fields of {@link sha256crypt}: `$6$`, or `$sha512-crypt$` in imports of Ory Kratos. */
export const sha512crypt: Hasher = /* @__PURE__ */ defineCryptSha({
  name: 'sha512crypt',
  aliases: ['sha512_crypt'],
  why: '5,000 rounds of SHA-512 by default',
  writtenBy: 'Linux before 2021, FreeBSD, PHP, Dovecot',
  example:
    '$6$saltstring$svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1',
  prefixes: ['$6$', '$sha512-crypt$'],
  variant: 'sha512',
  parse: (rest) => parseSha2(rest, 'sha512'),
})

/**
 * HMAC-SHA-1 of crypt(3), by Simon Gerraty: the first message is the salt and what stands before it.
 *
 *     $sha1$  24680  $  saltsalt  $  <28 characters>      (spaces added)
 *
 * @see https://github.com/NetBSD/src/blob/trunk/lib/libcrypt/crypt-sha1.c
 */
export const sha1crypt: Hasher = /* @__PURE__ */ defineCryptSha({
  name: 'sha1crypt',
  aliases: ['sha1_crypt'],
  why: 'slow by its rounds, of a hash that has collisions',
  writtenBy: 'NetBSD, Junos',
  example: '$sha1$12$seasalt$TKk9RN2BvntLr.yBTv5bHsrzjcvK',
  prefixes: ['$sha1$'],
  variant: 'sha1',
  parse: parseSha1,
  // The password is the key of an HMAC.
  truncates: (password) => password.includes(0) || sharesHmacKey(password, 'sha1'),
  messageOf: ({ params: { rounds }, salt }) => {
    const end = new TextEncoder().encode(`$sha1$${rounds}`)
    const message = new Uint8Array(salt.length + end.length)
    message.set(salt)
    message.set(end, salt.length)
    return message
  },
})

/**
 * SHA-256 of crypt(3) as MySQL 8 keeps it, with a salt of 20 bytes that no crypt(3) would take.
 *
 *     $A$  005  $  <20 bytes of salt>  <43 characters>      (spaces added)
 *
 * The digits are the thousands of the rounds in hexadecimal. MySQL draws the salt from all of ASCII but NUL and `$`, controls
 * too, which many exports damage: `SHOW CREATE USER` gives all of it in hexadecimal behind `0x`, where print_identified_with_as_hex
 * is set, and HEX() gives it without the `0x`, which is to be put in front. In that form alone the salt may have any bytes. Unlike crypt(3), MySQL reads past a NUL.
 *
 * @see https://dev.mysql.com/doc/refman/8.4/en/caching-sha2-pluggable-authentication.html
 */
export const mysqlCachingSha2: Hasher = /* @__PURE__ */ defineCryptSha({
  name: 'mysql_caching_sha2',
  aliases: ['caching_sha2_password'],
  why: '5,000 rounds of SHA-256 by default',
  writtenBy: 'MySQL since 8.0',
  example: '$A$005$12345678901234567890ZPyPuDEY.PNN.722Rut9xAoBwbO7oUdQ/WNZBDc/Rv0',
  prefixes: ['$A$', MYSQL_HEX],
  variant: 'sha256',
  parse: parseMysql,
  passwordForms: (password) => [password],
  truncates: () => false,
  blank: (digest) =>
    digest.startsWith(MYSQL_HEX)
      ? digest.slice(0, -2 * MYSQL_CHECKSUM) + DOT_IN_HEX.repeat(MYSQL_CHECKSUM)
      : writeOver(digest, digest.length - MYSQL_CHECKSUM, '.'),
})

function defineCryptSha({ variant, parse, messageOf = ({ salt }) => salt, ...facts }: Row): Hasher {
  return makeHasher<Params>({
    standing: 'dated',
    passwordForms: formsOfCString,
    truncates: (password) => password.includes(0),
    blank: (digest) => writeOver(digest, digest.lastIndexOf('$') + 1, '.'),
    ...facts,
    parse,
    describe: ({ rounds }) => ({ rounds }),
    cost: ({ params: { rounds }, salt }, passwordLength) =>
      costOfCryptDigest({ variant, rounds, passwordLength, saltLength: salt.length }),
    job: (password, parsed) =>
      cryptDigestJob({ variant, password, salt: messageOf(parsed), rounds: parsed.params.rounds }),
  })
}

function parseSha2(rest: Field, variant: 'sha256' | 'sha512'): Answer {
  const { text, start } = rest
  const hasRounds = text.startsWith(ROUNDS_MARK, start)
  const [roundsField, ...fields] = hasRounds ? (splitFields(rest, '$', 3) ?? []) : [undefined, rest]
  const [saltField, checksumField] = hasRounds ? fields : (splitFields(rest, '$', 2) ?? [])
  if (saltField === undefined || checksumField === undefined) return malformed('shape', 'digest')
  const rounds =
    roundsField === undefined
      ? DEFAULT_ROUNDS
      : readInteger(fieldOf(text, start + ROUNDS_MARK.length, roundsField.end), ROUNDS)
  if (typeof rounds === 'string') return malformed(rounds, 'rounds')
  const salt = lengthOf(saltField) === 0 ? NO_SALT : readTextSalt(saltField)
  if (typeof salt === 'string') return malformed(salt, 'salt')
  if (salt.length > MAX_SALT_BYTES) return malformed('length', 'salt')
  const checksum = decodeCrypt(checksumField, variant)
  if (typeof checksum === 'string') return malformed(checksum, 'checksum')
  return [{ params: { rounds }, salt, checksum }]
}

function parseSha1(rest: Field): Answer {
  const fields = splitFields(rest, '$', 3)
  if (fields === undefined) return malformed('shape', 'digest')
  const [roundsField, saltField, checksumField] = fields
  const rounds = readInteger(roundsField, SHA1_ROUNDS)
  if (typeof rounds === 'string') return malformed(rounds, 'rounds')
  const salt =
    lengthOf(saltField) === 0 ? NO_SALT : isItoa64(saltField) ? readTextSalt(saltField) : 'alphabet'
  if (typeof salt === 'string') return malformed(salt, 'salt')
  if (salt.length > SHA1_MAX_SALT_BYTES) return malformed('length', 'salt')
  const checksum = decodeCrypt(checksumField, 'sha1')
  if (typeof checksum === 'string') return malformed(checksum, 'checksum')
  return [{ params: { rounds }, salt, checksum }]
}

function parseMysql(rest: Field, prefix: string): Answer {
  if (prefix !== MYSQL_HEX) return parseMysqlText(rest, 0x01, 0x7f)
  const bytes = decodeHex(rest)
  if (typeof bytes === 'string') return malformed(bytes, 'digest')
  return parseMysqlText(fieldOf(String.fromCharCode(...bytes)), 0x00, 0xff)
}

/** Reads what stands behind `$A$`, with a salt of the bytes from `least` to `most`. */
function parseMysqlText({ text, start, end }: Field, least: number, most: number): Answer {
  const saltAt = start + 4
  const checksumAt = saltAt + MYSQL_SALT
  if (saltAt > end || text[saltAt - 1] !== '$') return malformed('shape', 'digest')
  const thousands = decodeHex(fieldOf(`0${text.slice(start, saltAt - 1)}`))
  if (typeof thousands === 'string') return malformed('number', 'rounds')
  const rounds = thousands.reduce((number, byte) => number * 256 + byte, 0) * 1_000
  if (rounds === 0) return malformed('range', 'rounds')
  if (checksumAt > end) return malformed('length', 'salt')
  const salt = Uint8Array.from({ length: MYSQL_SALT }, (_, place) => text.charCodeAt(saltAt + place))
  for (let place = saltAt; place < checksumAt; place++) {
    const code = text.charCodeAt(place)
    if (code < least || code > most) return malformed('alphabet', 'salt')
  }
  const checksum = decodeCrypt(fieldOf(text, checksumAt, end), 'sha256')
  return typeof checksum === 'string'
    ? malformed(checksum, 'checksum')
    : [{ params: { rounds }, salt, checksum }]
}
