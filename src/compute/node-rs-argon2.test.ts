import argon2 from 'argon2'
import { describe, expect, test } from 'vitest'
import { createRegistry } from '../default.js'
import { nodeRsArgon2 } from './node-rs-argon2.js'
import type { NodeRsArgon2 } from './node-rs-argon2.js'
import { computeArgon2 } from './argon2-addon.js'
import type { Argon2Job } from './job.js'

type Options = Parameters<NodeRsArgon2['hashRaw']>[1]

const JOB: Argon2Job = {
  kind: 'argon2',
  variant: 'id',
  version: 19,
  password: Buffer.from('correct horse'),
  salt: Buffer.from('some salt'),
  memory: 32,
  iterations: 2,
  parallelism: 3,
  length: 24,
}

// This digest is in Supabase's password_test.go; its password is "test".
const DIGEST =
  '$argon2id$v=19$m=32,t=3,p=2$SFVpOWJ0eXhjRzVkdGN1RQ$RXnb8rh7LaDcn07xsssqqulZYXOM/EUCEFMVcAcyYVk'

describe('nodeRsArgon2', () => {
  test('has its name, and computes on the thread pool', () => {
    expect(nodeRsArgon2(fakeModule().module)).toMatchObject({
      name: '@node-rs/argon2',
      usesThreadPool: true,
    })
  })

  test('refuses a job with associated data, which the package would leave out', async () => {
    const { module, calls } = fakeModule()
    const computed = nodeRsArgon2(module).compute({ ...JOB, associatedData: Buffer.from('tenant-4') })
    await expect(computed).rejects.toMatchObject({ code: 'ERR_ENGINE_UNAVAILABLE' })
    expect(calls).toEqual([])
  })

  test('passes the numbers of a job under the names of the package', async () => {
    const { module, calls } = fakeModule()
    await nodeRsArgon2(module).compute(JOB)
    expect(calls).toEqual([
      {
        password: JOB.password,
        options: {
          algorithm: 2,
          version: 1,
          memoryCost: 32,
          timeCost: 2,
          parallelism: 3,
          outputLen: 24,
          salt: JOB.salt,
        },
      },
    ])
  })

  // The package counts from 0: algorithms Argon2d, Argon2i, Argon2id, and versions V0x10, V0x13.
  test.each([
    ['d', 16, { algorithm: 0, version: 0 }],
    ['d', 19, { algorithm: 0, version: 1 }],
    ['i', 16, { algorithm: 1, version: 0 }],
    ['i', 19, { algorithm: 1, version: 1 }],
    ['id', 16, { algorithm: 2, version: 0 }],
    ['id', 19, { algorithm: 2, version: 1 }],
  ] as const)(
    'argon2%s of version %i has the numbers of the package and the right bytes',
    async (variant, version, numbers) => {
      const { module, calls } = fakeModule()
      const job = { ...JOB, variant, version }
      const bytes = await nodeRsArgon2(module).compute(job)
      expect(calls).toMatchObject([{ options: numbers }])
      expect(hex(bytes)).toBe(hex(await computeArgon2(job)))
    },
  )

  test('verifies digests in a registry, which tries it first', async () => {
    const { module, calls } = fakeModule()
    const registry = createRegistry({ equalize: false, engines: { argon2: nodeRsArgon2(module) } })
    expect(await registry.verify('test', DIGEST)).toBe(true)
    expect(await registry.verify('Test', DIGEST)).toBe(false)
    expect(calls).toHaveLength(4)
  })

  test('verifies nothing where its module answers wrongly', async () => {
    const module = { hashRaw: () => Promise.resolve(new Uint8Array(32)) }
    const registry = createRegistry({ equalize: false, engines: { argon2: nodeRsArgon2(module) } })
    await expect(registry.verify('test', DIGEST)).rejects.toMatchObject({ code: 'ERR_ENGINE_FAILED' })
  })
})

interface Call {
  readonly password: Uint8Array
  readonly options: Options
}

/** A module with the API of `@node-rs/argon2` that computes with the argon2 package, and records its arguments. */
function fakeModule(): { readonly module: NodeRsArgon2; readonly calls: readonly Call[] } {
  const calls: Call[] = []
  const hashRaw: NodeRsArgon2['hashRaw'] = (password, options) => {
    const salt = Buffer.from(options.salt)
    calls.push({ password: Buffer.from(password), options: { ...options, salt } })
    return argon2.hash(Buffer.from(password), {
      raw: true,
      salt,
      type: [argon2.argon2d, argon2.argon2i, argon2.argon2id][options.algorithm] ?? argon2.argon2d,
      version: options.version === 0 ? 16 : 19,
      memoryCost: options.memoryCost,
      timeCost: options.timeCost,
      parallelism: options.parallelism,
      hashLength: options.outputLen,
    })
  }
  return { module: { hashRaw }, calls }
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}
