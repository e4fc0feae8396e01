import { describe, expect, test, vi } from 'vitest'
import type { Password } from './password.js'
import type { Replacement } from './api.js'
import { createRegistry, createSignIn } from '../default.js'
import { readVectorFolder } from '../conformance/vector-files.js'
import { createRuntime } from '../runtime/runtime.js'
import { bcryptTarget } from '../targets/bcrypt.js'

// These tests give passwords as bytes that are overwritten, shared or transferred away. The runtime has one place, so that
// nearly every job waits, and the caller has long overwritten the password when the job starts.

const registry = createRegistry({
  runtime: createRuntime({ concurrency: 1 }),
  target: bcryptTarget({ cost: 10 }),
  equalize: false,
})
const { evaluate, hash, matchBackupCode } = registry
const verify: typeof registry.verify = (password, digest, options) =>
  registry.verify(password, digest, { context: CONTEXT, ...options })

// The name of the user in the vectors that are taken, where a digest is checked with it.
const CONTEXT = { username: 'ada' }
const BCRYPT = '$2b$04$dLUN5fvDh9vaWmiRSUp5puhSnUQ7VygbIKLumNbYA8oUZ.GcS/NEe'

interface Check {
  readonly password: string
  readonly digest: string
  readonly hasher: string
}

/** The cheapest valid vector of every hasher with a password of ASCII. For some of them only a second reading matches. */
const CHECKS: readonly Check[] = (await readVectorFolder('vectors')).map(({ hasher, groups }) => {
  const checks = groups
    .flatMap(({ tests }) => tests)
    .flatMap(({ password, digest, result, context = CONTEXT }) =>
      result === 'valid' && /^[!-~]+$/.test(password ?? '') && context.username === CONTEXT.username
        ? [{ password: password ?? '', digest, hasher }]
        : [],
    )
  const costOf = ({ digest }: Check): number => {
    const parsed = registry.parse(digest, { hasher })
    return parsed.outcome === 'parsed' ? parsed.cost.milliseconds : Infinity
  }
  return checks.toSorted((first, second) => costOf(first) - costOf(second))[0] ?? expect.fail(hasher)
})

const utf8 = (text: string): Uint8Array<ArrayBuffer> => Uint8Array.from(Buffer.from(text))

/** Calls a function with a password's bytes, and overwrites the bytes before any work can have been done. */
function overwritten<T>(text: string, call: (password: Password) => Promise<T>): Promise<T> {
  const bytes = utf8(text)
  const promise = call(bytes)
  bytes.fill(0)
  return promise
}

describe('a password whose bytes are overwritten at once', () => {
  test('is checked as it was given', async () => {
    const answers = CHECKS.flatMap(({ password, digest, hasher }) => [
      overwritten(password, (bytes) => verify(bytes, digest, { hasher })),
      overwritten('wrong', (bytes) => verify(bytes, digest, { hasher })),
      // The bytes of zero that overwrote the password must not match.
      verify(new Uint8Array(password.length), digest, { hasher }),
    ])
    expect(await Promise.all(answers)).toEqual(CHECKS.flatMap(() => [true, false, false]))
  })

  test('gets a new digest or a replacement as it was given', async () => {
    const rehash = vi.fn<(next: Replacement) => void>()
    const digests = [
      overwritten('a password', hash),
      overwritten('x'.repeat(100), hash),
      overwritten('password', async (bytes) => {
        await evaluate(bytes, '5f4dcc3b5aa765d61d8327deb882cf99', { rehash })
        return rehash.mock.lastCall?.[0].digest ?? 'none'
      }),
    ]
    const [short, long, replaced] = await Promise.all(digests)
    expect(await verify('a password', short)).toBe(true)
    expect(await verify('x'.repeat(100), long)).toBe(true)
    expect(await verify('password', replaced)).toBe(true)
  })

  test('signs in as it was given, even if finding the account takes long', async () => {
    const account = { digest: BCRYPT }
    const find = (): Promise<typeof account> =>
      new Promise((resolve) => {
        setTimeout(resolve, 20, account)
      })
    const signIn = createSignIn({ registry, find, replaceDigest: () => true })
    expect(await overwritten('a', (bytes) => signIn('id', bytes))).toBe(account)
    expect(await overwritten('b', (bytes) => signIn('id', bytes))).toBeNull()
  })

  test('matches a backup code as it was given', async () => {
    const stored = ['other', BCRYPT, 'plain']
    expect(await overwritten('a', (bytes) => matchBackupCode(bytes, stored))).toBe(1)
    expect(await overwritten('plain', (bytes) => matchBackupCode(bytes, stored))).toBe(2)
    expect(await overwritten('none', (bytes) => matchBackupCode(bytes, stored))).toBeNull()
  })
})

describe("the bytes of a caller's password", () => {
  test('are unchanged after every call', async () => {
    for (const { password, digest, hasher } of CHECKS) {
      const bytes = utf8(password)
      await verify(bytes, digest, { hasher })
      expect(bytes).toEqual(utf8(password))
    }
    const bytes = utf8('a password')
    await hash(bytes)
    expect(bytes).toEqual(utf8('a password'))
  })

  test.each<[string, (text: string) => Uint8Array]>([
    [
      'shared memory',
      (text) => {
        const shared = new Uint8Array(new SharedArrayBuffer(text.length))
        shared.set(utf8(text))
        return shared
      },
    ],
    ['the middle of a larger buffer', (text) => utf8(`xx${text}xx`).subarray(2, -2)],
    ["Node's pool of buffers", (text) => Buffer.from(text)],
  ])('may stand in %s', async (_, place) => {
    const answers = CHECKS.flatMap(({ password, digest, hasher }) => {
      const bytes = place(password)
      const answer = verify(bytes, digest, { hasher })
      bytes.fill(0)
      return [answer, verify(place('wrong'), digest, { hasher })]
    })
    expect(await Promise.all(answers)).toEqual(CHECKS.flatMap(() => [true, false]))
  })

  test('are refused where they were transferred away, and not read as the empty password', async () => {
    const empty = await hash('')
    const gone = utf8('password')
    structuredClone(gone, { transfer: [gone.buffer] })
    for (const digest of [empty, null, ...CHECKS.map(({ digest }) => digest)]) {
      await expect(verify(gone, digest)).rejects.toThrow(TypeError)
    }
    await expect(hash(gone)).rejects.toThrow(TypeError)
    await expect(matchBackupCode(gone, [''])).rejects.toThrow(TypeError)
    expect(await verify(new Uint8Array(0), empty)).toBe(true)
  })

  test('may be transferred away during the check', async () => {
    const answers = CHECKS.map(({ password, digest, hasher }) => {
      const bytes = utf8(password)
      const answer = verify(bytes, digest, { hasher })
      structuredClone(bytes, { transfer: [bytes.buffer] })
      return answer
    })
    expect(await Promise.all(answers)).toEqual(CHECKS.map(() => true))
  })
})
