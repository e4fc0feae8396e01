import { createContext, runInContext } from 'node:vm'
import { setImmediate } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { argumentError } from '../argument-error.js'
import { createRegistry, createSignIn } from '../default.js'
import {
  assertPassword,
  isEmptyPassword,
  MAX_PASSWORD_BYTES,
  readPassword,
  requirePassword,
} from './password.js'
import type { Runtime } from '../runtime/runtime.js'

const bytesOf = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text, 'utf8'))

describe('a password given as text', () => {
  test.each(['', 'correct horse', ' outer space ', 'a\0b', '\u{feff}mark', 'naïve', '密码', '🐎🔋'])(
    'is read as the whole of its UTF-8 (case %#)',
    (text) => {
      expect(readPassword(text)).toEqual(bytesOf(text))
    },
  )

  test('is not normalised', () => {
    expect(readPassword('e\u{301}')).not.toEqual(readPassword('\u{e9}'))
    expect(readPassword('\u{fb01}')).not.toEqual(readPassword('fi'))
  })

  test.each([
    ['a high surrogate alone', '\u{d83d}'],
    ['a low surrogate alone', '\u{dc0e}'],
    ['a high surrogate at the end', 'horse\u{d83d}'],
    ['a high surrogate before other text', '\u{d83d}horse'],
    ['a pair the wrong way round', '\u{dc0e}\u{d83d}'],
    ['a low surrogate after a whole pair', '🐎\u{dc0e}'],
  ])('with half of a surrogate pair is ill-formed: %s', (_, text) => {
    expect(readPassword(text)).toBe('ill-formed')
    expect(() => requirePassword(text)).toThrow(
      expect.objectContaining({ name: 'PasswordError', code: 'ERR_PASSWORD_ILL_FORMED' }),
    )
  })
})

describe('the length of a password', () => {
  test.each([
    ['one byte each', 'a'.repeat(4_096)],
    ['two bytes each', 'é'.repeat(2_048)],
    ['three bytes each', `${'密'.repeat(1_365)}a`],
    ['four bytes each', '🐎'.repeat(1_024)],
    ['bytes', new Uint8Array(4_096)],
  ])('may be 4096 bytes: %s', (_, password) => {
    expect(readPassword(password)).toHaveLength(MAX_PASSWORD_BYTES)
    expect(requirePassword(password)).toHaveLength(4_096)
  })

  test.each([
    ['one byte each', 'a'.repeat(4_097)],
    ['two bytes each', `${'é'.repeat(2_048)}a`],
    ['three bytes each', '密'.repeat(1_366)],
    ['four bytes each', `${'🐎'.repeat(1_024)}a`],
    ['bytes', new Uint8Array(4_097)],
    ['a whole book', 'a'.repeat(10_000_000)],
  ])('may not be over 4096 bytes: %s', (_, password) => {
    expect(readPassword(password)).toBe('too-long')
    expect(() => requirePassword(password)).toThrow(
      expect.objectContaining({ name: 'PasswordError', code: 'ERR_PASSWORD_TOO_LONG' }),
    )
  })
})

describe('a password given as bytes', () => {
  test('is read as its bytes, UTF-8 or not', () => {
    expect(readPassword(Uint8Array.of(0xff, 0, 0xc0, 0x80))).toEqual(Uint8Array.of(0xff, 0, 0xc0, 0x80))
    expect(readPassword(new Uint8Array(0))).toEqual(new Uint8Array(0))
  })

  test('is the bytes of a view, not of the whole buffer', () => {
    const whole = bytesOf('--correct horse--')
    expect(readPassword(whole.subarray(2, 15))).toEqual(bytesOf('correct horse'))
    expect(readPassword(Buffer.from('a pooled buffer'))).toEqual(bytesOf('a pooled buffer'))
    expect(readPassword(Buffer.from('--horse').subarray(2))).toEqual(bytesOf('horse'))
  })

  test('is copied into a buffer of its own', () => {
    const own = bytesOf('--correct horse--').subarray(2, 15)
    const copy = requirePassword(own)
    own.fill(0)
    expect(copy).toEqual(bytesOf('correct horse'))
    expect(copy.buffer.byteLength).toBe(copy.byteLength)
  })

  test('is copied out of a shared buffer', () => {
    const shared = new Uint8Array(new SharedArrayBuffer(5))
    shared.set(bytesOf('horse'))
    const copy = requirePassword(shared)
    shared.fill(0)
    expect(copy).toEqual(bytesOf('horse'))
    expect(copy.buffer).toBeInstanceOf(ArrayBuffer)
  })

  test('may come from another realm', () => {
    const foreign: unknown = runInContext('Uint8Array.of(1, 2, 3)', createContext())
    expect(foreign).not.toBeInstanceOf(Uint8Array)
    assertPassword(foreign)
    expect(readPassword(foreign)).toEqual(Uint8Array.of(1, 2, 3))
  })
})

describe('a password that is neither text nor bytes', () => {
  test.each([
    ['nothing', undefined],
    ['null', null],
    ['a number', 4096],
    ['a boolean', true],
    ['a String object', Object('horse')],
    ['an array of bytes', [1, 2, 3]],
    ['an ArrayBuffer', new ArrayBuffer(3)],
    ['a DataView', new DataView(new ArrayBuffer(3))],
    ['words of 16 bits', Uint16Array.of(1, 2, 3)],
    ['clamped bytes', Uint8ClampedArray.of(1, 2, 3)],
    ['signed bytes', Int8Array.of(1, 2, 3)],
    ['an object with the tag of bytes', { length: 1, 0: 104, [Symbol.toStringTag]: 'Uint8Array' }],
    ['an object with the prototype of bytes', Object.create(Uint8Array.prototype)],
    ['a function', () => 'horse'],
  ])('is refused with a TypeError: %s', (_, password: unknown) => {
    expect(() => {
      assertPassword(password)
    }).toThrow(argumentError('ERR_INVALID_ARG_TYPE', 'password must be a string or a Uint8Array.'))
  })

  test('is refused where a view is past the end of a buffer that was made smaller', () => {
    // TypeScript's library for ES2023 does not know resizable buffers yet.
    const buffer: unknown = Reflect.construct(ArrayBuffer, [16, { maxByteLength: 16 }])
    const view: unknown = Reflect.construct(Uint8Array, [buffer, 8, 8])
    const resize: unknown = Reflect.get(Object(buffer), 'resize')
    if (typeof resize !== 'function') throw new Error('A buffer must be resizable here.')
    Reflect.apply(resize, buffer, [4])
    expect(() => {
      assertPassword(view)
    }).toThrow(
      argumentError(
        'ERR_INVALID_ARG_VALUE',
        'password must not be a view of an ArrayBuffer whose bytes are gone.',
      ),
    )
  })

  test.each([
    ['whole', new Uint8Array(8)],
    ['in part', new Uint8Array(8).subarray(2, 4)],
    ['empty', new Uint8Array(0)],
  ])('is not the empty password where its buffer was transferred: %s', (_, view) => {
    structuredClone(view.buffer, { transfer: [view.buffer] })
    expect(view).toHaveLength(0)
    expect(() => {
      assertPassword(view)
    }).toThrow(
      argumentError(
        'ERR_INVALID_ARG_VALUE',
        'password must not be a view of an ArrayBuffer whose bytes are gone.',
      ),
    )
  })

  test('is not the empty password where a view is past the end of a buffer that shrank', async () => {
    const registry = createRegistry({ equalize: false, runtime: readLate([]) })
    const empty = 'd41d8cd98f00b204e9800998ecf8427e'
    expect(await registry.verify('', empty)).toBe(true)
    await expect(registry.verify(viewPastTheEnd(), empty)).rejects.toThrow(TypeError)
  })
})

describe('the bytes of a password may be overwritten by the caller at once', () => {
  const digest = '$2b$04$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW'

  test.each([
    ['evaluate', (registry: Registry, password: Uint8Array) => registry.evaluate(password, digest)],
    ['verify', (registry: Registry, password: Uint8Array) => registry.verify(password, digest)],
    [
      'verify with a signal',
      (registry: Registry, password: Uint8Array) =>
        registry.verify(password, digest, { signal: new AbortController().signal }),
    ],
    ['hash', (registry: Registry, password: Uint8Array) => registry.hash(password)],
    [
      'matchBackupCode',
      (registry: Registry, password: Uint8Array) => registry.matchBackupCode(password, [digest]),
    ],
    ['signIn', signInLate],
  ])('after a call of %s', async (_, call) => {
    const seen: string[] = []
    const registry = createRegistry({ equalize: false, runtime: readLate(seen) })
    const password = bytesOf('correct horse')
    const answer = call(registry, password)
    password.fill(0x78)
    await answer
    expect(seen).toEqual(['correct horse'])
  })

  test('and are not changed by a call', async () => {
    const registry = createRegistry({ equalize: false, runtime: readLate([]) })
    const password = bytesOf('correct horse')
    await registry.verify(password, digest)
    await registry.hash(password)
    await registry.matchBackupCode(password, [digest])
    expect(password).toEqual(bytesOf('correct horse'))
  })

  async function signInLate(registry: Registry, password: Uint8Array): Promise<unknown> {
    const find = async (): Promise<{ digest: string }> => {
      await setImmediate()
      return { digest }
    }
    return createSignIn({ registry, find, replaceDigest: () => true })('somebody', password)
  }
})

type Registry = ReturnType<typeof createRegistry>

/** A runtime that reads the password one turn of the event loop later, as a queue would. */
function readLate(seen: string[]): Runtime {
  return {
    admit: () => () => undefined,
    run: async (job) => {
      await setImmediate()
      if (job.kind === 'bcrypt') seen.push(Buffer.from(job.password).toString('utf8'))
      return new Uint8Array(23)
    },
  }
}

/** Makes a view past the end of a buffer that shrank. The types of the oldest Node have no buffer that can shrink. */
function viewPastTheEnd(): Uint8Array {
  const buffer: unknown = Reflect.construct(ArrayBuffer, [8, { maxByteLength: 8 }])
  if (!(buffer instanceof ArrayBuffer)) throw new Error('An ArrayBuffer must be one.')
  const view = new Uint8Array(buffer, 4, 4)
  const resize: unknown = Reflect.get(buffer, 'resize')
  if (typeof resize !== 'function') throw new Error('An ArrayBuffer must be resizable.')
  Reflect.apply(resize, buffer, [2])
  return view
}

test.each([
  ['no text', '', true],
  ['NULs', '\0\0', true],
  ['no bytes', new Uint8Array(0), true],
  ['bytes that are NULs of seven bits', Uint8Array.of(0x80, 0), true],
  ['a control character of two bytes', '\u{80}', false],
  ['its bytes', bytesOf('\u{80}'), false],
  ['a NUL and a letter', '\0a', false],
])('whether a password is as good as none: %s', (_, password, expected) => {
  expect(isEmptyPassword(password)).toBe(expected)
})
