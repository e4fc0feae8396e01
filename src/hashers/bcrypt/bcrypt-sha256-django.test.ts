import { describe, expect, test } from 'vitest'
import { isMalformed } from '../../formats/problem.js'
import type { Reading } from '../../hasher/contract.js'
import { bcryptSha256Django } from './bcrypt-sha256-django.js'

const TAIL = 'R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW'

test.each(['2a', '2b', '2y'])('bcrypt_sha256_django reads version %s', (version) => {
  expect(readingOf(`bcrypt_sha256$$${version}$12$${TAIL}`).describe()).toEqual({ version, cost: 12 })
})

test.each(['2', '2x'])('bcrypt_sha256_django refuses version %s, which Django never wrote', (version) => {
  const digest = `bcrypt_sha256$$${version}$12$${TAIL}`
  expect(bcryptSha256Django.identify(digest)).toBe(true)
  expect(bcryptSha256Django.parse(digest)).toEqual({ problem: 'version', field: 'version' })
})

describe('text that resembles a digest of bcrypt_sha256_django', () => {
  test.each([
    ['one dollar sign', `bcrypt_sha256$2b$12$${TAIL}`],
    ['three', `bcrypt_sha256$$$2b$12$${TAIL}`],
    ['no digest', 'bcrypt_sha256$'],
    ['another digest', `bcrypt_sha256$$1$12$${TAIL}`],
  ])('is claimed and malformed: %s', (_, digest) => {
    expect(bcryptSha256Django.identify(digest)).toBe(true)
    expect(bcryptSha256Django.parse(digest)).toEqual({ problem: 'shape', field: 'digest' })
  })

  test.each([
    ["Django's plain bcrypt", `bcrypt$$2b$12$${TAIL}`],
    ['bcrypt itself', `$2b$12$${TAIL}`],
    ["passlib's", `$bcrypt-sha256$v=2,t=2b,r=12$R9h/cIPz0gi.URNNX3kh2O$PST9/PgBkqquzi.Ss7KIUgO2t0jWMUW`],
    ['upper case', `BCRYPT_SHA256$$2b$12$${TAIL}`],
    ['a space before', ` bcrypt_sha256$$2b$12$${TAIL}`],
  ])('is not claimed: %s', (_, digest) => {
    expect(bcryptSha256Django.identify(digest)).toBe(false)
    expect(bcryptSha256Django.parse(digest)).toEqual({ problem: 'shape', field: 'digest' })
  })
})

test('bcrypt_sha256_django truncates no password, however long, and none with a NUL', () => {
  const reading = readingOf(`bcrypt_sha256$$2b$12$${TAIL}`)
  expect(reading.truncates(new Uint8Array(4_096).fill(97))).toBe(false)
  expect(reading.truncates(Uint8Array.of(97, 0, 97))).toBe(false)
})

test('each step of cost doubles the time of bcrypt_sha256_django', () => {
  const millisecondsAt = (cost: string): number =>
    readingOf(`bcrypt_sha256$$2b$${cost}$${TAIL}`).cost(8).milliseconds
  expect(millisecondsAt('13')).toBe(millisecondsAt('12') * 2)
})

function readingOf(digest: string): Reading {
  const readings = bcryptSha256Django.parse(digest)
  if (isMalformed(readings) || readings.length !== 1) throw new Error('The digest must have one reading.')
  return readings[0]
}
