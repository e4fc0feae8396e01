import { describe, expect, test } from 'vitest'
import { createRegistry } from '../default.js'
import { RegistryError } from '../errors.js'
import { foldName } from './names.js'

const MD5_OF_PASSWORD = '5f4dcc3b5aa765d61d8327deb882cf99'
const DJANGO = 'pbkdf2_sha256$390000$seasalt$8xBlGd3jVgvJ+92hWPxi5ww0uuAuAnKgC45eudxro7c='
const ARGON2I = '$argon2i$v=19$m=64,t=4,p=8$Z2liZXJyaXNo$iGXEpMBTDYQ8G/71tF0qGjxRHEmR3gpGULcE93zUJVU'

describe("the folding of a row's name", () => {
  test.each([
    ['upper case', 'MD5', 'md5'],
    ['white space at both ends', '\t md5 \r\n\v\f', 'md5'],
    ['the padding of a column', 'bcrypt'.padEnd(255), 'bcrypt'],
    ['dashes', 'Scrypt-Firebase', 'scrypt_firebase'],
    ['nothing but white space', ' \t', ''],
  ])('undoes %s', (_, name, folded) => {
    expect(foldName(name)).toBe(folded)
  })

  test.each([
    ['white space within', 'md 5'],
    ['white space beyond ASCII', '\u{a0}md5'],
    ['the kelvin sign, whose lower case is k', '\u{212a}eycloak'],
    ['letters in full width', 'ＭＤ５'],
    ['a NUL', 'md5\0'],
  ])('keeps %s', (_, name) => {
    expect(foldName(name)).toBe(name)
  })

  test('lowers the letters of ASCII alone in a name with others', () => {
    expect(foldName('GRÖSSE-K')).toBe('grÖsse_k')
  })
})

test('the name argon2 stands for both hashers of that family', () => {
  const { parse } = createRegistry()
  expect(parse(ARGON2I, { hasher: 'argon2' })).toMatchObject({ outcome: 'parsed', hasher: 'argon2i' })
  expect(parse(ARGON2I.replace('2i$', '2id$'), { hasher: 'Argon2' })).toMatchObject({ hasher: 'argon2id' })
  expect(parse(MD5_OF_PASSWORD, { hasher: 'argon2' })).toMatchObject({ outcome: 'malformed' })
})

test('the name of a hasher stands first for that hasher, then for others with this alias', async () => {
  const { parse, verify } = createRegistry({ equalize: false })
  const wide =
    '000102030405060708090a0b0c0d0e0f:3e0919938b5e2b36382eb5a81c23ab15482d02c6a9e295451ff69530660a61b2ca15c113ee385e40a1a76b9345e7d3d519fe53b60d2786758802d888ceb009d1'
  const narrow =
    '000102030405060708090a0b0c0d0e0f:dd8ef09ea24166b46464433650177f9b0daa51f7e65903270bbf8a1871157ab8466978b29f3d29be84b5316087bf43f433a59ef0456e6e49d57e0377a3e85b20'
  for (const hasher of ['scrypt_lucia', 'scrypt_better_auth', 'lucia', 'better_auth']) {
    for (const digest of [wide, narrow]) {
      expect(await verify('password', digest, { hasher })).toBe(true)
    }
  }
  expect(await verify('Password', wide, { hasher: 'lucia' })).toBe(false)
  expect(parse(wide, { hasher: 'scrypt_lucia' })).toMatchObject({ hasher: 'scrypt_lucia' })
  expect(parse(wide, { hasher: 'scrypt_better_auth' })).toMatchObject({ hasher: 'scrypt_better_auth' })
})

describe("names of the application's own", () => {
  test('stand for hashers of the registry', async () => {
    const { parse, verify, identify } = createRegistry({
      equalize: false,
      names: { 'Legacy-PHP': 'md5', django: 'pbkdf2_sha256_django', pbkdf2_sha256: 'pbkdf2_sha256_django' },
    })
    expect(await verify('password', MD5_OF_PASSWORD, { hasher: 'legacy_php' })).toBe(true)
    expect(parse(DJANGO, { hasher: 'DJANGO' })).toMatchObject({ hasher: 'pbkdf2_sha256_django' })
    expect(parse(DJANGO, { hasher: 'pbkdf2_sha256' })).toMatchObject({ hasher: 'pbkdf2_sha256_django' })
    expect(identify(DJANGO)).toEqual(['pbkdf2_sha256_django', 'pbkdf2_sha256'])
  })

  test.each([
    ['no object', 'md5'],
    ['null', null],
    ['a list', [['mine', 'md5']]],
    ['a Map', new Map([['mine', 'md5']])],
    ['a hasher that does not exist', { mine: 'md6' }],
    ['a hasher that is no text', { mine: 5 }],
    ['an empty name', { ' ': 'md5' }],
    ['one name in two spellings', { 'Old-PHP': 'sha256', old_php: 'md5' }],
    ['a form that the target writes', { BCRYPT: 'md5' }],
  ])('are refused where they are %s', (_, names: unknown) => {
    const create: (options: never) => unknown = createRegistry
    expect(() => {
      Reflect.apply(create, undefined, [{ names }])
    }).toThrow(RegistryError)
  })
})
