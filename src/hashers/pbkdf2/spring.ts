import { writeOver } from '../../formats/blank.js'
import { lengthOf } from '../../formats/fields.js'
import type { Field } from '../../formats/fields.js'
import { decodeHex } from '../../formats/hex.js'
import { malformed } from '../../formats/problem.js'
import type { Malformed } from '../../formats/problem.js'
import type { Hasher, Parsed } from '../../hasher/contract.js'
import { SLOW, standingOf } from './define.js'
import { makePbkdf2 } from './make.js'
import type { Params } from './make.js'

interface Settings {
  readonly params: Params
  readonly saltBytes: number
}

// The settings of the encoders that Spring Security puts behind the two names.
const SETTINGS_OF_5_5: Settings = { params: { algorithm: 'sha1', iterations: 185_000 }, saltBytes: 8 }
const SETTINGS_OF_5_8: Settings = { params: { algorithm: 'sha256', iterations: 310_000 }, saltBytes: 16 }
const CHECKSUM_BYTES = 32

/**
 * PBKDF2 as the hasher `spring` reads it: salt and checksum in one hexadecimal, without a secret.
 *
 *     {pbkdf2}  <16 digits of salt>  <64 digits>                       (spaces added) SHA-1, 185,000 iterations
 *     {pbkdf2@SpringSecurity_v5_8}  <32 digits of salt>  <64 digits>   SHA-256, 310,000 iterations
 *
 * @see https://github.com/spring-projects/spring-security/blob/main/crypto/src/main/java/org/springframework/security/crypto/password/Pbkdf2PasswordEncoder.java
 */
export const springPbkdf2: Hasher = /* @__PURE__ */ makePbkdf2({
  name: 'spring',
  standing: standingOf,
  why: SLOW,
  example: '{pbkdf2}5d923b44a6d129f3ddf3e3c8d29412723dcbde72445e8ef6bf3b508fbf17fa4ed4d6b99ca763d8dc',
  prefixes: ['{pbkdf2}', '{pbkdf2@SpringSecurity_v5_8}'],
  parse: (rest, prefix) => parse(rest, prefix === '{pbkdf2}' ? SETTINGS_OF_5_5 : SETTINGS_OF_5_8),
  blank: (digest) => writeOver(digest, digest.length - 2 * CHECKSUM_BYTES, '0'),
})

function parse(rest: Field, { params, saltBytes }: Settings): readonly [Parsed<Params>] | Malformed {
  if (lengthOf(rest) !== 2 * (saltBytes + CHECKSUM_BYTES)) return malformed('length', 'digest')
  const bytes = decodeHex(rest)
  if (typeof bytes === 'string') return malformed(bytes, 'digest')
  return [{ params, salt: bytes.slice(0, saltBytes), checksum: bytes.slice(saltBytes) }]
}
