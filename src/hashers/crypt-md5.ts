import { costOfCryptDigest } from '../compute/cost.js'
import { cryptDigestJob } from '../compute/kinds/crypt-digest.js'
import { writeOver } from '../formats/blank.js'
import { decodeCrypt } from '../formats/crypt.js'
import { lengthOf, splitFields } from '../formats/fields.js'
import type { Field } from '../formats/fields.js'
import { malformed } from '../formats/problem.js'
import type { Malformed } from '../formats/problem.js'
import { formsOfCString, readTextSalt } from '../formats/text.js'
import { makeHasher } from '../hasher/hasher.js'
import type { Hasher, HasherFacts, Parsed } from '../hasher/contract.js'

// MD5 of crypt(3), by Poul-Henning Kamp, and Apache's, which differs only in the prefix, since that is hashed too:
//
//     $1$  saltsalt  $  NuzA7WTAelpl95xgBGWN60      (spaces added)
//
// A salt of up to eight bytes of any characters, since PHP takes those that libxcrypt refuses, and the checksum. The password ends
// at a NUL, where the strings of C end. https://github.com/freebsd/freebsd-src/blob/main/lib/libcrypt/crypt-md5.c

type NoParams = Readonly<Record<string, never>>

interface Row extends HasherFacts {
  readonly prefixes: readonly [string, ...string[]]
  readonly variant: 'md5' | 'apr1'
}

const NO_PARAMS: NoParams = {}
const NO_SALT = /* @__PURE__ */ new Uint8Array(0)
const ROUNDS = 1_000
const MAX_SALT_BYTES = 8

/** MD5 of crypt(3): `$1$`, or `$md5-crypt$` in imports of Ory Kratos. */
export const md5crypt: Hasher = /* @__PURE__ */ defineCryptMd5({
  name: 'md5crypt',
  aliases: ['md5_crypt'],
  example: '$1$saltsalt$NuzA7WTAelpl95xgBGWN60',
  writtenBy: 'Linux and BSD before 2010, PHP, Cisco IOS',
  prefixes: ['$1$', '$md5-crypt$'],
  variant: 'md5',
})

/** MD5 of crypt(3) in Apache's variant. @see https://httpd.apache.org/docs/2.4/misc/password_encryptions.html */
export const apr1: Hasher = /* @__PURE__ */ defineCryptMd5({
  name: 'apr1',
  aliases: ['apr_md5_crypt'],
  example: '$apr1$saltsalt$EGVZDNN6gOqijy.tv9axG/',
  writtenBy: 'htpasswd of Apache',
  prefixes: ['$apr1$'],
  variant: 'apr1',
})

function defineCryptMd5({ variant, ...facts }: Row): Hasher {
  return makeHasher<NoParams>({
    standing: 'insecure',
    why: '1,000 rounds of MD5, which take a tenth of a millisecond',
    ...facts,
    parse,
    describe: () => ({ rounds: ROUNDS }),
    passwordForms: formsOfCString,
    truncates: (password) => password.includes(0),
    cost: ({ salt }, passwordLength) =>
      costOfCryptDigest({ variant, rounds: ROUNDS, passwordLength, saltLength: salt.length }),
    job: (password, { salt }) => cryptDigestJob({ variant, password, salt, rounds: ROUNDS }),
    blank: (digest) => writeOver(digest, digest.lastIndexOf('$') + 1, '.'),
  })
}

function parse(rest: Field): readonly [Parsed<NoParams>] | Malformed {
  const fields = splitFields(rest, '$', 2)
  if (fields === undefined) return malformed('shape', 'digest')
  const [saltField, checksumField] = fields
  const salt = lengthOf(saltField) === 0 ? NO_SALT : readTextSalt(saltField)
  if (typeof salt === 'string') return malformed(salt, 'salt')
  if (salt.length > MAX_SALT_BYTES) return malformed('length', 'salt')
  const checksum = decodeCrypt(checksumField, 'md5')
  if (typeof checksum === 'string') return malformed(checksum, 'checksum')
  return [{ params: NO_PARAMS, salt, checksum }]
}
