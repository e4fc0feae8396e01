import { costOfCryptDes } from '../compute/cost.js'
import { cryptDesJob } from '../compute/kinds/crypt-des.js'
import { cryptBase64, decodeBase64 } from '../formats/base64.js'
import { writeOver } from '../formats/blank.js'
import { fieldOf, lengthOf, splitFields, textOf } from '../formats/fields.js'
import type { Field } from '../formats/fields.js'
import { isItoa64, readItoa64Number } from '../formats/itoa64.js'
import { malformed } from '../formats/problem.js'
import type { Malformed } from '../formats/problem.js'
import { formsOfCString } from '../formats/text.js'
import { makeHasher } from '../hasher/hasher.js'
import type { Claim, Hasher, HasherFacts, HasherSpec, Parsed } from '../hasher/contract.js'

// The first schemes of crypt(3): DES of a block of zeros, over and over. The password is the key, seven bits of each byte, so
// that one with a byte over 127 cannot be told from another; it ends at a NUL, where the strings of C end. A salt changes DES.

interface Params {
  readonly count: number
}

type Answer = readonly [Parsed<Params>] | Malformed

const UNIX_LENGTH = 13
const UNIX_COUNT = 25
const UNIX_PASSWORD_BYTES = 8
const BSDI_LENGTH = 20
const CHECKSUM_LENGTH = 11
const SALT_LENGTH = 2

/**
 * The first scheme of Unix: two characters of salt and eleven of checksum, DES 25 times. Only eight bytes of the password are
 * read. Any word of thirteen letters may look like such a digest, so rows have to name this hasher.
 *
 *     ab  6Gj9YvrF2As      (a space added)
 *
 * @see https://github.com/besser82/libxcrypt/blob/develop/doc/crypt.5
 */
export const descrypt: Hasher = /* @__PURE__ */ defineCryptDes({
  name: 'descrypt',
  aliases: ['des_crypt'],
  why: 'eight characters at most, in five microseconds',
  writtenBy: 'Unix, htpasswd, PHP',
  example: 'ab6Gj9YvrF2As',
  onlyNamed: true,
  lengths: [UNIX_LENGTH],
  identify: (digest) => isItoa64(fieldOf(digest)),
  variant: 'unix',
  parse: parseUnix,
})

/**
 * The scheme of BSDi: four characters each of the count and the salt, and the checksum. All of the password is read.
 *
 *     _  /...  CCCC  qSuIwqhxkds      (spaces added)
 *
 * @see https://github.com/besser82/libxcrypt/blob/develop/doc/crypt.5
 */
export const bsdicrypt: Hasher = /* @__PURE__ */ defineCryptDes({
  name: 'bsdicrypt',
  aliases: ['bsdi_crypt'],
  why: 'DES, 725 times by default, in a tenth of a millisecond',
  writtenBy: 'BSD/OS, FreeBSD, PHP',
  example: '_/...CCCCqSuIwqhxkds',
  lengths: [BSDI_LENGTH],
  identify: (digest) => digest.startsWith('_') && isItoa64(fieldOf(digest, 1)),
  variant: 'bsdi',
  parse: parseBsdi,
})

/**
 * The first scheme of Unix in Django before 5.0, behind its name and a field that holds the salt once more, or nothing.
 *
 *     crypt$  ab  $  ab6Gj9YvrF2As      (spaces added)
 *
 * @see https://github.com/django/django/blob/stable/4.2.x/django/contrib/auth/hashers.py
 */
export const cryptDjango: Hasher = /* @__PURE__ */ defineCryptDes({
  name: 'crypt_django',
  why: 'eight characters at most, in five microseconds',
  writtenBy: 'Django before 5.0',
  example: 'crypt$$ab6Gj9YvrF2As',
  prefixes: ['crypt$'],
  variant: 'unix',
  parse: parseDjango,
})

function defineCryptDes({
  variant,
  ...spec
}: HasherFacts & Claim & Pick<HasherSpec<Params>, 'parse'> & { readonly variant: 'unix' | 'bsdi' }): Hasher {
  const longest = variant === 'unix' ? UNIX_PASSWORD_BYTES : Infinity
  return makeHasher<Params>({
    standing: 'insecure',
    ...spec,
    describe: ({ count }) => ({ count }),
    passwordForms: formsOfCString,
    truncates: (password) => password.length > longest || password.some((byte) => byte === 0 || byte > 0x7f),
    cost: ({ params: { count } }, passwordLength) => costOfCryptDes({ count, passwordLength }),
    job: (password, { params: { count }, salt }) => cryptDesJob({ variant, password, salt, count }),
    blank: (digest) => writeOver(digest, digest.length - CHECKSUM_LENGTH, '.'),
  })
}

function parseUnix(rest: Field): Answer {
  const { text, start, end } = rest
  if (lengthOf(rest) !== UNIX_LENGTH) return malformed('length', 'checksum')
  const salt = readItoa64Number(fieldOf(text, start, start + SALT_LENGTH))
  if (salt === undefined) return malformed('alphabet', 'salt')
  return readingOf(UNIX_COUNT, salt, fieldOf(text, start + SALT_LENGTH, end))
}

function parseBsdi(rest: Field): Answer {
  const { text, start, end } = rest
  if (!text.startsWith('_', start)) return malformed('shape', 'digest')
  if (lengthOf(rest) !== BSDI_LENGTH) return malformed('length', 'checksum')
  const count = readItoa64Number(fieldOf(text, start + 1, start + 5))
  if (count === undefined) return malformed('alphabet', 'count')
  // libxcrypt encrypts once for none, and PHP refuses it.
  if (count === 0) return malformed('range', 'count')
  const salt = readItoa64Number(fieldOf(text, start + 5, start + 9))
  if (salt === undefined) return malformed('alphabet', 'salt')
  return readingOf(count, salt, fieldOf(text, start + 9, end))
}

function parseDjango(rest: Field): Answer {
  const fields = splitFields(rest, '$', 2)
  if (fields === undefined) return malformed('shape', 'digest')
  const [saltField, digestField] = fields
  const salt = textOf(saltField)
  if (salt !== '' && salt.length !== SALT_LENGTH) return malformed('length', 'salt')
  if (!digestField.text.startsWith(salt, digestField.start)) return malformed('canonical', 'salt')
  return parseUnix(digestField)
}

function readingOf(count: number, salt: number, checksumField: Field): Answer {
  const checksum = decodeBase64(checksumField, cryptBase64)
  if (typeof checksum === 'string') return malformed(checksum, 'checksum')
  return [{ params: { count }, salt: Uint8Array.of(salt, salt >> 8, salt >> 16), checksum }]
}
