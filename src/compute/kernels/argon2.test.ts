import argon2 from 'argon2'
import { describe, expect, test } from 'vitest'
import { roundsOf } from '../../conformance/share.fixture.js'
import { createArgon2Kernel } from './argon2.js'
import type { Argon2Input } from './argon2.js'
import { SEED, hex, modules, pick, random, randomBytes, range } from './kernels.fixture.js'

const kernel = createArgon2Kernel(modules.argon2)
const VARIANTS = ['d', 'i', 'id'] as const
const VERSIONS = [16, 19] as const
const NUMBERS = { d: 0, i: 1, id: 2 } as const

async function oracle(input: Argon2Input): Promise<string> {
  const bytes = await argon2.hash(Buffer.from(input.password), {
    raw: true,
    salt: Buffer.from(input.salt),
    type: NUMBERS[input.variant],
    version: input.version,
    memoryCost: input.memory,
    timeCost: input.iterations,
    parallelism: input.parallelism,
    hashLength: input.length,
    ...(input.secret && { secret: Buffer.from(input.secret) }),
    ...(input.associatedData && { associatedData: Buffer.from(input.associatedData) }),
  })
  return hex(bytes)
}

const base: Argon2Input = {
  password: Buffer.from('password'),
  salt: Buffer.from('somesalt'),
  variant: 'id',
  version: 19,
  memory: 8,
  iterations: 1,
  parallelism: 1,
  length: 32,
}

async function expectAgreement(input: Argon2Input): Promise<void> {
  const { variant, version, memory, iterations, parallelism, length, password, salt } = input
  const label = `seed ${SEED}: ${variant} v${version} m=${memory} t=${iterations} p=${parallelism} tag ${length} password ${password.length} salt ${salt.length}`
  expect(hex(kernel.derive(input)), label).toBe(await oracle(input))
}

describe("argon2's kernel gives the published answer", () => {
  // These vectors are in RFC 9106, section 5.
  const rfc: Argon2Input = {
    password: new Uint8Array(32).fill(1),
    salt: new Uint8Array(16).fill(2),
    secret: new Uint8Array(8).fill(3),
    associatedData: new Uint8Array(12).fill(4),
    variant: 'd',
    version: 19,
    memory: 32,
    iterations: 3,
    parallelism: 4,
    length: 32,
  }
  test.each([
    ['d', '512b391b6f1162975371d30919734294f868e3be3984f3c1a13a4db9fabe4acb'],
    ['i', 'c814d9d1dc7f37aa13f0d77f2494bda1c8de6b016dd388d29952a4c4672b6ce8'],
    ['id', '0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659'],
  ] as const)('of RFC 9106 for Argon2%s', (variant, tag) => {
    expect(hex(kernel.derive({ ...rfc, variant }))).toBe(tag)
  })

  // These vectors are in the tests of the reference implementation: 64 MiB, two passes.
  test.each([
    ['i', 16, 'f6c4db4a54e2a370627aff3db6176b94a2a209a62c8e36152711802f7b30c694'],
    ['i', 19, 'c1628832147d9720c5bd1cfd61367078729f6dfb6f8fea9ff98158e0d7816ed0'],
    ['id', 19, '09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7'],
  ] as const)('of the reference implementation for Argon2%s version %i', (variant, version, tag) => {
    expect(hex(kernel.derive({ ...base, variant, version, memory: 65_536, iterations: 2 }))).toBe(tag)
  })
})

describe("argon2's kernel agrees with libargon2", () => {
  test('on random parameters', async () => {
    for (let round = 0; round < roundsOf(2500, 400); round++) {
      const parallelism = 1 + random(pick([1, 1, 4, 9]))
      await expectAgreement({
        password: randomBytes(random(pick([20, 200, 4097]))),
        salt: randomBytes(8 + random(pick([20, 200, 4089]))),
        variant: pick(VARIANTS),
        version: pick(VERSIONS),
        memory: 8 * parallelism + random(pick([8, 100, 1500])),
        iterations: 1 + random(4),
        parallelism,
        length: 4 + random(pick([61, 200, 4093])),
      })
    }
  })

  test('on every length of password from 0 to 300, and around the blocks of BLAKE2b up to 4096', async () => {
    const lengths = [...range(0, 300)]
    for (let block = 384; block <= 4096; block += 128)
      for (const by of [-41, -40, -1, 0, 1]) lengths.push(block + by)
    for (const length of lengths.filter((each) => each <= 4096)) {
      await expectAgreement({ ...base, password: randomBytes(length), variant: pick(VARIANTS) })
    }
  })

  test('on every length of tag from 4 to 200, and the longest', async () => {
    for (let length = 4; length <= 200; length++) await expectAgreement({ ...base, length })
    for (const length of [4064, 4095, 4096]) await expectAgreement({ ...base, length })
  })

  test('on every length of salt from 8 to 200, and the longest', async () => {
    for (let length = 8; length <= 200; length++)
      await expectAgreement({ ...base, salt: randomBytes(length) })
    for (const length of [4095, 4096]) await expectAgreement({ ...base, salt: randomBytes(length) })
  })

  // One block gives 128 addresses: these segments are just below, at and above the size of one and two blocks.
  test('on segments around the size of an address block, in every variant and version', async () => {
    for (const variant of VARIANTS) {
      for (const version of VERSIONS) {
        for (const segment of [2, 3, 127, 128, 129, 130, 255, 256, 257]) {
          for (const parallelism of [1, 3]) {
            const memory = 4 * segment * parallelism + random(4)
            await expectAgreement({ ...base, variant, version, memory, parallelism, iterations: 2 })
          }
        }
      }
    }
  })

  test('with many lanes', async () => {
    for (const parallelism of [16, 64, 255])
      await expectAgreement({ ...base, parallelism, memory: 9 * parallelism })
  })

  test('in small calls after a large one, in one instance', async () => {
    await expectAgreement({ ...base, memory: 20_000, parallelism: 2, variant: 'd' })
    for (const variant of VARIANTS) await expectAgreement({ ...base, memory: 33, iterations: 3, variant })
  })
})

describe("the answer of argon2's kernel changes with", () => {
  const input: Argon2Input = { ...base, memory: 64, parallelism: 2, iterations: 2 }
  const tag = hex(kernel.derive(input))
  const changes: readonly (readonly [string, Partial<Argon2Input>])[] = [
    ['another variant', { variant: 'i' }],
    ['another version', { version: 16 }],
    ['lanes and passes swapped', { parallelism: 1, iterations: 4 }],
    ['memory that rounds to the same blocks', { memory: 65 }],
    ['password and salt swapped', { password: input.salt, salt: input.password }],
    ['an empty password', { password: new Uint8Array() }],
    ['a longer tag, cut', { length: 33 }],
  ]
  test.each(changes)('%s', (_, change) => {
    expect(hex(kernel.derive({ ...input, ...change })).slice(0, 64)).not.toBe(tag)
  })
})
