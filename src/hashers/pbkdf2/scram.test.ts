import { expect, test } from 'vitest'
import { createRegistry } from '../../default.js'
import { scram } from './scram.js'

const registry = createRegistry({ equalize: false })
const SALT = 'c2Vhc2FsdHNlYXNhbA=='
// The keys are of the password `harbour` and of SHA-256, by Python's hashlib.
const [STORED, SERVER] = [
  'FH2Y+o/fhjOG28aAxugD4R9ZF0SAb67oVE5SrHPfeto=',
  'LMNXi6p/adTAjl7bc4o6do10pEKbyhuW57b4dfTYKlU=',
]
const KAFKA = `salt=${SALT},stored_key=${STORED},server_key=${SERVER},iterations=4096`

test("Kafka's fields are read in any order behind the salt, and both keys are checked", async () => {
  const turned = `salt=${SALT},iterations=4096,server_key=${SERVER},stored_key=${STORED}`
  for (const digest of [KAFKA, turned]) {
    expect(await registry.verify('harbour', digest)).toBe(true)
    expect(await registry.verify('harbours', digest)).toBe(false)
  }
  for (const key of [STORED, SERVER]) {
    expect(await registry.verify('harbour', KAFKA.replace(key, key.replace(/^../, 'AA')))).toBe(false)
  }
})

test("Kafka's fields keep iterations and salt in a blank", () => {
  const zero = `${'A'.repeat(43)}=`
  expect(scram.blank?.(KAFKA)).toBe(KAFKA.replace(STORED, zero).replace(SERVER, zero))
})

test("MongoDB's SCRAM-SHA-1 is read without a user name, and a check says that it is missing", async () => {
  const digest =
    'scram_mongodb$10000:wlnHJpEHqUk+bqkALs0p6I1h25lBLqdl$eEB4Fh1QzlH8RUk/9fp5EFgtZvw=:9zj3VID/x4Pc3BNEF0l8vjyX7Zw='
  expect(registry.parse(digest)).toMatchObject({ params: { algorithm: 'SHA-1', iterations: 10_000 } })
  await expect(registry.verify('pebble', digest)).rejects.toMatchObject({
    code: 'ERR_CONTEXT_MISSING',
    message: 'scram_mongodb: this digest needs the username of the context.',
  })
})
