import { argumentError } from '../argument-error.js'
import { PasswordError } from '../errors.js'
import { isUint8Array } from '../platform/node.js'

/** What a user typed: text, or bytes that are taken as they are. It is never normalised and never trimmed. */
export type Password = string | Uint8Array

/** Why a password cannot be checked: a lone surrogate in the text, or over 4096 bytes. */
export type PasswordProblem = 'ill-formed' | 'too-long'

/** Ten times what anybody types, and small enough that hashing it a few times costs nothing. */
export const MAX_PASSWORD_BYTES = 4_096

const encoder = /* @__PURE__ */ new TextEncoder()

/** @throws TypeError where it is neither text nor bytes, or the bytes are gone */
export function assertPassword(password: unknown): asserts password is Password {
  if (typeof password === 'string') return
  if (!isUint8Array(password)) {
    throw argumentError('ERR_INVALID_ARG_TYPE', 'password must be a string or a Uint8Array.')
  }
  // A buffer that is gone would read as the empty password.
  if (isGone(password)) {
    const message = 'password must not be a view of an ArrayBuffer whose bytes are gone.'
    throw argumentError('ERR_INVALID_ARG_VALUE', message)
  }
}

/** A copy of the password's bytes, so that whoever passed it may overwrite it at once. */
export function readPassword(password: Password): Uint8Array<ArrayBuffer> | PasswordProblem {
  // UTF-8 has at least as many bytes as UTF-16 has units, so text that is far too long is never encoded.
  if (password.length > MAX_PASSWORD_BYTES) return 'too-long'
  if (typeof password !== 'string') return Uint8Array.from(password)
  if (!password.isWellFormed()) return 'ill-formed'
  const bytes = encoder.encode(password)
  return bytes.byteLength > MAX_PASSWORD_BYTES ? 'too-long' : bytes
}

/** The bytes of a new password. */
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

/** Whether a password is empty or nothing but NULs, which bcrypt, PBKDF2 and scrypt cannot tell from the empty one. */
export function isEmptyPassword(password: Password): boolean {
  for (let place = 0; place < password.length; place++) {
    const code = typeof password === 'string' ? password.charCodeAt(place) : password[place]
    if (code !== 0) return false
  }
  return true
}

/** Whether the buffer was transferred away, or made smaller than the view. */
function isGone(bytes: Uint8Array): boolean {
  try {
    // The length alone cannot tell it from an empty one.
    bytes.values()
    return false
  } catch {
    return true
  }
}
