import { splitFields } from './fields.js'
import type { Field } from './fields.js'
import { decodeHex } from './hex.js'
import { readInteger } from './integer.js'
import { malformed } from './problem.js'
import type { Malformed } from './problem.js'

/** Salt, iterations and checksum as both of Tomcat's credential handlers write them. */
export interface HexRounds {
  readonly salt: Uint8Array
  readonly iterations: number
  readonly checksum: Uint8Array
}

/** Reads `<salt>$<iterations>$<checksum>`, salt and checksum in hexadecimal, the salt not empty. */
export function parseHexRounds(rest: Field, maxIterations: number): HexRounds | Malformed {
  const fields = splitFields(rest, '$', 3)
  if (fields === undefined) return malformed('shape', 'digest')
  const [saltField, iterationsField, checksumField] = fields
  const salt = decodeHex(saltField)
  if (typeof salt === 'string') return malformed(salt, 'salt')
  if (salt.length === 0) return malformed('length', 'salt')
  const iterations = readInteger(iterationsField, { min: 1, max: maxIterations })
  if (typeof iterations === 'string') return malformed(iterations, 'iterations')
  const checksum = decodeHex(checksumField)
  return typeof checksum === 'string' ? malformed(checksum, 'checksum') : { salt, iterations, checksum }
}
