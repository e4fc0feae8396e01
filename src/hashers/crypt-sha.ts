import { costOfCryptDigest } from '../compute/cost.js'
import { cryptDigestJob } from '../compute/kinds/crypt-digest.js'
import { writeOver } from '../formats/blank.js'
import { decodeCrypt } from '../formats/crypt.js'
import { fieldOf, lengthOf, splitFields } from '../formats/fields.js'
import type { Field } from '../formats/fields.js'
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

interface Row extends HasherFacts {
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
  messageOf: ({ params: { rounds }, salt }) => {
    const end = new TextEncoder().encode(`$sha1$${rounds}`)
    const message = new Uint8Array(salt.length + end.length)
    message.set(salt)
    message.set(end, salt.length)
    return message
  },
})

function defineCryptSha({ variant, parse, messageOf = ({ salt }) => salt, ...facts }: Row): Hasher {
  return makeHasher<Params>({
    standing: 'dated',
    ...facts,
    parse,
    describe: ({ rounds }) => ({ rounds }),
    passwordForms: formsOfCString,
    truncates: (password) => password.includes(0),
    cost: ({ params: { rounds }, salt }, passwordLength) =>
      costOfCryptDigest({ variant, rounds, passwordLength, saltLength: salt.length }),
    job: (password, parsed) =>
      cryptDigestJob({ variant, password, salt: messageOf(parsed), rounds: parsed.params.rounds }),
    blank: (digest) => writeOver(digest, digest.lastIndexOf('$') + 1, '.'),
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
