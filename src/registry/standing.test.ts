import { describe, expect, test } from 'vitest'
import { createRegistry } from '../default.js'
import { textOf } from '../formats/fields.js'
import { defineHasher } from '../hasher/hasher.js'
import type { Standing } from '../hasher/contract.js'

/** A hasher of `layers$<rounds>`: insecure below 10 rounds, dated below 100. Every password matches. */
const layers = defineHasher<number>({
  name: 'layers',
  standing: (rounds): Standing => (rounds < 10 ? 'insecure' : rounds < 100 ? 'dated' : 'sound'),
  why: 'by its rounds',
  writtenBy: 'nobody',
  example: 'layers$1',
  prefixes: ['layers$'],
  parse: (rest) => [{ params: Number(textOf(rest)), salt: new Uint8Array(0), checksum: new Uint8Array(1) }],
  describe: (rounds) => ({ rounds }),
  cost: () => ({ milliseconds: 50, bytes: 0, lanes: 1 }),
  derive: () => Promise.resolve(new Uint8Array(1)),
})
const registryOf = (policy: 'insecure' | 'dated'): ReturnType<typeof createRegistry> =>
  createRegistry({ hashers: [layers], policy, equalize: false })

describe('a standing that the parameters decide', () => {
  test.each([
    [1, 'insecure', ['insecure'], ['insecure']],
    [10, 'dated', [], ['dated']],
    [100, 'sound', [], []],
  ] as const)(
    'for rounds = %i is %s in verdict, policy and parse',
    async (rounds, standing, lenient, strict) => {
      const digest = `layers$${rounds}`
      for (const [policy, rehash] of [['insecure', lenient] as const, ['dated', strict] as const]) {
        const registry = registryOf(policy)
        expect(registry.parse(digest)).toMatchObject({ standing, rehash, params: { rounds } })
        expect(registry.needsRehash(digest)).toBe(rehash.length > 0)
        expect(await registry.evaluate('x', digest)).toMatchObject({
          outcome: 'match',
          insecure: standing === 'insecure',
          rehash,
        })
      }
    },
  )

  test('is the lowest one in the list of hashers, which says that it varies', () => {
    const [row, form] = registryOf('insecure').hashers
    expect(row).toEqual({
      name: 'layers',
      standing: 'insecure',
      varies: true,
      why: 'by its rounds',
      writtenBy: 'nobody',
      example: 'layers$1',
    })
    expect(form).toMatchObject({ name: 'bcrypt', standing: 'sound', varies: false })
  })
})
