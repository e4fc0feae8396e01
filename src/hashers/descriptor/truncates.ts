import { evaluateExpression } from '../../compute/expression.js'
import type { Derivation, Expression, HashCall } from '../../compute/expression.js'
import { HASHES } from '../../compute/hash.js'
import { isPrintableText } from '../../compute/hmac-key.js'
import type { Descriptor } from './read.js'
import { hasBarePassword, isHash, someIn } from './walk.js'

/**
 * Whether the value of a descriptor is that of another password too: where letters lose their case, where NULs fill the password, and
 * where HMAC takes it as a key. The password alone decides, since the value beside it may take long to compute.
 */
export function sharesValue(password: Uint8Array, { expression }: Descriptor): boolean {
  const endsWithNul = password.at(-1) === 0
  return someIn(expression, (inner) => {
    const { type } = inner
    if (type === 'code')
      return FOLDS.includes(inner.code) && hasBarePassword(inner.of) && hasCase(inner.of, password)
    if (type === 'pad') return endsWithNul && hasBarePassword(inner.of)
    if (type !== 'hash' && type !== 'derivation') return false
    const key = type === 'hash' ? inner.key : inner.first
    if (key === undefined || !hasBarePassword(key)) return false
    return endsWithNul || isLikeDigest(key, password, inner.name)
  })
}

const FOLDS: readonly string[] = ['upper', 'lower']
const BASE64: readonly string[] = ['b64', 'b64np', 'ab64']
// Of characters that are no letters of ASCII these make bytes that are.
const LETTERING: readonly string[] = ['nfkc', 'utf16le', 'utf16be']

/** Whether a password has letters, or has them once it is changed by what stands over it. */
function hasCase(of: Expression, password: Uint8Array): boolean {
  const changes = (codes: readonly string[]): boolean =>
    someIn(of, (inner) => inner.type === 'code' && codes.includes(inner.code) && hasBarePassword(inner.of))
  if (password.some(isLetter) || changes(BASE64)) return true
  return changes(LETTERING) && password.some((byte) => byte > 0x7f)
}

function isLetter(byte: number): boolean {
  const letter = byte | 0x20
  return letter >= 0x61 && letter <= 0x7a
}

/** Whether a key may be the digest of a long one, for which HMAC takes it: beside other bytes the password is none. */
function isLikeDigest(key: Expression, password: Uint8Array, name: (HashCall | Derivation)['name']): boolean {
  if (isPrintableText(password) || someIn(key, hasOthers)) return false
  const [digestBytes] = HASHES[name === 'scrypt' ? 'sha256' : name]
  const { bytes } = evaluateExpression(key, [password])
  const { length } = bytes
  bytes.fill(0)
  return length === digestBytes
}

function hasOthers(expression: Expression): boolean {
  return isHash(expression) || (expression.type !== 'code' && expression.type !== 'part')
}
