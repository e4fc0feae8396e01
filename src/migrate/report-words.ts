import type { Audit, HasherCount, Parameters } from './audit.js'
import type { Owner } from './damages.js'
import type { Part } from './contract.js'
import { shorten } from './shorten.js'

/** What a report says beside an audit. */
export interface ReportOptions {
  /** The name of the reader. */
  readonly from: string
  /** The columns that were named, by what stands in them. */
  readonly columns?: Readonly<Partial<Record<Part, string>>>
  /** When the audit was made; default nothing is said of it. */
  readonly date?: Date
}

export function formatCount(count: number): string {
  return count.toLocaleString('en')
}

/** A share in percent. What is not none is not shown as none, and what is not all is not shown as all. */
export function formatShare(count: number, rows: number): string {
  const percent = (100 * count) / Math.max(rows, 1)
  if (count > 0 && percent < 0.1) return '<0.1%'
  if (count < rows && percent > 99.9) return '>99.9%'
  return `${percent.toFixed(1)}%`
}

export function formatHours(hours: number): string {
  if (hours > 0 && hours < 0.01) return 'under 0.01'
  const digits = hours < 100 ? 2 : 0
  return hours.toLocaleString('en', { minimumFractionDigits: digits, maximumFractionDigits: digits })
}

/** The parameters of the cheapest and of the dearest digest of a hasher: `version 2b, cost 10 to 12`. */
export function describeParameters({ cheapest, dearest }: HasherCount): string {
  const names = Object.keys(cheapest)
  if (names.join() !== Object.keys(dearest).join()) return `${listOf(cheapest)} to ${listOf(dearest)}`
  return names
    .map((name) => {
      const [first, last] = [cheapest[name], dearest[name]].map(String)
      return first === last ? `${name} ${first}` : `${name} ${first} to ${last}`
    })
    .join(', ')
}

function listOf(parameters: Parameters): string {
  return Object.entries(parameters)
    .map(([name, value]) => `${name} ${value}`)
    .join(', ')
}

/** Whose a row is: `id 7, ann@example.com`. */
export function describeOwner({ id, login = '' }: Owner): string {
  return [...(id === '' ? [] : [`id ${id}`]), ...(login === '' || login === id ? [] : [login])].join(', ')
}

/** How many share something, in two numbers. */
export function describeRepeats({ accounts, groups, about }: Audit['equalDigests']): string {
  if (accounts === 0) return about ? 'too few accounts to tell' : 'under 10 accounts'
  const many = groups === 0 ? 'under 10 groups' : `${formatCount(groups)} groups`
  return `${about ? 'about ' : ''}${formatCount(accounts)} accounts, in ${many}`
}

/** How the file was read: `read as csv, digest in pw`. */
export function describeReading({ from, columns = {} }: ReportOptions): string {
  const named = Object.entries(columns).map(([part, column]) => `${part} in ${shorten(column)}`)
  return [`read as ${from}`, ...named].join(', ')
}
