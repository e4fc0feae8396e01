import { builtinModules, createRequire } from 'node:module'
import { runInThisContext } from 'node:vm'
import { encodeBase64, hashSync } from 'bcryptjs'
import { describe, expect, test } from 'vitest'
import * as errors from '../../errors.js'
import { unpack } from '../../platform/node.js'
import type { JobFields } from '../job.js'
import { answersFor, EVERY_JOB, EVERY_KIND } from '../kinds.fixture.js'
import { bcryptJob } from '../kinds/bcrypt.js'
import type { EnginePair } from './pair.js'

// The build packs an engine for threads as the length of the code in four bytes, the code, and the kernel.

interface Packed {
  readonly code: string
  readonly kernel: Uint8Array
}

function open(packed: string): Packed {
  const bytes = unpack(packed)
  const end = 4 + new DataView(bytes.buffer, bytes.byteOffset).getUint32(0, true)
  return {
    code: new TextDecoder('utf-8', { fatal: true }).decode(bytes.subarray(4, end)),
    kernel: bytes.slice(end),
  }
}

/** Runs the code of an engine as a thread does, and returns the names of the modules that it required. */
function load({ code, kernel }: Packed): { readonly engines: EnginePair; readonly asked: readonly string[] } {
  const asked: string[] = []
  const requireBuiltin = createRequire(process.execPath)
  const requireWatched = (name: string): unknown => {
    asked.push(name)
    return name === 'passlift:errors' ? errors : requireBuiltin(name)
  }
  const module: { exports: unknown } = { exports: {} }
  const start: unknown = runInThisContext(`(function (module, require, kernel) {${code}\n})`)
  if (typeof start === 'function') Reflect.apply(start, undefined, [module, requireWatched, kernel])
  const { exports } = module
  if (!hasEngines(exports)) throw new Error('It holds no engines.')
  return { engines: exports.engines, asked }
}

function hasEngines(exports: unknown): exports is { readonly engines: EnginePair } {
  return typeof exports === 'object' && exports !== null && 'engines' in exports
}

const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')
const packedOf = (kind: string): string =>
  EVERY_KIND.find(({ row }) => row.name === kind)?.row.packed ?? expect.fail(kind)

describe.each(EVERY_KIND.map(({ row }) => [row.name, row] as const))(
  'the packed engine for %s',
  (kind, row) => {
    const packed = open(row.packed)

    test("requires only Node's modules and the errors of its thread", () => {
      const named = [...packed.code.matchAll(/\b(?:require|getBuiltinModule)\(([^)]*)\)/g)].map(
        ([, name]) => name,
      )
      expect(packed.code).not.toMatch(/\bimport\s*\(/)
      const { engines, asked } = load(packed)
      for (const { job } of EVERY_JOB.filter((one) => one.kind === kind).flatMap(answersFor)) {
        engines.createKernel?.().compute([job])
        tryStandIn(engines, job)
      }
      expect(named.length).toBeGreaterThan(0)
      const allowed = new Set([
        ...builtinModules,
        ...builtinModules.map((name) => `node:${name}`),
        'passlift:errors',
      ])
      expect(named.filter((name) => !allowed.has(name?.slice(1, -1) ?? ''))).toEqual([])
      expect(asked.filter((name) => !allowed.has(name))).toEqual([])
    })

    test('gives the known answers by its kernel, or by its stand-in where it has no kernel', () => {
      const { engines } = load(packed)
      expect(engines.createKernel !== undefined).toBe(row.hasKernel)
      const compute = engines.createKernel?.().compute ?? ((jobs) => jobs.map(engines.standIn))
      for (const { job, bytes } of EVERY_JOB.filter((one) => one.kind === kind).flatMap(answersFor)) {
        expect(compute([job]).map(hexOf)).toEqual([hexOf(bytes)])
      }
    })

    test('holds the kernel as it was compiled, and none where the kind has none', () => {
      expect(packed.kernel.byteLength > 0).toBe(row.hasKernel)
      expect(WebAssembly.validate(packed.kernel)).toBe(row.hasKernel)
    })
  },
)

describe('the packed bcryptjs', () => {
  const { engines } = load(open(packedOf('bcrypt')))

  test.each([4, 5, 6, 8])('gives the answers of the package at cost %i', (cost) => {
    const salt = Uint8Array.from({ length: 16 }, (_, place) => 17 * place + cost)
    for (const text of [
      '',
      'a',
      'correct horse',
      'пароль 🔑',
      '\u{feff}a',
      'a\0a',
      'x'.repeat(72),
      'y'.repeat(80),
    ]) {
      const settings = `$2b$0${cost}$${encodeBase64([...salt], 16)}`
      const job = bcryptJob({ variant: 'standard', password: Buffer.from(text), salt, cost })
      const digest = settings + encodeBase64([...engines.standIn(job)], 23)
      expect(digest).toBe(hashSync(text, settings))
    }
  })

  test('computes the digits of pi, and holds no table of them', () => {
    const { code } = open(packedOf('bcrypt'))
    // The two spellings of the table's first word are those of the package and of a minifier.
    expect(code).not.toMatch(/243f6a88|608135816/i)
    expect(code.length).toBeLessThan(20_000)
  })

  test('throws errors of the classes of its thread, which passes on no code of other errors', () => {
    const job = bcryptJob({
      variant: 'standard',
      password: Buffer.from('a'),
      salt: new Uint8Array(16),
      cost: 4,
    })
    expect(() => engines.standIn(bcryptJob({ ...job, variant: 'sign-extended' }))).toThrow(errors.EngineError)
    expect(() => engines.standIn(bcryptJob({ ...job, password: Uint8Array.of(0xff) }))).toThrow(
      errors.PasswordError,
    )
  })
})

/** Whether the stand-in can compute a job. */
function tryStandIn({ standIn }: EnginePair, job: JobFields): void {
  try {
    standIn(job)
  } catch (error) {
    expect(error).toBeInstanceOf(errors.EngineError)
  }
}
