import { createReadStream } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { builtinHashers } from '../index.js'
import type { Account } from './account.js'
import { audit } from './audit.js'
import { openInput } from './input.js'
import { readAccounts } from './read.js'

function exampleOf(name: string): string {
  return builtinHashers.find((hasher) => hasher.name === name)?.example ?? expect.fail()
}

async function* batch(accounts: readonly Partial<Account>[]): AsyncGenerator<readonly Account[]> {
  yield await Promise.resolve(
    accounts.map((account, index) => ({ line: index + 1, id: String(index), digest: null, ...account })),
  )
}

const DAMAGED = 'Take the digest from a backup, and make the column 255 characters wide.'
const SUMMARY = { rows: 0, withoutPassword: 0, verifiable: 0, unknown: 0, malformed: 0, tooCostly: 0 }

describe('an audit', () => {
  test('of the sample export counts every row once, by what it is', async () => {
    const { text } = await openInput(createReadStream('vectors/exports/users.ndjson'))
    const { from, batches } = await readAccounts(text)
    const found = await audit(batches)
    expect(from).toBe('ndjson')
    expect(found).toMatchObject({ rows: 24, withoutPassword: 2, verifiable: 21, malformed: 1 })
    expect(found.hashers.reduce((sum, { count }) => sum + count, 0)).toBe(21)
    expect(found.hashers[0]).toMatchObject({
      ...{ name: 'bcrypt', standing: 'sound', count: 4, line: 1 },
      ...{ cheapest: { version: '2y', cost: 10 }, dearest: { version: '2b', cost: 12 } },
    })
    expect(found.rehash).toEqual({ insecure: 12, dated: 13, converge: 20 })
    expect(found.coreHours.signIn).toBeGreaterThan(found.coreHours.harden)
  })

  test('tells what cannot be verified by its damage, with the first five rows', async () => {
    const cut = exampleOf('bcrypt').slice(0, 40)
    const rows = [...Array.from({ length: 7 }, () => ({ digest: cut })), { problem: 'bad-json' as const }]
    const { damage, ...found } = await audit(batch(rows))
    expect(found).toMatchObject({ ...SUMMARY, rows: 8, malformed: 8 })
    expect(damage).toEqual([
      { kind: 'cut-short', count: 7, lines: [1, 2, 3, 4, 5], characters: 40, advice: DAMAGED },
      { kind: 'bad-json', count: 1, lines: [8] },
    ])
  })

  test.each<[kind: string, damage: (digest: string) => string]>([
    ['cut-short', (digest) => digest.slice(0, 50)],
    ['shell-ate-dollars', (digest) => digest.replace(/^\$2b\$12\$\w*/, 'b2')],
    ['dollars-missing', (digest) => digest.replaceAll('$', '')],
    ['doubled-dollars', (digest) => digest.replaceAll('$', '$$$$')],
    ['white-space', (digest) => ` ${digest}`],
    ['white-space', (digest) => `${digest}\r\n`],
    ['nul-padding', (digest) => `${digest}\0\0\0\0`],
    ['byte-order-mark', (digest) => `\ufeff${digest}`],
    ['quoted', (digest) => `"${digest}"`],
    ['html-escaped', (digest) => digest.replaceAll('$', '&#36;')],
    ['base64-encoded', (digest) => Buffer.from(digest).toString('base64')],
    ['hex-encoded', (digest) => Buffer.from(digest).toString('hex')],
    ['two-lines', (digest) => `${digest}\n${digest}`],
    ['masked', (digest) => '*'.repeat(digest.length)],
    ['case-changed', (digest) => digest.toLowerCase()],
    ['case-changed', (digest) => digest.toUpperCase()],
    ['utf-16', (digest) => Buffer.from(digest, 'utf16le').toString('latin1')],
  ])('names the damage and says what to do: %s', async (kind, damage) => {
    const digests = [exampleOf('bcrypt')].map(damage)
    const found = await audit(batch(digests.map((digest) => ({ digest }))))
    expect(found).toMatchObject({ verifiable: 0, damage: [{ kind, count: 1, lines: [1] }] })
    expect(found.damage[0]?.advice).toMatch(/\.$/)
  })

  test('sees that a column without case made digests lower-case which are still read', async () => {
    const digests = ['$2b$12$abcdefghijklmnopqrstueAbcdefghijklmnopqrstuvwxyz0123.', exampleOf('argon2id')]
    const whole = await audit(batch(digests.map((digest) => ({ digest }))))
    expect(whole).toMatchObject({ verifiable: 2, malformed: 0 })
    const lower = await audit(batch(digests.map((digest) => ({ digest: digest.toLowerCase() }))))
    expect(lower).toMatchObject({ verifiable: 0, malformed: 2, damage: [{ kind: 'case-changed', count: 2 }] })
  })

  test('says whose the example and damaged rows are where it is asked, in 64 characters', async () => {
    const login = 'a'.repeat(63) + '\u{1f600}'.repeat(9)
    const rows = [
      { digest: exampleOf('md5'), id: '7', login: 'b@example.com' },
      { digest: 'hunter', id: '8', login },
    ]
    const plain = await audit(batch(rows))
    expect(JSON.stringify(plain)).not.toContain('example.com')
    const found = await audit(batch(rows), { logins: true })
    expect(found.hashers[0]?.account).toEqual({ line: 1, id: '7', login: 'b@example.com' })
    expect(found.damage[0]?.accounts).toEqual([{ line: 2, id: '8', login: `${'a'.repeat(63)}…` }])
  })

  test('counts each row in one of five counts, whatever the rows are', async () => {
    const examples = builtinHashers.map(({ example }) => example)
    // A generator of Lehmer's, so that every run has the same rows.
    let seed = 1
    const below = (bound: number): number => {
      seed = (seed * 48_271) % 0x7fffffff
      return seed % bound
    }
    const one = (): Partial<Account> => {
      const digest = examples[below(examples.length)] ?? ''
      const at = below(digest.length + 1)
      const digests = [digest, digest.slice(0, at), digest.slice(at), `${digest} `, '!', 'x', '', null]
      return {
        digest: digests[below(digests.length)] ?? null,
        ...(below(3) === 0 && { hasher: ['bcrypt', 'md5', 'nobodys', ' '][below(4)] ?? '' }),
        ...(below(9) === 0 && { problem: 'bad-json' as const }),
      }
    }
    for (let round = 0; round < 20; round++) {
      const rows = Array.from({ length: below(200) }, one)
      const found = await audit(batch(rows))
      const { withoutPassword, verifiable, unknown, malformed, tooCostly } = found
      expect(found.rows).toBe(rows.length)
      expect(withoutPassword + verifiable + unknown + malformed + tooCostly).toBe(rows.length)
      const sum = (list: readonly { readonly count: number }[]): number =>
        list.reduce((total, { count }) => total + count, 0)
      expect(sum(found.hashers)).toBe(verifiable + tooCostly)
      expect(sum(found.damage)).toBe(unknown + malformed)
    }
  })

  test('counts what is unusable, unknown and too costly apart', async () => {
    const found = await audit(
      batch([
        { digest: '!' },
        { digest: 'hunter' },
        { digest: `$2b$31$${exampleOf('bcrypt').slice(7)}` },
        { digest: exampleOf('md5') },
      ]),
    )
    expect(found).toMatchObject({ rows: 4, withoutPassword: 1, unknown: 1, tooCostly: 1, verifiable: 1 })
  })

  test('counts names that no hasher has, and names that the digest denies', async () => {
    const digest = exampleOf('bcrypt')
    const { names } = await audit(
      batch([
        { digest, hasher: 'BCrypt ' },
        { digest, hasher: 'md5' },
        { digest, hasher: 'bcrypt_acme' },
      ]),
    )
    expect(names).toEqual({ other: 1, denied: 1 })
  })

  test('counts equal digests and repeated salts from ten accounts on, and no salt is none repeated', async () => {
    const salted = exampleOf('sha1_django')
    const other = salted.replace(/.$/, (digit) => (digit === '0' ? '1' : '0'))
    const many = (digest: string, count: number): readonly Partial<Account>[] =>
      Array.from({ length: count }, () => ({ digest }))
    const few = await audit(batch(many(exampleOf('md5'), 9)))
    expect(few.equalDigests).toEqual({ accounts: 0, groups: 0, about: false })
    const found = await audit(batch([...many(exampleOf('md5'), 12), ...many(salted, 1), ...many(other, 1)]))
    expect(found.equalDigests).toEqual({ accounts: 12, groups: 0, about: false })
    expect(found.repeatedSalts).toEqual({ accounts: 0, groups: 0, about: false })
    const repeated = await audit(batch([...many(salted, 6), ...many(other, 6)]))
    expect(repeated.repeatedSalts).toEqual({ accounts: 12, groups: 0, about: false })
  })

  test('holds no part of a digest, an id or a login', async () => {
    const accounts = builtinHashers.map(({ example }, index) => ({
      digest: example,
      id: `identity-${index}`,
      login: `login-${index}@example.com`,
    }))
    const text = JSON.stringify(await audit(batch(accounts)))
    expect(text).not.toMatch(/identity-|login-/)
    const pieces = accounts.flatMap(({ digest }) =>
      Array.from({ length: Math.max(0, digest.length - 11) }, (_, at) => digest.slice(at, at + 12)),
    )
    const known = JSON.stringify(builtinHashers.map(({ name }) => name))
    // An expression is a parameter, and what its literals hold is left out.
    const isNamed = (piece: string): boolean => known.includes(piece) || piece.includes('(')
    expect(
      pieces.filter((piece) => text.includes(piece) && !isNamed(piece) && !/^"?[a-z]+$/i.test(piece)),
    ).toEqual([])
  })
})
