import { base64Unpadded, encodeBase64 } from '../../formats/base64.js'
import { encodeText } from '../../formats/expression-text.js'
import { encodeHexBytes } from '../../formats/hex.js'
import { NONE } from './values.js'
import type { HashName } from './hashes.js'

// The digests of the algorithms that vendors share. Where a hasher has a string for one, it is that string; all else is an expression
// of docs/expressions.md, with the bytes of a salt as its input and the checksum in hexadecimal.

const COMMA = 0x2c
/** The hash functions whose digest alone is read as hexadecimal. */
const BARE: readonly HashName[] = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512']
/** The hash functions of `$pbkdf2-…$i=`, in which SHA-224 and SHA-384 are others. */
const PBKDF2: readonly HashName[] = ['sha1', 'sha256', 'sha512']

/** What is hashed: the password, and the salt before or behind it. */
export interface Message {
  readonly before?: Uint8Array
  /** The expression of the password; default `p`. */
  readonly password?: string
  readonly after?: Uint8Array
}

type Input = readonly [name: 's' | 't' | 'k', bytes: Uint8Array]

/** A digest of a hash function, applied so many times. */
export function writeHash({
  hash,
  message,
  checksum,
  count = 1,
}: {
  readonly hash: HashName
  readonly message: Message
  readonly checksum: Uint8Array
  readonly count?: number
}): string {
  const { joined, inputs } = join(message)
  if (count === 1 && joined === 'p' && BARE.includes(hash)) return hexOf(checksum)
  return writeExpression(`${hash}${count === 1 ? '' : `*${count}`}(${joined})`, inputs, checksum)
}

export function writeHmac({
  hash,
  key,
  message,
  checksum,
}: {
  readonly hash: HashName
  readonly key: Uint8Array
  readonly message: Message
  readonly checksum: Uint8Array
}): string {
  const { joined, inputs } = join(message)
  return writeExpression(`hmac-${hash}(k,${joined})`, [...inputs, ['k', key]], checksum)
}

interface Derived {
  readonly salt: Uint8Array
  readonly checksum: Uint8Array
  /** The expression of the password; default `p`. */
  readonly password?: string
}

export function writePbkdf2({
  hash,
  iterations,
  salt,
  checksum,
  password = 'p',
}: Derived & { readonly hash: HashName; readonly iterations: number }): string {
  if (password === 'p' && PBKDF2.includes(hash)) {
    return `$pbkdf2-${hash}$i=${iterations},l=${checksum.length}$${unpadded(salt)}$${unpadded(checksum)}`
  }
  const call = `pbkdf2-${hash}*${iterations}:${checksum.length}(${password},s)`
  return writeExpression(call, [['s', salt]], checksum)
}

/** The numbers of scrypt, N as it is. */
export interface ScryptNumbers {
  readonly N: number
  readonly r: number
  readonly p: number
}

export function writeScrypt({ N, r, p }: ScryptNumbers, { salt, checksum, password = 'p' }: Derived): string {
  if (password === 'p') {
    return `$scrypt$ln=${Math.log2(N)},r=${r},p=${p}$${unpadded(salt)}$${unpadded(checksum)}`
  }
  const call = `scrypt*${N}:${r}:${p}:${checksum.length}(${password},s)`
  return writeExpression(call, [['s', salt]], checksum)
}

export interface Argon2Numbers {
  readonly variant: 'i' | 'd' | 'id'
  readonly version: 16 | 19
  /** In KiB. */
  readonly memory: number
  readonly iterations: number
  readonly lanes: number
  readonly associatedData?: Uint8Array
}

export function writeArgon2(
  { variant, version, memory, iterations, lanes, associatedData = NONE }: Argon2Numbers,
  { salt, checksum }: Derived,
): string {
  const data = associatedData.length === 0 ? '' : `,data=${unpadded(associatedData)}`
  const numbers = `m=${memory},t=${iterations},p=${lanes}${data}`
  return `$argon2${variant}$v=${version}$${numbers}$${unpadded(salt)}$${unpadded(checksum)}`
}

/**
 * A digest of bcrypt whose version the vendor does not keep. It is written as `2b`: the other letters stand for the same algorithm, or
 * for errors of old writers that no vendor repeats.
 */
export function writeBcrypt(cost: number, salt: string, checksum: string): string {
  return `$2b$${String(cost).padStart(2, '0')}$${salt}${checksum}`
}

/** A digest over a message that is not the password alone. */
export function writePre(message: Message, digest: string): string {
  const { joined, inputs } = join(message)
  return joined === 'p' ? digest : `pre$${joined}$${writeInputs(inputs)}$${digest}`
}

export function hexOf(bytes: Uint8Array): string {
  return String.fromCharCode(...encodeHexBytes(bytes))
}

function unpadded(bytes: Uint8Array): string {
  return encodeBase64(bytes, base64Unpadded)
}

function join({ before = NONE, password = 'p', after = NONE }: Message): {
  readonly joined: string
  readonly inputs: readonly Input[]
} {
  const hasBefore = before.length > 0
  const hasAfter = after.length > 0
  const front: readonly Input[] = hasBefore ? [['s', before]] : []
  const back: readonly Input[] = hasAfter ? [[hasBefore ? 't' : 's', after]] : []
  const names = (inputs: readonly Input[]): readonly string[] => inputs.map(([name]) => name)
  return { joined: [...names(front), password, ...names(back)].join('.'), inputs: [...front, ...back] }
}

function writeExpression(call: string, inputs: readonly Input[], checksum: Uint8Array): string {
  return `expr$hex(${call})$${writeInputs(inputs)}$${hexOf(checksum)}`
}

function writeInputs(inputs: readonly Input[]): string {
  return inputs.map(([name, bytes]) => `${name}=${encodeText(bytes, COMMA)}`).join(',')
}
