import { addCosts } from '../../compute/cost.js'
import type { Cost } from '../../compute/cost.js'
import type { Value } from '../../compute/expression.js'
import { fieldOf, textOf } from '../../formats/fields.js'
import { isMalformed, malformed } from '../../formats/problem.js'
import type { Malformed } from '../../formats/problem.js'
import { NO_CONTEXT, UNCLAIMED } from '../../hasher/contract.js'
import type { Context, Hasher, Reading, Readings, Run } from '../../hasher/contract.js'
import { readFacts } from '../../hasher/checks.js'
import { createGuard } from '../../hasher/guard.js'
import { labelOf, MadeHasher } from '../../hasher/made-hasher.js'
import { cutsKey, KEY_BYTES, leadOf, MAX_LEAD_BYTES, truncatesValue } from './bound.js'
import { assertContext, costOf, evaluate, evaluateInPlace } from './evaluate.js'
import { partsWith, readDescriptor } from './read.js'
import type { Descriptor } from './read.js'
import { isLeaked } from './standing.js'
import { sharesValue } from './truncates.js'
import { hasBarePassword, isHash, someIn } from './walk.js'

const NAME = 'pre'
const PREFIX = 'pre$'
const HASH_TEXT = 32
const FIRST_CHARACTER = 0x21
const FACTS = {
  name: NAME,
  prehashed: true,
  neverRenamed: true,
  why: 'as slow as the digest inside',
  writtenBy: 'systems that hashed their digests once more, or the password before',
  example:
    'pre$hex(md5(s.hex(md5(p))))$s=12345678$$2y$10$aws79gtmfZzV8/ikoJSCyuIVLDKlStBRvNDdJqAr1r6k4ZYjZmcC2',
  prefixes: [PREFIX],
} as const

/**
 * Makes `pre`: the value of an expression, which is the password of another hasher's digest.
 *
 *     pre  $  hex(sha512(p))  $    $  $2a$12$…      (spaces added)
 *
 * @param inners the hashers of the digests inside, each found by its prefix
 * @param siteKeyFor the expressions that get the site key of the context
 */
export function makePre(inners: readonly Hasher[], siteKeyFor: ReadonlySet<string>): MadeHasher {
  const guard = createGuard(NAME)
  const split = (digest: string, context: Context) =>
    readDescriptor(fieldOf(digest, PREFIX.length), { form: 'pre', context, siteKeyFor })
  const findInner = (digest: string): Hasher | undefined => {
    const [inner, another] = inners.filter((one) => one.identify(digest))
    return another === undefined ? inner : undefined
  }
  const read = (digest: string, context: Context): Readings<Reading> | Malformed => {
    const found = split(digest, context)
    if (isMalformed(found)) return found
    const { descriptor, rest } = found
    const text = textOf(rest)
    const inner = findInner(text)
    if (inner === undefined) return malformed('shape', 'digest')
    const readings = inner.parse(text, context)
    if (readings === UNCLAIMED) return malformed('shape', 'digest')
    if (isMalformed(readings)) return readings
    // A bound below the text of a hash of 16 bytes would let many values match, as that of DES does.
    if (readings.some((reading) => reading.truncates(textOfLength(HASH_TEXT))))
      return malformed('range', 'digest')
    const isBound = readings.some((reading) => reading.truncates(textOfLength(KEY_BYTES + 1)))
    if (isBound) {
      if (readings[0].oldVariant) return malformed('version', 'version')
      if (leadOf(descriptor) > MAX_LEAD_BYTES) return malformed('range', 'expression')
    }
    const open = (reading: Reading): Reading =>
      openReading(descriptor, { name: inner.name, reading, isBound })
    const [first, ...others] = readings
    return [open(first), ...others.map(open)]
  }
  const label = labelOf(FACTS, { standing: 'insecure', varies: true, delegates: false })
  return new MadeHasher(label, () => ({
    facts: readFacts(FACTS, 'makePre'),
    lengths: undefined,
    identify: (digest) => digest.startsWith(PREFIX),
    parse: (digest, context) =>
      digest.startsWith(PREFIX) ? guard.call('its parse', () => read(digest, context)) : UNCLAIMED,
    kind: () => findInner(FACTS.example.slice(FACTS.example.indexOf('$$') + 1))?.kind() ?? 'in place',
    blank: (digest) => {
      const found = split(digest, NO_CONTEXT)
      if (isMalformed(found)) return digest
      const text = textOf(found.rest)
      return digest.slice(0, found.rest.start) + (findInner(text)?.blank?.(text) ?? text)
    },
  }))
}

interface Inner {
  readonly name: string
  readonly reading: Reading
  /** Whether it reads 72 bytes, as bcrypt does. */
  readonly isBound: boolean
}

function openReading(descriptor: Descriptor, { name, reading, isBound }: Inner): Reading {
  const guard = createGuard(NAME)
  const costWith = (passwordBytes: number, costOfInner: (length: number) => Cost): Cost => {
    const { milliseconds, bytes, lanes, length } = costOf(descriptor, passwordBytes)
    return addCosts({ milliseconds, bytes, lanes }, costOfInner(length))
  }
  /** Gives the value to the inner hasher, whatever it is, so that all answers take as long. */
  const withValue = async <T>(
    password: Uint8Array,
    run: Run,
    use: (value: Value) => Promise<T>,
  ): Promise<T> => {
    const value = await evaluate(password, descriptor, run).catch((error: unknown) => {
      throw guard.errorOf('the engine', error)
    })
    try {
      return await use(value)
    } finally {
      value.bytes.fill(0)
    }
  }
  return {
    standing: isLeaked(descriptor) ? 'insecure' : reading.standing,
    oldVariant: reading.oldVariant,
    describe: () => ({ expression: descriptor.text, inner: name, ...reading.describe() }),
    cost: (passwordBytes) => costWith(passwordBytes, (length) => reading.cost(length)),
    // A value is not known before it is computed, so the cost is that of bytes that repeat themselves nowhere.
    costOfCheck: (password) => costWith(password.length, (length) => reading.costOfCheck(unlike(length))),
    truncates: (password) =>
      guard.call('its truncates', () => {
        if (sharesValue(password, descriptor)) return true
        if (isBound) return truncatesValue(password, descriptor)
        // Of a hash the inner algorithm is given text, which it can tell from any other.
        const { expression } = descriptor
        if (!hasBarePassword(expression) || someIn(expression, isHash)) return false
        const value = evaluateInPlace(expression, partsWith(password, descriptor))
        if (value === undefined) return true
        const isTruncated = reading.truncates(value.bytes)
        value.bytes.fill(0)
        return isTruncated
      }),
    verify: (password, run, signal) =>
      withValue(password, run, async ({ bytes, failed }) => {
        const matches = await reading.verify(bytes, run, signal)
        assertContext(NAME, descriptor)
        if (isBound && cutsKey(password, descriptor)) return false
        // A NUL ends the password of crypt(3), so that it would stand for another.
        return matches && !failed && !bytes.includes(0)
      }),
    derive: (password, run) =>
      withValue(password, run, async ({ bytes }) => {
        const derived = await reading.derive(bytes, run)
        assertContext(NAME, descriptor)
        return derived
      }),
  }
}

/** So many bytes that repeat themselves nowhere within a block. */
function unlike(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, place) => 1 + (place % 120))
}

/** A text of so many characters, no more than there are in ASCII, that repeats itself nowhere. */
function textOfLength(length: number): Uint8Array {
  return Uint8Array.from({ length }, (_, place) => FIRST_CHARACTER + place)
}
