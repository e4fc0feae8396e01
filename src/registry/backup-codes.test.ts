import bcryptjs from 'bcryptjs'
import { describe, expect, test, vi } from 'vitest'
import { textOf } from '../formats/fields.js'
import { createRegistry } from '../default.js'
import { defineHasher } from '../hasher/hasher.js'
import { messageDigest } from '../platform/node.js'
import { createRegistry as createBareRegistry } from './registry.js'

const { matchBackupCode } = createRegistry({ equalize: false })

const BCRYPT_OF_CODE = await bcryptjs.hash('7c1f-99ab', 4)
const BCRYPT_OF_ANOTHER = await bcryptjs.hash('0000-0000', 4)
const DJANGO_OF_CODE = `bcrypt_sha256$${await bcryptjs.hash(Buffer.from(messageDigest('sha256', Buffer.from('7c1f-99ab'))).toString('hex'), 4)}`

describe('a backup code matches', () => {
  test.each([
    ['the plain code', ['0000-0000', '7c1f-99ab', '1111-1111'], 1],
    ['the bcrypt digest of the code', ['0000-0000', BCRYPT_OF_ANOTHER, BCRYPT_OF_CODE], 2],
    ['the bcrypt digest of the code in the spelling of PHP', [BCRYPT_OF_CODE.replace('$2b$', '$2y$')], 0],
    ['the bcrypt digest of the code as Django writes it', [DJANGO_OF_CODE], 0],
    ['the first of two plain codes', ['7c1f-99ab', '7c1f-99ab'], 0],
    ['the first of a digest and a plain code', [null, BCRYPT_OF_CODE, '7c1f-99ab'], 1],
    ['the first of a plain code and a digest', [null, '7c1f-99ab', BCRYPT_OF_CODE], 1],
    ['a plain code behind spent codes', [null, null, '7c1f-99ab'], 2],
    ['a plain code behind an empty entry', ['', '7c1f-99ab'], 1],
  ])('%s', async (_, stored, index) => {
    expect(await matchBackupCode('7c1f-99ab', stored)).toBe(index)
    expect(await matchBackupCode(Buffer.from('7c1f-99ab'), stored)).toBe(index)
  })
})

describe('a backup code does not match', () => {
  test.each([
    ['an empty list', '7c1f-99ab', []],
    ['a list of spent codes', '7c1f-99ab', [null, null]],
    ['another code', '7c1f-99ab', ['7c1f-99ac', BCRYPT_OF_ANOTHER]],
    ['a longer code with the same beginning', '7c1f-99ab', ['7c1f-99ab0']],
    ['a shorter code with the same beginning', '7c1f-99ab', ['7c1f-99a']],
    ['a code in another case', '7c1f-99ab', ['7C1F-99AB']],
    ['a code with white space around it', '7c1f-99ab', [' 7c1f-99ab', '7c1f-99ab\n']],
    ['a code that cannot be typed', '\ud83d', ['\ud83d']],
    ['a code that is too long', 'x'.repeat(4_097), ['x'.repeat(4_097)]],
    ['the digest of another hasher', 'password', ['5f4dcc3b5aa765d61d8327deb882cf99']],
    ['a digest over the limits', '7c1f-99ab', [BCRYPT_OF_CODE.replace('$04$', '$31$')]],
  ])('%s', async (_, code, stored) => {
    expect(await matchBackupCode(code, stored)).toBeNull()
  })

  test.each([
    ['empty', ''],
    ['one NUL, which bcrypt cannot tell from nothing', '\0'],
    ['nothing but NULs', '\0\0\0'],
  ])('where the code is %s', async (_, code) => {
    const bcryptOfEmpty = await bcryptjs.hash('', 4)
    expect(await matchBackupCode(code, [code, '', bcryptOfEmpty, null])).toBeNull()
    expect(await matchBackupCode(Buffer.from(code), [code, '', bcryptOfEmpty])).toBeNull()
  })

  test.each([
    ['argon2', '$argon2id$v=19$m=64,t=4,p=8$Z2liZXJyaXNo$iGXEpMBTDYQ8G/71tF0qGjxRHEmR3gpGULcE93zUJVU'],
    ['a tag of LDAP', '{CRYPT}abcdefghijklm'],
    ['phpass', '$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0'],
    ['an unknown hasher', 'acme$seasalt$6292fe549ea4fd63'],
    ['bcrypt, cut in front to its cost', BCRYPT_OF_CODE.slice(4)],
    ['bcrypt, cut in front to its salt and checksum', BCRYPT_OF_CODE.slice(7)],
    ['bcrypt, cut in front into its salt', BCRYPT_OF_CODE.slice(20)],
    ['bcrypt, cut in front to its checksum', BCRYPT_OF_CODE.slice(29)],
    ['hexadecimal with a digit lost', '5f4dcc3b5aa765d61d8327deb882cf9'],
    ['hexadecimal in quotes', '"5f4dcc3b5aa765d61d8327deb882cf99"'],
    ['hexadecimal of 32 digits', '5f4dcc3b5aa765d61d8327deb882cf99'],
    ['hexadecimal of 40 digits', '6e300846d19177578bf4a88f8c4d98844834cfb5'],
    ['hexadecimal of 64 digits', 'A'.repeat(64)],
    ['hexadecimal of 128 digits', '0'.repeat(128)],
    ["MySQL's PASSWORD()", '*2470C0C06DEE42FD1618BBB99005ADCA2EC9D1E1'],
    ['hexadecimal and a salt', '5f4dcc3b5aa765d61d8327deb882cf99:salt'],
    ['iterations, salt and checksum', '1000:0123456789abcdef:0123456789abcdef'],
    ['MediaWiki', ':B:838c83e1:e4ab7024509eef084cdabd03d8b2972c'],
    ["BSDi's crypt", '_J9..rasmBYk8r9AiWNc'],
    ['bytes as SQL dumps write them', '0x0100A607BA7C54A24D17B565'],
    ['bytes as .NET writes them', '5F-4D-CC-3B-5A-A7-65-D6-1D-83-27-DE-B8-82-CF-99'],
    ['base64', 'Wd49Jfl/4L27LWKYElQgKWd49Jfl/4L27LWKYElQgKQ='],
  ])('the text of a digest, whole or damaged: %s', async (_, entry) => {
    expect(await matchBackupCode(entry, ['0000-0000', entry])).toBeNull()
  })

  test.each([
    ['whole', BCRYPT_OF_CODE],
    ['as Django writes it', DJANGO_OF_CODE],
    ['cut short', BCRYPT_OF_CODE.slice(0, 50)],
    ['cut to its prefix', '$2b$'],
    ['with more after it', `${BCRYPT_OF_CODE}\n`],
    ['of an impossible cost', BCRYPT_OF_CODE.replace('$04$', '$99$')],
    ['of a cost over the limits', BCRYPT_OF_CODE.replace('$04$', '$31$')],
    ['of a version that is not verified', BCRYPT_OF_CODE.replace('$2b$', '$2x$')],
    ['of the first version', BCRYPT_OF_CODE.replace('$2b$', '$2$')],
    ['with a character that bcrypt does not write', BCRYPT_OF_CODE.replace(/.$/, '!')],
    ['as Django writes it, cut short', DJANGO_OF_CODE.slice(0, 40)],
    ['over 4096 characters', BCRYPT_OF_CODE.padEnd(4_097, '.')],
  ])('the text of a bcrypt digest, %s', async (_, entry) => {
    const typed = entry.slice(0, 4_096)
    expect(await matchBackupCode(typed, [entry])).toBeNull()
    expect(await matchBackupCode(entry, [entry])).toBeNull()
  })
})

describe('a plain backup code matches where it is', () => {
  test.each([
    ['digits in groups', '4821-0937'],
    ['16 hexadecimal digits', '0123456789abcdef'],
    ['a UUID', '0f8fad5b-d9cb-469f-a165-70867728950e'],
    ['words', 'correct horse battery staple, and a good deal more'],
    ['letters beyond ASCII', 'geheimer Schlüssel'],
  ])('%s', async (_, code) => {
    expect(await matchBackupCode(code, ['0000-0000', code])).toBe(1)
  })
})

test('the event loop runs while a thousand plain backup codes are compared', async () => {
  let turns = 0
  let isDone = false
  const count = (): void => {
    turns++
    if (!isDone) setImmediate(count)
  }
  setImmediate(count)
  const codes = Array.from({ length: 1_000 }, (_, place) => `code-${place}`)
  expect(await matchBackupCode('code-999', codes)).toBe(999)
  isDone = true
  expect(turns).toBeGreaterThanOrEqual(10)
})

describe('every entry of a list of backup codes is tried', () => {
  const watched = () => {
    const derive = vi.fn((code: Uint8Array) => Promise.resolve(messageDigest('sha256', code)))
    const form = defineHasher<null>({
      name: 'form',
      standing: 'sound',
      example: 'form:code',
      prefixes: ['form:'],
      parse: (rest) => {
        const checksum = messageDigest('sha256', Buffer.from(textOf(rest)))
        return [{ params: null, salt: new Uint8Array(0), checksum }]
      },
      describe: () => ({}),
      cost: () => ({ milliseconds: 1, bytes: 0, lanes: 1 }),
      derive,
    })
    const target = {
      hashers: [form] as const,
      cost: () => ({ milliseconds: 1, bytes: 0, lanes: 1 }),
      hash: () => Promise.resolve({ digest: 'form:code', hasher: 'form' }),
    }
    return { registry: createBareRegistry({ hashers: [], target }), derive }
  }

  test.each([
    ['the first matches', ['form:code', 'form:2', 'form:3'], 0],
    ['the last matches', ['form:1', 'form:2', 'form:code'], 2],
    ['a plain code before the digests matches', ['code', 'form:1', 'form:2', 'form:3'], 0],
    ['no entry matches', ['form:1', 'form:2', 'form:3'], null],
    ['two entries match', ['form:1', 'form:code', 'form:code'], 1],
  ])('where %s', async (_, stored, index) => {
    const { registry, derive } = watched()
    expect(await registry.matchBackupCode('code', stored)).toBe(index)
    expect(derive).toHaveBeenCalledTimes(3)
  })

  test('where the code is empty, so that it takes as long as any other code', async () => {
    const { registry, derive } = watched()
    expect(await registry.matchBackupCode('', ['form:', 'form:2', 'form:3'])).toBeNull()
    expect(derive).toHaveBeenCalledTimes(3)
  })
})

test('a digest among backup codes is read by the hashers of the target alone, even if others claim it', async () => {
  const anything = defineHasher<null>({
    name: 'anything',
    standing: 'sound',
    example: '$2b$',
    identify: (text) => text.startsWith('$2b$'),
    parse: () => [{ params: null, salt: new Uint8Array(0), checksum: new Uint8Array(1) }],
    describe: () => ({}),
    cost: () => ({ milliseconds: 1, bytes: 0, lanes: 1 }),
    derive: () => Promise.resolve(new Uint8Array(1)),
  })
  const registry = createRegistry({ hashers: [anything], equalize: false })
  expect(await registry.verify('another', BCRYPT_OF_CODE)).toBe(true)
  expect(await registry.matchBackupCode('another', [BCRYPT_OF_CODE])).toBeNull()
  expect(await registry.matchBackupCode('7c1f-99ab', [BCRYPT_OF_CODE])).toBe(0)
})

describe('a list of backup codes', () => {
  test.each([
    ['missing', undefined],
    ['null', null],
    ['one code', '7c1f-99ab'],
    ['a set', new Set(['7c1f-99ab'])],
    ['of numbers', [1234]],
    ['with undefined', ['7c1f-99ab', undefined]],
    ['with a gap', Object.assign(['7c1f-99ab'], { 2: '7c1f-99ac' })],
    ['of bytes', [Buffer.from('7c1f-99ab')]],
  ])('is refused with a TypeError where it is %s', async (_, stored: unknown) => {
    const match: (...given: never[]) => unknown = matchBackupCode
    const pending: unknown = Reflect.apply(match, undefined, ['7c1f-99ab', stored])
    await expect(pending).rejects.toBeInstanceOf(TypeError)
  })

  test('may be changed by the caller before the answer', async () => {
    const stored = [BCRYPT_OF_ANOTHER, '7c1f-99ab']
    const pending = matchBackupCode('7c1f-99ab', stored)
    stored.fill('spent')
    expect(await pending).toBe(1)
    expect(stored).toEqual(['spent', 'spent'])
  })
})

test('the bytes of a backup code may be overwritten by the caller before the answer', async () => {
  const code = Buffer.from('7c1f-99ab')
  const pending = matchBackupCode(code, [BCRYPT_OF_ANOTHER, BCRYPT_OF_CODE])
  code.fill(0)
  expect(await pending).toBe(1)
})
