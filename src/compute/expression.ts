import { joinBytes } from '../platform/bytes.js'
import type { DigestAlgorithm } from '../platform/node.js'
import { codeOf, fill } from './codes.js'
import type { Code } from './codes.js'
import { digestOf, hasPbkdf2Job, hmacOf, pbkdf2Of } from './hash.js'
import type { HashName } from './hash.js'

/** The expression of a value: data that can be sent to a thread. The password and the other inputs are parts, by their places. */
export type Expression =
  | { readonly type: 'part'; readonly place: number }
  /** In the second part of a loop: the digest before, raw. */
  | { readonly type: 'digest' }
  | { readonly type: 'cat'; readonly items: readonly Expression[] }
  | { readonly type: 'slice'; readonly of: Expression; readonly from: number; readonly to: number }
  | HashCall
  | Derivation
  | { readonly type: 'code'; readonly code: Code; readonly of: Expression }
  | { readonly type: 'pad' | 'rep'; readonly of: Expression; readonly bytes: number }

/** A hash function, or HMAC where there is a key, applied `count` times: to the first, then to the second or the digest. */
export interface HashCall {
  readonly type: 'hash'
  readonly name: HashName
  readonly count: number
  readonly key: Expression | undefined
  readonly first: Expression
  readonly second: Expression | undefined
}

/** PBKDF2 or scrypt. Where a job of its own kind computes it, its bytes are the part at `place`. */
export type Derivation = {
  readonly type: 'derivation'
  readonly place: number
  readonly bytes: number
  readonly first: Expression
  readonly salt: Expression
} & (
  | { readonly name: HashName; readonly count: number }
  | { readonly name: 'scrypt'; readonly N: number; readonly r: number; readonly p: number }
)

/** A derivation that a job of PBKDF2's or scrypt's own kind computes. */
export type DerivationJob = Derivation & { readonly name: 'scrypt' | DigestAlgorithm }

/** The bytes of an evaluation. Where it failed, since a text cannot be encoded or is too long, they are of no use. */
export interface Value {
  readonly bytes: Uint8Array
  readonly failed: boolean
}

interface State {
  readonly parts: readonly Uint8Array[]
  /** The bytes that were made on the way, which are overwritten afterwards. */
  readonly made: Uint8Array[]
  failed: boolean
}

const NOTHING = /* @__PURE__ */ new Uint8Array(0)

/**
 * Computes the value of an expression over its parts. A failure does not end the work, so that it takes as long as a mismatch.
 *
 * @throws EngineError `ERR_ENGINE_UNAVAILABLE` where the platform lacks a hash function
 */
export function evaluateExpression(expression: Expression, parts: readonly Uint8Array[]): Value {
  const state: State = { parts, made: [], failed: false }
  try {
    const pieces = piecesOf(expression, state, NOTHING)
    return { bytes: joinBytes(...pieces), failed: state.failed }
  } finally {
    wipe(state.made, 0)
  }
}

/** The value of an expression in pieces, which a hash function takes without joining them. */
function piecesOf(expression: Expression, state: State, digest: Uint8Array): readonly Uint8Array[] {
  if (expression.type !== 'cat') return [bytesOf(expression, state, digest)]
  return expression.items.map((item) => bytesOf(item, state, digest))
}

function bytesOf(expression: Expression, state: State, digest: Uint8Array): Uint8Array {
  switch (expression.type) {
    case 'part':
      return state.parts[expression.place] ?? NOTHING
    case 'digest':
      return digest
    case 'cat':
      return keep(state, joinBytes(...piecesOf(expression, state, digest)))
    case 'slice':
      return bytesOf(expression.of, state, digest).subarray(expression.from, expression.to)
    case 'hash':
      return hashOf(expression, state, digest)
    case 'derivation':
      return deriveOf(expression, state, digest)
    case 'code':
      return keep(state, codeOf(expression.code, bytesOf(expression.of, state, digest)) ?? fail(state))
    case 'pad':
    case 'rep':
      return keep(
        state,
        fill(expression.type, bytesOf(expression.of, state, digest), expression.bytes) ?? fail(state),
      )
  }
}

function hashOf({ name, count, key, first, second }: HashCall, state: State, before: Uint8Array): Uint8Array {
  const keyBytes = key && bytesOf(key, state, before)
  const hash = (expression: Expression, digest: Uint8Array): Uint8Array =>
    keyBytes === undefined
      ? digestOf(name, piecesOf(expression, state, digest))
      : hmacOf(name, keyBytes, bytesOf(expression, state, digest))
  let digest = hash(first, before)
  const mark = state.made.length
  for (let round = 1; round < count; round++) {
    const last = digest
    digest =
      second !== undefined
        ? hash(second, last)
        : keyBytes === undefined
          ? digestOf(name, [last])
          : hmacOf(name, keyBytes, last)
    last.fill(0)
    wipe(state.made, mark)
  }
  return keep(state, digest)
}

function deriveOf(derivation: Derivation, state: State, digest: Uint8Array): Uint8Array {
  if (isJob(derivation)) return state.parts[derivation.place] ?? NOTHING
  const { name, first, salt, count, bytes } = derivation
  const password = bytesOf(first, state, digest)
  const key = pbkdf2Of(name, {
    ...{ password, salt: bytesOf(salt, state, digest) },
    ...{ iterations: count, length: bytes },
  })
  return keep(state, key)
}

/** Whether a job of PBKDF2's or scrypt's own kind computes a derivation. */
export function isJob(derivation: Derivation): derivation is DerivationJob {
  return derivation.name === 'scrypt' || hasPbkdf2Job(derivation.name)
}

/** Remembers bytes that were made, which are no view of a part. */
function keep(state: State, bytes: Uint8Array): Uint8Array {
  state.made.push(bytes)
  return bytes
}

function fail(state: State): Uint8Array {
  state.failed = true
  return NOTHING
}

function wipe(made: Uint8Array[], from: number): void {
  for (let place = from; place < made.length; place++) made[place]?.fill(0)
  made.length = from
}
