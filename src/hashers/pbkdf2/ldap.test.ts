import { describe, expect, test } from 'vitest'
import { createRegistry } from '../../default.js'
import { isMalformed } from '../../formats/problem.js'
import { ldapPbkdf2Of389ds, ldapPbkdf2Opendj, ldapPbkdf2Sha256 } from './ldap.js'

const registry = createRegistry({ equalize: false })
const PASSWORD = 'orchid-17'

// slappasswd with pw-pbkdf2 of OpenLDAP 2.5.13, pwdhash of 389 Directory Server 2.3.1, doveadm pw of Dovecot 2.3.19.1: with
// salts of their own.
const MADE = [
  ['OpenLDAP', 'ldap_pbkdf2_sha1', '{PBKDF2}10000$Lu0A.GeUSsuEhH8KuZrmbA$QKHRKVUfV5mZThIiteQJvJKRRvo'],
  ['OpenLDAP', 'ldap_pbkdf2_sha1', '{PBKDF2-SHA1}10000$n5TDuP/xxlt.mskdu8uf7Q$dlsyqhMbhhyBf/.VVgKIf35auzA'],
  [
    'OpenLDAP',
    'ldap_pbkdf2_sha256',
    '{PBKDF2-SHA256}10000$7ALvQCcegW6HmuTdZdfuJA$bC8ZPzsDreZr7CFRlAYhT0JRd6HzLH.WNHWEX9Z5UF4',
  ],
  [
    'OpenLDAP',
    'ldap_pbkdf2_sha512',
    '{PBKDF2-SHA512}10000$WSJbKsRdgWjvAprxXEBXzA$9VsGd5owiCbigc1HK8YsQnj41h5V9wsIbNFrnbeta2NSv3nJlPjLPopzoel3OSudfxp3JcMd54pD0lwJ4a6QPQ',
  ],
  [
    '389 Directory Server',
    'ldap_pbkdf2_sha1',
    '{PBKDF2-SHA1}10000$3RX6XuODV/hYNcTXqzLHfHeFpTdBdemq$cJmHAVCSJIKxWJHeRpBul6NIv48=',
  ],
  [
    '389 Directory Server',
    'ldap_pbkdf2_sha256',
    '{PBKDF2-SHA256}10000$ci9rptiogZEU83NE5CvfqVRwLqT7EQ92$1TaJo8u8qIbsMKu2+X4eNCtc5EmOAgPPdz9NIS1Lsbs=',
  ],
  [
    '389 Directory Server',
    'ldap_pbkdf2_sha512',
    '{PBKDF2-SHA512}10000$EFJiXP6aDJIfKarY9mbtutTOeZuW2Msq$Y/HwueMGn5R4GuIKlrOgOwBKYFMadhjd3qEZGSv/6Zf0xnj7nb1AEF3jeLtJeiJfXXQK8xCChc6uXifG2br2Og==',
  ],
  [
    '389 Directory Server',
    'ldap_pbkdf2_389ds',
    '{PBKDF2_SHA256}AAAgAL/QBpZDmkWpWqWs6MYPk0ZDJ6dgnNVMCjbW6XIRoEaBXfhyOLuJkQ/tRCYJPd3jhvtJhMkECqBVrd/9yc3sbwt7I+OqXcDbltfWLEPWIYYt8MggR4mLOUCorRO3cPuRloff+p6GN4ql13yRcoh80eqwoV3LnyUOQDswzzA65rqXhSc80UaM4GLGpClPN1IR7vt7lduR3HpR4VOOr8k8k/K5oTOABm+j+M6IlNo82A6qmnKLzf9JfeTL7dIflbuDp4rw5OKUvkIoLnZJiDNPRKDQrZqc9Cp9mj9cXvL/tnfBl7cY4b1NiYcI4YKoDda1ciGuwGoRtsY1C7ZhM+dBiQyxU4vgYUlpQa7lcvydft4X9Ixp31u9l2IrcvW6Yufqi93frJblB/GK4n25of9It/Kcp0CMwGMN68eUXVWK0i7F',
  ],
  [
    'Dovecot',
    'ldap_pbkdf2_dovecot',
    '{PBKDF2}$1$VGkgV7kj6DgOH89v$5000$272bc93ae168c45d48df0fd14031eedaaf3115da',
  ],
] as const

// These digests differ in the signs behind `{PBKDF2}`.
const OPENDJ = '{PBKDF2}10000:AAECAwQFBgcICQoLDA0ODxAREhMUFRYX'
const SHA1 = '{PBKDF2}10000$AAECAwQFBgcICQoLDA0ODw$AAECAwQFBgcICQoLDA0ODxAREhM'

describe("PBKDF2 behind LDAP's tags", () => {
  test.each(MADE)(
    '%s: a digest of %s is read in either case of its tag (case %#)',
    async (_, hasher, digest) => {
      for (const spelled of [digest, digest.replace(/^[^}]*/, (tag) => tag.toLowerCase())]) {
        expect(await registry.evaluate(PASSWORD, spelled)).toMatchObject({ outcome: 'match', hasher })
        expect(await registry.verify('orchid-18', spelled)).toBe(false)
      }
    },
  )

  test('a digest behind {PBKDF2} is read by the hasher whose signs follow', () => {
    expect(registry.parse(OPENDJ)).toMatchObject({ outcome: 'parsed', hasher: 'ldap_pbkdf2_opendj' })
    expect(registry.parse(SHA1)).toMatchObject({ outcome: 'parsed', hasher: 'ldap_pbkdf2_sha1' })
    const dovecot = '{PBKDF2}$1$seasalt$10000$000102030405060708090a0b0c0d0e0f10111213'
    expect(registry.parse(dovecot)).toMatchObject({ outcome: 'parsed', hasher: 'ldap_pbkdf2_dovecot' })
  })

  test('a salt and a checksum may each be in either base64, and none in both at once', () => {
    const read = (salt: string, checksum: string): boolean =>
      !isMalformed(ldapPbkdf2Sha256.parse(`{PBKDF2-SHA256}1$${salt}$${checksum}`))
    const [adapted, padded] = [`${'A.'.repeat(21)}A`, `${'A+'.repeat(21)}A=`]
    expect([read('AAA', adapted), read('AAA=', padded), read('AAA', padded)]).toEqual([true, true, true])
    expect(read('AAA=', adapted)).toBe(true)
    for (const mixed of [`${adapted}=`, padded.slice(0, -1), `${'A.A+'.repeat(10)}AAA`, `${padded}=`]) {
      expect(read('AAA', mixed)).toBe(false)
    }
  })

  test('iterations of 389 Directory Server are four bytes, the most significant first', () => {
    const digest = `{PBKDF2_SHA256}${Buffer.alloc(324).fill(1, 2, 4).toString('base64')}`
    const readings = ldapPbkdf2Of389ds.parse(digest)
    if (isMalformed(readings)) throw new Error('A digest of 324 bytes is read.')
    expect(readings[0].describe()).toEqual({ iterations: 257 })
  })

  test('the salt of OpenDJ is the rest behind the key, and may not be empty', () => {
    const of = (tag: string, bytes: number): unknown =>
      ldapPbkdf2Opendj.parse(`{${tag}}1:${Buffer.alloc(bytes).toString('base64')}`)
    for (const [tag, size] of [
      ['PBKDF2', 20],
      ['PBKDF2-HMAC-SHA256', 32],
      ['PBKDF2-HMAC-SHA512', 64],
    ] as const) {
      expect(of(tag, size - 1)).toEqual({ problem: 'length', field: 'digest' })
      expect(of(tag, size)).toEqual({ problem: 'length', field: 'salt' })
      expect(of(tag, size + 1)).not.toHaveProperty('problem')
    }
  })
})
