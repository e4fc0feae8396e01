import { describe, expect, test } from 'vitest'
import { passwordOf, readVectorFolder } from '../../conformance/vector-files.js'
import { builtinHashers, createRegistry } from '../../index.js'
import { createRowWriter } from '../row-writer.js'
import { isRefusal } from './writer.js'
import { WRITERS } from './index.js'

const MAX_MILLISECONDS = 50
/** These escape and trim a password before phpass, which no other system does: the documents say so. */
const LOSSY = ['phpass_wordpress', 'phpass_phpbb']

const registry = createRegistry({ equalize: false })
const writers = WRITERS.map((writer) => createRowWriter(writer, builtinHashers))

interface Case {
  readonly from: string
  readonly hasher: string
  readonly text: string
  readonly password: string | Uint8Array
}

/** What the writers write of the digest of a valid vector in another spelling, without what is the same. */
function spellingsOf(from: string, digest: string, password: Case['password']): readonly Case[] {
  const found = new Map<string, Case>()
  for (const write of writers) {
    const written = write({ line: 1, id: '7', login: 'a@example.com', digest, hasher: from })
    if (isRefusal(written)) continue
    const { rewritten } = written.row
    if (rewritten === undefined || 'kind' in rewritten) continue
    found.set(`${rewritten.hasher} ${rewritten.text}`, { from, password, ...rewritten })
  }
  return [...found.values()]
}

const cases = (await readVectorFolder('vectors')).flatMap(({ hasher, groups }) =>
  groups
    .flatMap(({ tests }) => tests)
    .filter(({ result }) => result === 'valid')
    .flatMap((vector) => spellingsOf(hasher, vector.digest, passwordOf(vector))),
)
const sources = [...new Set(cases.map(({ from }) => from))]

describe('a valid vector in the spelling of another system', () => {
  test('is written of many hashers', () => {
    expect(sources.length).toBeGreaterThan(25)
  })

  test.each(sources)('has the password that it had: of %s', { timeout: 120_000 }, async (from) => {
    for (const { hasher, text, password } of cases.filter((one) => one.from === from)) {
      const parsed = registry.parse(text, { hasher })
      expect(parsed.outcome).toBe('parsed')
      if (parsed.outcome === 'parsed' && parsed.cost.milliseconds > MAX_MILLISECONDS) continue
      const isSame = await registry.verify(password, text, { hasher })
      if (!LOSSY.includes(from)) expect([hasher, isSame]).toEqual([hasher, true])
    }
  })
})
