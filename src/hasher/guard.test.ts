import { inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { createRegistry } from '../default.js'
import { EngineError } from '../errors.js'
import type { Hasher } from './contract.js'
import { defineDelegate } from './delegate.js'
import { defineJobToy, defineToy, parsed, readingOf, run, thrownBy } from './toy.fixture.js'
import { wrapHasher } from './wrap.js'

const DIGEST = 'toy$example'
const password = Uint8Array.of(104, 111, 114, 115, 101)
const foreign = Object.assign(new RangeError('cannot hash horse with toy$example'), { code: 'ERR_FOREIGN' })
const fail = (): never => {
  throw foreign
}
const job = (): object => ({})
const cost = { milliseconds: 1, bytes: 0, lanes: 1 }
const wrapToy = (more: object, inner = defineToy()): Hasher =>
  wrapHasher(
    inner,
    Object.assign({ name: 'wrapped', prefixes: ['w'] as const, example: 'wtoy$example' }, more),
  )

/** A call of each function of a hasher. Some of them reach the member that fails. */
const ASK: Readonly<Record<string, (hasher: Hasher) => unknown>> = {
  identify: (hasher) => hasher.identify(hasher.example),
  parse: (hasher) => hasher.parse(hasher.example),
  kind: (hasher) => hasher.kind(),
  blank: (hasher) => hasher.blank?.(hasher.example),
  describe: (hasher) => readingOf(hasher).describe(),
  standing: (hasher) => readingOf(hasher).standing,
  cost: (hasher) => readingOf(hasher).cost(5),
  costOfCheck: (hasher) => readingOf(hasher).costOfCheck(password),
  oldVariant: (hasher) => readingOf(hasher).oldVariant,
  truncates: (hasher) => readingOf(hasher).truncates(password),
  verify: async (hasher) => readingOf(hasher).verify(password, run),
  derive: async (hasher) => readingOf(hasher).derive(password, run),
}

const EVERYWHERE = ['verify', 'evaluate', 'parse', 'needsRehash']
const CHECKS = ['verify', 'evaluate']

/** The cases: the member that fails, and the functions of the hasher and of a registry that reach it. */
const CASES: readonly (readonly [
  member: string,
  hasher: Hasher,
  ofHasher: readonly string[],
  ofRegistry: readonly string[],
])[] = [
  ['identify', defineToy({ identify: fail }), ['identify'], [...EVERYWHERE, 'identify']],
  [
    'parse',
    defineToy({ parse: fail }),
    ['parse', 'describe', 'standing', 'cost', 'costOfCheck', 'oldVariant', 'truncates', 'verify', 'derive'],
    EVERYWHERE,
  ],
  ['parse, of a hasher with jobs', defineJobToy({ job, parse: fail }), ['kind'], EVERYWHERE],
  ['describe', defineToy({ describe: fail }), ['describe'], ['parse']],
  ['standing', defineToy({ standing: fail }), ['standing'], EVERYWHERE],
  ['standing, which gives no standing', defineToy({ standing: () => 'horse' }), ['standing'], EVERYWHERE],
  ['job', defineJobToy({ job: fail }), ['cost', 'costOfCheck', 'kind', 'verify', 'derive'], EVERYWHERE],
  [
    'job, which gives no job',
    defineJobToy({ job: () => undefined }),
    ['cost', 'costOfCheck', 'kind'],
    EVERYWHERE,
  ],
  ['job, which gives a job of no kind', defineJobToy({ job }), ['cost', 'costOfCheck', 'kind'], EVERYWHERE],
  ['cost', defineToy({ cost: fail }), ['cost', 'costOfCheck'], EVERYWHERE],
  [
    'cost, which gives an object that throws',
    defineToy({ cost: () => Object.defineProperty({}, 'milliseconds', { get: fail }) }),
    ['cost', 'costOfCheck'],
    EVERYWHERE,
  ],
  ['cost, which gives no cost', defineToy({ cost: () => null }), ['cost', 'costOfCheck'], EVERYWHERE],
  ['finish', defineJobToy({ job, finish: fail, cost: () => cost }), ['verify', 'derive'], CHECKS],
  ['derive', defineToy({ derive: fail }), ['verify', 'derive'], CHECKS],
  ['passwordForms', defineToy({ passwordForms: fail }), ['costOfCheck', 'verify'], CHECKS],
  ['rareReadings', defineToy({ rareReadings: fail }), ['costOfCheck', 'verify'], CHECKS],
  ['truncates', defineToy({ truncates: fail }), ['truncates'], CHECKS],
  ['oldVariant', defineToy({ oldVariant: fail }), ['oldVariant'], EVERYWHERE],
  ['blank', defineToy({ blank: fail }), ['blank'], []],
  ['prepare', wrapToy({ prepare: fail }), ['costOfCheck', 'truncates', 'verify', 'derive'], CHECKS],
  ['prepare, which gives text', wrapToy({ prepare: () => 'horse' }), ['costOfCheck', 'verify'], CHECKS],
  ['prepare, which gives nothing', wrapToy({ prepare: () => undefined }), ['costOfCheck', 'verify'], CHECKS],
  [
    'preparedBytes',
    wrapToy({ prepare: (bytes: Uint8Array) => bytes, preparedBytes: fail }),
    ['cost'],
    ['parse', 'needsRehash', ...CHECKS],
  ],
  ['unwrap', wrapToy({ unwrap: fail }), ['parse'], EVERYWHERE],
  ['unwrap, which gives nothing', wrapToy({ unwrap: () => undefined }), ['parse'], EVERYWHERE],
  ['unwrap, which gives true', wrapToy({ unwrap: () => true }), ['parse'], EVERYWHERE],
  ['refuse', wrapToy({ refuse: fail }), ['parse'], EVERYWHERE],
  ['refuse, which gives true', wrapToy({ refuse: () => true }), ['parse'], EVERYWHERE],
  ['check', defineDelegate({ name: 'service', standing: 'sound', check: fail }), ['verify'], CHECKS],
  ['parse, which gives no reading', defineToy({ parse: () => [] }), ['parse'], EVERYWHERE],
  ['parse, which gives nothing', defineToy({ parse: () => undefined }), ['parse'], EVERYWHERE],
  [
    'parse, which gives a promise',
    defineToy({ parse: () => Promise.resolve([parsed]) }),
    ['parse'],
    EVERYWHERE,
  ],
  [
    'parse, which gives a reading without a checksum',
    defineToy({ parse: () => [{ params: 1 }] }),
    ['parse'],
    EVERYWHERE,
  ],
]

describe.each(CASES)('a hasher whose member fails: %s', (_, hasher, ofHasher, ofRegistry) => {
  const { name } = hasher
  const delegated = name === 'service' ? { hasher: name } : {}

  test.each(ofHasher)(
    'rejects or throws an EngineError with its name, without the text of the error: %s',
    async (asked) => {
      expectOurs(await thrownBy(() => ASK[asked]?.(hasher)), name)
    },
  )

  // No function of a registry calls `blank`, so the case of `blank` has no test here.
  test.each(ofRegistry)('makes %s of a registry reject or throw an EngineError', async (asked) => {
    const registry = createRegistry({ hashers: [hasher], equalize: false })
    const digest = name === 'wrapped' ? `w${DIGEST}` : DIGEST
    const ask: Readonly<Record<string, () => unknown>> = {
      verify: () => registry.verify('horse', digest, delegated),
      evaluate: () => registry.evaluate('horse', digest, delegated),
      parse: () => registry.parse(digest, delegated),
      identify: () => registry.identify(digest),
      needsRehash: () => registry.needsRehash(digest, delegated),
    }
    expectOurs(await thrownBy(ask[asked] ?? fail), name)
  })
})

test('an error of this package that a member throws stays as it is', () => {
  const own = new EngineError('ERR_ENGINE_MEMORY', 'toy: there is no memory.')
  const toy = defineToy({
    describe: () => {
      throw own
    },
  })
  expect(() => readingOf(toy).describe()).toThrow(own)
})

function expectOurs(error: unknown, name: string): void {
  expect(error).toBeInstanceOf(EngineError)
  const message: unknown = expect.stringMatching(new RegExp(`^${name}: `))
  expect(error).toMatchObject({ code: 'ERR_ENGINE_FAILED', message })
  expect(inspect(error, { depth: Infinity, showHidden: true })).not.toMatch(/horse|toy\$example/)
}
