import { BASE64_CHECKSUM, oneOf, openColumns, SALT_OR_NONE } from './columns.js'
import type { ColumnType } from './columns.js'
import { base64, decodeBase64 } from '../formats/base64.js'

const MAX_ITERATIONS = 2 ** 31 - 1
/** The names of .NET, and the bytes of their checksums. */
const MEMBERSHIP_ALGORITHMS: Readonly<Record<string, number>> = {
  ...{ MD5: 16, SHA1: 20, SHA256: 32, SHA384: 48, SHA512: 64 },
  ...{ HMACMD5: 16, HMACSHA1: 20, HMACSHA256: 32, HMACSHA384: 48, HMACSHA512: 64 },
}
const BASE64: ColumnType = {
  is: (field) => field.start < field.end && typeof decodeBase64(field, base64) !== 'string',
  expected: 'base64, padded',
}

export interface SymfonyMessageDigestColumns {
  /** 88 characters of base64. */
  readonly password: string
  /** Empty where the user has none. */
  readonly salt: string
  /** What the configuration of the hasher says; its default is 5,000. */
  readonly iterations?: number
}

/**
 * A digest of Symfony's MessageDigestPasswordHasher, or of FOSUserBundle, for the hasher `sha512_symfony`.
 *
 * @throws PassliftError `ERR_BUILDER_FIELD`, which names the column
 */
export function symfonyMessageDigest(columns: SymfonyMessageDigestColumns): string {
  const { text, integer } = openColumns('symfonyMessageDigest', columns, ['password', 'salt', 'iterations'])
  const iterations = integer('iterations', 1, MAX_ITERATIONS, 5_000)
  const salt = text('salt', SALT_OR_NONE)
  return ['sha512_symfony', iterations, salt, text('password', BASE64_CHECKSUM)].join('$')
}

export interface AspnetMembershipColumns {
  /** Base64. */
  readonly password: string
  /** Base64. */
  readonly passwordSalt: string
  /** `hashAlgorithmType` of the configuration; .NET's default was `SHA1` before .NET 4, and is `HMACSHA256` since then. */
  readonly hashAlgorithmType: string
}

/**
 * A digest of the table `aspnet_Membership` of SqlMembershipProvider, whose `PasswordFormat` is 1, for the hasher
 * `aspnet_membership`.
 *
 * @throws PassliftError `ERR_BUILDER_FIELD`, which names the column
 */
export function aspnetMembership(columns: AspnetMembershipColumns): string {
  const names = ['password', 'passwordSalt', 'hashAlgorithmType']
  const { text } = openColumns('aspnetMembership', columns, names)
  const algorithm = text('hashAlgorithmType', oneOf(Object.keys(MEMBERSHIP_ALGORITHMS)))
  const checksum = text('password', base64Of(MEMBERSHIP_ALGORITHMS[algorithm] ?? 0))
  return ['aspnet_membership', algorithm, text('passwordSalt', BASE64), checksum].join('$')
}

function base64Of(bytes: number): ColumnType {
  return {
    is: (field) => isBytes(decodeBase64(field, base64), bytes),
    expected: `base64 of ${bytes} bytes, padded`,
  }
}

function isBytes(decoded: Uint8Array | string, bytes: number): boolean {
  return typeof decoded !== 'string' && decoded.length === bytes
}

export interface HmacUtf16Columns {
  /** 44 characters of base64. */
  readonly hash: string
  /** Base64. */
  readonly key: string
}

/**
 * An HMAC with SHA-256 of a password in UTF-16, for the hasher `hmac_sha256_utf16_b64`.
 *
 * @throws PassliftError `ERR_BUILDER_FIELD`, which names the column
 */
export function hmacSha256Utf16(columns: HmacUtf16Columns): string {
  const { text } = openColumns('hmacSha256Utf16', columns, ['hash', 'key'])
  return ['hmac_sha256_utf16_b64', text('hash', BASE64_CHECKSUM), text('key', BASE64)].join('$')
}
