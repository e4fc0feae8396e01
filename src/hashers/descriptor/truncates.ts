import { evaluateExpression } from '../../compute/expression.js'
import type { Expression } from '../../compute/expression.js'
import { hasPbkdf2Job } from '../../compute/hash.js'
import { sharesHmacKey } from '../../compute/hmac-key.js'
import { partsWith } from './read.js'
import type { Descriptor } from './read.js'
import { hasBarePassword, isHash, someIn } from './walk.js'

/**
 * Whether the value of a descriptor is that of another password too: where letters lose their case, where NULs fill the password, and
 * where HMAC takes it as a key.
 */
export function sharesValue(password: Uint8Array, descriptor: Descriptor): boolean {
  const parts = partsWith(password, descriptor)
  return someIn(descriptor.expression, (inner) => {
    const of = bareOf(inner)
    if (of === undefined || !hasBarePassword(of)) return false
    // A hash beside the password may take long, and the password alone tells nearly as much.
    if (someIn(of, isHash)) return isShared(inner, of, password)
    const { bytes } = evaluateExpression(of, parts)
    const shared = isShared(inner, of, bytes)
    bytes.fill(0)
    return shared
  })
}

/** What a call takes whose result may be that of other bytes: the value that is folded or filled, or the key of HMAC. */
function bareOf(expression: Expression): Expression | undefined {
  const { type } = expression
  if (type === 'code') return FOLDS.includes(expression.code) ? expression.of : undefined
  if (type === 'pad') return expression.of
  if (type === 'hash') return expression.key
  return type === 'derivation' ? expression.first : undefined
}

const FOLDS: readonly string[] = ['upper', 'lower']

function isShared(call: Expression, of: Expression, bytes: Uint8Array): boolean {
  if (call.type === 'code') return bytes.some(isLetter)
  if (call.type === 'hash' || call.type === 'derivation') {
    const name = call.name === 'scrypt' ? 'sha256' : call.name
    // Beside other bytes the password is no digest that could stand for a long key.
    if (of.type === 'part' && hasPbkdf2Job(name)) return sharesHmacKey(bytes, name)
  }
  return bytes.at(-1) === 0
}

function isLetter(byte: number): boolean {
  const letter = byte | 0x20
  return letter >= 0x61 && letter <= 0x7a
}
