import { base64, decodeBase64, encodeBase64 } from '../../formats/base64.js'
import { fieldOf } from '../../formats/fields.js'
import type { Field } from '../../formats/fields.js'
import { malformed } from '../../formats/problem.js'
import type { Malformed } from '../../formats/problem.js'
import type { Hasher, Parsed } from '../../hasher/contract.js'
import { SLOW, standingOf } from './define.js'
import { makePbkdf2, MAX_ITERATIONS, MIN_CHECKSUM_BYTES } from './make.js'
import type { Params } from './make.js'

// These formats have all fields in one base64: numbers of 32 bits, the most significant byte first, then salt and checksum.

// This is base64 of a byte 1 and the first three and a half bytes of a number below 16.
const VERSION_3_START = 'AQAAAA'
// Version 2 has 49 bytes, 68 characters. The first byte is 0, so the second character is one of the first sixteen.
const VERSION_2_LENGTH = 68
const LETTER_A = 0x41
const LETTER_P = 0x50

const VERSION_2 = { algorithm: 'sha1', iterations: 1_000 } as const
const VERSION_2_SALT_BYTES = 16
const VERSION_2_BYTES = 49
// The order is that of KeyDerivationPrf in .NET.
const ALGORITHMS = ['sha1', 'sha256', 'sha512'] as const
const VERSION_3_HEADER_BYTES = 13
// PasswordHasher refuses a salt of less than 128 bits.
const MIN_SALT_BYTES = 16

const LIFERAY_HEADER_BYTES = 8
const LIFERAY_SALT_BYTES = [8, 16]
const LIFERAY_ALGORITHMS: Readonly<Record<string, Params['algorithm']>> = {
  '{PBKDF2WithHmacSHA1}': 'sha1',
  '{PBKDF2WithHmacSHA224}': 'sha224',
  '{PBKDF2WithHmacSHA256}': 'sha256',
  '{PBKDF2WithHmacSHA384}': 'sha384',
  '{PBKDF2WithHmacSHA512}': 'sha512',
}

/**
 * PBKDF2 of ASP.NET Identity and ASP.NET Core Identity, in base64 as a whole.
 *
 *     version 2:  00  <salt, 16 bytes>  <checksum, 32 bytes>          SHA-1, 1,000 iterations
 *     version 3:  01  <algorithm>  <iterations>  <length of the salt>  <salt>  <checksum>
 *
 * The numbers of version 3 have 32 bits, the most significant byte first. The algorithm is 0 for SHA-1, 1 for SHA-256 and 2
 * for SHA-512.
 *
 * @see https://github.com/dotnet/aspnetcore/blob/main/src/Identity/Extensions.Core/src/PasswordHasher.cs
 */
export const aspnetIdentity: Hasher = /* @__PURE__ */ makePbkdf2({
  name: 'aspnet_identity',
  standing: standingOf,
  why: 'slow by its iterations; version 2 has 1,000 of SHA-1',
  writtenBy: 'ASP.NET Core Identity, ASP.NET Identity, SimpleMembership, Umbraco 9',
  example: 'AQAAAAEAACcQAAAAEAABAgMEBQYHCAkKCwwNDg+yWU7rLgUwPZb1Itsmra7cbxw2EFpwpVFIEtP+JIuUEw==',
  identify: isIdentity,
  parse: parseIdentity,
  blank: (digest) => blank(digest, 0, identityChecksumStart),
})

/**
 * PBKDF2 of Liferay since 6.2, behind a tag that names the algorithm.
 *
 *     {PBKDF2WithHmacSHA1}  <bits of the checksum>  <iterations>  <salt, 8 or 16 bytes>  <checksum>
 *
 * @see https://github.com/liferay/liferay-portal/blob/7.4.3.112-ga112/portal-impl/src/com/liferay/portal/security/pwd/PBKDF2PasswordEncryptor.java
 */
export const pbkdf2Liferay: Hasher = /* @__PURE__ */ makePbkdf2({
  name: 'pbkdf2_liferay',
  standing: standingOf,
  why: SLOW,
  writtenBy: 'Liferay since 6.2',
  example: '{PBKDF2WithHmacSHA1}AAAAoAAB9AAlV+dwBXSRK5Ic0kCs+L0MZTFW6r/LUCvG7i0h',
  prefixes: [
    '{PBKDF2WithHmacSHA1}',
    '{PBKDF2WithHmacSHA224}',
    '{PBKDF2WithHmacSHA256}',
    '{PBKDF2WithHmacSHA384}',
    '{PBKDF2WithHmacSHA512}',
  ],
  parse: parseLiferay,
  blank: (digest) => blank(digest, digest.indexOf('}') + 1, liferayChecksumStart),
})

function isIdentity(digest: string): boolean {
  if (digest.startsWith(VERSION_3_START)) return true
  if (digest.length !== VERSION_2_LENGTH || !digest.startsWith('A') || !digest.endsWith('==')) return false
  const second = digest.charCodeAt(1)
  return second >= LETTER_A && second <= LETTER_P
}

function parseIdentity(rest: Field): readonly [Parsed<Params>] | Malformed {
  const bytes = decodeBase64(rest, base64)
  if (typeof bytes === 'string') return malformed(bytes, 'digest')
  const { length } = bytes
  if (bytes[0] !== 0 && bytes[0] !== 1) return malformed('version', 'version')
  if (bytes[0] === 0) {
    if (length !== VERSION_2_BYTES) return malformed('length', 'digest')
    return [readingOf(VERSION_2, bytes, 1, 1 + VERSION_2_SALT_BYTES)]
  }
  if (length < VERSION_3_HEADER_BYTES) return malformed('length', 'digest')
  const algorithm = ALGORITHMS[uint32At(bytes, 1)]
  if (algorithm === undefined) return malformed('range', 'algorithm')
  const iterations = uint32At(bytes, 5)
  if (iterations < 1 || iterations > MAX_ITERATIONS) return malformed('range', 'iterations')
  const saltLength = uint32At(bytes, 9)
  if (saltLength < MIN_SALT_BYTES || saltLength > length) return malformed('range', 'saltLength')
  const checksumStart = identityChecksumStart(bytes)
  if (length - checksumStart < MIN_CHECKSUM_BYTES) return malformed('length', 'checksum')
  return [readingOf({ algorithm, iterations }, bytes, VERSION_3_HEADER_BYTES, checksumStart)]
}

function identityChecksumStart(bytes: Uint8Array): number {
  return bytes[0] === 0 ? 1 + VERSION_2_SALT_BYTES : VERSION_3_HEADER_BYTES + uint32At(bytes, 9)
}

function parseLiferay(rest: Field, prefix: string): readonly [Parsed<Params>] | Malformed {
  const algorithm = LIFERAY_ALGORITHMS[prefix]
  const bytes = decodeBase64(rest, base64)
  if (typeof bytes === 'string') return malformed(bytes, 'digest')
  if (algorithm === undefined || bytes.length < LIFERAY_HEADER_BYTES) return malformed('length', 'digest')
  const bits = uint32At(bytes, 0)
  if (bits < 8 * MIN_CHECKSUM_BYTES || bits % 8 !== 0) return malformed('range', 'keyLength')
  const iterations = uint32At(bytes, 4)
  if (iterations < 1 || iterations > MAX_ITERATIONS) return malformed('range', 'iterations')
  const checksumStart = liferayChecksumStart(bytes)
  if (!LIFERAY_SALT_BYTES.includes(checksumStart - LIFERAY_HEADER_BYTES)) return malformed('length', 'salt')
  return [readingOf({ algorithm, iterations }, bytes, LIFERAY_HEADER_BYTES, checksumStart)]
}

function liferayChecksumStart(bytes: Uint8Array): number {
  return bytes.length - uint32At(bytes, 0) / 8
}

function readingOf(
  params: Params,
  bytes: Uint8Array,
  saltStart: number,
  checksumStart: number,
): Parsed<Params> {
  return { params, salt: bytes.slice(saltStart, checksumStart), checksum: bytes.slice(checksumStart) }
}

function uint32At(bytes: Uint8Array, place: number): number {
  return new DataView(bytes.buffer, bytes.byteOffset).getUint32(place)
}

/** The digest with its checksum overwritten by zeros. The bytes are encoded again, since salt and checksum share a character. */
function blank(digest: string, start: number, checksumStartOf: (bytes: Uint8Array) => number): string {
  const bytes = decodeBase64(fieldOf(digest, start), base64)
  if (typeof bytes === 'string') return digest
  return digest.slice(0, start) + encodeBase64(bytes.fill(0, checksumStartOf(bytes)), base64)
}
