import type { Cost } from '../compute/cost.js'
import { JOB_KINDS } from '../compute/job.js'
import { EngineError, RegistryError } from '../errors.js'
import { MAX_DIGEST_LENGTH } from '../formats/bounds.js'
import { fieldOf } from '../formats/fields.js'
import { isMalformed, malformed } from '../formats/problem.js'
import { createAttempts } from './attempts.js'
import type { Attempts } from './attempts.js'
import { brand } from './brand.js'
import { assertIsObject, assertStanding, isStanding, readFacts } from './checks.js'
import { createComputation } from './computation.js'
import { NO_CONTEXT, UNCLAIMED } from './contract.js'
import type { Hasher, HasherSpec, Parsed, Reading, Standing } from './contract.js'
import { createGuard } from './guard.js'
import { createClaim, createPrefixFinder } from './prefixes.js'

const MAKER = 'defineHasher'
const FORMS = 'what it makes of a password'
const NO_CHECKSUM = /* @__PURE__ */ Object.freeze(malformed('length', 'checksum'))

/**
 * Makes a hasher from its specification and adds what all share: the prefixes, and the one comparison, in constant time. A
 * reading with an empty checksum is malformed, whatever the specification says. Whatever a member throws becomes an
 * `EngineError` without its text.
 *
 * @throws RegistryError `ERR_REGISTRY_OPTION` where a member is missing or of the wrong type, or the prefixes are not those of
 *   the example
 * @example
 * const reversedMd5 = defineHasher({
 *   name: 'md5_reversed',
 *   standing: 'insecure',
 *   example: '99fb288db83d1672d616a567d3cc4df5',
 *   identify: (digest) => digest.length === 32,
 *   parse: (rest) => readReversed(textOf(rest)),
 *   describe: () => ({}),
 *   cost: () => ({ milliseconds: 0.01, bytes: 0, lanes: 1 }),
 *   derive: async (password) => md5(password),
 * })
 */
export function defineHasher<P>(spec: HasherSpec<P>): Hasher {
  assertIsObject(spec, MAKER)
  // As own properties, so that a polluted prototype adds nothing to a hasher.
  const own = <K extends keyof HasherSpec<P>>(member: K): HasherSpec<P>[K] | undefined =>
    Object.hasOwn(spec, member) ? spec[member] : undefined
  const facts = readFacts(spec, MAKER)
  const { name, example, prefixes } = facts
  const { standing, parse, describe } = spec
  const [identify, job, truncates, oldVariant] = [
    own('identify'),
    own('job'),
    own('truncates'),
    own('oldVariant'),
  ]
  const [passwordForms, rareReadings, blank] = [own('passwordForms'), own('rareReadings'), own('blank')]
  if (typeof standing !== 'function') assertStanding(standing, MAKER)
  assertMembers(spec, prefixes)
  const givenLengths = own('lengths')
  const lengths = givenLengths && Object.freeze([...givenLengths])

  const guard = createGuard(name)
  const { call, errorOf } = guard
  const findPrefix = createPrefixFinder(prefixes)
  const computation = createComputation<P>(
    name,
    { job, finish: own('finish'), derive: own('derive'), cost: own('cost') },
    guard,
  )
  const attempts =
    passwordForms === undefined && rareReadings === undefined
      ? undefined
      : createAttempts<P>({ passwordForms, rareReadings })

  const standingOf = (params: P): Standing => {
    if (typeof standing !== 'function') return standing
    const found: unknown = call('its standing', () => standing(params))
    if (isStanding(found)) return found
    throw new EngineError('ERR_ENGINE_FAILED', `${name}: its standing is none.`)
  }
  const isOld = (params: P): boolean => {
    try {
      return isTruthy(oldVariant?.(params))
    } catch (error) {
      throw errorOf('its oldVariant', error)
    }
  }
  const describeParams = (params: P): ReturnType<Reading['describe']> => {
    try {
      return describe(params)
    } catch (error) {
      throw errorOf('its describe', error)
    }
  }

  const costInAllForms = ({ cost }: Attempts<P>, parsed: Parsed<P>, password: number | Uint8Array): Cost => {
    if (typeof password === 'number') return computation.cost(parsed, password)
    return call(FORMS, () => cost(password, parsed, (form, reading) => computation.cost(reading, form)))
  }

  // Millions of digests are opened in an audit. What no specification asks for is shared, and so are the two costs, since
  // a function more for each reading takes time.
  const open = (parsed: Parsed<P>): Reading => {
    const { params } = parsed
    const costs =
      attempts === undefined
        ? (password: number | Uint8Array): Cost => computation.cost(parsed, password)
        : (password: number | Uint8Array): Cost => costInAllForms(attempts, parsed, password)
    return {
      standing: typeof standing === 'function' ? standingOf(params) : standing,
      describe: () => describeParams(params),
      cost: costs,
      costOfCheck: costs,
      oldVariant: oldVariant !== undefined && isOld(params),
      truncates:
        truncates === undefined
          ? never
          : (password) => isTruthy(call('its truncates', () => truncates(password, parsed))),
      verify: async (password, run) => {
        if (attempts === undefined) return computation.matches(password, parsed, run)
        try {
          return await attempts.some(password, parsed, (form, reading) =>
            computation.matches(form, reading, run),
          )
        } catch (error) {
          throw errorOf(FORMS, error)
        }
      },
      derive: async (password, run) => {
        if (attempts === undefined) return computation.derive(password, parsed, run)
        try {
          return await attempts.first(password, parsed, (form) => computation.derive(form, parsed, run))
        } catch (error) {
          throw errorOf(FORMS, error)
        }
      },
    }
  }

  /** A bare shape without lengths is shown every digest. */
  const claimsShape = (test: (digest: string) => unknown): Hasher['identify'] => {
    const claims = (digest: string): boolean => {
      try {
        return test(digest) === true
      } catch (error) {
        throw errorOf('its identify', error)
      }
    }
    return lengths === undefined ? claims : (digest) => lengths.includes(digest.length) && claims(digest)
  }

  return brand({
    ...facts,
    standing: typeof standing === 'function' ? 'insecure' : standing,
    varies: typeof standing === 'function',
    lengths,
    identify: identify === undefined ? createClaim(prefixes) : claimsShape(identify),
    parse: (digest, context = NO_CONTEXT) => {
      try {
        const prefix = identify === undefined ? findPrefix(digest) : ''
        if (prefix === undefined) return UNCLAIMED
        const parsed = parse(fieldOf(digest, prefix.length), prefix, context)
        if (isMalformed(parsed)) return parsed
        const [first] = parsed
        // Nearly always there is one; to spread an empty rest takes as long as to open a reading.
        if (parsed.length === 1) return hasNoChecksum(first) ? NO_CHECKSUM : ([open(first)] as const)
        if (parsed.some(hasNoChecksum)) return NO_CHECKSUM
        return [open(first), ...parsed.slice(1).map(open)] as const
      } catch (error) {
        throw errorOf('its parse', error)
      }
    },
    delegates: false,
    kind: () => {
      if (job === undefined) return 'in place'
      const prefix = findPrefix(example) ?? ''
      const parsed = call('its parse', () => parse(fieldOf(example, prefix.length), prefix, NO_CONTEXT))
      if (isMalformed(parsed)) throw errorOf('its example, which does not parse,', undefined)
      return call('its job', () => {
        const { row } = job(new Uint8Array(1), parsed[0])
        if (JOB_KINDS.includes(row.name)) return row
        throw new TypeError('The job is of no kind.')
      })
    },
    blank: blank && ((digest) => call('its blank', () => blank(digest))),
  } satisfies Hasher)
}

/**
 * An empty checksum would match whatever is derived. `length` is asked first because V8 reads it faster; whatever the types
 * say, a checksum can be an ArrayBuffer, which has none.
 */
function hasNoChecksum({ checksum }: Parsed<unknown>): boolean {
  return !(checksum.length > 0) && checksum.byteLength === 0
}

/** Of a specification in JavaScript, whose answers are shown. */
function isTruthy(answer: unknown): boolean {
  return Boolean(answer)
}

function never(): boolean {
  return false
}

const FUNCTIONS = [
  'identify',
  'job',
  'finish',
  'derive',
  'cost',
  'passwordForms',
  'rareReadings',
  'truncates',
  'oldVariant',
  'blank',
]

function isListOfLengths(lengths: unknown): boolean {
  return (
    Array.isArray(lengths) &&
    lengths.every((length) => Number.isInteger(length) && length > 0 && length <= MAX_DIGEST_LENGTH)
  )
}

/** What the types ask for, of specifications in JavaScript. */
function assertMembers(spec: object, prefixes: readonly string[]): void {
  const has = (member: string): boolean =>
    Object.hasOwn(spec, member) && typeof Reflect.get(spec, member) === 'function'
  const fail = (problem: string): never => {
    throw new RegistryError('ERR_REGISTRY_OPTION', `${MAKER}: ${problem}.`)
  }
  const given = (member: string): unknown =>
    Object.hasOwn(spec, member) ? Reflect.get(spec, member) : undefined
  for (const member of FUNCTIONS) {
    if (given(member) !== undefined && !has(member)) fail(`${member} must be a function`)
  }
  const lengths = given('lengths')
  if (lengths !== undefined && (!has('identify') || !isListOfLengths(lengths)))
    fail('lengths must be a list of positive integers, beside identify')
  if (!has('parse') || !has('describe')) fail('parse and describe must be functions')
  if (has('identify') === prefixes.length > 0) fail('there must be either prefixes or identify, a function')
  if (has('job') === has('derive')) fail('there must be either job or derive, a function')
  if (has('derive') && !has('cost')) fail('cost must be a function beside derive')
}
