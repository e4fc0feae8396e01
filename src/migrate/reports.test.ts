import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { builtinHashers, parse } from '../index.js'
import type { Account } from './account.js'
import { createAuditor } from './audit.js'
import type { Audit } from './audit.js'
import { renderHtml } from './render-html.js'
import { renderText } from './render-text.js'

const PIECE = 12

interface Row {
  readonly digest: string
  readonly id: string
  readonly login: string
  readonly hasher?: string
}

function auditOf(accounts: readonly Partial<Account>[], logins = false): Audit {
  const auditor = createAuditor({ logins })
  accounts.forEach((account, index) => {
    auditor.add({ line: index + 1, id: `id-${index}`, digest: null, ...account })
  })
  return auditor.result()
}

/** Every report on an audit, by its name. */
function reportsOn(audit: Audit): readonly (readonly [name: string, text: string])[] {
  const options = { from: 'csv', columns: { digest: 'pw' }, date: new Date(0) }
  return [
    ['terminal', renderText(audit, options).join('\n')],
    ['JSON', JSON.stringify({ from: 'csv', ...audit })],
    ['HTML', renderHtml(audit, options)],
  ]
}

/** The digests of all test vectors and examples, with what exports do to them. */
function readAccounts(): readonly Row[] {
  const folder = join(import.meta.dirname, '../../vectors')
  const files = readdirSync(folder).filter((name) => name.endsWith('.json') && name !== 'schema.json')
  const digests = files.flatMap((name) => {
    const text = readFileSync(join(folder, name), 'utf8')
    const hasher = name.slice(0, -'.json'.length)
    return Array.from(text.matchAll(/"digest": ("(?:[^"\\]|\\.)*")/g), ([, json = '""']) => {
      const digest: unknown = JSON.parse(json)
      return { hasher, digest: String(digest) }
    })
  })
  const examples = builtinHashers.flatMap(({ name, example }) =>
    DAMAGES.map((damage) => ({ hasher: name, digest: damage(example) })),
  )
  return [...digests, ...examples].map(({ hasher, digest }, index) => ({
    digest,
    login: `user.number.${index}@mail.example.net`,
    id: `account-identity-${index}`,
    ...(index % 2 === 0 && { hasher }),
    ...(index % 101 === 0 && { hasher: `nobody's hasher ${digest}` }),
  }))
}

const DAMAGES: readonly ((digest: string) => string)[] = [
  (digest) => digest,
  (digest) => digest.slice(0, 40),
  (digest) => digest.slice(0, -1),
  (digest) => ` ${digest}\r\n`,
  (digest) => `"${digest}"`,
  (digest) => digest.toLowerCase(),
  (digest) => digest.replaceAll('$', ''),
  (digest) => digest.replaceAll('$', '&#36;'),
  (digest) => `${digest}\n${digest}`,
  (digest) => Buffer.from(digest).toString('base64'),
  (digest) => Buffer.from(digest).toString('hex'),
  (digest) => Buffer.from(digest, 'utf16le').toString('latin1'),
]

/** A text and its spellings: every run of a digest between separators, as bytes that are written in hexadecimal or base64, too. */
function spellingsOf(digest: string): readonly string[] {
  const fields = digest.split(/[^\w+/.=-]+/).filter((field) => field.length >= 8)
  return [
    digest,
    ...[digest, ...fields].flatMap((field) => {
      const bytes = [Buffer.from(field), Buffer.from(field, 'base64'), Buffer.from(field, 'hex')]
      return bytes.flatMap((one) => [one.toString('hex'), one.toString('base64'), one.toString('base64url')])
    }),
  ]
}

/** The pieces of texts that stand in a report, beside the names of hashers and what a report on nothing says. */
function findLeaks(report: string, texts: readonly string[], own: string): readonly string[] {
  const pieces = new Set(piecesOf(withoutNames(report)))
  for (const piece of piecesOf(withoutNames(own))) pieces.delete(piece)
  return [...new Set(texts.flatMap((text) => piecesOf(text).filter((piece) => pieces.has(piece))))]
}

function piecesOf(text: string): readonly string[] {
  return Array.from({ length: Math.max(0, text.length - PIECE + 1) }, (_, at) => text.slice(at, at + PIECE))
}

// The names of hashers and of their parameters.
const NAMES = builtinHashers
  .flatMap(({ name, example }) => {
    const parsed = parse(example, { hasher: name })
    return [name, ...(parsed.outcome === 'parsed' ? Object.keys(parsed.params) : [])]
  })
  .toSorted((first, second) => second.length - first.length)

function withoutNames(report: string): string {
  return NAMES.reduce((left, name) => left.replaceAll(name, '\n'), report.replaceAll('<wbr>', ''))
}

describe('every report', () => {
  const accounts = readAccounts()
  const texts = accounts.flatMap(({ digest }) => spellingsOf(digest))
  const owners = accounts.flatMap(({ id, login, hasher = '' }) => [
    id,
    login,
    NAMES.includes(hasher) ? '' : hasher,
  ])

  test.each(reportsOn(auditOf(accounts)))('holds no piece of a digest, an id or a login: %s', (_, report) => {
    expect(findLeaks(report, [...texts, ...owners], OWN)).toEqual([])
  })
})

const OWN = [...reportsOn(auditOf([])).map(([, text]) => text)].join('\n')
