import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { shareOf } from '../conformance/share.fixture.js'
import { builtinHashers, parse } from '../index.js'
import type { Account } from './account.js'
import { createAuditor } from './audit.js'
import type { Audit } from './audit.js'
import { renderHtml } from './render-html.js'
import { renderText } from './render-text.js'
import { formatHours, formatShare } from './report-words.js'

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

const BASE64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'
const BCRYPT64 = './ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** A digest, and its salts, keys and checksums written in hexadecimal and in base64, as text and as the bytes that they are. */
function spellingsOf(digest: string): readonly string[] {
  const whole = digest.split(/[^\w+/.=-]+/).filter((field) => field.length >= 8)
  // Salt and checksum of bcrypt are one field.
  const fields = whole.flatMap((field) =>
    field.length === 53 ? [field.slice(0, 22), field.slice(22)] : [field],
  )
  const bytes = [digest, ...fields].flatMap((field) => [
    Buffer.from(field),
    Buffer.from(field, 'hex'),
    Buffer.from(field, 'base64'),
    Buffer.from(
      field.replace(/./g, (sign) => BASE64.charAt(BCRYPT64.indexOf(sign))),
      'base64',
    ),
  ])
  return [
    digest,
    ...bytes.map((one) => one.toString('hex')),
    // The letters of base64 depend on the byte at which it begins, in threes.
    ...[0, 1, 2].flatMap((start) => bytes.map((one) => one.subarray(start).toString('base64'))),
  ]
}

/** A digest whose expression, which reports show, is left with its literals alone, which they do not show. */
function withoutExpression(digest: string): string {
  return digest.replace(/^(?:expr|pre)\$[^$]*/, (expression) => (expression.match(/'[^']*'/g) ?? []).join())
}

/** The pieces of texts that stand in a report, beside the words of reports and what a report on nothing says. */
function findLeaks(report: string, texts: readonly string[]): readonly string[] {
  const pieces = new Set(piecesOf(report))
  for (const [, own] of reportsOn(auditOf([]))) for (const piece of piecesOf(own)) pieces.delete(piece)
  const leaks = new Set<string>()
  for (const text of texts) {
    for (let at = 0; at + PIECE <= text.length; at++) {
      const piece = text.slice(at, at + PIECE)
      if (pieces.has(piece)) leaks.add(piece)
    }
  }
  return [...leaks]
}

// The names of hashers, and those of their parameters that fill a piece. Short ones, as `r`, would take letters out of digests.
const WORDS = builtinHashers
  .flatMap(({ name, example }) => {
    const parsed = parse(example, { hasher: name })
    const parameters = parsed.outcome === 'parsed' ? Object.keys(parsed.params) : []
    return [name, ...parameters.filter((parameter) => parameter.length > PIECE - 4)]
  })
  .toSorted((first, second) => second.length - first.length)

function piecesOf(report: string): readonly string[] {
  const text = WORDS.reduce((left, word) => left.replaceAll(word, '\n'), report.replaceAll('<wbr>', ''))
  return Array.from({ length: Math.max(0, text.length - PIECE + 1) }, (_, at) => text.slice(at, at + PIECE))
}

describe('every report', () => {
  const accounts = shareOf(readAccounts(), 7)
  const texts = accounts.flatMap(({ digest }) => spellingsOf(withoutExpression(digest)))
  const owners = accounts.flatMap(({ id, login, hasher = '' }) => [
    id,
    login,
    WORDS.includes(hasher) ? '' : hasher,
  ])

  test.each(reportsOn(auditOf(accounts)))('holds no piece of a digest, an id or a login: %s', (_, report) => {
    expect(report.length).toBeGreaterThan(5_000)
    expect(findLeaks(report, [...texts, ...owners])).toEqual([])
  })

  test.each(reportsOn(auditOf(accounts, true)))(
    'holds ids and logins where they are asked for, and no digest: %s',
    (_, report) => {
      expect(report).toContain('user.number.0@mail.example.net')
      expect(report).toContain('account-identity-0')
      expect(findLeaks(report, texts)).toEqual([])
    },
  )

  test('would be seen to hold a piece of a digest, in each spelling', () => {
    const { example } = builtinHashers.find(({ name }) => name === 'bcrypt') ?? expect.fail()
    const texts = spellingsOf(example)
    const checksum = example.slice(-31)
    const bytes = Buffer.from(checksum)
    // The checksum's bytes, decoded by a loop over bits in Python.
    const raw = '1aa6a64531761534e99a3bf087f44c74e8047bea95d4ef'
    for (const leak of [checksum, bytes.toString('hex'), bytes.toString('base64'), raw]) {
      const [[, report] = ['', '']] = reportsOn(auditOf([{ digest: example }]))
      expect(findLeaks(report, texts)).toEqual([])
      expect(findLeaks(`${report} ${leak.slice(8, 20)}`, texts)).toContain(leak.slice(8, 20))
    }
  })
})

describe('the page', () => {
  const rows = [
    { digest: '5f4dcc3b5aa765d61d8327deb882cf99', login: '<script>alert(1)</script>', id: '"&\u202e' },
    { digest: 'hunter', login: 'x'.repeat(99), id: "'" },
  ]

  test('escapes what an export says, and cuts it', () => {
    const page = renderHtml(auditOf(rows, true), { from: '<b>', columns: { digest: `<i>${'y'.repeat(99)}` } })
    expect(page).not.toMatch(/<script|<b>|<i>|\u202e|x{64}|y{61}/)
    expect(page).toContain('(id &quot;&amp;\ufffd, &lt;script&gt;alert(1)&lt;/script&gt;)')
    expect(page).toContain(`(id &#39;, ${'x'.repeat(63)}…)`)
    expect(page).toContain(`digest in &lt;i&gt;${'y'.repeat(60)}…`)
  })

  test('loads nothing, runs nothing, and says so to the browser', () => {
    const page = renderHtml(auditOf(rows), { from: 'csv' })
    expect(page).toContain(
      "content=\"default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'\"",
    )
    expect(page).not.toMatch(/\b(?:src|href|srcset|action|on\w+)=|url\(|@import|https?:/)
  })

  test('of an empty file is whole', () => {
    const page = renderHtml(auditOf([]), { from: 'csv', date: new Date(0) })
    expect(page).toContain('Of 0 accounts, none has a password.')
    expect(page).not.toMatch(/NaN|undefined|Infinity|null/)
  })
})

describe('shares', () => {
  test.each([
    [0, 10, '0.0%'],
    [10, 10, '100.0%'],
    [1, 10_000, '<0.1%'],
    [9_999, 10_000, '>99.9%'],
    [0, 0, '0.0%'],
  ])('of %i in %i are not rounded to none or all: %s', (count, rows, share) => {
    expect(formatShare(count, rows)).toBe(share)
  })
})

test.each([
  [0, '0.00'],
  [0.001, 'under 0.01'],
  [99.99, '99.99'],
  [100, '100'],
  [1_234.5, '1,235'],
])('%d core hours are written as %s', (hours, expected) => {
  expect(formatHours(hours)).toBe(expected)
})
