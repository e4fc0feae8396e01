import { describe, expect, test } from 'vitest'
import { createRegistry } from '../../default.js'
import { bcryptTarget } from '../../targets/index.js'
import { createMd5Salted, createSha256Salted, md5Salted, sha256Salted } from './salted.js'
import { createRegistry as createBareRegistry } from '../../registry/registry.js'

const registry = createRegistry({ equalize: false })
const PASSWORD = 'orchid-17'

// doveadm pw -s SCHEME -p orchid-17, of Dovecot 2.3.19.1.
const OF_DOVECOT = [
  ['ldap_sha1', '{SHA}bjAIRtGRd1eL9KiPjE2YhEg0z7U='],
  ['ldap_sha1', '{SHA1}bjAIRtGRd1eL9KiPjE2YhEg0z7U='],
  ['ldap_sha1', '{SHA.HEX}6e300846d19177578bf4a88f8c4d98844834cfb5'],
  ['ldap_sha256', '{SHA256.HEX}7fbbdf25a7c73c3621f353e23fddc0ed8e5880583a6ef49968a7a2885fa6409b'],
  [
    'ldap_sha512',
    '{SHA512.B64}Po27J2VWL/hAMo7OL5YBAePIkoEE8CHPNbyqfO7DC8d0Srlr4IWeHXxdw0lekEo5jfL6TqpesU7QypWldg22/Q==',
  ],
  ['ldap_md5', '{LDAP-MD5}YELaA2+95v1zjNLADjwBQw=='],
  ['ldap_md5', '{PLAIN-MD5}6042da036fbde6fd738cd2c00e3c0143'],
  ['ldap_ssha', '{SSHA.HEX}ba38e29861703fb6e3e3ce1341105a1d3e1ed1ab822dd46e'],
  ['ldap_ssha256', '{SSHA256.B64}EvnOVVC85l6qE0rrFHSJLA1lH75iwz9gXRHL7UO9Zd1OIfaf'],
  ['ldap_smd5', '{SMD5.HEX}b11b298a36421827ab7c8b165243505f513be525'],
] as const

describe("tags of LDAP's digests", () => {
  test.each(OF_DOVECOT)('%s is read as Dovecot spells it (case %#)', async (hasher, digest) => {
    for (const spelled of [digest, digest.replace(/^[^}]*/, (tag) => tag.toLowerCase())]) {
      expect(await registry.evaluate(PASSWORD, spelled)).toMatchObject({ outcome: 'match', hasher })
      expect(await registry.verify('orchid-18', spelled)).toBe(false)
    }
  })

  test('hexadecimal without its ending is read where the length is that of an unsalted digest, as Dovecot does', async () => {
    expect(await registry.verify(PASSWORD, '{SHA1}6e300846d19177578bf4a88f8c4d98844834cfb5')).toBe(true)
    expect(await registry.verify(PASSWORD, '{LDAP-MD5}6042da036fbde6fd738cd2c00e3c0143')).toBe(true)
    expect(registry.parse('{SHA1}6e300846d19177578bf4a88f8c4d98844834cfb')).toMatchObject({
      outcome: 'malformed',
    })
  })

  test('a salt may be longer than any that directories draw', async () => {
    const digest =
      '{SSHA}MFIeWQjcAg+yROsEbtxHCL8XFLdzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzc3Nzcw=='
    expect(await registry.verify(PASSWORD, digest)).toBe(true)
  })
})

describe('a digest without its tag', () => {
  const untagged = 'Qe8O4FT1ddOdmAiP3iZJJst7TlVzYWx0'

  test('is read where a row is named ldap_ssha, as one with its tag is', async () => {
    for (const digest of [untagged, `{SSHA}${untagged}`, `{ssha}${untagged}`]) {
      expect(await registry.verify(PASSWORD, digest, { hasher: 'ldap_ssha' })).toBe(true)
      expect(await registry.verify('orchid-18', digest, { hasher: 'ldap_ssha' })).toBe(false)
    }
  })

  test('is unknown where no row names it', () => {
    expect(registry.parse(untagged).outcome).toBe('unknown')
  })
})

describe('salt and password', () => {
  const rows = [
    [
      'md5',
      md5Salted,
      createMd5Salted,
      '7d01059d4107baacc37413b4b9fff723',
      '64d1095dea8d08823cf810fd9278ada4',
    ],
    [
      'sha256',
      sha256Salted,
      createSha256Salted,
      '298465fd6787a7a4c67cf2e3bbff85cbe50f7f0d998f084d5fc59c02c68a3f33',
      '7aeb3b19ab2a69042ee06c26467faeb5220b16c055138b653270abb9bd707ae2',
    ],
  ] as const

  test.each(rows)(
    'of %s: the salt is hashed first, behind the password by option',
    async (_, plain, create, before, after) => {
      const [first, last] = [plain, create({ saltAfter: true })].map((hasher) =>
        createBareRegistry({ hashers: [hasher], target: bcryptTarget(), equalize: false }),
      )
      const call = { hasher: plain.name }
      for (const [hash, expected] of [
        [before, [true, false]],
        [after, [false, true]],
      ] as const) {
        for (const digest of [`seasalt$${hash}`, `${hash}$seasalt`, `seasalt$${hash.toUpperCase()}`]) {
          expect([
            await first?.verify(PASSWORD, digest, call),
            await last?.verify(PASSWORD, digest, call),
          ]).toEqual(expected)
        }
      }
    },
  )

  test.each(rows)(
    'of %s: where both halves may be the hash both are tried, and a blanked one keeps neither',
    async (_, plain, _create, hash) => {
      const salt = hash.replace(/./g, 'a')
      const other = createBareRegistry({ hashers: [plain], target: bcryptTarget(), equalize: false })
      const made = plain.name === 'md5_salted' ? 'md5' : 'sha256'
      const { createHash } = await import('node:crypto')
      const checksum = createHash(made)
        .update(salt + PASSWORD)
        .digest('hex')
      for (const digest of [`${salt}$${checksum}`, `${checksum}$${salt}`]) {
        expect(await other.verify(PASSWORD, digest, { hasher: plain.name })).toBe(true)
        expect(plain.blank?.(digest)).toBe(`${'0'.repeat(hash.length)}$${'0'.repeat(hash.length)}`)
      }
    },
  )

  test('refuse options that are none', () => {
    expect((): unknown => Reflect.apply(createMd5Salted, undefined, [{ saltAfter: 'yes' }])).toThrow(
      'createMd5Salted: saltAfter must be true or false.',
    )
    expect((): unknown => Reflect.apply(createSha256Salted, undefined, [{ after: true }])).toThrow(
      'there is no such option',
    )
  })
})
