import type { Derivation, Expression } from '../../compute/expression.js'
import { fieldOf } from '../../formats/fields.js'
import type { Field } from '../../formats/fields.js'
import { decodeText } from '../../formats/expression-text.js'
import { malformed } from '../../formats/problem.js'
import type { Malformed, Problem } from '../../formats/problem.js'
import type { Context } from '../../hasher/contract.js'
import { MAX_PASSWORD_BYTES } from '../../formats/bounds.js'
import { parseExpression } from './parser.js'
import { printExpression } from './print.js'
import { findBroken } from './rules.js'
import type { Form } from './rules.js'
import { KEY, NAMES, USER } from './walk.js'

/** A descriptor as it was read, but for its checksum or inner digest. */
export interface Descriptor {
  readonly expression: Expression
  /** The calls of PBKDF2 and scrypt, the inner ones first. */
  readonly derivations: readonly Derivation[]
  /** The parts by their places, without the password and the bytes of derivations. */
  readonly parts: readonly Uint8Array[]
  /** The places of the parts that the context gives, whose lengths the digest does not say. */
  readonly given: readonly number[]
  /** The input that the context lacks. */
  readonly missing: 'siteKey' | 'username' | undefined
  /** Its text without what its literals hold. */
  readonly text: string
}

const COMMA = 0x2c
// A value of the context that is not known yet counts as one of this length. One that is missing is computed with zeros.
const CONTEXT_BYTES = 64
const encoder = /* @__PURE__ */ new TextEncoder()
const NOTHING = /* @__PURE__ */ new Uint8Array(0)

/** What reading a descriptor depends on besides its text. */
export interface How {
  readonly form: Form
  readonly context: Context
  /** The expressions that may use the site key of the context. */
  readonly siteKeyFor: ReadonlySet<string>
}

/** Reads `<expression>$<inputs>$` in front of the checksum or the inner digest, which is the rest. */
export function readDescriptor(
  { text, start, end }: Field,
  { form, context, siteKeyFor }: How,
): { readonly descriptor: Descriptor; readonly rest: Field } | Malformed {
  const first = text.indexOf('$', start)
  const second = text.indexOf('$', first + 1)
  if (first < 0 || second < 0) return malformed('shape', 'digest')
  const written = text.slice(start, first)
  const syntax = parseExpression(written)
  if (typeof syntax === 'string') return malformed(syntax, 'expression')
  const { expression, derivations, names, literals } = syntax
  const given = readInputs(fieldOf(text, first + 1, second), names)
  if (typeof given === 'string') return malformed(given, 'inputs')

  // The password and the bytes of two derivations are not known yet.
  const known = [undefined, ...given, undefined, undefined, ...literals]
  const asked = fromContext(given, names, context)
  // Whoever can write rows must not choose the expression that the site key goes into.
  if (names.includes('k') && known[KEY] === undefined && !siteKeyFor.has(written))
    return malformed('range', 'inputs')
  const parts = known.map((part, place) => part ?? asked.parts[place] ?? NOTHING)
  const lengths = parts.map(({ length }) => length)
  lengths[0] = MAX_PASSWORD_BYTES
  for (const { place, bytes } of derivations) lengths[place] = bytes
  const broken = findBroken(expression, { parts: known, lengths }, form)
  if (broken !== undefined) return malformed(broken.problem, broken.field)
  const descriptor = {
    expression,
    derivations,
    parts,
    given: [KEY, USER].filter((place) => asked.parts[place] !== undefined),
    missing: asked.missing,
    text: printExpression(expression),
  }
  return { descriptor, rest: fieldOf(text, second + 1, end) }
}

/** The inputs s, t, k and u, undefined where the context gives one; or the problem of their text. */
function readInputs(
  { text, start, end }: Field,
  names: readonly string[],
): readonly (Uint8Array | undefined)[] | Problem {
  const inputs: (Uint8Array | undefined)[] = [undefined, undefined, undefined, undefined]
  const found: string[] = []
  let last = 0
  for (let from = start; from < end || (from === end && end > start);) {
    const comma = text.indexOf(',', from)
    const stop = comma < 0 || comma > end ? end : comma
    const name = text.charAt(from)
    const place = stop > from ? NAMES.indexOf(name) : -1
    if (place < 1) return 'shape'
    if (found.includes(name)) return 'duplicate'
    if (place < last) return 'canonical'
    last = place
    found.push(name)
    if (stop > from + 1) {
      if (text.charAt(from + 1) !== '=') return 'shape'
      if (stop === from + 2) return 'length'
      const bytes = decodeText(text, { start: from + 2, end: stop, reserved: COMMA })
      if (typeof bytes === 'string') return bytes
      inputs[place - 1] = bytes
    } else if (name === 's' || name === 't') return 'shape'
    from = stop + 1
  }
  const used = names.includes('p') ? names.length - 1 : names.length
  if (found.length !== used || !found.every((name) => names.includes(name))) return 'shape'
  return inputs
}

/** The inputs that the context gives. An empty one is as good as none. */
function fromContext(
  [, , key, user]: readonly (Uint8Array | undefined)[],
  names: readonly string[],
  { siteKey = '', username = '' }: Context,
): { readonly parts: Readonly<Record<number, Uint8Array>>; readonly missing: Descriptor['missing'] } {
  const needsKey = names.includes('k') && key === undefined
  const needsUser = names.includes('u') && user === undefined
  if (!needsKey && !needsUser) return NO_CONTEXT
  const bytesOf = (given: string | Uint8Array): Uint8Array =>
    given.length === 0
      ? new Uint8Array(CONTEXT_BYTES)
      : typeof given === 'string'
        ? encoder.encode(given)
        : given
  const missing =
    needsKey && siteKey.length === 0 ? 'siteKey' : needsUser && username === '' ? 'username' : undefined
  return {
    parts: { ...(needsKey && { [KEY]: bytesOf(siteKey) }), ...(needsUser && { [USER]: bytesOf(username) }) },
    missing,
  }
}

const NO_CONTEXT = { parts: {}, missing: undefined } as const

/** The parts of a descriptor with a password. The bytes of derivations are put in their places later. */
export function partsWith(password: Uint8Array, { parts }: Descriptor): Uint8Array[] {
  const all = [...parts]
  all[0] = password
  return all
}

/** The number of bytes of each part, with a password of so many bytes. */
export function lengthsOf({ parts, derivations }: Descriptor, passwordBytes: number): readonly number[] {
  const lengths = parts.map(({ length }) => length)
  lengths[0] = passwordBytes
  for (const { place, bytes } of derivations) lengths[place] = bytes
  return lengths
}
