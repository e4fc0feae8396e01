import { base64, base64Unpadded, adaptedBase64, decodeBase64 } from '../../formats/base64.js'
import type { Base64 } from '../../formats/base64.js'
import { codeOf, lengthOfCode } from '../../compute/codes.js'
import { evaluateExpression } from '../../compute/expression.js'
import type { Expression } from '../../compute/expression.js'
import { HASHES } from '../../compute/hash.js'
import { fieldOf, lengthOf, textOf } from '../../formats/fields.js'
import type { Field } from '../../formats/fields.js'
import { decodeLowerHex } from '../../formats/hex.js'
import type { Problem } from '../../formats/problem.js'
import type { Descriptor } from './read.js'
import { isHash, someIn } from './walk.js'

type Fold = 'upper' | 'lower' | undefined

/** A piece of the text that an expression gives: known bytes, or an encoding of so many bytes. */
type Piece =
  | { readonly bytes: Uint8Array }
  | { readonly code: 'hex' | 'HEX' | 'b64' | 'b64np' | 'ab64'; readonly length: number; readonly fold: Fold }

const BASE64: Readonly<Record<'b64' | 'b64np' | 'ab64', Base64>> = {
  b64: base64,
  b64np: base64Unpadded,
  ab64: adaptedBase64,
}
const UPPER_HEX = '0123456789ABCDEF'

/**
 * Holds a checksum to the text that an expression gives: its length, alphabet, case and canonical base64. `undefined` stands for an
 * expression whose text has no known length.
 */
export function readChecksum(field: Field, descriptor: Descriptor): Uint8Array | Problem | undefined {
  const pieces = piecesOf(descriptor)
  if (pieces === undefined) return undefined
  if (lengthOf(field) !== pieces.reduce((sum, piece) => sum + charactersOf(piece), 0)) return 'length'
  let at = field.start
  for (const piece of pieces) {
    const end = at + charactersOf(piece)
    const problem = findProblem(fieldOf(field.text, at, end), piece)
    if (problem !== undefined) return problem
    at = end
  }
  const checksum = new Uint8Array(lengthOf(field))
  for (let place = 0; place < checksum.length; place++) {
    checksum[place] = field.text.charCodeAt(field.start + place)
  }
  return checksum
}

/** A checksum with its encodings overwritten by the zeros of their alphabets. */
export function blankChecksum(text: string, descriptor: Descriptor): string {
  let blank = ''
  for (const piece of piecesOf(descriptor) ?? []) {
    const rest = text.slice(blank.length, blank.length + charactersOf(piece))
    blank += 'bytes' in piece ? rest : rest.replaceAll(/[^=]/g, zeroOf(piece))
  }
  return blank
}

function zeroOf({ code, fold }: Extract<Piece, { code: string }>): string {
  if (code === 'hex' || code === 'HEX') return '0'
  return fold === 'lower' ? 'a' : 'A'
}

/** The pieces of the text of a descriptor's expression; undefined where a length is not known. */
function piecesOf(descriptor: Descriptor): readonly Piece[] | undefined {
  const { expression, parts } = descriptor
  const pieces: Piece[] = []
  const add = (inner: Expression, outer: Fold): boolean => {
    if (inner.type === 'cat') return inner.items.every((item) => add(item, outer))
    if (inner.type !== 'code') {
      const bytes = bytesOf(inner, parts)
      if (bytes === undefined) return false
      pieces.push({ bytes: folded(bytes, outer) })
      return true
    }
    const { code, of } = inner
    // The outermost change of case decides.
    if (code === 'upper' || code === 'lower') return add(of, outer ?? code)
    const length = isEncoding(code) ? lengthIn(of, descriptor) : undefined
    if (!isEncoding(code) || length === undefined) return false
    pieces.push({ code, length, fold: outer })
    return true
  }
  return add(expression, undefined) ? pieces : undefined
}

/** The bytes of a part or its slice. */
function bytesOf(expression: Expression, parts: readonly Uint8Array[]): Uint8Array | undefined {
  if (expression.type === 'part') return parts[expression.place]
  if (expression.type !== 'slice') return undefined
  return bytesOf(expression.of, parts)?.subarray(expression.from, expression.to)
}

function isEncoding(code: string): code is Extract<Piece, { code: string }>['code'] {
  return code === 'hex' || code === 'HEX' || Object.hasOwn(BASE64, code)
}

function folded(bytes: Uint8Array, fold: Fold): Uint8Array {
  return fold === undefined ? bytes : (codeOf(fold, bytes) ?? bytes)
}

/** The length of a value where it is always the same; undefined otherwise. */
function lengthIn(expression: Expression, descriptor: Descriptor): number | undefined {
  switch (expression.type) {
    case 'part':
      return descriptor.given.includes(expression.place)
        ? undefined
        : descriptor.parts[expression.place]?.length
    case 'cat': {
      const lengths = expression.items.map((item) => lengthIn(item, descriptor))
      return lengths.reduce(
        (sum, length) => (sum === undefined || length === undefined ? undefined : sum + length),
        0,
      )
    }
    case 'slice':
      return expression.to - expression.from
    case 'hash': {
      const [bytes] = HASHES[expression.name]
      return bytes
    }
    case 'derivation':
    case 'pad':
    case 'rep':
      return expression.bytes
    case 'code': {
      if (isKnownDecoding(expression, descriptor)) {
        return evaluateExpression(expression, descriptor.parts).bytes.length
      }
      const inner = lengthIn(expression.of, descriptor)
      const isExact =
        isEncoding(expression.code) || expression.code === 'upper' || expression.code === 'lower'
      return inner === undefined || !isExact ? undefined : lengthOfCode(expression.code, inner)
    }
    case 'digest':
      return undefined
  }
}

/** Whether bytes are decoded that the digest has itself, which takes no time. What is no such text was refused before. */
function isKnownDecoding(expression: Extract<Expression, { type: 'code' }>, { given }: Descriptor): boolean {
  const isUnknown = (inner: Expression): boolean =>
    isHash(inner) || (inner.type === 'part' && given.includes(inner.place))
  return (expression.code === 'unhex' || expression.code === 'unb64') && !someIn(expression, isUnknown)
}

function charactersOf(piece: Piece): number {
  return 'bytes' in piece ? piece.bytes.length : lengthOfCode(piece.code, piece.length)
}

function findProblem(field: Field, piece: Piece): Problem | undefined {
  const { text, start } = field
  if ('bytes' in piece) {
    // A byte beyond ASCII is no character of the checksum: the value is compared byte for byte.
    const isSame = piece.bytes.every((byte, place) => byte < 0x80 && text.charCodeAt(start + place) === byte)
    return isSame ? undefined : 'shape'
  }
  const { code, fold } = piece
  const isUpper = fold === undefined ? code === 'HEX' : fold === 'upper'
  if (code === 'hex' || code === 'HEX') {
    if (isUpper) return isOf(field, UPPER_HEX) ? undefined : 'alphabet'
    return typeof decodeLowerHex(field) === 'string' ? 'alphabet' : undefined
  }
  const alphabet = BASE64[code]
  if (fold === undefined) {
    const bytes = decodeBase64(field, alphabet)
    return typeof bytes === 'string' ? bytes : undefined
  }
  // Of base64 in one case nothing is left to decode.
  const characters = fold === 'upper' ? alphabet.characters.toUpperCase() : alphabet.characters.toLowerCase()
  const padding = alphabet.padded ? (3 - (piece.length % 3)) % 3 : 0
  const isPadded = textOf(field).endsWith('='.repeat(padding))
  return isPadded && isOf(fieldOf(text, start, field.end - padding), characters) ? undefined : 'alphabet'
}

function isOf({ text, start, end }: Field, alphabet: string): boolean {
  for (let place = start; place < end; place++) if (!alphabet.includes(text.charAt(place))) return false
  return true
}
