import { describe, expect, test, vi } from 'vitest'
import type { Registry } from '../registry/api.js'
import { builtinHashers, createRegistry } from '../default.js'
import { firstOfEach, takesAll } from './share.fixture.js'
import { isOnlyNamed } from './built-in.js'
import { checkVectorFile } from './vector-checks.js'
import { passwordOf, readVectorFolder } from './vector-files.js'
import type { VectorFile, VectorTest } from './vector-files.js'
import { engines as scryptEngines } from '../compute/engines/scrypt.js'
import type { Kind } from '../compute/kind.js'
import { nodeRsArgon2 } from '../compute/node-rs-argon2.js'
import type { NodeRsArgon2 } from '../compute/node-rs-argon2.js'
import { PassliftError } from '../errors.js'
import { createRuntimeOn } from '../runtime/runtime.js'
import type { Runtime } from '../runtime/runtime.js'
import { startWorker } from '../runtime/threads/start-worker.js'

// Every vector is checked in every run. Further checks are derived from one valid vector in EVERY and from the cheapest, at one
// place in EVERY; `npm run vectors` derives them from all.
const EVERY = takesAll ? 2 : 128
const DERIVED = { full: false, every: EVERY }

const registry = createRegistry({ equalize: false })
const files = await readVectorFolder('vectors')
const names = registry.hashers.map(({ name }) => name)

// This registry computes without kernels, by the stand-ins: bcryptjs, the argon2 package and node:crypto.
const standIns = createRegistry({
  equalize: false,
  runtime: createRuntimeOn({ startWorker, patience: () => 60_000, kernels: () => false }),
})
const standInOf = new Map((await standIns.engines()).map(({ hasher, engine }) => [hasher, engine]))
const served = (await registry.engines()).filter(({ hasher, engine }) => standInOf.get(hasher) !== engine)
// The kind of job that each hasher hands to the runtime, or `in place`.
const asking = { admit: () => () => undefined, run: rejectJob, engineOf: ({ name }: Kind) => name }
const kinds = await createRegistry({ equalize: false, runtime: asking }).engines()
const kindOfFile = (file: VectorFile): string =>
  kinds.find(({ hasher }) => hasher === file.hasher)?.engine ?? ''
const filesOf = (kind: string): typeof files => files.filter((file) => kindOfFile(file) === kind)
const servedFiles = files.filter(({ hasher }) => served.some((info) => info.hasher === hasher))

// bcryptjs cannot compute $2$ and $2x$, and refuses passwords and keys that are not UTF-8. The flags of vectors name both.
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
  test('has enough vectors, and valid ones from other systems alone', () => {
    const tests = testsOf(file)
    const count = (result: string): number => tests.filter((vector) => vector.result === result).length
    expect(count('valid')).toBeGreaterThanOrEqual(15)
    expect(count('invalid')).toBeGreaterThanOrEqual(10)
    expect(count('malformed')).toBeGreaterThanOrEqual(10)
    expect(validSystems(file).size).toBeGreaterThanOrEqual(2)
    const sources = file.groups.map(({ source }) => source.name)
    expect(sources.filter((name) => /\bpasslift\b/i.test(name))).toEqual([])
  })

  const title = `verifies as its vectors say, and as follows from one in ${EVERY}`
  test(title, { timeout: 120_000 }, async () => {
    const { failures, derived } = await checkVectorFile(registry, file, DERIVED)
    expect(failures).toEqual([])
    expect(derived).toBeGreaterThan(takesAll ? 2_000 : 500)
  })
})

describe('without kernels', () => {
  test('stand-ins serve exactly the hashers that kernels serve otherwise', async () => {
    const byKernels = (await registry.engines()).filter(({ engine }) => engine === 'WebAssembly kernel')
    expect(byKernels.length).toBeGreaterThan(0)
    expect(served).toEqual(byKernels)
  })

  test.each(firstOfEach(servedFiles, kindOfFile))(
    'the stand-in of $hasher verifies as its vectors say',
    { timeout: 120_000 },
    async (file) => {
      const taken = selectTests(
        file,
        (vector) => refusalOf(file, vector) === undefined && !isRefusedElsewhere(file, vector),
      )
      const { failures, valid } = await checkVectorFile(withoutMutations(standIns, taken), taken, DERIVED)
      expect(failures).toEqual([])
      expect(valid).toBeGreaterThanOrEqual(15)
    },
  )

  test('bcrypt answers with the code of the error for vectors that bcryptjs cannot compute', async () => {
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
  // Better Auth and Lucia have one cost each, for which scrypt-js takes long.
  const withCheap = filesOf('scrypt').filter((file) =>
    validDigests(file).some((digest) => isCheap(file, digest)),
  )

  test.each(withCheap)('$hasher verifies with scrypt-js', async (file) => {
    const scryptSync = vi.spyOn(process.getBuiltinModule('node:crypto'), 'scryptSync')
    scryptSync.mockImplementation(() => {
      throw Object.assign(new Error('Scrypt algorithm not supported'), {
        code: 'ERR_CRYPTO_SCRYPT_NOT_SUPPORTED',
      })
    })
    const scryptJs = createRegistry({ equalize: false, runtime: onThisThread })
    const cheap = selectTests(file, ({ digest }) => isCheap(file, digest))
    const { failures, valid, invalid } = await checkVectorFile(
      withoutMutations(scryptJs, cheap),
      cheap,
      DERIVED,
    )
    expect(failures).toEqual([])
    expect(valid).toBeGreaterThanOrEqual(30)
    expect(invalid).toBeGreaterThanOrEqual(20)
    expect(scryptSync).toHaveBeenCalled()
    scryptSync.mockRestore()
  })
})

// @node-rs/argon2 is installed for the benchmark alone: npm ci --prefix bench/support/peers
const nodeRs = await loadNodeRsArgon2()
const withNodeRs =
  nodeRs === undefined ? 'with @node-rs/argon2 (skipped: not installed)' : 'with @node-rs/argon2'

describe.skipIf(nodeRs === undefined)(withNodeRs, () => {
  test.each(filesOf('argon2'))('$hasher verifies as its vectors say', { timeout: 120_000 }, async (file) => {
    if (nodeRs === undefined) throw new Error('It must be installed.')
    const other = createRegistry({ equalize: false, engines: { argon2: nodeRsArgon2(nodeRs) } })
    const { failures, valid } = await checkVectorFile(withoutMutations(other, file), file, DERIVED)
    expect(failures).toEqual([])
    expect(valid).toBeGreaterThanOrEqual(30)
  })
})

test.each(builtinHashers)(
  '$name claims its valid digests, and no other hasher reads them but those with the same prefix or none',
  ({ name, prefixes, onlyNamed }) => {
    const digests = files.filter(({ hasher }) => hasher === name).flatMap(validDigests)
    expect(digests).not.toEqual([])
    const sharing = builtinHashers.filter((other) =>
      prefixes.length === 0
        ? other.prefixes.length === 0
        : prefixes
            .map(foldTag)
            .some((prefix) =>
              other.prefixes
                .map(foldTag)
                .some((start) => start.startsWith(prefix) || prefix.startsWith(start)),
            ),
    )
    // SHA-512 of crypt(3) claims all of `$6$`, and finds those of Mosquitto malformed.
    const reads = (hasher: string, digest: string): boolean =>
      registry.parse(digest, { hasher }).outcome === 'parsed'
    const foreign = (claiming: readonly string[], digest: string): readonly string[] =>
      claiming.filter(
        (claimant) => !sharing.some((other) => other.name === claimant) && reads(claimant, digest),
      )
    for (const digest of digests) {
      const claiming = registry.identify(digest)
      expect(claiming.includes(name)).toBe(!onlyNamed)
      // The digests of a hasher that reads only rows that name it look like those of other hashers.
      expect(onlyNamed ? [] : foreign(claiming, digest)).toEqual([])
    }
  },
)

test('a digest whose named hasher does not exist is unknown, and no hasher is tried', async () => {
  for (const file of files) {
    const [digest] = validDigests(file)
    const verdict = await registry.evaluate('a password', digest, { hasher: 'no_such_hasher' })
    expect(verdict, file.hasher).toMatchObject({ outcome: 'unknown', looksLike: 'name-unknown' })
  }
})

/** A prefix as it is compared: a tag in braces without case. */
function foldTag(prefix: string): string {
  return prefix.startsWith('{') ? prefix.toLowerCase() : prefix
}

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

function rejectJob(): Promise<never> {
  return Promise.reject(new Error('Only the question was wanted.'))
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

/** Whether bcryptjs is the stand-in for a hasher and is given the password as it was typed. */
function isGivenToBcryptjs(hasher: string): boolean {
  const { prehashed = true } = builtinHashers.find(({ name }) => name === hasher) ?? {}
  return !prehashed && standInOf.get(hasher) === 'bcryptjs'
}

/** The code of the error with which bcryptjs refuses a vector; undefined where bcryptjs takes the vector. */
function refusalOf(
  { hasher }: VectorFile,
  { result, flags }: VectorTest,
): (typeof REFUSED_BY_BCRYPTJS)[number][1] | undefined {
  if (!isGivenToBcryptjs(hasher) || result === 'malformed') return undefined
  return REFUSED_BY_BCRYPTJS.find(([flag]) => flags.includes(flag))?.[1]
}

/** Whether a digest of an `onlyNamed` hasher is bcrypt to another name, by which bcryptjs would refuse the password. */
function isRefusedElsewhere({ hasher }: VectorFile, { flags }: VectorTest): boolean {
  return isOnlyNamed(hasher) && ['NotUtf8', 'LongPassword', 'Nul'].some((flag) => flags.includes(flag))
}

/** A registry that parses only the digests of a file. Changed digests are left out, since no engine changes how they parse. */
function withoutMutations(all: Registry, file: VectorFile): Registry {
  const digests = new Set<unknown>(testsOf(file).map(({ digest }) => digest))
  return {
    ...all,
    parse: (digest, options) => (digests.has(digest) ? all.parse(digest, options) : { outcome: 'unknown' }),
  }
}

/** Whether scrypt-js, too, computes a digest in milliseconds. */
function isCheap({ hasher }: VectorFile, digest: string): boolean {
  const parsed = registry.parse(digest, { hasher })
  return parsed.outcome !== 'parsed' || parsed.cost.milliseconds < 0.75
}

/** The stand-in for scrypt on this thread, as in a build of Node without OpenSSL's scrypt. */
const onThisThread: Runtime = {
  admit: () => () => undefined,
  run: (job) => Promise.resolve(scryptEngines.standIn(job)),
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
