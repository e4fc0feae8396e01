import { JOB_KINDS } from '../compute/job.js'
import { RegistryError } from '../errors.js'
import { MAX_DIGEST_LENGTH } from '../formats/bounds.js'
import { isMalformed } from '../formats/problem.js'
import { assertIsObject, assertStanding, copyOwn, readFacts } from './checks.js'
import { NO_CONTEXT } from './contract.js'
import type { Hasher, HasherSpec } from './contract.js'
import { createGuard } from './guard.js'
import type { Guard } from './guard.js'
import { createClaim } from './prefixes.js'
import { labelOf, MadeHasher } from './made-hasher.js'
import type { Workings } from './made-hasher.js'
import { createReader } from './reader.js'

const MAKER = 'defineHasher'

/**
 * Makes a hasher from its specification. It adds the search for prefixes and the comparison in constant time, which all
 * hashers share. A reading with an empty checksum is malformed. An error that a member throws becomes an `EngineError`
 * without the error's text.
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
  return MadeHasher.opened(makeHasher(spec))
}

/** Makes a hasher as `defineHasher` does, but checks the specification on first use: for the hashers of this package. */
export function makeHasher<P>(spec: HasherSpec<P>): MadeHasher {
  assertIsObject(spec, MAKER)
  const { standing } = spec
  const varies = typeof standing === 'function'
  const label = labelOf(spec, { standing: varies ? 'insecure' : standing, varies, delegates: false })
  return new MadeHasher(label, () => openSpec(copyOwn(spec)))
}

function openSpec<P>(own: HasherSpec<P>): Workings {
  const facts = readFacts(own, MAKER)
  const { prefixes } = facts
  assertMembers(own, prefixes)
  const { name, example, standing, identify, job, kind = 'in place', blank } = own
  if (typeof standing !== 'function') assertStanding(standing, MAKER)
  const lengths = own.lengths && Object.freeze([...own.lengths])
  const guard = createGuard(name)
  const { parse, read } = createReader(own, { name, prefixes, guard })
  return {
    facts,
    lengths,
    identify: identify === undefined ? createClaim(prefixes) : guardShape(identify, lengths, guard),
    parse: read,
    kind: () => {
      if (job === undefined) return kind
      const parsed = guard.call('its parse', () => parse(example, NO_CONTEXT))
      if (isMalformed(parsed)) throw guard.errorOf('its example, which does not parse,', undefined)
      return guard.call('its job', () => {
        const { row } = job(new Uint8Array(1), parsed[0])
        if (JOB_KINDS.includes(row.name)) return row
        throw new TypeError('The job is of no kind.')
      })
    },
    blank: blank && ((digest) => guard.call('its blank', () => blank(digest))),
  }
}

/** Guards the `identify` of a bare shape. A shape without lengths is shown every digest. */
function guardShape(
  test: (digest: string) => unknown,
  lengths: readonly number[] | undefined,
  { errorOf }: Guard,
): Workings['identify'] {
  const claims = (digest: string): boolean => {
    try {
      return test(digest) === true
    } catch (error) {
      throw errorOf('its identify', error)
    }
  }
  return lengths === undefined ? claims : (digest) => lengths.includes(digest.length) && claims(digest)
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

function isKind(kind: unknown): boolean {
  return (
    typeof kind === 'object' && kind !== null && JOB_KINDS.some((name) => name === Reflect.get(kind, 'name'))
  )
}

function isListOfLengths(lengths: unknown): boolean {
  return (
    Array.isArray(lengths) &&
    lengths.every((length) => Number.isInteger(length) && length > 0 && length <= MAX_DIGEST_LENGTH)
  )
}

/** Checks the types of the members at run time, since a specification may be written in JavaScript. */
function assertMembers(spec: object, prefixes: readonly string[]): void {
  const given = (member: string): unknown => Reflect.get(spec, member)
  const has = (member: string): boolean => typeof given(member) === 'function'
  const fail = (problem: string): never => {
    throw new RegistryError('ERR_REGISTRY_OPTION', `${MAKER}: ${problem}.`)
  }
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
  const kind = given('kind')
  if (kind !== undefined && (!has('derive') || !isKind(kind)))
    fail('kind must be a kind of jobs, beside derive')
}
