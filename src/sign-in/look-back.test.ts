import { createHash } from 'node:crypto'
import bcryptjs from 'bcryptjs'
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest'
import type { Registry, Replacement } from '../registry/api.js'
import { createRegistry } from '../default.js'
import { createSignIn } from './sign-in.js'
import type { SignInOptions } from './api.js'
import type { Target } from '../hasher/target.js'
import { bcryptTarget } from '../targets/bcrypt.js'

const MD5_OF_PASSWORD = '5f4dcc3b5aa765d61d8327deb882cf99'
const MD5_OF_TEST = '098f6bcd4621d373cade4e832627b4f6'
const NEW_DIGEST = await bcryptjs.hash('password', 4)

interface User {
  readonly digest: string | null
  readonly hasher?: string | null
}

/** A table with one row, whose store answers replacements as the test says. */
function tableOf(first: User | null, replace: SignInOptions<1, User>['replaceDigest'] = () => true) {
  let row = first
  const find = vi.fn(() => Promise.resolve(row))
  const replaceDigest = vi.fn(replace)
  const set = (next: User | null): void => {
    row = next
  }
  return { find, replaceDigest, set, row: () => row }
}

const hash = vi.fn<Target['hash']>(() => Promise.resolve({ digest: NEW_DIGEST, hasher: 'bcrypt' }))
const registry = createRegistry({ target: { ...bcryptTarget({ cost: 10 }), hash }, equalize: false })
const evaluate = vi.fn(registry.evaluate)
const watched: Registry = { ...registry, evaluate }

const emitWarning = vi.spyOn(process, 'emitWarning')
const warnings = (): unknown[] =>
  emitWarning.mock.calls.map(([, options]: readonly unknown[]) =>
    typeof options === 'object' && options !== null && 'code' in options ? options.code : undefined,
  )

beforeEach(() => {
  emitWarning.mockImplementation(() => undefined)
})

afterEach(() => {
  vi.clearAllMocks()
})

function signInWith({ find, replaceDigest }: ReturnType<typeof tableOf>, options: object = {}) {
  return createSignIn({ registry: watched, find, replaceDigest, ...options })
}

describe('after a replacement was handed over', () => {
  test.each([
    ['digest and hasher', { digest: NEW_DIGEST, hasher: 'bcrypt' }],
    ['the digest, in a table without hashers', { digest: NEW_DIGEST }],
    ['the hasher in another spelling', { digest: NEW_DIGEST, hasher: 'BCRYPT ' }],
  ])('a row that holds %s signs in without a second check', async (_, stored) => {
    const table = tableOf({ digest: MD5_OF_PASSWORD, hasher: 'md5' }, () => {
      table.set(stored)
      return true
    })
    expect(await signInWith(table)(1, 'password')).toBe(stored)
    expect(table.find).toHaveBeenCalledTimes(2)
    expect(evaluate).toHaveBeenCalledOnce()
    expect(warnings()).toEqual([])
  })

  test('an old name of a hasher beside the new digest causes a second check, and signs in', async () => {
    const table = tableOf({ digest: MD5_OF_PASSWORD, hasher: 'md5' }, (account, next) => {
      table.set({ ...account, digest: next.digest })
      return true
    })
    const signIn = signInWith(table, { registry: createRegistry({ equalize: false }) })
    expect(await signIn(1, 'password')).toMatchObject({ hasher: 'md5' })
    expect(await signIn(1, 'password')).toMatchObject({ hasher: 'md5' })
    expect(await signIn(1, 'Password')).toBeNull()
  })

  test('an old name that is the beginning of the new one is no cut name, and the new digest stays', async () => {
    const checksum = createHash('sha256').update('password').digest('hex')
    const made = `bcrypt_sha256$${await bcryptjs.hash(checksum, 4)}`
    hash.mockResolvedValueOnce({ digest: made, hasher: 'bcrypt_sha256_django' })
    const table = tableOf({ digest: NEW_DIGEST, hasher: 'bcrypt' }, (account, { digest }) => {
      table.set({ ...account, digest })
      return true
    })
    expect(await signInWith(table)(1, 'password')).toEqual({ digest: made, hasher: 'bcrypt' })
    expect(table.replaceDigest).toHaveBeenCalledOnce()
    expect(warnings()).toEqual([])
  })

  test.each([
    ['false', () => false, ['PASSLIFT_SWAP_MISSED']],
    ['a count', () => Promise.resolve(Object(0)), ['PASSLIFT_SWAP_MISSED']],
    ['true', () => true, []],
  ])(
    'a store that changed nothing and answers %s signs in without a second check',
    async (_, replace, codes) => {
      const table = tableOf({ digest: MD5_OF_PASSWORD, hasher: 'md5' }, replace)
      const signIn = signInWith(table)
      expect(await signIn(1, 'password')).toBe(table.row())
      expect(await signIn(1, 'password')).toBe(table.row())
      expect(evaluate).toHaveBeenCalledTimes(2)
      expect(hash).toHaveBeenCalledTimes(2)
      expect(warnings()).toEqual(codes)
    },
  )

  test.each([
    ['false', () => false],
    ['true', () => true],
    [
      'nothing, and throws',
      () => {
        throw new Error('no connection')
      },
    ],
  ])(
    'a password that was reset meanwhile does not sign in, though the store answers %s',
    async (_, answer) => {
      const table = tableOf({ digest: MD5_OF_PASSWORD, hasher: 'md5' }, () => {
        table.set({ digest: MD5_OF_TEST, hasher: 'md5' })
        return answer()
      })
      expect(await signInWith(table)(1, 'password')).toBeNull()
      expect(evaluate).toHaveBeenCalledTimes(2)
    },
  )

  test.each([
    ['an account that was deleted', null],
    ['an account that was locked', { digest: `!${MD5_OF_PASSWORD}`, hasher: 'md5' }],
    ['an account whose password was removed', { digest: '', hasher: 'md5' }],
  ])('%s does not sign in, and is left as it is', async (_, stored) => {
    const table = tableOf({ digest: MD5_OF_PASSWORD, hasher: 'md5' }, () => {
      table.set(stored)
      return true
    })
    expect(await signInWith(table)(1, 'password')).toBeNull()
    expect(table.replaceDigest).toHaveBeenCalledOnce()
  })

  test('an account that its store changes in place is compared as it was found', async () => {
    const account = { digest: MD5_OF_PASSWORD, hasher: 'md5' }
    const replaceDigest = (found: { digest: string; hasher: string }, next: Replacement): boolean => {
      found.digest = next.digest
      found.hasher = next.hasher
      return true
    }
    const signIn = createSignIn({ registry: watched, find: () => account, replaceDigest })
    expect(await signIn(1, 'password')).toBe(account)
    expect(evaluate).toHaveBeenCalledOnce()
    expect(warnings()).toEqual([])
  })
})

describe('a column too narrow for a replacement', () => {
  const narrow = (cut: (digest: string) => string) => {
    const table = tableOf({ digest: MD5_OF_PASSWORD, hasher: 'md5' }, (_, { digest, hasher, replaces }) => {
      if (table.row()?.digest !== replaces) return false
      table.set({ digest: cut(digest), hasher })
      return true
    })
    return table
  }

  test.each([
    ['cuts it', (digest: string) => digest.slice(0, 40)],
    [
      'cuts it and fills it up',
      (digest: string) => (digest.length > 40 ? `${digest.slice(0, 40)}          ` : digest),
    ],
  ])('that %s gets the old digest back, and no digest is replaced any more', async (_, cut) => {
    const table = narrow(cut)
    const old = table.row()
    const signIn = signInWith(table)
    expect(await signIn(1, 'password')).toBe(old)
    expect(table.row()).toEqual(old)
    expect(warnings()).toEqual(['PASSLIFT_DIGEST_CUT'])
    expect(await signIn(1, 'password')).toEqual(old)
    expect(await signIn(1, 'Password')).toBeNull()
    expect(table.replaceDigest).toHaveBeenCalledTimes(2)
    expect(warnings()).toEqual(['PASSLIFT_DIGEST_CUT'])
  })

  test('lets the user sign in though the old digest cannot be put back', async () => {
    const table = narrow((digest) => digest.slice(0, 40))
    const [replace] = [table.replaceDigest.getMockImplementation()]
    table.replaceDigest.mockImplementation((account, next) => {
      if (next.digest === MD5_OF_PASSWORD) throw new Error('no connection')
      return replace?.(account, next) ?? false
    })
    expect(await signInWith(table)(1, 'password')).toMatchObject({ digest: MD5_OF_PASSWORD })
    expect(warnings()).toEqual(['PASSLIFT_DIGEST_CUT'])
    expect(String(emitWarning.mock.lastCall?.[0])).toContain('could not be put back')
  })

  test('gets the old hasher back where it cuts the name of the new one', async () => {
    const old = { digest: MD5_OF_PASSWORD, hasher: 'md5' }
    const table = tableOf(old, (_, { digest, hasher, replaces }) => {
      if (table.row()?.digest !== replaces) return false
      table.set({ digest, hasher: hasher.slice(0, 5) })
      return true
    })
    const signIn = signInWith(table)
    expect(await signIn(1, 'password')).toBe(old)
    expect(table.row()).toEqual(old)
    expect(warnings()).toEqual(['PASSLIFT_DIGEST_CUT'])
    expect(String(emitWarning.mock.lastCall?.[0])).toContain('was put back')
  })

  test.each([
    ['bcrypt', '$2b$04$zzzzzzzzzzzzzzzzzzzzzu1234567', { digest: NEW_DIGEST, hasher: 'bcrypt' }],
    [
      'bcrypt_sha256_django',
      'bcrypt_sha256$$2b$04$zzzzzzzzzzzzzzzz',
      { digest: `bcrypt_sha256$${NEW_DIGEST}`, hasher: 'bcrypt_sha256_django' },
    ],
  ])(
    'is not the reason of a digest that a reset stored and cut, and the old password does not sign in: %s',
    async (hasher, cut, made) => {
      hash.mockResolvedValueOnce(made)
      const table = tableOf({ digest: MD5_OF_PASSWORD, hasher: 'md5' }, () => {
        table.set({ digest: cut, hasher })
        return true
      })
      expect(await signInWith(table)(1, 'password')).toBeNull()
      expect(table.replaceDigest).toHaveBeenCalledOnce()
    },
  )
})

describe("with lookBack: 'always'", () => {
  const kept = { digest: NEW_DIGEST, hasher: 'bcrypt' }
  // The digest has the target's cost, so that it is not replaced.
  const sound = createRegistry({
    target: { ...bcryptTarget({ cost: 10 }), cost: () => ({ milliseconds: 0.1, bytes: 0, lanes: 1 }) },
    equalize: false,
  })
  const signInTo = (table: ReturnType<typeof tableOf>) =>
    signInWith(table, { registry: sound, lookBack: 'always' })

  test('the account is found again after a match that replaces nothing', async () => {
    const table = tableOf(kept)
    expect(await signInTo(table)(1, 'password')).toBe(kept)
    expect(table.find).toHaveBeenCalledTimes(2)
  })

  test('an account that was locked during the check does not sign in', async () => {
    const table = tableOf(kept)
    table.find.mockResolvedValueOnce(kept)
    table.set({ ...kept, digest: `!${NEW_DIGEST}` })
    expect(await signInTo(table)(1, 'password')).toBeNull()
  })

  test('the account is found once for a wrong password', async () => {
    const table = tableOf(kept)
    expect(await signInTo(table)(1, 'Password')).toBeNull()
    expect(table.find).toHaveBeenCalledOnce()
  })
})

describe('the account that find gives', () => {
  const signInTo = (found: unknown): unknown => {
    const create: (options: never) => unknown = createSignIn
    const options = { registry, find: () => found, replaceDigest: () => true }
    const signIn: unknown = Reflect.apply(create, undefined, [options])
    if (typeof signIn !== 'function') throw new Error('A function was expected.')
    return Reflect.apply(signIn, undefined, [1, 'password'])
  }

  test.each([
    ['a row whose column has another name', { password: MD5_OF_PASSWORD }],
    ['a list of rows', [{ digest: MD5_OF_PASSWORD }]],
    ['an empty list', []],
    ['a result that holds rows', { rows: [{ digest: MD5_OF_PASSWORD }] }],
    ['a text', MD5_OF_PASSWORD],
    ['a number', 1],
  ])('is refused with an error that says so: %s', async (_, found: unknown) => {
    const pending = signInTo(found)
    await expect(pending).rejects.toThrow(TypeError)
    await expect(pending).rejects.toThrow(/^find (?:gave|must give) an account/)
    await expect(pending).rejects.not.toThrow(/5f4d/)
  })

  test.each([
    ['null', { digest: null }],
    ['undefined', { digest: undefined }],
  ])('has no password where its digest is %s', async (_, account) => {
    const signIn = createSignIn({ registry, find: () => account, replaceDigest: () => true })
    expect(await signIn(1, 'password')).toBeNull()
  })

  test('may be a model whose class has the properties', async () => {
    class Model {
      get digest(): string {
        return MD5_OF_PASSWORD
      }
    }
    const account = new Model()
    const signIn = createSignIn({ registry, find: () => account, replaceDigest: () => true })
    expect(await signIn(1, 'password')).toBe(account)
  })

  test('has no digest from a polluted prototype', async () => {
    Object.defineProperty(Object.prototype, 'digest', { value: MD5_OF_PASSWORD, configurable: true })
    try {
      await expect(signInTo({ hasher: 'md5' })).rejects.toThrow(TypeError)
    } finally {
      Reflect.deleteProperty(Object.prototype, 'digest')
    }
  })
})
