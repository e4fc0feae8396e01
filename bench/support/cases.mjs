import { readFileSync } from 'node:fs'
import { parse } from 'passlift'
import { kinds } from './kinds.mjs'

// The digests and passwords are those of the sample export, which other systems made.
const folder = new URL('../../vectors/exports/', import.meta.url)
const users = readFileSync(new URL('users.ndjson', folder), 'utf8').trimEnd().split('\n').map(JSON.parse)
const passwords = JSON.parse(readFileSync(new URL('passwords.json', folder), 'utf8'))

/** The digests that are checked: one or two of each kind of work, at parameters that real installations use. */
export const cases = Object.entries(kinds).flatMap(([kind, { emails }]) =>
  emails.map((email) => {
    const user = users.find((row) => row.email === email)
    return complete({ ...user, kind, password: passwords[email] })
  }),
)

const isInPlace = ({ kind }) => kind === 'in place'

export const fastCases = cases.filter(isInPlace)
export const slowCases = cases.filter((one) => !isInPlace(one))

/** The first case of a kind. */
export function caseOf(kind) {
  return cases.find((one) => one.kind === kind)
}

/** Adds parameters and estimated cost to a digest, as passlift reads them. */
export function complete({ kind, hasher, digest, password, email }) {
  const { params, cost } = parse(digest, { hasher })
  return { kind, hasher, digest, password, email, params, milliseconds: cost.milliseconds }
}

/** Parameters as text: `cost 10`, `N 32768, r 8, p 1`. */
export function describeParams({ params }) {
  return Object.entries(params)
    .filter(([name]) => name !== 'version')
    .map(([name, value]) => `${name} ${value}`)
    .join(', ')
}
