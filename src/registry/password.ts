import { argumentError } from '../argument-error.js'
import { PasswordError } from '../errors.js'
import { MAX_PASSWORD_BYTES } from '../formats/bounds.js'
import { isUint8Array } from '../platform/node.js'

/** A password as a user typed it: text, or bytes that are taken as they are. It is never normalised and never trimmed. */
export type Password = string | Uint8Array

/** The reason why a password cannot be checked: a lone surrogate in the text, or more than 4096 bytes. */
export type PasswordProblem = 'ill-formed' | 'too-long'

export { MAX_PASSWORD_BYTES }

const encoder = /* @__PURE__ */ new TextEncoder()

/**
 * Checks that a password is text or bytes.
 *
 * @throws TypeError `ERR_INVALID_ARG_TYPE`, or `ERR_INVALID_ARG_VALUE` where the buffer of the bytes is gone
 */
export function assertPassword(password: unknown): asserts password is Password {
  if (typeof password === 'string') return
  if (!isUint8Array(password)) {
    throw argumentError('ERR_INVALID_ARG_TYPE', 'password must be a string or a Uint8Array.')
  }
  // Bytes whose buffer is gone would read as the empty password.
  if (isGone(password)) {
    const message = 'password must not be a view of an ArrayBuffer whose bytes are gone.'
    throw argumentError('ERR_INVALID_ARG_VALUE', message)
  }
}

/** A copy of the password's bytes, so that the caller may overwrite its own bytes at once. */
export function readPassword(password: Password): Uint8Array<ArrayBuffer> | PasswordProblem {
  // UTF-8 has at least as many bytes as UTF-16 has units, so text that is far too long is never encoded.
  if (password.length > MAX_PASSWORD_BYTES) return 'too-long'
  if (typeof password !== 'string') return Uint8Array.from(password)
  if (!password.isWellFormed()) return 'ill-formed'
  const bytes = encoder.encode(password)
  return bytes.byteLength > MAX_PASSWORD_BYTES ? 'too-long' : bytes
}

/**
 * The bytes of a new password.
 *
 * @throws PasswordError `ERR_PASSWORD_ILL_FORMED`, `ERR_PASSWORD_TOO_LONG`
 */
export function requirePassword(password: Password): Uint8Array<ArrayBuffer> {
  const bytes = readPassword(password)
  if (bytes === 'ill-formed') {
    throw new PasswordError(
      'ERR_PASSWORD_ILL_FORMED',
      'The password holds half of a surrogate pair. Ask for it again.',
    )
  }
  if (bytes === 'too-long') {
    throw new PasswordError(
      'ERR_PASSWORD_TOO_LONG',
      `The password is over ${MAX_PASSWORD_BYTES} bytes of UTF-8.`,
    )
  }
  return bytes
}

const SEVEN_BITS_OF_ZERO = 0x80

/**
 * Whether a password is empty, or nothing but NULs, which bcrypt, PBKDF2 and scrypt cannot tell from the empty one. To DES, which reads
 * seven bits, bytes of 0x80 are NULs.
 */
export function isEmptyPassword(password: Password): boolean {
  for (let place = 0; place < password.length; place++) {
    const isNul =
      typeof password === 'string'
        ? password.charCodeAt(place) === 0
        : password[place] === 0 || password[place] === SEVEN_BITS_OF_ZERO
    if (!isNul) return false
  }
  return true
}

/** Whether the buffer of some bytes was transferred away, or made smaller than the view of the bytes. */
function isGone(bytes: Uint8Array): boolean {
  try {
    // The length is 0 both for an empty view and for a view whose buffer is gone.
    bytes.values()
    return false
  } catch {
    return true
  }
}
