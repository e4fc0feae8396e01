import { describe, expect, test } from 'vitest'
import { createRegistry } from './builtin.js'
import { checkVectorFile } from './cli/vector-checks.js'
import { readVectorFolder } from './cli/vector-files.js'
import type { VectorFile } from './cli/vector-files.js'

const registry = createRegistry({ equalize: false })
const files = await readVectorFolder('vectors')
const names = registry.hashers.map(({ name }) => name)

// Hashers that share a grammar: each of them claims the other's digests.
const SHARED = new Map([
  ['pbkdf2_sha256', ['pbkdf2_sha256_django', 'pbkdf2_sha256']],
  ['pbkdf2_sha256_django', ['pbkdf2_sha256_django', 'pbkdf2_sha256']],
])

test('every hasher has a vector file, and every vector file a hasher', () => {
  expect(files.map(({ hasher }) => hasher)).toEqual(names.toSorted())
})

describe.each(files)('$hasher', (file) => {
  test('has vectors enough, the valid ones from other systems alone', () => {
    const tests = file.groups.flatMap((group) => group.tests)
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

test('each valid digest is claimed by its own hasher and by those that share its grammar', () => {
  const claims = files.map((file) => [
    file.hasher,
    [...new Set(validDigests(file).flatMap(registry.identify))],
  ])
  const expected = files.map(({ hasher }) => [hasher, SHARED.get(hasher) ?? [hasher]])
  expect(claims).toEqual(expected)
})

test('a digest whose named hasher does not exist is unknown, unless the target writes its form', async () => {
  for (const file of files) {
    const [digest] = validDigests(file)
    const isTargetForm = ['bcrypt', 'bcrypt_sha256_django'].includes(file.hasher)
    expect(
      await registry.evaluate('a password', digest, { hasher: 'no_such_hasher' }),
      file.hasher,
    ).toMatchObject({
      outcome: isTargetForm ? 'mismatch' : 'unknown',
    })
  }
})

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
