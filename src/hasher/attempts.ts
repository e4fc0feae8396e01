import { addCosts } from '../compute/cost.js'
import type { Cost } from '../compute/cost.js'
import { equalBytes, isUint8Array } from '../platform/node.js'
import type { HasherSpec, Parsed } from './contract.js'

/** One form of the password, and the reading of the digest that it is tried on. */
type Attempt<P> = readonly [form: Uint8Array, reading: Parsed<P>]

/** The attempts of a check, one after another. Each function overwrites the forms of the password that it made. */
export interface Attempts<P> {
  readonly some: (
    password: Uint8Array,
    parsed: Parsed<P>,
    matches: (form: Uint8Array, reading: Parsed<P>) => Promise<boolean>,
  ) => Promise<boolean>
  /** Calls `use` with the likeliest form, and returns its answer. */
  readonly first: <T>(
    password: Uint8Array,
    parsed: Parsed<P>,
    use: (form: Uint8Array) => Promise<T>,
  ) => Promise<T>
  readonly cost: (
    password: Uint8Array,
    parsed: Parsed<P>,
    costOf: (form: Uint8Array, reading: Parsed<P>) => Cost,
  ) => Cost
}

/** Makes the attempts of a format whose systems may hash other bytes than were typed, or that has rare readings. */
export function createAttempts<P>({
  passwordForms,
  rareReadings,
}: {
  readonly passwordForms: HasherSpec<P>['passwordForms'] | undefined
  readonly rareReadings: HasherSpec<P>['rareReadings'] | undefined
}): Attempts<P> {
  const find = (password: Uint8Array, parsed: Parsed<P>): readonly Attempt<P>[] => {
    const forms =
      passwordForms === undefined ? [password] : dropEmpty(passwordForms(password, parsed), password)
    const readings = rareReadings === undefined ? [] : rareReadings(password, parsed)
    if (forms.length === 0 || !forms.every(isUint8Array)) throw new TypeError('A form is no bytes.')
    return [
      ...dropDuplicates(forms, password).map((form) => [form, parsed] as const),
      ...readings.map((reading) => [password, reading] as const),
    ]
  }
  return {
    some: async (password, parsed, matches) => {
      const attempts = find(password, parsed)
      try {
        for (const [form, reading] of attempts) if (await matches(form, reading)) return true
        return false
      } finally {
        wipeAll(attempts, password)
      }
    },
    first: async (password, parsed, use) => {
      const attempts = find(password, parsed)
      try {
        return await use(attempts[0]?.[0] ?? password)
      } finally {
        wipeAll(attempts, password)
      }
    },
    cost: (password, parsed, costOf) => {
      const attempts = find(password, parsed)
      try {
        return attempts.map(([form, reading]) => costOf(form, reading)).reduce(addCosts)
      } finally {
        wipeAll(attempts, password)
      }
    },
  }
}

function wipeAll(attempts: readonly Attempt<unknown>[], password: Uint8Array): void {
  for (const [form] of attempts) wipeForm(form, [password])
}

/** Drops empty forms of a password that is not empty: it must not match the digest of the empty password. */
function dropEmpty(forms: readonly Uint8Array[], password: Uint8Array): readonly Uint8Array[] {
  return password.length === 0 ? forms : forms.filter((form) => !isUint8Array(form) || form.length > 0)
}

/** Drops forms with the same bytes as an earlier form, which would be computed twice. */
function dropDuplicates(forms: readonly Uint8Array[], password: Uint8Array): readonly Uint8Array[] {
  const kept: Uint8Array[] = []
  for (const form of forms) {
    if (kept.some((earlier) => equalBytes(earlier, form))) wipeForm(form, [password, ...kept])
    else kept.push(form)
  }
  return kept
}

/** Overwrites a form, unless it shares its buffer with bytes that are still needed. */
function wipeForm(form: Uint8Array, needed: readonly Uint8Array[]): void {
  if (needed.every(({ buffer }) => buffer !== form.buffer)) form.fill(0)
}
