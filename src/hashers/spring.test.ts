import { describe, expect, test } from 'vitest'
import { builtinHashers, createRegistry } from '../default.js'
import { RegistryError } from '../errors.js'
import { createSpring, spring } from './spring.js'

const registry = createRegistry({ equalize: false })

// What the encoders of Spring Security 7.2.0-SNAPSHOT themselves made, with salts of their own.
const MADE = [
  ['orchid-17', '{pbkdf2}de3f55e0113dbf43e0b8c8ccc27f5077e6169061f14fc43d0137fc3d5d0bcb6696c8510d6aac261e'],
  [
    'orchid-17',
    '{pbkdf2@SpringSecurity_v5_8}7530c67fbf084e1c33328264d1a4000f09a6d56265f2fa0080ef3b583aa00f2d500ff02e55be7a4638c8beecb982c0fa',
  ],
  [
    'orchid-17',
    '{scrypt}$e0801$/hQJxNVk4U2sCauaHCiwZZMbuLrZd53ORWbYXIuF1rDbqvPuo0cZNpZTDbcIASdk/r+1I2kU3ceMNPHQbrLYUw==$yVxDSg1LubWsNOyIgnVurbkR1/t6MGpE6N1c1Izg4zA=',
  ],
  [
    'orchid-17',
    '{scrypt@SpringSecurity_v5_8}$100801$herxQ4LIPKO5qKj/D2nHMA==$jEaNEniLN99GMX9FzY8aqceOf5w52k/Cfd+5yby9Lpw=',
  ],
  ['orchid-17', '{ldap}{SSHA}8LxUpX664NvpdiXnh6OXu5Ly57YNJ2QZuDHm8A=='],
  ['orchid-17', '{MD4}{wMw8wZaW087929hiS3qF72uFhw3I1rs18lZ/aZLGTJ4=}cc7d1146e76f9e52c65bd6effb76d2ed'],
  ['orchid-17', '{MD5}{MHhZJyoUI4/N0N1ZQFSWXojzgq1ioUv3XuIJXPB/zUA=}21990a11663b069c51a218aabbf64004'],
  [
    'orchid-17',
    '{SHA-1}{cZVk95E8MZsFA3BIGirKZfRpoez0T5n1QLACdOgkGnA=}43477be313d54999c50790715e3936146ce44f29',
  ],
  [
    'orchid-17',
    '{SHA-256}{GYYOT1ky+oWqV5Y2UY28zUc3n3vlO7WKAXITdhWD1wM=}3b7c73e7a25785bb0452cefd44ac293a9cf422c511b4c8574debbd806b20061c',
  ],
  ['orchid-17', '{sha256}c28733be4436cfee8805c21d7654dcdd4c3fc91916d5b7a031d4106ea93ea56b358052ed80b390af'],
  [
    'orchid-17',
    '{argon2}$argon2id$v=19$m=4096,t=3,p=1$wr65uNlHz8VdrMpQDtFAOQ$q//pizLxKXVW3sZ2EgrnwVWL3exuAK19K8SLtf3trA8',
  ],
  [
    'orchid-17',
    '{argon2@SpringSecurity_v5_8}$argon2id$v=19$m=16384,t=2,p=1$zL1sMjXAoZgGNy8YKztuag$6paMwoknbVdIplkP0CPY7Bx9BuKgsDy+5nxzKhf3kr8',
  ],
  [
    'crème-brûlée 密码',
    '{pbkdf2}6adf226febb66456144d1753fd65c9b955a6349d7a6b58f3ce548084414f7fc862d9207343948097',
  ],
  [
    'crème-brûlée 密码',
    '{pbkdf2@SpringSecurity_v5_8}717618f464039f1c9097fc0965aa6e90a1cdca4694ddc52bf8d2ba4fc16ca5194891f4c0f31753db1c106195be994efc',
  ],
  [
    'crème-brûlée 密码',
    '{scrypt}$e0801$53eFXWyfh5Cmx92Rw+yxAT/RxL42gnzF2/r2e24qfgtvSFULFc3oGPz5duG6DvhWU8GD4JE6nMXdwQ66b1P9oQ==$6zQsDNbxYsItDjOYpLbnyoLM56YN1YKYS82zBiB5Qz8=',
  ],
  [
    'crème-brûlée 密码',
    '{scrypt@SpringSecurity_v5_8}$100801$INoJeBxGSnCvdOOVVGz/mQ==$cNYnOMKpNK75z0vKNqqn9yjzDG2WjfyacKkaEtBNDBE=',
  ],
  ['crème-brûlée 密码', '{ldap}{SSHA}2wcoQOMc+ffkwXxNYg8DGpd7iNqBCt6RC6LKzw=='],
  [
    'crème-brûlée 密码',
    '{MD4}{+7Q1Ifo49RaycWOzRU/pUNF7KZTu0KuvDaHJdKVtTQE=}add41cdbd9d86e54124b481f8ff4cc22',
  ],
  [
    'crème-brûlée 密码',
    '{MD5}{R6M8gGap2Mx4C759WS6d+1EAzl+kxRePa924CB5tBIU=}0e958c9cdd5f7a52d4b3d732e649a54c',
  ],
  [
    'crème-brûlée 密码',
    '{SHA-1}{FLYlepG9h5/s/Ex0HmYo53QACJb1m16kJE7elY/bq94=}b5fa23413c2aacf114f19598f2252562d1aeaf90',
  ],
  [
    'crème-brûlée 密码',
    '{SHA-256}{Msqj9R+r/tFTPD5ZmXWnqawkx+BHBsIrNxrwDSk9Gb0=}45a3ec1d09605595644b0163e63753593ecc61074169f3a551d6fc69ee960185',
  ],
  [
    'crème-brûlée 密码',
    '{sha256}88a4665b973277c7c18b50445309a9ccb08bec98dac6ea0e254a3e12b70b9a38692e2f34ae959df2',
  ],
  [
    'crème-brûlée 密码',
    '{argon2}$argon2id$v=19$m=4096,t=3,p=1$E3cRZVAvFngXcyOsTR0NGQ$8BtB0qKYAMSIt4GVlbiZj9kWFeSNgz2FPHn3iwzY8XU',
  ],
  [
    'crème-brûlée 密码',
    '{argon2@SpringSecurity_v5_8}$argon2id$v=19$m=16384,t=2,p=1$cW5urckG95np9SGcU8xCfw$MYh36J3yBETlJBbfD9q/kVydWOih5lvFNpTuJcwPgnY',
  ],
] as const

const SHA1_ZERO = '0'.repeat(40)
const SHA256_ZERO = '0'.repeat(64)

describe("Spring Security's encoders", () => {
  test.each(MADE)('a digest of %s is read: %s', async (password, digest) => {
    const named = { hasher: 'spring' }
    expect(await registry.evaluate(password, digest, named)).toMatchObject({
      outcome: 'match',
      hasher: 'spring',
    })
    expect(await registry.verify(password, digest)).toBe(true)
    for (const other of [`${password} `, password.toUpperCase()]) {
      expect(await registry.verify(other, digest, named)).toBe(false)
    }
  })

  test.each([
    ['{bcrypt}$2a$10$dXJ3SW6G7P50lGmMkkmwe.20cQQubK3.HZWzG3YB1tlRy.fqvM/BG', 'sound', { cost: 10 }],
    [`{pbkdf2}${'00'.repeat(40)}`, 'dated', { algorithm: 'SHA-1', iterations: 185_000 }],
    [
      `{pbkdf2@SpringSecurity_v5_8}${'00'.repeat(48)}`,
      'sound',
      { algorithm: 'SHA-256', iterations: 310_000 },
    ],
    [`{scrypt}$e0801$AAAA$${'A'.repeat(43)}=`, 'sound', { N: 16_384, r: 8, p: 1 }],
    [`{scrypt@SpringSecurity_v5_8}$10ff03$AAAA$${'A'.repeat(43)}=`, 'sound', { N: 65_536, r: 255, p: 3 }],
    [`{sha256}${'00'.repeat(40)}`, 'insecure', { algorithm: 'SHA-256', iterations: 1_024 }],
    [`{SHA-1}{}${SHA1_ZERO}`, 'insecure', { algorithm: 'SHA-1' }],
    [`{MD4}${'0'.repeat(32)}`, 'insecure', { algorithm: 'MD4' }],
    [`{ldap}{SHA}${'A'.repeat(27)}=`, 'insecure', { algorithm: 'SHA-1' }],
  ])('each has the standing and the parameters of what is inside: %s', (digest, standing, params) => {
    const parsed = registry.parse(digest)
    expect(parsed).toMatchObject({ outcome: 'parsed', hasher: 'spring', standing, params })
  })

  test('the list of hashers has the lowest standing', () => {
    expect([spring.standing, spring.varies]).toEqual(['insecure', true])
  })

  test('of the rounds of {sha256} none is computed in place', async () => {
    const kinds: string[] = []
    const readings = spring.parse(`{sha256}${'00'.repeat(40)}`)
    if ('problem' in readings) throw new Error('The digest must parse.')
    await readings[0].verify(Buffer.from('password'), (job) => {
      kinds.push(job.row.name)
      return Promise.resolve(new Uint8Array(32).fill(1))
    })
    expect(kinds).toEqual(['digest-loop'])
  })

  test('scrypt whose N or p no encoder can have is malformed', () => {
    const fieldOf = (packed: string): unknown =>
      registry.parse(`{scrypt}$${packed}$AAAA$${'A'.repeat(43)}=`, { hasher: 'spring' })
    expect(fieldOf('1e0801')).toMatchObject({ outcome: 'parsed', params: { N: 2 ** 30 } })
    expect(fieldOf('1f0801')).toMatchObject({ outcome: 'malformed', problem: 'range', field: 'N' })
    expect(fieldOf('f0101')).toMatchObject({ outcome: 'parsed' })
    expect(fieldOf('100101')).toMatchObject({ outcome: 'malformed', problem: 'range', field: 'N' })
    expect(fieldOf('10800')).toMatchObject({ outcome: 'malformed', problem: 'range', field: 'p' })
  })
})

test.each([
  [`{pbkdf2}${'12'.repeat(40)}`, `{pbkdf2}${'12'.repeat(8)}${SHA256_ZERO}`],
  [
    `{pbkdf2@SpringSecurity_v5_8}${'12'.repeat(48)}`,
    `{pbkdf2@SpringSecurity_v5_8}${'12'.repeat(16)}${SHA256_ZERO}`,
  ],
  [`{scrypt}$e0801$BBBB$${'B'.repeat(42)}A=`, `{scrypt}$e0801$BBBB$${'A'.repeat(43)}=`],
  [`{sha256}${'12'.repeat(40)}`, `{sha256}${'12'.repeat(8)}${SHA256_ZERO}`],
  [`{SHA-1}{12}${'12'.repeat(20)}`, `{SHA-1}{12}${SHA1_ZERO}`],
  [`{SHA-1}${'12'.repeat(20)}`, `{SHA-1}${SHA1_ZERO}`],
  // The 20 bytes of the checksum end within a character, and 4 of salt follow.
  [`{ldap}{SSHA}${'/'.repeat(32)}`, `{ldap}{SSHA}${'A'.repeat(26)}D${'/'.repeat(5)}`],
])('a blanked digest keeps its salt, and nothing of its checksum: %s', (digest, blanked) => {
  expect(spring.blank?.(digest)).toBe(blanked)
})

describe('a tag that other systems write too', () => {
  const namesOf = (digest: string): readonly string[] =>
    builtinHashers
      .filter(({ onlyNamed }) => !onlyNamed)
      .filter((hasher) => !('problem' in hasher.parse(digest)))
      .map(({ name }) => name)

  test.each([
    ['{MD5} and base64, of LDAP', '{MD5}X03MO1qnZdYdgyfeuILPmQ==', ['ldap_md5']],
    ['{MD5}, a salt and hexadecimal, of Spring', `{MD5}{salt}${'0'.repeat(32)}`, ['spring']],
    ['{MD5} and hexadecimal, of both, which mean the same', `{MD5}${'0'.repeat(32)}`, ['ldap_md5', 'spring']],
    ['{SHA-256} and iterations, of Oak', `{SHA-256}9e515755e95513ce-1000-${SHA256_ZERO}`, ['oak']],
    ['{SHA-256}, a salt and hexadecimal, of Spring', `{SHA-256}{9e515755}${SHA256_ZERO}`, ['spring']],
    ['{SHA-1}, a salt with a hyphen, of Spring', `{SHA-1}{a-10-b}${SHA1_ZERO}`, ['spring']],
    ['{SHA256} and base64, of LDAP', `{SHA256}${'A'.repeat(43)}=`, ['ldap_sha256']],
    ['{SHA256} and 64 digits, of Dovecot', `{SHA256}${SHA256_ZERO}`, ['ldap_sha256']],
    ['{sha256} and 80 digits, of Spring', `{sha256}${SHA256_ZERO}0011223344556677`, ['spring']],
    ['{PBKDF2} and iterations, of OpenLDAP', `{PBKDF2}10$AAAA$${'A'.repeat(27)}`, ['ldap_pbkdf2_sha1']],
    ['{pbkdf2} and 80 digits, of Spring', `{pbkdf2}${'0'.repeat(80)}`, ['spring']],
    ['{SSHA}, of LDAP', `{SSHA}${'A'.repeat(32)}`, ['ldap_ssha']],
    ['{ldap}{SSHA}, of Spring', `{ldap}{SSHA}${'A'.repeat(32)}`, ['spring']],
  ])('%s', (_, digest, names) => {
    expect(namesOf(digest)).toEqual(names)
    expect(registry.parse(digest)).toMatchObject({ outcome: 'parsed', hasher: names[0] })
  })
})

describe('{noop}', () => {
  const withNoop = createRegistry({ hashers: [createSpring({ noop: true })], equalize: false })
  const digest = '{noop}crème brûlée'

  test('is not read by default, nor by createSpring without the option', async () => {
    for (const hasher of [spring, createSpring(), createSpring({ noop: false })]) {
      expect(hasher.identify(digest)).toBe(false)
      const one = createRegistry({ hashers: [hasher], equalize: false })
      expect(await one.evaluate('crème brûlée', digest)).toMatchObject({
        outcome: 'unknown',
        looksLike: 'plain-text',
      })
    }
    const verdict = await registry.evaluate('crème brûlée', digest, { hasher: 'spring' })
    expect(verdict).toMatchObject({ outcome: 'malformed', looksLike: 'plain-text' })
  })

  test('is read where the option asks for it, and is always replaced', async () => {
    expect(await withNoop.evaluate('crème brûlée', digest)).toMatchObject({
      outcome: 'match',
      rehash: ['insecure'],
    })
    for (const other of ['', 'crème brûlé', 'Crème brûlée', 'crème brûlée ', digest]) {
      expect(await withNoop.verify(other, digest)).toBe(false)
    }
  })

  test('has a password: an empty one, or a damaged text, is malformed', async () => {
    for (const damaged of ['{noop}', '{noop}a\0', '{noop}\ufeffa', '{noop}\ud800']) {
      expect(await withNoop.evaluate('a', damaged)).toMatchObject({ outcome: 'malformed', field: 'checksum' })
    }
  })

  test('leaves nothing to blank: what stands there is the password', () => {
    expect(createSpring({ noop: true }).blank).toBeUndefined()
    expect(createSpring().blank).toBeTypeOf('function')
  })

  test.each([
    ['another type', { noop: 'yes' }],
    ['a misspelled name', { noOp: true }],
    ['null', null],
  ])('is refused as an option of %s', (_, options: unknown) => {
    const create: (options: never) => unknown = createSpring
    expect(() => {
      Reflect.apply(create, undefined, [options])
    }).toThrow(RegistryError)
  })
})
