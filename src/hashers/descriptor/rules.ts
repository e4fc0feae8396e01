import { lengthOfCode } from '../../compute/codes.js'
import type { Code } from '../../compute/codes.js'
import { evaluateExpression } from '../../compute/expression.js'
import type { Derivation, Expression, HashCall } from '../../compute/expression.js'
import { HASHES } from '../../compute/hash.js'
import type { Problem } from '../../formats/problem.js'
import { isKey, KEY, someIn } from './walk.js'

// The value of an expression has to carry the password: otherwise a constant would accept anything, or four characters of a password
// the whole. Each rule of docs/expressions.md stands here because an expression got by without it.

/** The form of the descriptor: what its root may be depends on it. */
export type Form = 'expr' | 'pre'

/** What the rules need of the inputs. */
export interface Inputs {
  /** The parts that are known: undefined where the context gives them. */
  readonly parts: readonly (Uint8Array | undefined)[]
  /** The longest length of each part. */
  readonly lengths: readonly number[]
}

/** What is known of the value of a part of an expression. */
interface Facts {
  readonly carries: boolean
  /** The shortest and the longest length. */
  readonly least: number
  readonly most: number
  /** Whether the password or the site key stands in it outside of all hashes. */
  readonly isBare: boolean
  /** Whether it is text, for the root of the form. */
  readonly isText: boolean
  /** Whether it is made of known parts without a hash, so that it can be computed at once. */
  readonly isKnown: boolean
}

const MAX_VALUE = 256 * 1_024
const MIN_SLICE = 8
// No column is longer, and what a digest holds is decoded when it is read, which must take no time.
const MAX_DECODED = 1_024

/** The first broken rule of an expression, and the field that it concerns; undefined where there is none. */
export interface Broken {
  readonly problem: Problem
  readonly field: 'expression' | 'inputs'
}

interface Walk extends Inputs {
  readonly form: Form
  broken: Broken | undefined
}

/** The digest before, in the second part of a loop. */
interface Before {
  readonly bytes: number
  readonly carries: boolean
}

const NO_DIGEST: Before = { bytes: 0, carries: false }

/** Looks for a broken rule. */
export function findBroken(expression: Expression, inputs: Inputs, form: Form): Broken | undefined {
  const walk: Walk = { ...inputs, form, broken: undefined }
  if (inputs.parts[KEY] === undefined && takesKeyApart(expression)) breakRule(walk)
  const { carries, isBare, isText } = factsOf(expression, walk, NO_DIGEST)
  if (!carries || !isText || (isBare && form === 'expr')) breakRule(walk)
  return walk.broken
}

/**
 * Whether a key stands under a decoder, a case, `pad` or `rep`. By what these do to a key of the context, whoever can write rows would
 * read it byte by byte.
 */
export function takesKeyApart(expression: Expression): boolean {
  return someIn(expression, (inner) => isApart(inner) && someIn(inner, isKey))
}

function isApart(expression: Expression): boolean {
  if (expression.type === 'code') return ['unhex', 'unb64', 'upper', 'lower'].includes(expression.code)
  return expression.type === 'pad' || expression.type === 'rep'
}

function breakRule(walk: Walk, problem: Problem = 'range', field: Broken['field'] = 'expression'): void {
  walk.broken ??= { problem, field }
}

function factsOf(expression: Expression, walk: Walk, before: Before): Facts {
  const facts = factsOfAny(expression, walk, before)
  if (facts.most > MAX_VALUE) breakRule(walk)
  return facts
}

function factsOfAny(expression: Expression, walk: Walk, before: Before): Facts {
  switch (expression.type) {
    case 'part':
      return factsOfPart(expression.place, walk)
    case 'digest':
      return hashed(before.carries, before.bytes)
    case 'cat':
      return factsOfCat(expression.items, walk, before)
    case 'slice':
      return factsOfSlice(expression, walk, before)
    case 'hash':
      return factsOfHash(expression, walk, before)
    case 'derivation':
      return factsOfDerivation(expression, walk, before)
    case 'code':
      return factsOfCode(expression, walk, before)
    case 'pad':
    case 'rep':
      return factsOfFill(expression, walk, before)
  }
}

function factsOfPart(place: number, { parts, lengths, form }: Walk): Facts {
  const isPassword = place === 0
  const part = isPassword ? undefined : parts[place]
  return {
    carries: isPassword,
    least: part?.length ?? 0,
    most: lengths[place] ?? 0,
    isBare: isPassword || place === KEY,
    // What the context gives has no length that the checksum of `expr` could be held to.
    isText: form === 'pre' || part !== undefined,
    isKnown: part !== undefined,
  }
}

function factsOfCat(items: readonly Expression[], walk: Walk, before: Before): Facts {
  let [carries, isBare, isText, isKnown] = [false, false, true, true]
  let [least, most] = [0, 0]
  for (const item of items) {
    const facts = factsOf(item, walk, before)
    carries ||= facts.carries
    isBare ||= facts.isBare
    isText &&= facts.isText
    isKnown &&= facts.isKnown
    least += facts.least
    most += facts.most
  }
  return { carries, least, most, isBare, isText, isKnown }
}

function factsOfSlice(
  { of, from, to }: Extract<Expression, { type: 'slice' }>,
  walk: Walk,
  before: Before,
): Facts {
  const facts = factsOf(of, walk, before)
  // A salt is known here, so its slice lies within it too.
  if (to > facts.least || (of.type !== 'part' && to - from < MIN_SLICE)) breakRule(walk)
  else if (from === 0 && to === facts.least) breakRule(walk, 'canonical')
  return { ...facts, least: to - from, most: to - from }
}

/** The facts of the raw bytes of a hash. */
function hashed(carries: boolean, bytes: number): Facts {
  return { carries, least: bytes, most: bytes, isBare: false, isText: false, isKnown: false }
}

function factsOfHash({ name, key, first, second }: HashCall, walk: Walk, before: Before): Facts {
  const [bytes] = HASHES[name]
  const values = (key === undefined ? [first] : [key, first]).map((value) => factsOf(value, walk, before))
  let carries = values.some((value) => value.carries)
  if (second === undefined) return hashed(carries, bytes)
  if (!someIn(second, ({ type }) => type === 'digest')) breakRule(walk)
  const { carries: secondCarries } = factsOf(second, walk, { bytes, carries })
  if (secondCarries && !carries) {
    // The second part makes the digest carry, so its rules are those of a digest that does.
    carries = true
    factsOf(second, walk, { bytes, carries })
  }
  return hashed(carries, bytes)
}

function factsOfDerivation({ first, salt, bytes }: Derivation, walk: Walk, before: Before): Facts {
  factsOf(salt, walk, before)
  return hashed(factsOf(first, walk, before).carries, bytes)
}

function factsOfCode(expression: Extract<Expression, { type: 'code' }>, walk: Walk, before: Before): Facts {
  const { code, of } = expression
  const facts = factsOf(of, walk, before)
  const isDecoder = code === 'unhex' || code === 'unb64'
  if (isDecoder && (facts.carries || facts.most > MAX_DECODED)) breakRule(walk)
  const isText = isTextOf(code, walk.form, facts.isText)
  if (isDecoder && facts.isKnown && walk.broken === undefined) {
    const { bytes, failed } = evaluateExpression(
      expression,
      walk.parts.map((part) => part ?? EMPTY),
    )
    if (failed) breakRule(walk, 'alphabet', 'inputs')
    return { ...facts, isText, least: bytes.length, most: bytes.length }
  }
  // Of other codes no more is known than that of some bytes they make some.
  const least = code === 'hex' || code === 'HEX' ? 2 * facts.least : Math.min(facts.least, 1)
  return { ...facts, isText, least, most: lengthOfCode(code, facts.most) }
}

const EMPTY = /* @__PURE__ */ new Uint8Array(0)

function isTextOf(code: Code, form: Form, inner: boolean): boolean {
  if (ENCODINGS.includes(code)) return true
  return inner && (FOLDS.includes(code) || (form === 'pre' && FORMS.includes(code)))
}

const ENCODINGS: readonly Code[] = ['hex', 'HEX', 'b64', 'b64np', 'ab64']
const FOLDS: readonly Code[] = ['upper', 'lower']
const FORMS: readonly Code[] = ['nfc', 'nfkc', 'latin1']

function factsOfFill(
  { type, of, bytes }: Extract<Expression, { type: 'pad' | 'rep' }>,
  walk: Walk,
  before: Before,
): Facts {
  const facts = factsOf(of, walk, before)
  if (type === 'rep' && (facts.carries || facts.least === 0)) breakRule(walk)
  return { ...facts, isText: type === 'rep' && facts.isText, least: bytes, most: bytes }
}

/** Whether the numbers of scrypt are within RFC 7914 section 6. */
export function isScryptCost(N: number, r: number, p: number): boolean {
  const log2N = Math.log2(N)
  return N >= 2 && Number.isInteger(log2N) && log2N < 16 * r && r * p < 2 ** 30
}
