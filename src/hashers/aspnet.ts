import { ALGORITHM_NAMES } from '../compute/algorithm-names.js'
import { costOfDigest } from '../compute/cost.js'
import type { Cost } from '../compute/cost.js'
import { fastDigest } from '../compute/fast-digest.js'
import { base64, decodeBase64 } from '../formats/base64.js'
import { writeOver } from '../formats/blank.js'
import { fieldOf, splitFields, textOf } from '../formats/fields.js'
import type { Field } from '../formats/fields.js'
import { isMalformed, malformed } from '../formats/problem.js'
import type { Malformed } from '../formats/problem.js'
import { toUtf16 } from '../formats/utf16.js'
import type { Hasher, Parsed, Run } from '../hasher/contract.js'
import { makeHasher } from '../hasher/hasher.js'
import { hmac } from '../platform/node.js'

// ASP.NET's membership providers hash the UTF-16 of a password: with the salt in front, or with an HMAC whose key is the salt.

interface Params {
  readonly algorithm: 'md5' | 'sha1' | 'sha256' | 'sha384' | 'sha512'
  readonly bytes: number
  /** The number of bytes of an HMAC's key, as .NET makes a new key; absent for a digest without HMAC. */
  readonly keyBytes?: number
}

/** The algorithms by their names in .NET, which `hashAlgorithmType` of a configuration has. */
const ALGORITHMS: Readonly<Record<string, Params>> = {
  MD5: { algorithm: 'md5', bytes: 16 },
  SHA1: { algorithm: 'sha1', bytes: 20 },
  SHA256: { algorithm: 'sha256', bytes: 32 },
  SHA384: { algorithm: 'sha384', bytes: 48 },
  SHA512: { algorithm: 'sha512', bytes: 64 },
  HMACMD5: { algorithm: 'md5', bytes: 16, keyBytes: 64 },
  HMACSHA1: { algorithm: 'sha1', bytes: 20, keyBytes: 64 },
  HMACSHA256: { algorithm: 'sha256', bytes: 32, keyBytes: 64 },
  HMACSHA384: { algorithm: 'sha384', bytes: 48, keyBytes: 128 },
  HMACSHA512: { algorithm: 'sha512', bytes: 64, keyBytes: 128 },
}
const HMACSHA1: Params = { algorithm: 'sha1', bytes: 20, keyBytes: 64 }
const HMACSHA256: Params = { algorithm: 'sha256', bytes: 32, keyBytes: 64 }
const NO_SALT = /* @__PURE__ */ new Uint8Array(0)

const PREFIX = 'aspnet_membership$'
// A salt of 16 bytes has 24 characters of base64, and an HMAC of 20 bytes has 28.
const UMBRACO_SALT_BYTES = 16
const UMBRACO_SALT_LENGTH = 24
const HMACSHA1_LENGTH = 28

function describe({ algorithm, keyBytes }: Params): Readonly<Record<string, string>> {
  const name = ALGORITHM_NAMES[algorithm]
  return keyBytes === undefined ? { algorithm: name } : { algorithm: name, keyed: 'HMAC' }
}

/**
 * One digest or HMAC of ASP.NET's membership providers. Its three parts are in columns (salt and password) and in the
 * configuration, so this string is passlift's own:
 *
 *     aspnet_membership  $  SHA1  $  AAECAwQFBgcICQoLDA0ODw==  $  AlZ9oOUVECqg/Kte3b1AThXJYJY=      (spaces added)
 *
 * SHA1 before .NET 4, HMACSHA256 since then, by default. The key of an HMAC has a fixed length: a longer salt is cut, a
 * shorter one is repeated.
 *
 * @see https://github.com/umbraco/Umbraco-CMS/blob/release-9.0/src/Umbraco.Core/Security/LegacyPasswordSecurity.cs
 */
export const aspnetMembership: Hasher = /* @__PURE__ */ makeHasher<Params>({
  standing: 'insecure',
  describe,
  name: 'aspnet_membership',
  why: 'one fast hash, salted',
  writtenBy: 'ASP.NET membership (SqlMembershipProvider), DNN, Sitecore, Episerver',
  example: 'aspnet_membership$SHA1$AAECAwQFBgcICQoLDA0ODw==$AlZ9oOUVECqg/Kte3b1AThXJYJY=',
  prefixes: [PREFIX],
  parse: parseMembership,
  cost,
  derive: compute,
  blank: (digest) => {
    const start = digest.lastIndexOf('$') + 1
    const padding = digest.indexOf('=', start)
    return writeOver(digest, start, 'A', padding < 0 ? digest.length : padding)
  },
})

/**
 * HMACSHA256 of ASP.NET's membership, as Umbraco 6 to 8 has it in one column: the salt, then the checksum, both in base64.
 *
 *     AAECAwQFBgcICQoLDA0ODw==  70gWd6Z+3NF8mbIMTI3/nsYWEe9+iiS1gTcC2r+zNqg=      (spaces added)
 *
 * @see https://github.com/umbraco/Umbraco-CMS/blob/release-9.0/src/Umbraco.Core/Security/LegacyPasswordSecurity.cs
 */
export const umbraco: Hasher = /* @__PURE__ */ makeHasher<Params>({
  standing: 'insecure',
  describe,
  name: 'umbraco',
  why: 'one fast hash, salted',
  writtenBy: 'Umbraco 6 to 8',
  example: 'AAECAwQFBgcICQoLDA0ODw==70gWd6Z+3NF8mbIMTI3/nsYWEe9+iiS1gTcC2r+zNqg=',
  // The padding of the salt is inside the digest, where other base64 has none.
  identify: (digest) => digest.startsWith('==', UMBRACO_SALT_LENGTH - 2) && !digest.includes('$'),
  lengths: [68],
  parse: parseUmbraco,
  cost,
  derive: compute,
  blank: (digest) => writeOver(digest, UMBRACO_SALT_LENGTH, 'A', digest.length - 1),
})

/**
 * HMAC with SHA-1 of Umbraco 4 and older, in base64. The password is the key and the message, and there is no salt.
 *
 *     eAKhLLDpT5KyJ2JpB/Dxvzmsekc=
 *
 * @see https://github.com/umbraco/Umbraco-CMS/blob/release-9.0/src/Umbraco.Core/Security/LegacyPasswordSecurity.cs
 */
export const umbraco4: Hasher = /* @__PURE__ */ makeHasher<Params>({
  standing: 'insecure',
  describe,
  name: 'umbraco_4',
  why: 'one fast hash, no salt',
  writtenBy: 'Umbraco 4',
  // A table of Umbraco has the digests of both hashers in one column.
  aliases: ['umbraco'],
  // Any SHA-1 in base64 looks like such a digest.
  onlyNamed: true,
  example: '/7IIcyNxAts3fvQYe2PI3d19cDU=',
  identify: (digest) => !isMalformed(readChecksum(HMACSHA1, NO_SALT, fieldOf(digest))),
  lengths: [HMACSHA1_LENGTH],
  parse: (rest) => readChecksum(HMACSHA1, NO_SALT, rest),
  cost,
  derive: (password) => Promise.resolve(computeWithItself(password)),
  blank: (digest) => writeOver(digest, 0, 'A', digest.length - 1),
})

function parseMembership(rest: Field): readonly [Parsed<Params>] | Malformed {
  const fields = splitFields(rest, '$', 3)
  if (fields === undefined) return malformed('shape', 'digest')
  const [algorithmField, saltField, checksumField] = fields
  const name = textOf(algorithmField)
  const params = Object.hasOwn(ALGORITHMS, name) ? ALGORITHMS[name] : undefined
  return params === undefined ? malformed('range', 'algorithm') : read(params, saltField, checksumField)
}

function parseUmbraco({ text, start, end }: Field): readonly [Parsed<Params>] | Malformed {
  const checksumStart = start + UMBRACO_SALT_LENGTH
  const readings = read(HMACSHA256, fieldOf(text, start, checksumStart), fieldOf(text, checksumStart, end))
  return !isMalformed(readings) && readings[0].salt.length !== UMBRACO_SALT_BYTES
    ? malformed('length', 'salt')
    : readings
}

function read(params: Params, saltField: Field, checksumField: Field): readonly [Parsed<Params>] | Malformed {
  const salt = decodeBase64(saltField, base64)
  if (typeof salt === 'string') return malformed(salt, 'salt')
  if (salt.length === 0) return malformed('length', 'salt')
  return readChecksum(params, salt, checksumField)
}

function readChecksum(params: Params, salt: Uint8Array, field: Field): readonly [Parsed<Params>] | Malformed {
  const checksum = decodeBase64(field, base64)
  if (typeof checksum === 'string') return malformed(checksum, 'checksum')
  if (checksum.length !== params.bytes) return malformed('length', 'checksum')
  return [{ params, salt, checksum }]
}

async function compute(
  password: Uint8Array,
  { params: { algorithm, keyBytes }, salt }: Parsed<Params>,
  run: Run,
): Promise<Uint8Array> {
  const message = toUtf16(password)
  try {
    if (keyBytes === undefined) return await fastDigest(algorithm, [salt, message], run)
    const key = Uint8Array.from({ length: keyBytes }, (_, place) => salt[place % salt.length] ?? 0)
    return hmac(algorithm, key, message)
  } finally {
    message.fill(0)
  }
}

function computeWithItself(password: Uint8Array): Uint8Array {
  const message = toUtf16(password)
  const checksum = hmac(HMACSHA1.algorithm, message, message)
  message.fill(0)
  return checksum
}

function cost({ salt }: Parsed<Params>, passwordBytes: number): Cost {
  return costOfDigest({ bytes: salt.length + 2 * passwordBytes })
}
