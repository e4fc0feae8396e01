import { createHash, createHmac, pbkdf2Sync } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createRegistry } from '../index.js'
import { ejabberd, mongodb, prosody } from './index.js'

const { verify, parse } = createRegistry({ equalize: false })
const PASSWORD = 'orchid-17'
const SALT = Buffer.from('c2Vhc2FsdHNlYXNhbA==', 'base64')

/** StoredKey and ServerKey as RFC 5802 has them. */
function keysOf(algorithm: string, password = PASSWORD, salt = SALT): readonly [Buffer, Buffer] {
  const bytes = createHash(algorithm).digest().length
  const salted = pbkdf2Sync(password, salt, 1000, bytes, algorithm)
  const keyOf = (name: string): Buffer => createHmac(algorithm, salted).update(name).digest()
  return [createHash(algorithm).update(keyOf('Client Key')).digest(), keyOf('Server Key')]
}

function fieldsOf(algorithm: string, password?: string) {
  const [storedKey, serverKey] = keysOf(algorithm, password).map((key) => key.toString('base64'))
  return {
    ...{ iterationCount: 1000, salt: SALT.toString('base64') },
    ...{ storedKey: storedKey ?? '', serverKey: serverKey ?? '' },
  }
}

function rowOf(algorithm: string) {
  const {
    iterationCount: iterationcount,
    storedKey: password,
    serverKey: serverkey,
    salt,
  } = fieldsOf(algorithm)
  return { password, serverkey, salt, iterationcount }
}

const MONGO = createHash('md5').update(`ada:mongo:${PASSWORD}`).digest('hex')
const CREDENTIALS = { 'SCRAM-SHA-1': fieldsOf('sha1', MONGO), 'SCRAM-SHA-256': fieldsOf('sha256') }

describe("the credentials of MongoDB's users", () => {
  test('are a digest of SCRAM-SHA-256 where they have it', async () => {
    const digest = mongodb(CREDENTIALS)
    expect(digest.startsWith('SCRAM-SHA-256$1000:')).toBe(true)
    expect(await verify(PASSWORD, digest)).toBe(true)
    expect(await verify('orchid-18', digest)).toBe(false)
  })

  test('are a digest of SCRAM-SHA-1 with the user name where they have that alone', async () => {
    const digest = mongodb({ 'SCRAM-SHA-1': CREDENTIALS['SCRAM-SHA-1'] })
    expect(parse(digest)).toMatchObject({ hasher: 'scram_mongodb' })
    expect(await verify(PASSWORD, digest, { context: { username: 'ada' } })).toBe(true)
    expect(await verify(PASSWORD, digest, { context: { username: 'bob' } })).toBe(false)
  })

  test.each([
    ['no mechanism', {}, 'mongodb: SCRAM-SHA-256 must be an object, or else SCRAM-SHA-1.'],
    [
      'keys of the other mechanism',
      { 'SCRAM-SHA-256': CREDENTIALS['SCRAM-SHA-1'] },
      'mongodb: SCRAM-SHA-256: storedKey must be base64 of 32 bytes.',
    ],
    [
      'an empty salt',
      { 'SCRAM-SHA-1': { ...CREDENTIALS['SCRAM-SHA-1'], salt: '' } },
      'mongodb: SCRAM-SHA-1: salt must be base64, padded.',
    ],
  ])('are refused with %s', (_, credentials, message) => {
    expect(() => mongodb(credentials)).toThrow(
      expect.objectContaining({ code: 'ERR_BUILDER_FIELD', message }),
    )
  })
})

describe('a row of ejabberd', () => {
  test.each(['sha1', 'sha256', 'sha512'])(
    'is a digest of %s, which stands in front of StoredKey but for SHA-1',
    async (algorithm) => {
      const digest = ejabberd(markedOf(algorithm))
      expect(await verify(PASSWORD, digest)).toBe(true)
      expect(await verify('orchid-18', digest)).toBe(false)
    },
  )

  const markedOf = (algorithm: string) => {
    const { password, ...row } = rowOf(algorithm)
    return { ...row, password: algorithm === 'sha1' ? password : `${algorithm}:${password}` }
  }

  test('is refused with keys of two lengths', () => {
    const row = { ...rowOf('sha1'), serverkey: rowOf('sha256').serverkey }
    expect(() => ejabberd(row)).toThrow('ejabberd: serverkey must be base64 of 20 bytes.')
    const expected =
      'ejabberd: password must be base64 of 20 bytes, or sha256: or sha512: and base64 of 32 or 64.'
    // Without its mark, ejabberd takes a key for one of SHA-1.
    for (const wrong of [
      rowOf('sha256'),
      { ...markedOf('sha256'), password: `sha512:${rowOf('sha256').password}` },
    ])
      expect(() => ejabberd(wrong)).toThrow(expected)
  })
})

describe('an account of Prosody', () => {
  const TEXT = '4f3c2d1e-0b1f-4e6d-8c3f-9a613d3f0e6f'
  const accountOf = (algorithm: string) => {
    const [storedKey, serverKey] = keysOf(algorithm, PASSWORD, Buffer.from(TEXT))
    return {
      ...{ iteration_count: 1000, salt: TEXT },
      ...{ stored_key: storedKey.toString('hex'), server_key: serverKey.toString('hex') },
    }
  }

  test.each(['sha1', 'sha256'])('is a digest of %s, whose salt is text', async (algorithm) => {
    const digest = prosody(accountOf(algorithm))
    expect(await verify(PASSWORD, digest)).toBe(true)
    expect(await verify('orchid-18', digest)).toBe(false)
  })

  test('is refused with keys in base64', () => {
    const { storedKey, serverKey } = fieldsOf('sha1')
    const wrong = { ...accountOf('sha1'), stored_key: storedKey, server_key: serverKey }
    expect(() => prosody(wrong)).toThrow(
      'prosody: stored_key must be hexadecimal in lower case of 20, 32, 64 bytes.',
    )
  })
})
