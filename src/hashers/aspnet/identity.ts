import { ALGORITHM_NAMES } from '../../compute/algorithm-names.js'
import { costOfPbkdf2 } from '../../compute/cost.js'
import { sharesHmacKey } from '../../compute/hmac-key.js'
import { pbkdf2Job } from '../../compute/kinds/pbkdf2.js'
import { base64, decodeBase64, encodeBase64 } from '../../formats/base64.js'
import { fieldOf } from '../../formats/fields.js'
import type { Field } from '../../formats/fields.js'
import { malformed } from '../../formats/problem.js'
import type { Malformed } from '../../formats/problem.js'
import type { Hasher, Parsed } from '../../hasher/contract.js'
import { makeHasher } from '../../hasher/hasher.js'

interface Params {
  readonly version: 2 | 3
  readonly algorithm: 'sha1' | 'sha256' | 'sha512'
  readonly iterations: number
}

// A first byte of 1 and the first three and a half of a number below 16.
const VERSION_3_START = 'AQAAAA'
// 49 bytes in base64; the first of them is 0, so the second character is one of the first sixteen.
const VERSION_2_LENGTH = 68
const LETTER_A = 0x41
const LETTER_P = 0x50

const VERSION_2 = { version: 2, algorithm: 'sha1', iterations: 1_000 } as const
const VERSION_2_SALT_BYTES = 16
const VERSION_2_BYTES = 49
// KeyDerivationPrf of .NET.
const ALGORITHMS = ['sha1', 'sha256', 'sha512'] as const
const VERSION_3_HEADER_BYTES = 13
// PasswordHasher counts in a signed 32-bit integer, and refuses a salt or a subkey of less than 128 bits.
const MAX_ITERATIONS = 2 ** 31 - 1
const MIN_BYTES = 16

/**
 * PBKDF2 of ASP.NET Identity and ASP.NET Core Identity, in base64 as a whole.
 *
 *     version 2:  00  <salt, 16 bytes>  <checksum, 32 bytes>          SHA-1, 1,000 iterations
 *     version 3:  01  <algorithm>  <iterations>  <length of the salt>  <salt>  <checksum>
 *
 * The numbers of version 3 have 32 bits, the most significant byte first; its algorithm is 0 for SHA-1, 1 for SHA-256 and 2
 * for SHA-512.
 *
 * @see https://github.com/dotnet/aspnetcore/blob/main/src/Identity/Extensions.Core/src/PasswordHasher.cs
 */
export const aspnetIdentity: Hasher = /* @__PURE__ */ makeHasher<Params>({
  name: 'aspnet_identity',
  standing: ({ algorithm }) => (algorithm === 'sha1' ? 'dated' : 'sound'),
  why: 'slow by its iterations; version 2 has 1,000 of SHA-1',
  writtenBy: 'ASP.NET Core Identity, ASP.NET Identity, SimpleMembership, Umbraco 9',
  example: 'AQAAAAEAACcQAAAAEAABAgMEBQYHCAkKCwwNDg+yWU7rLgUwPZb1Itsmra7cbxw2EFpwpVFIEtP+JIuUEw==',
  identify: isIdentity,
  parse,
  describe: ({ version, algorithm, iterations }) => ({
    version,
    algorithm: ALGORITHM_NAMES[algorithm],
    iterations,
  }),
  job: (password, { params: { algorithm, iterations }, salt, checksum }) =>
    pbkdf2Job({ password, salt, algorithm, iterations, length: checksum.length }),
  cost: ({ params: { algorithm, iterations }, checksum }) =>
    costOfPbkdf2({ algorithm, iterations, length: checksum.length }),
  truncates: (password, { params }) => sharesHmacKey(password, params.algorithm),
  blank,
})

function isIdentity(digest: string): boolean {
  if (digest.startsWith(VERSION_3_START)) return true
  if (digest.length !== VERSION_2_LENGTH || !digest.startsWith('A') || !digest.endsWith('==')) return false
  const second = digest.charCodeAt(1)
  return second >= LETTER_A && second <= LETTER_P
}

function parse(rest: Field): readonly [Parsed<Params>] | Malformed {
  const bytes = decodeBase64(rest, base64)
  if (typeof bytes === 'string') return malformed(bytes, 'digest')
  if (bytes[0] !== 0 && bytes[0] !== 1) return malformed('version', 'version')
  if (bytes[0] === 0) {
    if (bytes.length !== VERSION_2_BYTES) return malformed('length', 'digest')
    const salt = bytes.slice(1, 1 + VERSION_2_SALT_BYTES)
    return [{ params: VERSION_2, salt, checksum: bytes.slice(1 + VERSION_2_SALT_BYTES) }]
  }
  const { length } = bytes
  if (length < VERSION_3_HEADER_BYTES) return malformed('length', 'digest')
  const header = new DataView(bytes.buffer, bytes.byteOffset)
  const algorithm = ALGORITHMS[header.getUint32(1)]
  if (algorithm === undefined) return malformed('range', 'algorithm')
  const iterations = header.getUint32(5)
  if (iterations < 1 || iterations > MAX_ITERATIONS) return malformed('range', 'iterations')
  const saltLength = header.getUint32(9)
  if (saltLength < MIN_BYTES || saltLength > length) return malformed('range', 'saltLength')
  const checksumStart = VERSION_3_HEADER_BYTES + saltLength
  if (length - checksumStart < MIN_BYTES) return malformed('length', 'checksum')
  return [
    {
      params: { version: 3, algorithm, iterations },
      salt: bytes.slice(VERSION_3_HEADER_BYTES, checksumStart),
      checksum: bytes.slice(checksumStart),
    },
  ]
}

function blank(digest: string): string {
  const bytes = decodeBase64(fieldOf(digest), base64)
  if (typeof bytes === 'string') return digest
  const saltEnd =
    bytes[0] === 0
      ? 1 + VERSION_2_SALT_BYTES
      : VERSION_3_HEADER_BYTES + new DataView(bytes.buffer, bytes.byteOffset).getUint32(9)
  return encodeBase64(bytes.fill(0, saltEnd), base64)
}
