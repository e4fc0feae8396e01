import { describe, expect, test, vi } from 'vitest'
import type { Registry } from '../registry/api.js'
import { createRegistry } from '../default.js'
import { checkVectorFile } from './vector-checks.js'
import { passwordOf, readVectorFolder } from './vector-files.js'
import type { VectorFile, VectorTest } from './vector-files.js'
import { computeSync } from '../compute/sync-engines.js'
import { nodeRsArgon2 } from '../compute/node-rs-argon2.js'
import type { NodeRsArgon2 } from '../compute/node-rs-argon2.js'
import { PassliftError } from '../errors.js'
import { createRuntimeOn } from '../runtime/runtime.js'
import type { Runtime } from '../runtime/runtime.js'
import { startWorker } from '../runtime/threads/start-worker.js'

const registry = createRegistry({ equalize: false })
const files = await readVectorFolder('vectors')
const names = registry.hashers.map(({ name }) => name)

// Hashers that share a grammar: each of them claims the other's digests.
const SHARED = new Map([
  ['pbkdf2_sha256', ['pbkdf2_sha256_django', 'pbkdf2_sha256']],
  ['pbkdf2_sha256_django', ['pbkdf2_sha256_django', 'pbkdf2_sha256']],
])

// What computes where no kernel can be compiled: bcryptjs, the argon2 package and node:crypto.
const standIns = createRegistry({
  equalize: false,
  runtime: createRuntimeOn({ startWorker, patience: () => 60_000, kernels: () => false }),
})
const standInOf = new Map((await standIns.engines()).map(({ hasher, engine }) => [hasher, engine]))
const served = (await registry.engines()).filter(({ hasher, engine }) => standInOf.get(hasher) !== engine)
const servedFiles = files.filter(({ hasher }) => served.some((info) => info.hasher === hasher))

// bcryptjs knows no $2$ and no $2x$, and takes text: neither a password nor a key that is none.
const REFUSED_BY_BCRYPTJS = [
  ['NoNul', 'ERR_ENGINE_UNAVAILABLE'],
  ['SignExtension', 'ERR_ENGINE_UNAVAILABLE'],
  ['NotUtf8', 'ERR_PASSWORD_ENCODING'],
  ['CutCharacter', 'ERR_PASSWORD_ENCODING'],
] as const

test('every hasher has a vector file, and every vector file a hasher', () => {
  expect(files.map(({ hasher }) => hasher)).toEqual(names.toSorted())
})

describe.each(files)('$hasher', (file) => {
  test('has vectors enough, the valid ones from other systems alone', () => {
    const tests = testsOf(file)
    const count = (result: string): number => tests.filter((vector) => vector.result === result).length
    expect(count('valid')).toBeGreaterThanOrEqual(30)
    expect(count('invalid')).toBeGreaterThanOrEqual(20)
    expect(count('malformed')).toBeGreaterThanOrEqual(20)
    expect(validSystems(file).size).toBeGreaterThanOrEqual(2)
  })

  test('verifies as its vectors say, and as follows from them', { timeout: 120_000 }, async () => {
    const { failures, derived } = await checkVectorFile(registry, file, { full: false })
    expect(failures).toEqual([])
    expect(derived).toBeGreaterThan(10_000)
  })
})

describe('without kernels', () => {
  test('other engines serve bcrypt, argon2, phpass and scrypt', () => {
    expect(served.map(({ hasher }) => hasher).toSorted()).toEqual([
      'argon2i',
      'argon2id',
      'bcrypt',
      'bcrypt_sha256_django',
      'phpass',
      'scrypt_firebase',
      'scrypt_werkzeug',
    ])
  })

  test.each(servedFiles)('$hasher verifies as its vectors say', { timeout: 120_000 }, async (file) => {
    const taken = selectTests(file, (vector) => refusalOf(file, vector) === undefined)
    const { failures, valid } = await checkVectorFile(withoutMutations(standIns, taken), taken, {
      full: false,
    })
    expect(failures).toEqual([])
    expect(valid).toBeGreaterThanOrEqual(30)
  })

  test('bcrypt refuses what bcryptjs cannot take, and says why', async () => {
    const refused = servedFiles.flatMap((file) =>
      testsOf(file).flatMap((vector) => {
        const code = refusalOf(file, vector)
        return code === undefined ? [] : [{ ...vector, code, hasher: file.hasher }]
      }),
    )
    const answers = refused.map(async (vector) => ({
      tcId: vector.tcId,
      code: await codeOf(standIns.verify(passwordOf(vector), vector.digest, { hasher: vector.hasher })),
    }))
    expect(await Promise.all(answers)).toEqual(refused.map(({ tcId, code }) => ({ tcId, code })))
    const codes = refused.map(({ code }) => code)
    expect(codes.filter((code) => code === 'ERR_ENGINE_UNAVAILABLE').length).toBeGreaterThan(50)
    expect(codes.filter((code) => code === 'ERR_PASSWORD_ENCODING').length).toBeGreaterThan(10)
  })
})

describe('without kernels, where node:crypto has no scrypt', () => {
  test.each(['scrypt_firebase', 'scrypt_werkzeug'])('%s verifies with scrypt-js', async (hasher) => {
    const scryptSync = vi.spyOn(process.getBuiltinModule('node:crypto'), 'scryptSync')
    scryptSync.mockImplementation(() => {
      throw Object.assign(new Error('Scrypt algorithm not supported'), {
        code: 'ERR_CRYPTO_SCRYPT_NOT_SUPPORTED',
      })
    })
    const scryptJs = createRegistry({ equalize: false, runtime: onThisThread })
    for (const file of files.filter((each) => each.hasher === hasher)) {
      const cheap = selectTests(file, (vector) => isCheap(file, vector))
      const { failures, valid, invalid } = await checkVectorFile(withoutMutations(scryptJs, cheap), cheap, {
        full: false,
      })
      expect(failures).toEqual([])
      expect(valid).toBeGreaterThanOrEqual(30)
      expect(invalid).toBeGreaterThanOrEqual(20)
    }
    expect(scryptSync).toHaveBeenCalled()
    scryptSync.mockRestore()
  })
})

// It is installed for the benchmark alone: npm ci --prefix bench/support/peers
const nodeRs = await loadNodeRsArgon2()
const withNodeRs =
  nodeRs === undefined ? 'with @node-rs/argon2 (skipped: not installed)' : 'with @node-rs/argon2'

describe.skipIf(nodeRs === undefined)(withNodeRs, () => {
  test.each(['argon2i', 'argon2id'])(
    '%s verifies as its vectors say',
    { timeout: 120_000 },
    async (hasher) => {
      if (nodeRs === undefined) throw new Error('It must be installed.')
      const other = createRegistry({ equalize: false, engines: { argon2: nodeRsArgon2(nodeRs) } })
      for (const file of files.filter((each) => each.hasher === hasher)) {
        const { failures, valid } = await checkVectorFile(withoutMutations(other, file), file, {
          full: false,
        })
        expect(failures).toEqual([])
        expect(valid).toBeGreaterThanOrEqual(30)
      }
    },
  )
})

test('each valid digest is claimed by its own hasher and by those that share its grammar', () => {
  const claims = files.map((file) => [
    file.hasher,
    [...new Set(validDigests(file).flatMap(registry.identify))],
  ])
  const expected = files.map(({ hasher }) => [hasher, SHARED.get(hasher) ?? [hasher]])
  expect(claims).toEqual(expected)
})

test('a digest whose named hasher does not exist is unknown, and nothing is tried', async () => {
  for (const file of files) {
    const [digest] = validDigests(file)
    const verdict = await registry.evaluate('a password', digest, { hasher: 'no_such_hasher' })
    expect(verdict, file.hasher).toMatchObject({ outcome: 'unknown', looksLike: 'name-unknown' })
  }
})

async function loadNodeRsArgon2(): Promise<NodeRsArgon2 | undefined> {
  const path = '../bench/support/peers/node_modules/@node-rs/argon2/index.js'
  const module: unknown = await import(/* @vite-ignore */ path).catch(() => undefined)
  const found =
    typeof module === 'object' && module !== null && 'default' in module ? module.default : undefined
  return isNodeRsArgon2(found) ? found : undefined
}

function isNodeRsArgon2(module: unknown): module is NodeRsArgon2 {
  return typeof module === 'object' && module !== null && 'hashRaw' in module
}

function testsOf({ groups }: VectorFile): readonly VectorTest[] {
  return groups.flatMap(({ tests }) => tests)
}

function selectTests(file: VectorFile, isSelected: (vector: VectorTest) => boolean): VectorFile {
  return {
    ...file,
    groups: file.groups.map((group) => ({ ...group, tests: group.tests.filter(isSelected) })),
  }
}

/** How bcryptjs refuses what a vector asks of it; undefined for all that it can take. */
function refusalOf(
  { hasher }: VectorFile,
  { result, flags }: VectorTest,
): (typeof REFUSED_BY_BCRYPTJS)[number][1] | undefined {
  if (hasher !== 'bcrypt' || result === 'malformed') return undefined
  return REFUSED_BY_BCRYPTJS.find(([flag]) => flags.includes(flag))?.[1]
}

/** Changed digests parse alike whatever the engine is, so that they need no second run. */
function withoutMutations(all: Registry, file: VectorFile): Registry {
  const digests = new Set<unknown>(testsOf(file).map(({ digest }) => digest))
  return {
    ...all,
    parse: (digest, options) => (digests.has(digest) ? all.parse(digest, options) : { outcome: 'unknown' }),
  }
}

/** What scrypt-js computes in milliseconds too. */
function isCheap({ hasher }: VectorFile, { digest }: VectorTest): boolean {
  const parsed = registry.parse(digest, { hasher })
  return parsed.outcome !== 'parsed' || parsed.cost.milliseconds < 0.75
}

/** The stand-ins on this thread, as they are in a build of Node without OpenSSL's scrypt. */
const onThisThread: Runtime = {
  admit: () => () => undefined,
  run: (job) => Promise.resolve(computeSync(job)),
}

async function codeOf(check: Promise<unknown>): Promise<unknown> {
  try {
    await check
  } catch (error) {
    return error instanceof PassliftError ? error.code : error
  }
  return 'an answer'
}

function validDigests({ groups }: VectorFile): readonly string[] {
  return groups.flatMap(({ tests }) =>
    tests.filter(({ result }) => result === 'valid').map(({ digest }) => digest),
  )
}

function validSystems({ groups }: VectorFile): ReadonlySet<string> {
  const made = groups.filter(
    ({ source, tests }) => source.how !== 'mutated' && tests.some(({ result }) => result === 'valid'),
  )
  return new Set(made.map(({ source }) => source.name))
}
