import { describe, expect, test, vi } from 'vitest'
import { bcryptTarget, createRegistry, OverloadedError } from '../index.js'
import type { Registry } from '../core.js'
import { emailOf, startApplication } from './better-auth.fixture.js'
import type { Application, ApplicationOptions } from './better-auth.fixture.js'
import { createBetterAuth } from './better-auth.js'
import { functionOf, loadFunction, read } from './framework.fixture.js'

const PASSWORD = 'correct horse battery staple'
const MD5_OF_PASSWORD = '9cc2ae8a1ba7a93da39b46fc1019c481'
const MD5_OF_NOTHING = 'd41d8cd98f00b204e9800998ecf8427e'
const NEW = /^\$2b\$10\$/

// The default target costs more, and the tests make many digests.
const target = bcryptTarget({ cost: 10 })
const registry = createRegistry({ target })
const converging = createRegistry({ target, policy: 'converge' })

async function start(
  users: Readonly<Record<string, string | null>>,
  options: Omit<ApplicationOptions, 'database'> = { registry },
): Promise<Application> {
  const memoryAdapter = await loadFunction('better-auth/adapters/memory', 'memoryAdapter')
  const database = memoryAdapter({ user: [], account: [], session: [], verification: [] })
  const application = await startApplication({ database, ...options })
  for (const [name, digest] of Object.entries(users)) await application.importUser(name, digest)
  return application
}

/** A registry that does something before the answer of each check of a digest is known. */
function during(work: () => Promise<void>): Registry {
  return {
    ...registry,
    evaluate: async (password, digest, options = {}) => {
      const { rehash } = options
      if (rehash === undefined) return registry.evaluate(password, digest, options)
      return registry.evaluate(password, digest, {
        ...options,
        rehash: async (next) => {
          await work()
          return rehash(next)
        },
      })
    },
  }
}

describe('an application of better-auth', () => {
  test.each([
    [
      'Django',
      PASSWORD,
      'pbkdf2_sha256$100$T5hYcJ9pBn3Ds7Gf1VaEuK$Ya0EWre1tlM5wWlkfC2DjeugnF2DxkudTcs78M06Jec=',
    ],
    ['WordPress', 'test12345', '$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0'],
    [
      'Firebase',
      'user1password',
      'lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==$42xEC+ixf3L2lw==$jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==$Bw==$8$14',
    ],
  ])(
    'signs in users of %s by e-mail and by user name, and a wrong password never',
    async (_, password, digest) => {
      const { signIn, send, readDigest } = await start({ ada: digest }, { registry: converging })
      expect(await signIn('ada', 'a wrong password')).toBe(401)
      expect(await readDigest('ada')).toBe(digest)
      const answer = await send('/sign-in/username', { username: 'ada', password })
      expect(answer.status).toBe(200)
      expect(await answer.text()).not.toContain('$')
      expect(await readDigest('ada')).toMatch(NEW)
      expect(await signIn('ada', password)).toBe(200)
      expect(await signIn('ada', 'a wrong password')).toBe(401)
    },
  )

  test('gives two accounts of one md5 two digests, each at its own sign-in', async () => {
    const { signIn, readDigest } = await start({ ada: MD5_OF_PASSWORD, bob: MD5_OF_PASSWORD })
    expect(await signIn('bob', PASSWORD)).toBe(200)
    expect(await readDigest('ada')).toBe(MD5_OF_PASSWORD)
    expect(await signIn('ada', PASSWORD)).toBe(200)
    const [ada, bob] = [await readDigest('ada'), await readDigest('bob')]
    expect([ada, bob]).toEqual([expect.stringMatching(NEW), expect.stringMatching(NEW)])
    expect(ada).not.toBe(bob)
  })

  test('gives accounts of one md5 that sign in at once two digests', async () => {
    const { signIn, readDigest } = await start({ ada: MD5_OF_PASSWORD, bob: MD5_OF_PASSWORD })
    expect(await Promise.all(['ada', 'bob', 'ada'].map((name) => signIn(name, PASSWORD)))).toEqual([
      200, 200, 200,
    ])
    expect(await readDigest('ada')).not.toBe(await readDigest('bob'))
    expect(await signIn('ada', PASSWORD)).toBe(200)
  })

  test('keeps its own digests, which its own scrypt still reads', async () => {
    const plain = await start({}, {})
    await plain.send('/sign-up/email', { email: emailOf('ada'), name: 'Ada', password: PASSWORD })
    const account = await functionOf(read(plain.context, 'adapter'), 'findMany')({ model: 'account' })
    const own: unknown = Array.isArray(account) ? read(account[0], 'password') : undefined
    if (typeof own !== 'string') throw new Error('better-auth stored no digest.')
    const { signIn, readDigest } = await start({ ada: own })
    expect(await signIn('ada', PASSWORD)).toBe(200)
    expect(await signIn('ada', 'a wrong password')).toBe(401)
    expect(await readDigest('ada')).toBe(own)
  })

  test('stores new passwords as the registry makes them', async () => {
    const { send, signIn, reset, readDigest } = await start({ ada: MD5_OF_PASSWORD })
    await reset('ada', 'a new password')
    expect(await readDigest('ada')).toMatch(NEW)
    expect(await signIn('ada', 'a new password')).toBe(200)
    expect(await signIn('ada', PASSWORD)).toBe(401)
    const answer = await send('/sign-up/email', { email: emailOf('bob'), name: 'Bob', password: PASSWORD })
    expect(answer.status).toBe(200)
    expect(await signIn('bob', PASSWORD)).toBe(200)
  })
})

test('a data base that refuses the new digest does not undo the sign-in, and the error is reported', async () => {
  const onRehashError = vi.fn()
  const application = await start(
    { ada: MD5_OF_PASSWORD },
    { registry: createRegistry({ target, onRehashError }) },
  )
  const adapter = read(application.context, 'adapter')
  const failure = new Error('the data base is read-only')
  if (typeof adapter !== 'object' || adapter === null) throw new TypeError('There is no adapter.')
  Object.assign(adapter, { updateMany: () => Promise.reject(failure) })
  expect(await application.signIn('ada', PASSWORD)).toBe(200)
  expect(onRehashError).toHaveBeenCalledExactlyOnceWith(failure)
  expect(await application.readDigest('ada')).toBe(MD5_OF_PASSWORD)
})

describe('a reset during the sign-in', () => {
  test.each([['email'], ['username']])('keeps the old password out: by %s', async (by) => {
    const parts: { application?: Application } = {}
    const application = await start(
      { ada: MD5_OF_PASSWORD },
      { registry: during(async () => parts.application?.reset('ada', 'a new password')) },
    )
    parts.application = application
    const name = by === 'email' ? emailOf('ada') : 'ada'
    const answer = await application.send(`/sign-in/${by}`, { [by]: name, password: PASSWORD })
    expect(answer.status).toBe(401)
    expect(answer.headers.get('set-cookie')).toBeNull()
    expect(await application.signIn('ada', PASSWORD)).toBe(401)
    expect(await application.signIn('ada', 'a new password')).toBe(200)
  })

  test('to the same password signs in', async () => {
    const parts: { application?: Application } = {}
    const application = await start(
      { ada: MD5_OF_PASSWORD },
      { registry: during(async () => parts.application?.reset('ada', PASSWORD)) },
    )
    parts.application = application
    expect(await application.signIn('ada', PASSWORD)).toBe(200)
  })

  test('is not lost where the second check fails: the sign-in fails too', async () => {
    const parts: { application?: Application } = {}
    const full = new OverloadedError('ERR_OVERLOADED', 'full')
    const application = await start(
      { ada: MD5_OF_PASSWORD },
      {
        registry: {
          ...during(async () => parts.application?.reset('ada', 'a new password')),
          verify: () => Promise.reject(full),
        },
      },
    )
    parts.application = application
    expect(await application.signIn('ada', PASSWORD)).toBe(503)
  })
})

describe('what tells an account from none', () => {
  test('is not the number of computations: a missing user costs one, as a wrong password does', async () => {
    const counting = { ...registry, evaluate: vi.fn(registry.evaluate), hash: vi.fn(registry.hash) }
    const { signIn, send } = await start(
      { ada: MD5_OF_PASSWORD, eve: null, mal: '!' },
      { registry: counting },
    )
    const count = async (work: () => Promise<unknown>): Promise<number> => {
      counting.evaluate.mockClear()
      counting.hash.mockClear()
      await work()
      return counting.evaluate.mock.calls.length + counting.hash.mock.calls.length
    }
    for (const name of ['ada', 'eve', 'mal', 'nobody']) {
      expect(await count(() => signIn(name, 'a wrong password')), name).toBe(1)
    }
    for (const username of ['ada', 'mal', 'nobody']) {
      const wrong = { username, password: 'a wrong password' }
      expect(await count(() => send('/sign-in/username', wrong)), username).toBe(1)
    }
  })

  test.each([
    ['an empty password', ''],
    ['nothing but NULs', '\0\0\0'],
    ['half of a surrogate pair', '\ud83d'],
  ])('is not the answer to %s', async (_, password) => {
    const { send } = await start({ ada: MD5_OF_NOTHING })
    const [there, missing] = await Promise.all(
      ['ada', 'nobody'].map((name) => send('/sign-in/email', { email: emailOf(name), password })),
    )
    expect([there?.status, missing?.status]).toEqual([400, 400])
    expect(await there?.text()).toBe(await missing?.text())
  })

  test('is not the answer of a full queue, which is 503 with Retry-After', async () => {
    const full = new OverloadedError('ERR_OVERLOADED', 'full')
    const { send } = await start(
      { ada: MD5_OF_PASSWORD },
      { registry: { ...registry, evaluate: () => Promise.reject(full), hash: () => Promise.reject(full) } },
    )
    for (const name of ['ada', 'nobody']) {
      const answer = await send('/sign-in/email', { email: emailOf(name), password: PASSWORD })
      expect(answer.status).toBe(503)
      expect(answer.headers.get('retry-after')).toBe('1')
    }
  })
})

describe('the plugin', () => {
  test('is needed for a replacement, and not for a check', async () => {
    const { signIn, readDigest } = await start({ ada: MD5_OF_PASSWORD }, { registry, plugin: false })
    expect(await signIn('ada', PASSWORD)).toBe(200)
    expect(await signIn('ada', 'a wrong password')).toBe(401)
    expect(await readDigest('ada')).toBe(MD5_OF_PASSWORD)
  })

  test('replaces nothing where one request has read two accounts of one digest', async () => {
    const { plugin } = createBetterAuth(registry)
    const updateMany = vi.fn()
    const accounts = [1, 2].map((id) => ({ id, password: MD5_OF_PASSWORD }))
    const answer = await plugin.hooks.before[0]?.handler({
      context: {
        adapter: { findOne: vi.fn(), updateMany },
        internalAdapter: { findAccounts: () => accounts },
      },
    })
    const watched = read(read(answer, 'context'), 'context')
    await functionOf(read(watched, 'internalAdapter'), 'findAccounts')('ada')
    const verify = functionOf(read(watched, 'password'), 'verify')
    expect(await verify({ hash: MD5_OF_PASSWORD, password: PASSWORD })).toBe(true)
    expect(updateMany).not.toHaveBeenCalled()
  })

  test('refuses a context that is not that of better-auth 1.7', () => {
    const { plugin } = createBetterAuth(registry)
    expect(() => plugin.hooks.before[0]?.handler({ context: {} })).toThrow(
      'needs the context of better-auth 1.7',
    )
  })

  test('leaves requests without a body alone', () => {
    const { plugin } = createBetterAuth(registry)
    expect(plugin.hooks.before.map(({ matcher }) => [matcher({}), matcher({ body: {} })])).toEqual([
      [false, true],
    ])
  })
})
