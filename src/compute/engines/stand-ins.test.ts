import { afterEach, describe, expect, test, vi } from 'vitest'
import { EngineError, PasswordError } from '../../errors.js'
import { parseBcrypt } from '../../formats/bcrypt.js'
import { fieldOf } from '../../formats/fields.js'
import { decodeItoa64, readItoa64Digit } from '../../formats/itoa64.js'
import { isMalformed } from '../../formats/problem.js'
import type { Pbkdf2Job, ScryptJob } from '../job.js'
import { computeWithStandIn, EVERY_KIND, usualJobOf } from '../kinds.fixture.js'

// These mocks make node:crypto behave as in a build without OpenSSL's scrypt, or as under FIPS.
const scryptSync = vi.spyOn(process.getBuiltinModule('node:crypto'), 'scryptSync')
const createHash = vi.spyOn(process.getBuiltinModule('node:crypto'), 'createHash')

function failing(error: Error): () => never {
  return () => {
    throw error
  }
}

const utf8 = (text: string): Uint8Array => Buffer.from(text)
const hexOf = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex')

afterEach(() => {
  // The mocks call the originals again, and still record the calls.
  scryptSync.mockReset()
  createHash.mockReset()
})

describe("bcrypt's stand-in", () => {
  const LONG = '000,001,002,003,004,005,006,007,008,009,010,011,012,013,014,015,016,017,'

  test.each([
    ['jBCrypt, the empty password', '', '$2a$06$DCq7YPn5Rq63x1Lad4cll.TV4S6ytwfsfvkgY8jIucDrjc8deX1s.'],
    ['jBCrypt', 'abc', '$2a$06$If6bvum7DFjUnE9p2uDeDu0YHzrHM6tf.iqN8.yx.jNN1ILEf7h0i'],
    ['PHP, outside ASCII', 'סיסמה 🔑 café', '$2y$04$RXcSBof3/mD3C9LUGGvCyeC2j4jP.A49bIpCmKHCaABy69jNsOaw2'],
    ['passlib, outside ASCII', 'пароль', '$2y$04$PoO5l15MEznQmJNLRfnsJuCO0ruaH5yabYjDJD7Rd41nxZ/vcFFQC'],
    ['libxcrypt, one byte', 'a', '$2b$04$dLUN5fvDh9vaWmiRSUp5puhSnUQ7VygbIKLumNbYA8oUZ.GcS/NEe'],
    ['PHP, 72 bytes', LONG, '$2y$04$sqaKO.zQNpYck8ZKD7jQLO9LRa1cQb61o./upqv8C/IIzQM1VYM0W'],
    ['pyca, 73 bytes', `${LONG}0`, '$2b$04$N0SAwDnnN6FYThFmoV/wYewT7NdeUMUz/.IAjuixnUJTXDV2XNvcW'],
    ['pyca, another 73rd byte', `${LONG}#`, '$2b$04$N0SAwDnnN6FYThFmoV/wYewT7NdeUMUz/.IAjuixnUJTXDV2XNvcW'],
    ['npm bcrypt, a NUL inside', 'a\0a', '$2b$04$bTFaT4xH/.VDPPNxe0N7UOPJH5HuWS7oT9/nbQCPYl7DzoHTfMtAS'],
    ['npm bcrypt, only a NUL', '\0', '$2b$04$bpkARiGy7P2ipSJIJMj87uTu7LST3evkEpCi97YV8vtf9Q.oIrBQO'],
  ])('gives the checksum of %s', (_, password, digest) => {
    const fields = parseBcrypt(fieldOf(digest, 4))
    if (isMalformed(fields)) throw new Error(digest)
    const { cost, salt, checksum } = fields
    expect(
      hexOf(
        computeWithStandIn({ kind: 'bcrypt', variant: 'standard', password: utf8(password), salt, cost }),
      ),
    ).toBe(hexOf(checksum))
  })

  test('tells a password with a byte order mark from one without', () => {
    const salt = new Uint8Array(16)
    const [with_, without] = ['\u{feff}a', 'a'].map((text) =>
      hexOf(computeWithStandIn({ kind: 'bcrypt', variant: 'standard', password: utf8(text), salt, cost: 4 })),
    )
    expect(with_).not.toBe(without)
  })

  test.each(['ff', 'c3', 'eda080', 'f4908080', '61c0af'])('refuses bytes that are not UTF-8: %s', (hex) => {
    const job = {
      kind: 'bcrypt',
      variant: 'standard',
      password: Buffer.from(hex, 'hex'),
      salt: new Uint8Array(16),
      cost: 4,
    } as const
    expect(() => computeWithStandIn(job)).toThrow(PasswordError)
    expect(() => computeWithStandIn(job)).toThrow(expect.objectContaining({ code: 'ERR_PASSWORD_ENCODING' }))
  })
})

test.each(['no-nul', 'sign-extended', 'countermeasure'] as const)(
  'rejects a variant that bcryptjs does not have: %s',
  (variant) => {
    const job = { kind: 'bcrypt', variant, password: utf8('a'), salt: new Uint8Array(16), cost: 4 } as const
    expect(() => computeWithStandIn(job)).toThrow(expect.objectContaining({ code: 'ERR_ENGINE_UNAVAILABLE' }))
  },
)

describe("PBKDF2's stand-in", () => {
  const job = (
    algorithm: Pbkdf2Job['algorithm'],
    [password, salt]: readonly [string, string],
    iterations: number,
    length: number,
  ): Pbkdf2Job => ({
    kind: 'pbkdf2',
    algorithm,
    password: utf8(password),
    salt: utf8(salt),
    iterations,
    length,
  })
  const LONG = ['passwordPASSWORDpassword', 'saltSALTsaltSALTsaltSALTsaltSALTsalt'] as const

  test.each([
    ['RFC 6070', job('sha1', ['password', 'salt'], 1, 20), '0c60c80f961f0e71f3a9b524af6012062fe037a6'],
    ['RFC 6070', job('sha1', ['password', 'salt'], 4096, 20), '4b007901b765489abead49d926f721d065a429c1'],
    ['RFC 6070', job('sha1', LONG, 4096, 25), '3d2eec4fe41c849b80c8d83662c0e44a8b291a964cf2f07038'],
    ['RFC 6070', job('sha1', ['pass\0word', 'sa\0lt'], 4096, 16), '56fa6aa75548099dcc37d7f03425e0c3'],
    [
      'RFC 7914 section 11',
      job('sha256', ['passwd', 'salt'], 1, 64),
      '55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc49ca9cccf179b645991664b39d77ef317c71b845b1e30bd509112041d3a19783',
    ],
    [
      'RFC 7914 section 11',
      job('sha256', ['Password', 'NaCl'], 80_000, 64),
      '4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56a1d425a1225833549adb841b51c9b3176a272bdebba1d078478f62b397f33c8d',
    ],
    [
      'the vectors of Python, test_hashlib.py',
      job('sha512', ['password', 'salt'], 1, 64),
      '867f70cf1ade02cff3752599a3a53dc4af34c7a669815ae5d513554e1c8cf252c02d470a285a0501bad999bfe943c08f050235d7d68b1da55e63f73b60a57fce',
    ],
    [
      'the vectors of Python, test_hashlib.py',
      job('sha512', LONG, 4096, 64),
      '8c0511f4c6e597c6ac6315d8f0362e225f3c501495ba23b868c005174dc4ee71115b59f9e60cd9532fa33e0f75aefe30225c583a186cd82bd4daea9724a3d3b8',
    ],
  ])('gives the answer of %s (vector %#)', (_, vector, hex) => {
    expect(hexOf(computeWithStandIn(vector))).toBe(hex)
  })
})

describe("scrypt's stand-in", () => {
  const job = (
    [password, salt]: readonly [string, string],
    [N, r, p]: readonly [number, number, number],
    length: number,
  ): ScryptJob => ({ kind: 'scrypt', password: utf8(password), salt: utf8(salt), N, r, p, length })

  const VECTORS: readonly (readonly [ScryptJob, string])[] = [
    [
      job(['', ''], [16, 1, 1], 64),
      '77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906',
    ],
    [
      job(['password', 'NaCl'], [1024, 8, 16], 64),
      'fdbabe1c9d3472007856e7190d01e9fe7c6ad7cbc8237830e77376634b3731622eaf30d92e22a3886ff109279d9830dac727afb94a83ee6d8360cbdfa2cc0640',
    ],
    [
      job(['pleaseletmein', 'SodiumChloride'], [16384, 8, 1], 64),
      '7023bdcb3afd7348461c06cd81fd38ebfda8fbba904f8e3ea9b543f6545da1f2d5432955613f0fcf62d49705242a9af9e61e85dc0d651e40dfcf017b45575887',
    ],
  ]

  test.each(VECTORS)('gives the answer of RFC 7914 section 12, vector %#', (vector, hex) => {
    expect(hexOf(computeWithStandIn(vector))).toBe(hex)
  })

  test("computes Werkzeug's parameters, for which Node's default memory is too little", () => {
    expect(computeWithStandIn(job(['a', 'b'], [32_768, 8, 1], 64)).byteLength).toBe(64)
  })

  describe('in a build of Node without scrypt', () => {
    const missing = failing(
      Object.assign(new Error('Scrypt algorithm not supported'), { code: 'ERR_CRYPTO_SCRYPT_NOT_SUPPORTED' }),
    )

    test.each(VECTORS.slice(0, 2))('gives the answer of RFC 7914 section 12, vector %#', (vector, hex) => {
      scryptSync.mockImplementation(missing)
      expect(hexOf(computeWithStandIn(vector))).toBe(hex)
    })

    test.each([
      job(['', 'salt'], [2, 1, 1], 16),
      job(['a', 's'], [2, 1, 1], 1),
      job(['a\0', 'salt'], [64, 3, 2], 32),
      job(['пароль', 'x'.repeat(200)], [256, 8, 1], 33),
      job(['p'.repeat(4_096), 'salt'], [128, 1, 5], 64),
      job(['correct horse', 'salt'], [1_024, 2, 3], 127),
    ])('gives the bytes of node:crypto for N $N, r $r, p $p, $length bytes', (vector) => {
      const expected = computeWithStandIn(vector)
      scryptSync.mockImplementation(missing)
      const actual = computeWithStandIn(vector)
      expect(scryptSync).toHaveBeenCalledTimes(2)
      expect(hexOf(actual)).toBe(hexOf(expected))
    })
  })

  test('passes every other error of Node on, and computes nothing twice', () => {
    const error = Object.assign(new Error('malloc failure'), { code: 'ERR_CRYPTO_OPERATION_FAILED' })
    scryptSync.mockImplementation(failing(error))
    expect(() => computeWithStandIn(job(['a', 'b'], [16, 1, 1], 64))).toThrow(error)
  })
})

describe("the digest loop's stand-in", () => {
  test.each([
    ["passlib's tests, eight characters and a digit", 'test12345', '$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0'],
    ["passlib's tests, a longer password", 'thisisalongertestPW', '$P$912345678LIjjb6PhecupozNBmDndU0'],
    ["passlib's tests, fewer rounds", 'JohnRipper', '$P$612345678si5M0DDyPpmRCmcltU/YW/'],
    ["Appwrite's tests", 'appwrite', '$P$Br387rwferoKN7uwHZqNMu98q3U8RO.'],
    ['WordPress, the empty password', '', '$P$5hJ3.kLm9JRksnRMN/bRyBex7BOQqS/'],
    ['WordPress', 'correct horse battery staple', '$P$5kLm9/PqRDrdZ1u4padsSCSI.4OSbP.'],
  ])('gives the checksum of phpass: %s', (_, password, digest) => {
    const actual = computeWithStandIn({
      kind: 'digest-loop',
      algorithm: 'md5',
      first: utf8(digest.slice(4, 12) + password),
      tail: utf8(password),
      count: 2 ** (readItoa64Digit(fieldOf(digest, 3, 4)) ?? 0),
    })
    expect(Uint8Array.from(actual)).toEqual(decodeItoa64(fieldOf(digest, 12)))
  })

  test('gives one digest where there are no rounds', () => {
    const job = {
      kind: 'digest-loop',
      algorithm: 'md5',
      first: utf8('abc'),
      tail: utf8('def'),
      count: 0,
    } as const
    // The MD5 of "abc" is in RFC 1321, A.5.
    expect(hexOf(computeWithStandIn(job))).toBe('900150983cd24fb0d6963f7d28e17f72')
  })
})

test.each(EVERY_KIND.map(({ row, engines }) => [row.name, engines] as const))(
  'the stand-in for %s refuses jobs of other kinds',
  (kind, { standIn }) => {
    for (const { row } of EVERY_KIND.filter(({ row: { name } }) => name !== kind)) {
      const error = new TypeError(`An engine for ${kind} was given a job for ${row.name}.`)
      expect(() => standIn(usualJobOf(row.name))).toThrow(error)
    }
  },
)

test('argon2 has no stand-in on a thread', () => {
  const job = usualJobOf('argon2')
  expect(() => computeWithStandIn(job)).toThrow(EngineError)
  expect(() => computeWithStandIn(job)).toThrow(expect.objectContaining({ code: 'ERR_ENGINE_UNAVAILABLE' }))
})

test('a digest loop without its kernel fails with an EngineError where OpenSSL refuses MD5, as under FIPS', () => {
  createHash.mockImplementation(failing(new Error('digital envelope routines::unsupported')))
  const job = { kind: 'digest-loop', algorithm: 'md5', first: utf8('a'), tail: utf8('a'), count: 1 } as const
  expect(() => computeWithStandIn(job)).toThrow(
    expect.objectContaining({
      code: 'ERR_ENGINE_UNAVAILABLE',
      message: 'digest-loop: OpenSSL refuses md5, and without WebAssembly nothing else computes it.',
    }),
  )
})

test('MD5 of crypt(3) without its kernel fails with an EngineError where OpenSSL refuses MD5, as under FIPS', () => {
  createHash.mockImplementation(failing(new Error('digital envelope routines::unsupported')))
  for (const variant of ['md5', 'apr1'] as const) {
    const job = {
      kind: 'crypt-digest',
      variant,
      password: utf8('a'),
      salt: utf8('b'),
      rounds: 1_000,
    } as const
    expect(() => computeWithStandIn(job)).toThrow(
      expect.objectContaining({
        code: 'ERR_ENGINE_UNAVAILABLE',
        message: `crypt-digest: OpenSSL refuses ${variant}, and without WebAssembly nothing else computes it.`,
      }),
    )
  }
})
