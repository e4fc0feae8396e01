import { CODES } from '../../compute/codes.js'
import type { Code } from '../../compute/codes.js'
import type { Derivation, Expression } from '../../compute/expression.js'
import { HASHES } from '../../compute/hash.js'
import type { HashName } from '../../compute/hash.js'
import { fieldOf } from '../../formats/fields.js'
import { readInteger } from '../../formats/integer.js'
import type { Problem } from '../../formats/problem.js'
import { isScryptCost } from './rules.js'
import { decodeText } from '../../formats/expression-text.js'
import { FIRST_DERIVATION, FIRST_LITERAL, isLiteral, NAMES } from './walk.js'

// The grammar is that of docs/expressions.md. An expression is read from left to right, so that a hostile one is refused at once.

const MAX_LENGTH = 512
const MAX_DEPTH = 12
const MAX_CALLS = 24
const MAX_DERIVATIONS = 2
const MAX_COUNT = 2 ** 31 - 1
const MAX_FILL = 1_024
const MIN_KEY = 8
const MAX_KEY = 1_024
const MAX_SLICE = 4_096
const QUOTE = 0x27

/** An expression as it was read. */
export interface Syntax {
  readonly expression: Expression
  readonly literals: readonly Uint8Array[]
  /** The calls of PBKDF2 and scrypt, the inner ones first. */
  readonly derivations: readonly Derivation[]
  /** Which of the names `pstku` stand in it. */
  readonly names: readonly string[]
}

interface State {
  readonly text: string
  at: number
  depth: number
  calls: number
  /** Whether the text is in the second part of a loop. */
  isSecond: boolean
  problem: Problem | undefined
  readonly literals: Uint8Array[]
  readonly derivations: Derivation[]
  readonly names: string[]
}

/** Reads an expression, or says what is wrong with it: of the grammar, the spelling and the limits. */
export function parseExpression(text: string): Syntax | Problem {
  if (text.length > MAX_LENGTH) return 'length'
  const state: State = {
    text,
    at: 0,
    depth: 0,
    calls: 0,
    isSecond: false,
    problem: undefined,
    literals: [],
    derivations: [],
    names: [],
  }
  const expression = readCat(state)
  if (expression === undefined) return state.problem ?? 'shape'
  if (state.at !== text.length) return 'shape'
  const { literals, derivations, names } = state
  return { expression, literals, derivations, names }
}

type Found = Expression | undefined

/** Remembers what is wrong first. */
function fail(state: State, problem: Problem): Found {
  state.problem ??= problem
  return undefined
}

/** Whether a sign comes next, which is then read. */
function takes(state: State, sign: string): boolean {
  if (state.text.charAt(state.at) !== sign) return false
  state.at++
  return true
}

function readCat(state: State): Found {
  const first = readItem(state)
  if (first === undefined || state.text.charAt(state.at) !== '.') return first
  const items = [first]
  while (takes(state, '.')) {
    const item = readItem(state)
    if (item === undefined) return undefined
    // Two literals side by side are one literal in another spelling.
    if (isLiteral(item) && isLiteral(items.at(-1))) return fail(state, 'canonical')
    items.push(item)
  }
  return { type: 'cat', items }
}

function readItem(state: State): Found {
  const { text } = state
  if (takes(state, "'")) return readLiteral(state)
  const name = readName(state)
  const next = text.charAt(state.at)
  if (next === '(' || next === '*') {
    const call = readCall(state, name)
    return call && readSlice(state, call)
  }
  if (name === 'd') return state.isSecond ? { type: 'digest' } : fail(state, 'shape')
  const place = name.length === 1 ? NAMES.indexOf(name) : -1
  if (place < 0) return fail(state, 'shape')
  if (!state.names.includes(name)) state.names.push(name)
  const part = { type: 'part', place } as const
  return name === 's' || name === 't' ? readSlice(state, part) : part
}

function readName(state: State): string {
  const start = state.at
  while (isNameCode(state.text.charCodeAt(state.at))) state.at++
  return state.text.slice(start, state.at)
}

function isNameCode(code: number): boolean {
  const letter = code | 0x20
  return (letter >= 0x61 && letter <= 0x7a) || (code >= 0x30 && code <= 0x39) || code === 0x2d
}

function readLiteral(state: State): Found {
  const start = state.at
  const end = state.text.indexOf("'", start)
  if (end < 0) return fail(state, 'shape')
  if (end === start) return fail(state, 'canonical')
  const bytes = decodeText(state.text, { start, end, reserved: QUOTE })
  if (typeof bytes === 'string') return fail(state, bytes)
  state.at = end + 1
  state.literals.push(bytes)
  return { type: 'part', place: FIRST_LITERAL + state.literals.length - 1 }
}

function readSlice(state: State, of: Expression): Found {
  if (!takes(state, '[')) return of
  const from = readNumber(state, 0, MAX_SLICE)
  if (from === undefined || !takes(state, ':')) return fail(state, 'shape')
  const to = readNumber(state, 0, MAX_SLICE)
  if (to === undefined || !takes(state, ']')) return fail(state, 'shape')
  // An encoding's characters are no bytes of the hash inside it.
  if (from >= to || of.type === 'code' || of.type === 'pad' || of.type === 'rep') return fail(state, 'range')
  return { type: 'slice', of, from, to }
}

function readNumber(state: State, min: number, max: number): number | undefined {
  const start = state.at
  while (isDigit(state.text.charCodeAt(state.at))) state.at++
  const number = readInteger(fieldOf(state.text, start, state.at), { min, max })
  if (typeof number !== 'string') return number
  state.problem ??= number
  return undefined
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39
}

function readCall(state: State, name: string): Found {
  if (++state.calls > MAX_CALLS || ++state.depth > MAX_DEPTH) return fail(state, 'range')
  const call = readAnyCall(state, name)
  state.depth--
  return call
}

function readAnyCall(state: State, name: string): Found {
  if (isHash(name)) return readHash(state, name, false)
  if (name.startsWith('hmac-')) {
    const inner = name.slice('hmac-'.length)
    return isHash(inner) ? readHash(state, inner, true) : fail(state, 'shape')
  }
  if (name === 'scrypt' || name.startsWith('pbkdf2-')) return readDerivation(state, name)
  if (!takes(state, '(')) return fail(state, 'shape')
  const of = readCat(state)
  if (of === undefined) return undefined
  if (isCode(name)) return takes(state, ')') ? { type: 'code', code: name, of } : fail(state, 'shape')
  if ((name !== 'pad' && name !== 'rep') || !takes(state, ',')) return fail(state, 'shape')
  const bytes = readNumber(state, 1, MAX_FILL)
  return bytes !== undefined && takes(state, ')') ? { type: name, of, bytes } : fail(state, 'shape')
}

function isHash(name: string): name is HashName {
  return Object.hasOwn(HASHES, name)
}

function isCode(name: string): name is Code {
  return Object.hasOwn(CODES, name)
}

function readHash(state: State, name: HashName, isHmac: boolean): Found {
  let count: number | undefined = 1
  if (takes(state, '*')) {
    count = readNumber(state, 1, MAX_COUNT)
    if (count === undefined) return undefined
    if (count === 1) return fail(state, 'canonical')
    // A loop in the second part of a loop would take the product of both counts.
    if (state.isSecond) return fail(state, 'range')
  }
  if (!takes(state, '(')) return fail(state, 'shape')
  const key = isHmac ? readCat(state) : undefined
  if (isHmac && (key === undefined || !takes(state, ','))) return fail(state, 'shape')
  const first = readCat(state)
  if (first === undefined) return undefined
  let second: Found
  if (takes(state, '|')) {
    if (count === 1) return fail(state, 'shape')
    state.isSecond = true
    second = readCat(state)
    state.isSecond = false
    if (second === undefined) return undefined
    if (second.type === 'digest') return fail(state, 'canonical')
  }
  return takes(state, ')') ? { type: 'hash', name, count, key, first, second } : fail(state, 'shape')
}

function readDerivation(state: State, name: string): Found {
  const inner = name.slice('pbkdf2-'.length)
  const isScrypt = name === 'scrypt'
  if (!isScrypt && !isHash(inner)) return fail(state, 'shape')
  if (state.isSecond) return fail(state, 'range')
  const numbers: number[] = []
  for (const sign of isScrypt ? '*:::' : '*:') {
    if (!takes(state, sign)) return fail(state, 'shape')
    const number = readNumber(state, 1, MAX_COUNT)
    if (number === undefined) return undefined
    numbers.push(number)
  }
  const bytes = numbers.pop() ?? 0
  if (bytes < MIN_KEY) return fail(state, 'length')
  const [count = 0, r = 0, p = 0] = numbers
  if (bytes > MAX_KEY || (isScrypt && !isScryptCost(count, r, p))) return fail(state, 'range')
  if (!takes(state, '(')) return fail(state, 'shape')
  const first = readCat(state)
  if (first === undefined || !takes(state, ',')) return fail(state, 'shape')
  const salt = readCat(state)
  if (salt === undefined || !takes(state, ')')) return fail(state, 'shape')
  const place = FIRST_DERIVATION + state.derivations.length
  if (state.derivations.length === MAX_DERIVATIONS) return fail(state, 'range')
  const shared = { type: 'derivation', place, bytes, first, salt } as const
  const derivation: Derivation = isHash(inner)
    ? { ...shared, name: inner, count }
    : { ...shared, name: 'scrypt', N: count, r, p }
  state.derivations.push(derivation)
  return derivation
}
