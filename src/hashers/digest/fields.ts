import { DIGEST_BYTES } from '../../compute/cost.js'
import { writeOver } from '../../formats/blank.js'
import { lengthOf, splitFields } from '../../formats/fields.js'
import type { Field } from '../../formats/fields.js'
import { decodeLowerHex } from '../../formats/hex.js'
import { malformed } from '../../formats/problem.js'
import type { Malformed } from '../../formats/problem.js'
import { readTextSalt } from '../../formats/text.js'
import type { Hasher, Parsed } from '../../hasher/contract.js'
import { defineDigest, readingOf } from './define.js'
import type { Algorithm, Params } from './define.js'

// The algorithm, the salt and the digest in hexadecimal, between dollar signs: `sha1$salt$hash`. Django hashes the salt before the
// password, Werkzeug makes it the key of HMAC; the text is the same, so that both are tried. The systems compare text, and so no
// capital digit ever matched.

interface Row {
  readonly name: string
  readonly message: Params['message']
  /** The algorithm of each prefix. */
  readonly algorithms: Readonly<Record<string, Algorithm>>
  readonly example: string
  readonly writtenBy: string
  readonly minSaltLength: 0 | 1
}

/**
 * MD5 of salt and password as Django writes it; `md5$$…` without a salt.
 *
 * @see https://github.com/django/django/blob/5.0/django/contrib/auth/hashers.py
 */
export const md5Django: Hasher = /* @__PURE__ */ defineFields({
  name: 'md5_django',
  message: 'salt, password',
  algorithms: { md5$: 'md5' },
  example: 'md5$seasalt$1e9bf2bf5606aa5c39852cc30f0f6f22',
  writtenBy: 'Django',
  minSaltLength: 0,
})

/**
 * SHA-1 of salt and password as Django writes it; `sha1$$…` without a salt.
 *
 * @see https://github.com/django/django/blob/5.0/django/contrib/auth/hashers.py
 */
export const sha1Django: Hasher = /* @__PURE__ */ defineFields({
  name: 'sha1_django',
  message: 'salt, password',
  algorithms: { sha1$: 'sha1' },
  example: 'sha1$seasalt$6292fe549ea4fd63a742ce4c58115c04e58732ea',
  writtenBy: 'Django',
  minSaltLength: 0,
})

/**
 * HMAC of the password, its key the salt, as Werkzeug before 3.0 wrote it with any digest of hashlib; BLAKE2 and SM3 are not
 * read, since not every runtime has them. It never wrote an empty salt, whose digest would be Django's.
 *
 * @see https://github.com/pallets/werkzeug/blob/2.2.x/src/werkzeug/security.py
 */
export const hmacWerkzeug: Hasher = /* @__PURE__ */ defineFields({
  name: 'hmac_werkzeug',
  message: 'hmac',
  algorithms: {
    md5$: 'md5',
    sha1$: 'sha1',
    sha224$: 'sha224',
    sha256$: 'sha256',
    sha384$: 'sha384',
    sha512$: 'sha512',
    sha3_224$: 'sha3-224',
    sha3_256$: 'sha3-256',
    sha3_384$: 'sha3-384',
    sha3_512$: 'sha3-512',
    sha512_224$: 'sha512-224',
    sha512_256$: 'sha512-256',
    ripemd160$: 'ripemd160',
  },
  example: 'sha256$seasalt$49d8854316bf98ac5fff1baf84f2e867bcfbeb5e76cbd14d6413672af13e4851',
  writtenBy: 'Werkzeug (Flask) before 3.0',
  minSaltLength: 1,
})

function defineFields({ name, message, algorithms, example, writtenBy, minSaltLength }: Row): Hasher {
  const [first, ...others] = Object.keys(algorithms)
  return defineDigest({
    name,
    example,
    writtenBy,
    prefixes: [first ?? '', ...others],
    parse: (rest, prefix) => {
      const algorithm = algorithms[prefix]
      return algorithm === undefined
        ? malformed('shape', 'digest')
        : parseFields(rest, { algorithm, message }, minSaltLength)
    },
    blank: (digest) => writeOver(digest, digest.lastIndexOf('$') + 1, '0'),
  })
}

function parseFields(
  rest: Field,
  params: Params,
  minSaltLength: number,
): readonly [Parsed<Params>] | Malformed {
  const fields = splitFields(rest, '$', 2)
  if (fields === undefined) return malformed('shape', 'digest')
  const [saltField, checksumField] = fields
  const isEmpty = lengthOf(saltField) === 0
  if (isEmpty && minSaltLength > 0) return malformed('length', 'salt')
  const salt = isEmpty ? new Uint8Array(0) : readTextSalt(saltField)
  if (typeof salt === 'string') return malformed(salt, 'salt')
  const checksum = decodeLowerHex(checksumField)
  if (typeof checksum === 'string') return malformed(checksum, 'checksum')
  if (checksum.length !== DIGEST_BYTES[params.algorithm]) return malformed('length', 'checksum')
  return readingOf(params, salt, checksum)
}
