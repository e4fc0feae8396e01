import { describe, expect, test } from 'vitest'
import { roundsOf, shareOf } from '../../conformance/share.fixture.js'
import { decodeCrypt } from '../../formats/crypt.js'
import { fieldOf } from '../../formats/fields.js'
import { cryptDigest } from '../crypt-loops.js'
import { CRYPT_DIGEST_VARIANTS } from '../kinds/crypt-digest.js'
import { createCryptDigestKernel } from './crypt-digest.js'
import type { CryptDigest } from './crypt-digest.js'
import { crypt, hex, modules, pick, random, randomBytes, range, SEED, watch } from './kernels.fixture.js'

const kernel = createCryptDigestKernel(modules.cryptDigest)
const ITOA64 = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const base = { password: Buffer.from('correct horse'), salt: Buffer.from('saltsalt'), rounds: 43 } as const

/** The same with node:crypto. */
function oracle(asked: CryptDigest): string {
  return hex(cryptDigest({ kind: 'crypt-digest', ...asked }))
}

function expectAgreement(asked: CryptDigest): void {
  const { variant, password, salt, rounds } = asked
  const label = `seed ${SEED}: ${variant} password ${password.length} salt ${salt.length} rounds ${rounds}`
  expect(hex(kernel.derive(asked)), label).toBe(oracle(asked))
}

function decoded(checksum: string, order: 'md5' | 'sha1' | 'sha256' | 'sha512'): string {
  const bytes = decodeCrypt(fieldOf(checksum), order)
  return typeof bytes === 'string' ? bytes : hex(bytes)
}

describe("crypt-digest's kernel and its stand-in give vectors of", () => {
  const LONG = 'a very much longer text to encrypt.  This one even stretches over morethan one line.'

  test.each([
    ['sha256', 'Hello world!', 'saltstring', 5_000, '5B8vYYiY.CVt1RlTTf8KbXBH3hsxY/GNooZaBBGWEc5'],
    ['sha256', LONG, 'anotherlongsalts', 1_400, 'Rx.j8H.h8HjEDGomFU8bDkXm3XIUnzyxf12oP84Bnq1'],
    [
      'sha512',
      'Hello world!',
      'saltstring',
      5_000,
      'svn8UoSVapNtMuq1ukKS4tPQd8iKwSMHWjl/O817G3uBnIFNjnQJuesI68u4OTLiBFdcbYEdFCoEOfaS35inz1',
    ],
    [
      'sha512',
      'a short string',
      'asaltof16chars..',
      123_456,
      'BtCwjqMJGx5hrJhZywWvt0RLE8uZ4oPwcelCjmw2kSYu.Ec6ycULevoBK25fs2xXgMNrCzIMVcgEJAstJeonj1',
    ],
  ] as const)("Drepper's specification: %s, %#", (variant, password, salt, rounds, checksum) => {
    const asked = { variant, password: Buffer.from(password), salt: Buffer.from(salt), rounds }
    expect([hex(kernel.derive(asked)), oracle(asked)]).toEqual(Array(2).fill(decoded(checksum, variant)))
  })

  test.each([
    ['md5', 'password', 'kJ4QkJaQ', 1_000, '3EbD/pJddrq5HW3mpZ4KZ1'],
    ['apr1', 'myPassword', 'r31.....', 1_000, 'HqJZimcKQFAMYayBlzkrA/'],
    ['sha1', 'dragon', 'GGXpNqoJvglVTkGU$sha1$12', 12, 'lE5gwUx7lqvoLTE95ye4XFOxkiGQ'],
  ] as const)("other systems' tests: %s", (variant, password, salt, rounds, checksum) => {
    const asked = { variant, password: Buffer.from(password), salt: Buffer.from(salt), rounds }
    const expected = decoded(checksum, variant === 'apr1' ? 'md5' : variant)
    expect([hex(kernel.derive(asked)), oracle(asked)]).toEqual([expected, expected])
  })
})

describe.each(CRYPT_DIGEST_VARIANTS)("crypt-digest's kernel, %s, agrees with node:crypto", (variant) => {
  test('on every length of the password from 0 to 200', () => {
    for (const length of range(0, 200)) {
      expectAgreement({ variant, password: randomBytes(length), salt: randomBytes(random(17)), rounds: 43 })
    }
  })

  test('on every length of the salt', () => {
    for (const length of shareOf(range(0, 128), 2)) {
      expectAgreement({ variant, password: randomBytes(random(40)), salt: randomBytes(length), rounds: 43 })
    }
  })

  test('on random inputs', () => {
    for (let round = 0; round < roundsOf(1_000, 100); round++) {
      const password = randomBytes(random(pick([20, 130, 300])))
      expectAgreement({ variant, password, salt: randomBytes(random(20)), rounds: 1 + random(100) })
    }
  })

  test('on the longest password and salt', () => {
    const [password, salt] = [randomBytes(4_096), randomBytes(128)]
    expectAgreement({ variant, password, salt, rounds: 8 })
    expectAgreement({ variant, password: password.subarray(1), salt, rounds: 8 })
  })
})

test.for([
  ['md5', '$1$', 8, 1_000],
  ['sha256', '$5$rounds=1000$', 16, 1_000],
  ['sha512', '$6$rounds=1000$', 16, 1_000],
  ['sha1', '$sha1$9$', 64, 9],
] as const)(
  "crypt-digest's kernel agrees with this machine's crypt(), called by perl: %s",
  ([variant, prefix, longest, rounds], { skip }) => {
    const asked = range(1, roundsOf(400, 100)).map((i) => {
      const salt = Array.from({ length: 1 + random(longest) }, () => ITOA64.charAt(random(64))).join('')
      const password = Uint8Array.from({ length: i % 150 }, () => 1 + random(255))
      return { password, salt, setting: `${prefix}${salt}$` }
    })
    const [known] = crypt(asked.slice(0, 1))
    skip(known?.startsWith(prefix) !== true, `no perl here, or a crypt() without ${prefix}`)
    const found = asked.map(({ password, salt }) =>
      kernel.derive({
        variant,
        password,
        salt: Buffer.from(variant === 'sha1' ? `${salt}$sha1$9` : salt),
        rounds,
      }),
    )
    const expected = crypt(asked).map((digest) => decoded(digest.split('$').at(-1) ?? '', variant))
    expect(found.map(hex)).toEqual(expected)
  },
)

describe("the memory of crypt-digest's kernel", () => {
  const { kernel: watched, memory } = watch(createCryptDigestKernel, modules.cryptDigest)
  const before = Buffer.from(memory())

  test.each([
    ['password', { ...base, password: new Uint8Array(4_097) }],
    ['salt', { ...base, salt: new Uint8Array(129) }],
    ...[0, -1, 0.5, 2 ** 32, Number.NaN].map((rounds) => ['rounds', { ...base, rounds }] as const),
  ] as const)('is not written where %s is out of its range (case %#)', (field, asked) => {
    for (const variant of CRYPT_DIGEST_VARIANTS) {
      expect(() => watched.derive({ variant, ...asked })).toThrow(RangeError)
      expect(() => watched.derive({ variant, ...asked })).toThrow(field)
    }
    expect(memory().equals(before)).toBe(true)
  })

  test('is not written where the variant does not exist', () => {
    for (const variant of ['', 'sha224', 'MD5', '__proto__']) {
      expect(() => {
        Reflect.apply(watched.derive, undefined, [{ ...base, variant }])
      }).toThrow(RangeError)
    }
    expect(memory().equals(before)).toBe(true)
  })

  test('is the same after a call as before, and does not grow', () => {
    for (const variant of CRYPT_DIGEST_VARIANTS) {
      for (const length of [0, 1, 20, 64, 65, 300, 4_096]) {
        watched.derive({ variant, password: Buffer.alloc(length, 'pass'), salt: base.salt, rounds: 9 })
        expect(memory().equals(before)).toBe(true)
      }
    }
    expect(watched.bytes()).toBe(131_072)
  })

  test('is not written past its layout by the longest inputs, and may hold any bytes before a call', () => {
    const END = 79_200
    for (const variant of CRYPT_DIGEST_VARIANTS) {
      const asked = { variant, password: randomBytes(4_096), salt: randomBytes(128), rounds: 9 }
      memory().fill(0xa5, 1_408)
      expect(hex(watched.derive(asked))).toBe(oracle(asked))
      expect(
        memory()
          .subarray(END)
          .every((byte) => byte === 0xa5),
      ).toBe(true)
    }
  })
})
