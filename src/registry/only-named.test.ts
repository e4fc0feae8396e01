import { expect, test, vi } from 'vitest'
import { createRegistry } from '../default.js'
import { textOf } from '../formats/fields.js'
import { isHex } from '../formats/hex.js'
import { defineHasher } from '../hasher/hasher.js'
import { decodeHex } from '../formats/hex.js'
import { malformed } from '../formats/problem.js'
import { md5 } from '../hashers/bare-hex.js'
import { messageDigest } from '../platform/node.js'

// These digests are MD5 of `password` and of `PASSWORD`.
const MD5 = '5f4dcc3b5aa765d61d8327deb882cf99'
const UPPER = '319f4d26e3c536b5dd871bb2c52e3178'

/** Derives MD5 of the password in capitals. Such digests look like those of `md5`. */
const derive = vi.fn((password: Uint8Array) =>
  Promise.resolve(messageDigest('md5', Buffer.from(Buffer.from(password).toString().toUpperCase()))),
)
const upper = defineHasher<null>({
  name: 'md5_upper',
  standing: 'insecure',
  example: UPPER,
  onlyNamed: true,
  lengths: [32],
  identify: (digest) => isHex({ text: digest, start: 0, end: digest.length }),
  parse: (rest) => {
    const checksum = decodeHex(rest)
    if (typeof checksum === 'string') return malformed(checksum, 'checksum')
    return [{ params: null, salt: new Uint8Array(0), checksum }]
  },
  describe: () => ({}),
  cost: () => ({ milliseconds: 1, bytes: 0, lanes: 1 }),
  derive,
})
const prefixed = defineHasher<null>({
  name: 'prefixed',
  standing: 'insecure',
  example: 'prefixed$',
  prefixes: ['prefixed$'],
  onlyNamed: true,
  parse: (rest) => [
    { params: null, salt: new Uint8Array(0), checksum: Uint8Array.from(Buffer.from(textOf(rest))) },
  ],
  describe: () => ({}),
  cost: () => ({ milliseconds: 1, bytes: 0, lanes: 1 }),
  derive: (password) => Promise.resolve(Uint8Array.from(password)),
})
const registry = createRegistry({ hashers: [upper, prefixed, md5], equalize: false })

test('a hasher that reads only rows which name it is in no answer of identify', () => {
  expect(registry.identify(UPPER)).toEqual(['md5'])
  expect(registry.identify('prefixed$x')).toEqual([])
  expect(registry.hashers.map(({ name }) => name)).toContain('md5_upper')
})

test('a hasher that reads only rows which name it is not tried where the row names none or another', async () => {
  derive.mockClear()
  expect(await registry.verify('password', UPPER)).toBe(false)
  expect(await registry.verify('password', UPPER, { hasher: 'md5' })).toBe(false)
  expect(await registry.verify('password', UPPER, { hasher: 'bcrypt' })).toBe(false)
  expect(await registry.evaluate('x', 'prefixed$x')).toMatchObject({ outcome: 'unknown' })
  expect(await registry.evaluate('x', 'prefixed$x', { hasher: 'bcrypt' })).toMatchObject({
    outcome: 'malformed',
    hasher: 'bcrypt',
  })
  expect(derive).not.toHaveBeenCalled()
})

test('a hasher that reads only rows which name it is the only one that is tried where a row names it', async () => {
  expect(await registry.evaluate('password', UPPER, { hasher: 'md5_upper' })).toMatchObject({
    outcome: 'match',
    hasher: 'md5_upper',
  })
  expect(await registry.verify('password', MD5, { hasher: 'md5_upper' })).toBe(false)
  expect(await registry.verify('x', 'prefixed$x', { hasher: 'prefixed' })).toBe(true)
  expect(registry.parse(UPPER, { hasher: 'md5_upper' })).toMatchObject({
    outcome: 'parsed',
    hasher: 'md5_upper',
  })
})

test('a hasher that reads only rows which name it matches no backup code, and its digests are no codes', async () => {
  derive.mockClear()
  expect(await registry.matchBackupCode('password', [UPPER, MD5])).toBeNull()
  expect(await registry.matchBackupCode(UPPER, [UPPER])).toBeNull()
  // `code-1` is no digest of the hasher, so it is a plain code.
  expect(await registry.matchBackupCode('code-1', ['code-1'])).toBe(0)
  expect(derive).not.toHaveBeenCalled()
})

test('the text of a digest that is read only in rows which name its hasher is no backup code', async () => {
  const tagged = defineHasher<null>({
    name: 'tagged',
    standing: 'insecure',
    example: 'T-5f4dcc3b5aa765d6',
    onlyNamed: true,
    prefixes: ['T-'],
    parse: () => malformed('length', 'checksum'),
    describe: () => ({}),
    cost: () => ({ milliseconds: 1, bytes: 0, lanes: 1 }),
    derive,
  })
  const entry = 'T-5f4dcc3b5aa765d6'
  const without = createRegistry({ hashers: [md5] })
  const registry = createRegistry({ hashers: [md5, tagged] })
  expect(await without.matchBackupCode(entry, [entry])).toBe(0)
  expect(await registry.matchBackupCode(entry, [entry])).toBeNull()
})
