import { expect, test } from 'vitest'
import { createRegistry } from '../../default.js'

const { evaluate, identify, parse } = createRegistry()
// crypto_pwhash_scryptsalsa208sha256_str_verify of libsodium 1.0.18 verifies it with the password of the first test.
const SODIUM =
  '$7$46..../....K5NJ0V0lQ4Xm9kZb3rTsV.K5NJ0V0lQ4Xm9kZb3rTs1$ZFI5G2Pg5Mq65Pmofi05DBYL3J8kEYNBoMsYW5mrKS1'

test('scrypt_crypt takes a password with a NUL as libsodium hashes it, with what follows', async () => {
  expect(await evaluate('before\0after', SODIUM)).toMatchObject({ outcome: 'match', truncated: true })
  for (const other of ['before', 'before\0aften', 'before\0']) {
    expect(await evaluate(other, SODIUM)).toMatchObject({ outcome: 'mismatch' })
  }
})

test("scrypt_crypt shares its prefix with Mosquitto's digests, and reads none of them", () => {
  const mosquitto = '$7$101$U29kaXVtQ2hsb3JpZGU=$' + `${'A'.repeat(86)}==`
  expect(parse(mosquitto)).toMatchObject({ outcome: 'parsed', hasher: 'mosquitto' })
  expect(parse(mosquitto, { hasher: 'scrypt_crypt' })).toMatchObject({ outcome: 'malformed' })
  expect(identify(SODIUM)).toContain('scrypt_crypt')
  expect(parse(SODIUM)).toMatchObject({ outcome: 'parsed', hasher: 'scrypt_crypt' })
})
