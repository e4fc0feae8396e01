import type { Derivation, Expression, HashCall } from '../../compute/expression.js'
import { costOfDerivation, millisecondsOfHash, sizeOf } from '../../compute/expression-cost.js'
import { HASHES } from '../../compute/hash.js'
import type { Standing } from '../../hasher/contract.js'
import { lengthsOf } from './read.js'
import type { Descriptor } from './read.js'
import { hasBarePassword, isPassword, someIn } from './walk.js'

/** The work that a thief has to do for each password that he tries. */
interface Effort {
  readonly carries: boolean
  readonly milliseconds: number
  /** Whether a scrypt of 16 MiB or more is part of it. */
  readonly isHard: boolean
}

const DATED_MILLISECONDS = 10
const HARD_BYTES = 16 * 2 ** 20
const NONE: Effort = { carries: false, milliseconds: 0, isHard: false }
const PASSWORD: Effort = { ...NONE, carries: true }
const PASSWORD_BYTES = 8

/**
 * The standing of a value as a digest. A thief finds the password by the fastest of the items that carry it, and has to do all work
 * inside of a call. What does not carry the password is done once for all of them.
 */
export function standingOf(descriptor: Descriptor): Standing {
  const lengths = lengthsOf(descriptor, PASSWORD_BYTES)
  const { milliseconds, isHard } = effortOf(
    descriptor.expression,
    { lengths, before: NONE, digestBytes: 0 },
    least,
  )
  if (milliseconds < DATED_MILLISECONDS) return 'insecure'
  return isHard ? 'sound' : 'dated'
}

interface Where {
  readonly lengths: readonly number[]
  readonly before: Effort
  readonly digestBytes: number
}

/** Joins the efforts of the items of a cat that carry. */
type Join = (first: Effort, second: Effort) => Effort

function least(first: Effort, second: Effort): Effort {
  if (!first.carries || !second.carries) return first.carries ? first : second
  const isFirst =
    first.milliseconds < second.milliseconds || (first.milliseconds === second.milliseconds && !first.isHard)
  return isFirst ? first : second
}

function sum(first: Effort, second: Effort): Effort {
  if (!first.carries || !second.carries) return first.carries ? first : second
  return {
    carries: true,
    milliseconds: first.milliseconds + second.milliseconds,
    isHard: first.isHard || second.isHard,
  }
}

function effortOf(expression: Expression, where: Where, join: Join): Effort {
  switch (expression.type) {
    case 'part':
      return expression.place === 0 ? PASSWORD : NONE
    case 'digest':
      return where.before
    case 'cat':
      return expression.items.map((item) => effortOf(item, where, join)).reduce(join)
    case 'slice': {
      const { of, from, to } = expression
      if (of.type === 'derivation') return effortOfDerivation(of, where, join === least ? 1 : to - from)
      return effortOf(of, where, join)
    }
    case 'code':
    case 'pad':
    case 'rep':
      return effortOf(expression.of, where, join)
    case 'hash':
      return effortOfHash(expression, where)
    case 'derivation':
      return effortOfDerivation(expression, where, join === least ? 1 : expression.bytes)
  }
}

function effortOfHash(call: HashCall, where: Where): Effort {
  const { name, count, key, first, second } = call
  const [digestBytes] = HASHES[name]
  const inner = [first, ...(key === undefined ? [] : [key])]
    .map((one) => effortOf(one, where, sum))
    .reduce(sum)
  const inSecond = { ...where, digestBytes }
  // The digest before is paid for already, so inside the second part it carries and costs nothing more.
  const before = inner.carries || (second !== undefined && someIn(second, isPassword)) ? PASSWORD : NONE
  const round = second === undefined ? NONE : effortOf(second, { ...inSecond, before }, sum)
  if (!inner.carries && !round.carries) return NONE
  const lengthOf = (one: Expression | undefined, { lengths, digestBytes: bytes }: Where): number =>
    one === undefined ? 0 : sizeOf(one, lengths, { digestBytes: bytes }).length
  const own = millisecondsOfHash(call, {
    key: lengthOf(key, where),
    first: lengthOf(first, where),
    second: second === undefined ? digestBytes : lengthOf(second, inSecond),
  })
  return {
    carries: true,
    milliseconds: own + inner.milliseconds + (count - 1) * round.milliseconds,
    isHard: inner.isHard || round.isHard,
  }
}

/**
 * The effort of PBKDF2 or scrypt, which carry by their first argument alone.
 *
 * @param wanted how many of its bytes the thief needs: a block of PBKDF2's is computed without the others
 */
function effortOfDerivation(derivation: Derivation, where: Where, wanted: number): Effort {
  const inner = effortOf(derivation.first, where, sum)
  if (!inner.carries) return NONE
  const salt = effortOf(derivation.salt, where, sum)
  const { lengths, digestBytes } = where
  const lengthOf = (one: Expression): number => sizeOf(one, lengths, { digestBytes }).length
  const { milliseconds, bytes } = costOfDerivation(
    { ...derivation, bytes: wanted },
    { first: lengthOf(derivation.first), salt: lengthOf(derivation.salt) },
  )
  const isHard = derivation.name === 'scrypt' && bytes >= HARD_BYTES
  const own = { carries: true, milliseconds, isHard }
  return [own, inner, salt].reduce(sum)
}

/**
 * Whether a leaked table may hold the value that is hashed again: hashes of the password alone, without a salt, a key or a text of the
 * system's own. Whoever has such a table need not guess the passwords, only try its values.
 */
export function isLeaked({ expression }: Descriptor): boolean {
  const all = expression.type === 'cat' ? expression.items : [expression]
  const items = all.filter((item) => someIn(item, isPassword))
  return items.every((item) => !hasBarePassword(item) && !someIn(item, isOfTheSystem))
}

/** Whether something besides the password and plain hash functions is part of a value. */
function isOfTheSystem(expression: Expression): boolean {
  const { type } = expression
  if (type === 'part') return expression.place !== 0
  return type === 'derivation' || (type === 'hash' && expression.key !== undefined)
}
