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
      { kind: 'cut-short', count: 7, lines: [1, 2, 3, 4, 5], advice: DAMAGED },
      { kind: 'bad-json', count: 1, lines: [8] },
    ])
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
