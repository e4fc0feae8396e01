import {
  aspnetMembership,
  grafana,
  hmacSha256Utf16,
  passportLocalMongoose,
  payload,
  symfonyMessageDigest,
  symfonyPbkdf2,
} from '../builders/index.js'
import { optionError } from './errors.js'
import { build, decode } from './fields.js'
import type { Made, ReadOptions } from './contract.js'

type Compose = (digest: string, salt: string, options: ReadOptions) => string | undefined

/** The hashers whose digests are made of a column with a checksum and one with a salt. */
const COMPOSERS: ReadonlyMap<string, Compose> = new Map<string, Compose>([
  ['md5_salted', (digest, salt) => joinSalted(digest, salt, 16)],
  ['sha256_salted', (digest, salt) => joinSalted(digest, salt, 32)],
  ['sha512_symfony', (password, salt) => symfonyMessageDigest({ password, salt })],
  ['pbkdf2_sha512_symfony', (password, salt) => symfonyPbkdf2({ password, salt })],
  [
    'pbkdf2_passport_local_mongoose',
    (hash, salt, { algorithm }) =>
      passportLocalMongoose({ hash, salt, ...(algorithm !== undefined && { digestAlgorithm: algorithm }) }),
  ],
  ['pbkdf2_payload', (hash, salt) => payload({ hash, salt })],
  ['grafana', (password, salt) => grafana({ password, salt })],
  ['hmac_sha256_utf16_b64', (hash, key) => hmacSha256Utf16({ hash, key })],
  [
    'aspnet_membership',
    (password, passwordSalt, { algorithm }) =>
      aspnetMembership({ password, passwordSalt, hashAlgorithmType: algorithm ?? '' }),
  ],
])

/** The columns of a salted digest: its salt is text, hashed before the password. */
function joinSalted(digest: string, salt: string, bytes: number): string | undefined {
  const isChecksum = decode(digest, 'hex')?.length === bytes
  return isChecksum && salt !== '' && !salt.includes('$') ? `${salt}$${digest}` : undefined
}

/**
 * What makes a digest of the columns `digest` and `salt`; undefined where no column of salts is named.
 *
 * @throws PassliftError `ERR_MIGRATE_OPTION` where salts are named and the hasher's digests are not made of two columns
 */
export function composerOf(options: ReadOptions): ((digest: string, salt: string) => Made) | undefined {
  const { columns = {}, hasher = '', algorithm } = options
  if (columns.salt === undefined) return undefined
  const compose = COMPOSERS.get(hasher)
  if (compose === undefined) {
    const names = [...COMPOSERS.keys()].join(', ')
    throw optionError(`A column of salts needs the hasher to be one of: ${names}.`)
  }
  if (hasher === 'aspnet_membership') checkMembershipAlgorithm(algorithm)
  return (digest, salt) => build(() => compose(digest, salt, options))
}

const MEMBERSHIP_ALGORITHM = /^(?:HMAC)?(?:MD5|SHA1|SHA256|SHA384|SHA512)$/

/**
 * The lengths of ASP.NET Membership's checksums do not tell its algorithm: SHA1 and HMACSHA1 have one length, like SHA256 and HMACSHA256.
 *
 * @throws PassliftError `ERR_MIGRATE_OPTION` where the algorithm is none of .NET's
 */
export function checkMembershipAlgorithm(algorithm: string | undefined): void {
  if (algorithm !== undefined && MEMBERSHIP_ALGORITHM.test(algorithm)) return
  throw optionError(
    "ASP.NET Membership needs the option algorithm, the hashAlgorithmType of the site's web.config: " +
      'SHA1 by default before .NET 4, HMACSHA256 since then; or MD5, SHA256, SHA384, SHA512, HMACMD5, HMACSHA1, HMACSHA384 or HMACSHA512.',
  )
}
