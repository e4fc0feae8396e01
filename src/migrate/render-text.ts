import type { Audit, HasherCount } from './audit.js'
import type { Damage, Owner } from './damages.js'
import { POLICIES } from './policies.js'
import {
  describeOwner,
  describeParameters,
  describeReading,
  describeRepeats,
  formatCount,
  formatHours,
  formatShare,
} from './report-words.js'
import type { ReportOptions } from './report-words.js'

const LABEL = 28

/** Renders an audit as lines for a terminal. A caller escapes what a terminal obeys: they may hold names of columns, and logins. */
export function renderText(audit: Audit, options: ReportOptions): readonly string[] {
  const { rows, names, rehash, coreHours } = audit
  const line = (label: string, count: number): string =>
    `  ${label.padEnd(LABEL)} ${formatCount(count).padStart(12)} ${formatShare(count, rows).padStart(7)}`
  const hours = (label: string, count: number): string =>
    `  ${label.padEnd(LABEL)} ${formatHours(count).padStart(12)}`
  return [
    describeReading(options),
    line('rows', rows),
    line('without a password', audit.withoutPassword),
    line('can be verified', audit.verifiable),
    line('unknown', audit.unknown),
    line('malformed', audit.malformed),
    line('over the limits', audit.tooCostly),
    ...section(
      'hashers',
      audit.hashers.map((hasher) => `${line(hasher.name, hasher.count)}  ${describeHasher(hasher)}`),
    ),
    ...section(
      'cannot be read',
      audit.damage.flatMap((damage) => [
        `${line(damage.kind, damage.count)}  ${describeLength(damage)}as in row ${listRows(damage)}`,
        ...(damage.advice === undefined ? [] : [`    ${damage.advice}`]),
      ]),
    ),
    ...section('names in the rows', [
      ...(names.other > 0 ? [line('no hasher has', names.other)] : []),
      ...(names.denied > 0 ? [line('their digest denies', names.denied)] : []),
    ]),
    ...section(
      'replaced at sign-in',
      POLICIES.map((policy) => line(`by the policy '${policy}'`, rehash[policy])),
    ),
    ...section('shared', [
      `  equal digests: ${describeRepeats(audit.equalDigests)}`,
      `  repeated salts: ${describeRepeats(audit.repeatedSalts)}`,
    ]),
    ...section('hours of one core, estimated', [
      hours('to sign everybody in once', coreHours.signIn),
      hours('to replace what is insecure', coreHours.harden),
    ]),
  ]
}

function section(title: string, lines: readonly string[]): readonly string[] {
  return lines.length === 0 ? [] : ['', title, ...lines]
}

function describeHasher(hasher: HasherCount): string {
  const parts = [
    hasher.standing,
    describeParameters(hasher),
    `as in row ${hasher.line}${inBrackets(hasher.account)}`,
  ]
  return parts.filter((part) => part !== '').join(', ')
}

function describeLength({ characters }: Damage): string {
  return characters === undefined ? '' : `cut at ${characters} characters, `
}

function listRows({ lines, accounts = [] }: Damage): string {
  return lines.map((line, place) => `${line}${inBrackets(accounts[place])}`).join(', ')
}

function inBrackets(owner: Owner | undefined): string {
  const text = owner === undefined ? '' : describeOwner(owner)
  return text === '' ? '' : ` (${text})`
}
