import { decodeBase64, encodeBase64, hashSync } from 'bcryptjs'
import { describe, expect, test } from 'vitest'
import { roundsOf } from '../../conformance/share.fixture.js'
import { createBcryptKernel } from './bcrypt.js'
import type { BcryptLane, BcryptVariant } from './bcrypt.js'
import { crypt, modules, pick, random, randomBytes, range, SEED } from './kernels.fixture.js'
import { piFraction } from './pi.js'

const kernel = createBcryptKernel(modules.bcrypt)
const ROUNDS = roundsOf(1000, 100)

describe("bcrypt's kernel gives published digests", () => {
  // These digests are in the tests of crypt_blowfish (Openwall); bytes are written as latin-1.
  test.each([
    ['U*U', '$2a$05$CCCCCCCCCCCCCCCCCCCCC.E5YPO9kmyuRGyh0XouQYb4YMJKvyOeW'],
    ['U*U*', '$2a$05$CCCCCCCCCCCCCCCCCCCCC.VGOzA784oUp/Z0DY336zx7pLYAy0lwK'],
    ['U*U*U', '$2a$05$XXXXXXXXXXXXXXXXXXXXXOAcXxm9kjPGEMsLznoKqmqw7tc8WCx4a'],
    ['', '$2a$05$CCCCCCCCCCCCCCCCCCCCC.7uG0VCzI2bS7j6ymqJi9CdcdxiRTWNy'],
    ['\xff\xff\xa3', '$2x$05$/OK.fbVrR/bpIqNJ5ianF.CE5elHaaO4EbggVDjb8P19RukzXSM3e'],
    ['\xff\xff\xa3', '$2y$05$/OK.fbVrR/bpIqNJ5ianF.CE5elHaaO4EbggVDjb8P19RukzXSM3e'],
    ['\xa3', '$2x$05$/OK.fbVrR/bpIqNJ5ianF.CE5elHaaO4EbggVDjb8P19RukzXSM3e'],
    ['\xa3', '$2y$05$/OK.fbVrR/bpIqNJ5ianF.Sa7shbm4.OzKpvFnX1pQLmQW96oUlCq'],
    ['\xff\xa334\xff\xff\xff\xa3345', '$2x$05$/OK.fbVrR/bpIqNJ5ianF.o./n25XVfn6oAPaUvHe.Csk4zRfsYPi'],
    ['\xff\xa3345', '$2x$05$/OK.fbVrR/bpIqNJ5ianF.o./n25XVfn6oAPaUvHe.Csk4zRfsYPi'],
    ['\xa3ab', '$2x$05$/OK.fbVrR/bpIqNJ5ianF.6IflQkJytoRVc1yuaNtHfiuq.FRlSIS'],
    ['\xd1\x91', '$2x$05$6bNw2HLQYeqHYyBfLMsv/OiwqTymGIGzFsA4hOTWebfehXHNprcAS'],
  ])('of crypt_blowfish, vector %#', (password, digest) => {
    const variant = digest.startsWith('$2x$') ? 'sign-extended' : 'standard'
    const salt = Uint8Array.from(decodeBase64(digest.slice(7, 29), 16))
    expect(base64(one({ password: Buffer.from(password, 'latin1'), salt, variant }, 5))).toBe(
      digest.slice(29),
    )
  })

  test.each([
    ['\xff\xff\xa3', '$2a$05$/OK.fbVrR/bpIqNJ5ianF.nqd1wy.pTMdcvrRWxyiGL2eMz.2a85.'],
    ['\xff\xa334\xff\xff\xff\xa3345', '$2a$05$/OK.fbVrR/bpIqNJ5ianF.ZC1JEJ8Z4gPfpe1JOr/oyPXTWl9EFd.'],
  ])('of crypt_blowfish with the countermeasure, vector %#', (password, digest) => {
    const salt = Uint8Array.from(decodeBase64(digest.slice(7, 29), 16))
    const lane = { password: Buffer.from(password, 'latin1'), salt, variant: 'countermeasure' } as const
    expect(base64(one(lane, 5))).toBe(digest.slice(29))
  })

  test('of Crypt::Eksblowfish, for a key without its NUL', () => {
    const password = Buffer.from('supercalifragilisticexpialidocious')
    const checksum = one({ password, salt: Buffer.from('abcdefghijklmnop'), variant: 'no-nul' }, 5)
    expect(Buffer.from(checksum).toString('hex')).toBe('1e514c325869b8c311f852ffe630bac51519a66409ed77')
  })
})

test("bcrypt's initial state begins and ends as in the published tables of Blowfish", () => {
  const words = piFraction(1042)
  expect([...words.slice(0, 4)]).toEqual([0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344])
  expect([...words.slice(-2)]).toEqual([0x578fdfe3, 0x3ac372e6])
})

describe("bcrypt's kernel agrees with bcryptjs", () => {
  test('on every length up to 200 bytes, and around powers of two up to 4096', () => {
    const around = [8, 9, 10, 11, 12].flatMap((log) => [-1, 0, 1].map((step) => 2 ** log + step))
    for (const length of [...range(0, 200), ...around.filter((length) => length <= 4096)]) {
      for (const variant of ['standard', 'no-nul'] as const) expectAsBcryptjs(text(length), variant, 4)
    }
  })

  test(`${2 * ROUNDS} random passwords in UTF-8, some with a NUL`, () => {
    for (let i = 0; i < ROUNDS; i++) {
      expectAsBcryptjs(text(random(90)), 'standard', 4)
      expectAsBcryptjs(text(random(90)), 'no-nul', 4)
    }
  })

  test('on costs from 4 to 10', () => {
    for (let cost = 4; cost <= 10; cost++) expectAsBcryptjs(text(random(90)), 'standard', cost)
  })
})

// So many passwords are needed that every run has the rare ones.
const FEW_BYTES_ROUNDS = Math.max(ROUNDS, 400)

describe("bcrypt's kernel agrees with this machine's crypt(), called by perl:", () => {
  test(`$2a$ of ${FEW_BYTES_ROUNDS} passwords of few bytes is standard or has the countermeasure, which many of them have`, ({
    skip,
  }) => {
    const bytes = [0x33, 0xa3, 0xff, 0xff] as const
    const lanes = range(1, FEW_BYTES_ROUNDS).map((i) => ({
      // Passwords of three or seven bytes and the NUL fill whole words, so every repetition has the same words.
      password: Uint8Array.from({ length: 1 + (i % 8) }, () => pick(bytes)),
      salt: randomBytes(16),
    }))
    const asked = lanes.map(({ password, salt }) => ({
      password,
      setting: `$2a$04$${encodeBase64([...salt], 16)}`,
    }))
    const [known] = crypt(asked.slice(0, 1))
    skip(known?.startsWith('$2a$') !== true, 'no perl here, or a crypt() without $2a$')
    const found = crypt(asked).map((digest, i) => {
      const { password, salt } = lanes[i] ?? randomLane()
      return (['standard', 'countermeasure'] as const).find(
        (variant) => base64(one({ password, salt, variant }, 4)) === digest.slice(29),
      )
    })
    expect(found.filter((variant) => variant === undefined)).toEqual([])
    expect(new Set(found).size).toBe(2)
    expect(found.filter((variant) => variant === 'countermeasure').length).toBeGreaterThan(
      FEW_BYTES_ROUNDS / 100,
    )
  })

  // $2a$ has a test of its own, since some passwords with a byte 0xff have another digest there on purpose.
  test.for([
    ['$2y$', 'standard'],
    ['$2x$', 'sign-extended'],
  ] as const)(`${ROUNDS} passwords of random bytes as %s`, ([prefix, variant], { skip }) => {
    const lanes = range(1, ROUNDS).map((i) => ({
      password: Uint8Array.from({ length: i % 100 }, () => 1 + random(255)),
      salt: randomBytes(16),
      variant,
    }))
    const asked = lanes.map(({ password, salt }) => ({
      password,
      setting: `${prefix}04$${encodeBase64([...salt], 16)}`,
    }))
    const [known] = crypt(asked.slice(0, 1))
    skip(known?.startsWith(prefix) !== true, `no perl here, or a crypt() without ${prefix}`)
    const digests = crypt(asked)
    expect(lanes.map((lane) => base64(one(lane, 4)))).toEqual(digests.map((digest) => digest.slice(29)))
  })
})

describe("two lanes of bcrypt's kernel", () => {
  test('give the results that each gives alone, in the order of the lanes', () => {
    for (let i = 0; i < ROUNDS; i++) {
      const a = randomLane()
      const other = randomLane()
      // Every fourth pair differs in one field only.
      const b =
        i % 4 === 0 ? { ...a, ...(i % 8 === 0 ? { salt: other.salt } : { password: other.password }) } : other
      expect(kernel.derive([a, b], 4)).toEqual([one(a, 4), one(b, 4)])
    }
  })

  test('give swapped results where the lanes are swapped', () => {
    const [a, b] = [randomLane(), randomLane()]
    const results = kernel.derive([a, b], 5)
    expect(kernel.derive([b, a], 5)).toEqual([...results].reverse())
    expect(results[0]).not.toEqual(results[1])
  })

  test('agree with bcryptjs at a cost of 8', () => {
    const passwords = [text(20), text(80)] as const
    const salts = [randomBytes(16), randomBytes(16)] as const
    const [a, b] = kernel.derive([lane(passwords[0], salts[0]), lane(passwords[1], salts[1])], 8)
    expect([a, b]).toEqual([
      oracle(passwords[0], salts[0], '$2b$', 8),
      oracle(passwords[1], salts[1], '$2b$', 8),
    ])
  })
})

function randomLane(): BcryptLane {
  const variant = pick<BcryptVariant>(['standard', 'no-nul', 'sign-extended', 'countermeasure'])
  return { password: randomBytes(random(100)), salt: randomBytes(16), variant }
}

function one(lane: BcryptLane, cost: number): Uint8Array {
  const [checksum] = kernel.derive([lane], cost)
  if (checksum === undefined) throw new Error('no checksum')
  return checksum
}

function expectAsBcryptjs(password: string, variant: 'standard' | 'no-nul', cost: number): void {
  const salt = randomBytes(16)
  const expected = oracle(password, salt, variant === 'standard' ? '$2b$' : '$2$', cost)
  const label = `seed ${SEED}: ${variant} cost ${cost} password ${Buffer.byteLength(password)} bytes`
  expect(one({ password: Buffer.from(password), salt, variant }, cost), label).toEqual(expected)
}

function oracle(password: string, salt: Uint8Array, prefix: string, cost: number): Uint8Array {
  const digest = hashSync(
    password,
    `${prefix}${String(cost).padStart(2, '0')}$${encodeBase64([...salt], 16)}`,
  )
  return Uint8Array.from(decodeBase64(digest.slice(-31), 23))
}

function lane(password: string, salt: Uint8Array): BcryptLane {
  return { password: Buffer.from(password), salt, variant: 'standard' }
}

function base64(checksum: Uint8Array): string {
  return encodeBase64([...checksum], 23)
}

/** A text of characters of one to four bytes, `length` bytes in all. */
function text(length: number): string {
  let made = ''
  for (let left = length; left > 0;) {
    const point =
      [random(0x80), 0x80 + random(0x780), 0x800 + random(0x5000), 0x10000 + random(0x10000)][random(4)] ?? 0
    const size = Buffer.byteLength(String.fromCodePoint(point))
    if (size > left) continue
    made += String.fromCodePoint(point)
    left -= size
  }
  return made
}
