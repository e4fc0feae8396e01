import { base64, decodeBase64 } from '../../formats/base64.js'
import { lengthOf, splitFields } from '../../formats/fields.js'
import type { Field } from '../../formats/fields.js'
import { readLowerHexInteger } from '../../formats/integer.js'
import { isMalformed, malformed } from '../../formats/problem.js'
import type { Malformed } from '../../formats/problem.js'
import type { Hasher, Parsed } from '../../hasher/contract.js'
import { blankLast, defineScrypt } from './define.js'
import type { Params } from './define.js'

const CHECKSUM_BYTES = 32
// Spring Security counts N in a signed 32-bit integer.
const MAX_LN = 30
const BYTE = 0xff

/**
 * scrypt as the hasher `spring` reads it: the logarithm of N, then r and p in a byte each, as one number in hexadecimal; salt
 * and checksum in base64. The encoders behind the two names differ only in what they write, `e0801` and `100801`.
 *
 *     {scrypt}  $  e0801  $  <64 bytes of salt>  $  <32 bytes>                       (spaces added)
 *     {scrypt@SpringSecurity_v5_8}  $  100801  $  <16 bytes of salt>  $  <32 bytes>
 *
 * @see https://github.com/spring-projects/spring-security/blob/main/crypto/src/main/java/org/springframework/security/crypto/scrypt/SCryptPasswordEncoder.java
 */
export const springScrypt: Hasher = /* @__PURE__ */ defineScrypt<Params>({
  name: 'spring',
  example:
    '{scrypt}$e0801$8bWJaSu2IKSn9Z9kM+TPXfOc/9bdYSrN1oD9qfVThWEwdRTnO7re7Ei+fUZRJ68k9lTyuTeUp4of4g24hHnazw==$OAOec05+bXxvuu/1qZ6NUR+xQYvYv7BeL1QxwRpY5Pc=',
  prefixes: ['{scrypt}', '{scrypt@SpringSecurity_v5_8}'],
  parse,
  blank: (digest) => blankLast(digest, '$', 'A'),
})

function parse(rest: Field): readonly [Parsed<Params>] | Malformed {
  const fields = splitFields(rest, '$', 4)
  if (fields === undefined || lengthOf(fields[0]) > 0) return malformed('shape', 'digest')
  const [, paramsField, saltField, checksumField] = fields
  const params = readParams(paramsField)
  if (isMalformed(params)) return params
  const salt = decodeBase64(saltField, base64)
  if (typeof salt === 'string') return malformed(salt, 'salt')
  if (salt.length === 0) return malformed('length', 'salt')
  const checksum = decodeBase64(checksumField, base64)
  if (typeof checksum === 'string') return malformed(checksum, 'checksum')
  if (checksum.length !== CHECKSUM_BYTES) return malformed('length', 'checksum')
  return [{ params, salt, checksum }]
}

function readParams(field: Field): Params | Malformed {
  const packed = readLowerHexInteger(field, { min: 1, max: 2 ** 32 - 1 })
  if (typeof packed === 'string') return malformed(packed, 'parameters')
  const [ln, r, p] = [packed >>> 16, (packed >>> 8) & BYTE, packed & BYTE]
  // RFC 7914 section 6: N is below 2^(128 r / 8).
  if (ln < 1 || ln > MAX_LN || ln >= 16 * r) return malformed('range', 'N')
  return p < 1 ? malformed('range', 'p') : { N: 2 ** ln, r, p }
}
