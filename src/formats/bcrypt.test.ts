import { randomBytes } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { bcryptBase64, encodeBase64 } from './base64.js'
import { BCRYPT_PREFIXES, formatBcrypt, parseBcrypt } from './bcrypt.js'
import type { BcryptFields } from './bcrypt.js'
import { fieldOf } from './fields.js'
import type { Malformed } from './problem.js'

const SALT = 'R9h/cIPz0gi.URNNX3kh2O'
const CHECKSUM = 'PST9/PgBkqquzi.Ss7KIUgO2t0jWMUW'

/** Reads a digest from the character behind its second `$` on. */
function read(digest: string): BcryptFields | Malformed {
  return parseBcrypt(fieldOf(digest, digest.indexOf('$', 1) + 1))
}

describe('a bcrypt digest', () => {
  test('is read as version, cost, 16 bytes of salt and 23 of checksum', () => {
    const fields = read(`$2b$12$${SALT}${CHECKSUM}`)
    expect(fields).toMatchObject({ version: '2b', cost: 12 })
    expect(fields).toHaveProperty('salt.byteLength', 16)
    expect(fields).toHaveProperty('checksum.byteLength', 23)
  })

  test.each(['2', '2a', '2b', '2x', '2y'] as const)('of version %s is written as it was read', (version) => {
    const [salt, checksum] = [Uint8Array.from(randomBytes(16)), Uint8Array.from(randomBytes(23))]
    for (const cost of [4, 9, 10, 31]) {
      const fields = { version, cost, salt, checksum }
      expect(read(formatBcrypt(fields))).toEqual(fields)
    }
  })

  test('is written with two digits of cost', () => {
    const bytes = { salt: new Uint8Array(16), checksum: new Uint8Array(23) }
    expect(formatBcrypt({ version: '2b', cost: 4, ...bytes })).toBe(`$2b$04$${'.'.repeat(53)}`)
    expect(formatBcrypt({ version: '2b', cost: 31, ...bytes })).toBe(`$2b$31$${'.'.repeat(53)}`)
  })

  test('may stand behind another prefix, and is read to the end of its field', () => {
    const digest = `$2b$12$${SALT}${CHECKSUM}`
    const text = `prefix${digest}`
    const start = text.indexOf('12$')
    expect(parseBcrypt(fieldOf(text, start))).toEqual(read(digest))
    expect(parseBcrypt(fieldOf(`${text}.`, start, text.length))).toEqual(read(digest))
    expect(parseBcrypt(fieldOf(`${text}.`, start))).toEqual({ problem: 'length', field: 'checksum' })
  })
})

test('a bcrypt digest has one of four versions with a letter, or the one without', () => {
  const letters = Array.from({ length: 0x80 }, (_, code) => String.fromCharCode(code))
  const known = letters.filter((letter) => 'version' in read(`$2${letter}$12$${SALT}${CHECKSUM}`))
  // The prefix `$22$` is unknown.
  expect(known.join('')).toBe('2abxy')
  expect([...BCRYPT_PREFIXES]).toEqual(['$2a$', '$2b$', '$2y$', '$2x$', '$2$'])
})

describe('the cost of a bcrypt digest', () => {
  const problemOf = (cost: string): unknown => read(`$2b$${cost}$${SALT}${CHECKSUM}`)

  test.each(['00', '01', '02', '03', '32', '99'])('is out of range: %s', (cost) => {
    expect(problemOf(cost)).toEqual({ problem: 'range', field: 'cost' })
  })

  test.each(['04', '05', '09', '10', '31'])('is read as its number: %s', (cost) => {
    expect(problemOf(cost)).toHaveProperty('cost', Number(cost))
  })

  test.each(['', '4', ' 4', '4 ', '+4', '-4', '0x', 'ab', '1e', '\u{ff11}2', '0\n', '.5'])(
    'has exactly two digits (case %#)',
    (cost) => {
      expect(problemOf(cost)).toEqual({ problem: 'number', field: 'cost' })
    },
  )

  test('is missing where the digest ends within it', () => {
    for (const digest of ['$2b$', '$2b$4', '$2b$0']) {
      expect(read(digest)).toEqual({ problem: 'number', field: 'cost' })
    }
  })

  test('has no third digit', () => {
    expect(problemOf('121')).toEqual({ problem: 'shape', field: 'digest' })
    expect(problemOf('100')).toEqual({ problem: 'shape', field: 'digest' })
  })
})

describe('salt and checksum of a bcrypt digest', () => {
  const endings = (write: (last: string) => string): string =>
    Array.from(bcryptBase64.characters)
      .filter((last) => 'version' in read(write(last)))
      .join('')

  test('end in a character of two bits and in one of four', () => {
    expect(endings((last) => `$2b$12$${SALT.slice(0, -1)}${last}${CHECKSUM}`)).toBe('.Oeu')
    expect(endings((last) => `$2b$12$${SALT}${CHECKSUM.slice(0, -1)}${last}`)).toBe('.CGKOSWaeimquy26')
  })

  test('are malformed with unused bits, in the field that has them', () => {
    expect(read(`$2b$12$${SALT.slice(0, -1)}P${CHECKSUM}`)).toEqual({
      problem: 'canonical',
      field: 'salt',
    })
    expect(read(`$2b$12$${SALT}${CHECKSUM.slice(0, -1)}X`)).toEqual({
      problem: 'canonical',
      field: 'checksum',
    })
  })

  test.each(['+', '=', '$', ' ', '\n', '\0', '\u{e9}', '\u{d800}'])(
    'are malformed with a foreign character, in the field that has it (case %#)',
    (foreign) => {
      expect(read(`$2b$12$${foreign}${SALT.slice(1)}${CHECKSUM}`)).toEqual({
        problem: 'alphabet',
        field: 'salt',
      })
      expect(read(`$2b$12$${SALT}${CHECKSUM.slice(0, -1)}${foreign}`)).toEqual({
        problem: 'alphabet',
        field: 'checksum',
      })
    },
  )

  test('have a wrong length where the digest is cut short', () => {
    const digest = `$2b$12$${SALT}${CHECKSUM}`
    const cuts = Array.from({ length: digest.length }, (_, length) => read(digest.slice(0, length)))
    expect(cuts.slice(7, 29)).toEqual(Array(22).fill({ problem: 'length', field: 'salt' }))
    expect(cuts.slice(29)).toEqual(Array(31).fill({ problem: 'length', field: 'checksum' }))
    expect(cuts.slice(0, 7).filter((cut) => !('problem' in cut))).toEqual([])
  })

  test('are written as the same text that was read', () => {
    const fields = read(`$2b$12$${SALT}${CHECKSUM}`)
    if ('problem' in fields) throw new Error('The digest must parse.')
    expect(encodeBase64(fields.salt, bcryptBase64)).toBe(SALT)
    expect(formatBcrypt(fields)).toBe(`$2b$12$${SALT}${CHECKSUM}`)
  })
})
