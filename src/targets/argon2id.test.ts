import argon2 from 'argon2'
import { describe, expect, test } from 'vitest'
import { createRegistry } from '../default.js'
import { EngineError, RegistryError } from '../errors.js'
import type { Run } from '../hasher/contract.js'
import { argon2idTarget } from './argon2id.js'

const registry = createRegistry({ target: argon2idTarget() })
const made = await registry.hash('correct horse')

function digestOf(memory: number, iterations: number, parallelism: number): string {
  return made.replace(/m=.*?\$/, `m=${memory},t=${iterations},p=${parallelism}$`)
}

describe('argon2idTarget', () => {
  test.each([
    ['a memory below 7 MiB', { memory: 7_167, iterations: 64 }],
    ['a memory above 512 MiB', { memory: 524_289 }],
    ['a memory that is no integer', { memory: 19_456.5 }],
    ['no iteration', { iterations: 0 }],
    ['iterations in a text', { iterations: '2' }],
    ['no lane', { parallelism: 0 }],
    ['17 lanes', { parallelism: 17 }],
    ['work below the weakest that OWASP names', { memory: 7_168, iterations: 4 }],
    ['work of more than two seconds', { memory: 524_288, iterations: 8 }],
    ['another name', { memoryCost: 65_536 }],
    ['null', null],
  ])('throws a RegistryError for options with: %s', (_, options: unknown) => {
    const create: (given: never) => unknown = argon2idTarget
    expect((): unknown => Reflect.apply(create, undefined, [options])).toThrow(RegistryError)
  })

  test.each([
    [{}, 'm=19456,t=2,p=1'],
    [{ memory: 7_168, iterations: 5 }, 'm=7168,t=5,p=1'],
    [{ memory: 46_080, iterations: 1, parallelism: 4 }, 'm=46080,t=1,p=4'],
  ])('with %o writes %s, with 16 bytes of salt and 32 of checksum', async (options, parameters) => {
    const digest = await createRegistry({ target: argon2idTarget(options) }).hash('a')
    expect(digest).toMatch(/^\$argon2id\$v=19\$m=\d+,t=\d+,p=\d+\$[\w+/]{22}\$[\w+/]{43}$/)
    expect(digest).toContain(`$${parameters}$`)
  })

  test.each(['correct horse', '', 'x'.repeat(4_096), 'a\0b', Uint8Array.of(0xff, 0, 0xfe)])(
    'makes digests of any password that libargon2 and this package verify (case %#)',
    async (password) => {
      const digest = await registry.hash(password)
      expect(await argon2.verify(digest, Buffer.from(password))).toBe(true)
      expect(await registry.verify(password, digest)).toBe(true)
      expect(await registry.verify('another', digest)).toBe(false)
      expect(registry.needsRehash(digest)).toBe(false)
    },
  )

  test('makes a new salt for each digest', async () => {
    expect(await registry.hash('a')).not.toBe(await registry.hash('a'))
  })

  test.each([
    ['no bytes', () => Promise.resolve(new Uint8Array(0))],
    ['a short checksum', () => Promise.resolve(new Uint8Array(31))],
  ] satisfies readonly (readonly [string, Run])[])(
    'gives no digest where the engine gives %s',
    async (_, run) => {
      await expect(argon2idTarget().hash(Buffer.from('a'), run)).rejects.toThrow(EngineError)
    },
  )
})

describe('a registry with argon2idTarget', () => {
  test.each([
    ['of its own numbers stays', digestOf(19_456, 2, 1), []],
    ['of more work stays', digestOf(19_456, 3, 1), []],
    ['of as much work in other numbers stays', digestOf(38_912, 1, 1), []],
    ['of less memory is replaced', digestOf(19_455, 2, 1), ['low-cost']],
    ['of fewer iterations is replaced, however many lanes it has', digestOf(19_456, 1, 8), ['low-cost']],
    ['of as much work in more lanes stays', digestOf(19_456, 2, 4), []],
  ])('finds that a digest %s', (_, digest, rehash) => {
    expect(registry.parse(digest)).toMatchObject({ outcome: 'parsed', hasher: 'argon2id', rehash })
  })

  test('compares memory times iterations, and not the estimated time, which grows faster than memory', () => {
    const large = createRegistry({ target: argon2idTarget({ memory: 262_144, iterations: 1 }) })
    expect(large.needsRehash(digestOf(65_536, 4, 1))).toBe(false)
    expect(large.needsRehash(digestOf(65_536, 3, 1))).toBe(true)
  })

  test('replaces sound bcrypt under converge alone, and bcrypt under 10 ms always', () => {
    const bcrypt = (cost: string): string =>
      `$2b$${cost}$abcdefghijklmnopqrstuuEoYkPRD0DRRnkhtuf9PKbMeCc8oTzM6`
    expect(registry.needsRehash(bcrypt('08'))).toBe(false)
    expect(registry.needsRehash(bcrypt('07'))).toBe(true)
    expect(createRegistry({ target: argon2idTarget(), policy: 'dated' }).needsRehash(bcrypt('12'))).toBe(
      false,
    )
    const converging = createRegistry({ target: argon2idTarget(), policy: 'converge' })
    expect(converging.parse(bcrypt('12'))).toMatchObject({ rehash: ['not-target'] })
  })

  test('replaces an MD5 digest on a match', async () => {
    let next: unknown
    const md5 = '5f4dcc3b5aa765d61d8327deb882cf99'
    const rehash = (replacement: unknown): void => void (next = replacement)
    expect(await registry.verify('password', md5, { rehash })).toBe(true)
    expect(next).toMatchObject({ hasher: 'argon2id', replaces: md5 })
    expect(next).toHaveProperty('digest', expect.stringContaining('$argon2id$v=19$m=19456,t=2,p=1$'))
  })
})
