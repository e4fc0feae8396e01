import { PassliftError } from '../index.js'
import type { Get, Made } from './contract.js'

/** Builds a digest of columns; a problem where they are no digest of the system. */
export function build(make: () => string | undefined): Made {
  try {
    return make() ?? { problem: 'bad-fields' }
  } catch (error) {
    if (error instanceof PassliftError) return { problem: 'bad-fields' }
    throw error
  }
}

/** Builds a digest of the columns of a system: of none where the first is empty, and a problem where another is. */
export function join(
  get: Get,
  names: readonly string[],
  make: (values: readonly string[]) => string | undefined,
): Made {
  const values = names.map(get)
  const [first] = values
  if (first === undefined) return { problem: 'missing-column' }
  if (values.includes(false)) return { problem: 'wrong-type' }
  if (first === null || first === '') return null
  const texts = values.filter((value) => typeof value === 'string')
  return texts.length === names.length ? build(() => make(texts)) : { problem: 'bad-fields' }
}

/**
 * The bytes of a text in hexadecimal, base64 of either alphabet, or UTF-8; undefined where it is not in the encoding: what Node's
 * decoders leave out would make another digest.
 */
export function decode(text: string, encoding: string): Buffer | undefined {
  if (encoding === 'utf8') return Buffer.from(text)
  if (encoding === 'hex') return /^(?:[0-9a-f]{2})*$/i.test(text) ? Buffer.from(text, 'hex') : undefined
  if (encoding !== 'base64') return undefined
  const bytes = Buffer.from(text, 'base64')
  const plain = text.replaceAll('-', '+').replaceAll('_', '/').replace(/=+$/, '')
  return bytes.toString('base64').replace(/=+$/, '') === plain ? bytes : undefined
}

/** A digest of Ory Kratos's template, which says on which side of the password the salt stands. */
export function writeKratos(
  algorithm: 'md5' | 'sha1' | 'sha256' | 'sha512',
  template: '{SALT}{PASSWORD}' | '{PASSWORD}{SALT}',
  [salt, checksum]: readonly [salt: Buffer, checksum: Buffer],
): string {
  const [pattern, ...fields] = [Buffer.from(template), salt, checksum].map((one) => one.toString('base64'))
  return [`$${algorithm}$pf=${pattern ?? ''}`, ...fields].join('$')
}
