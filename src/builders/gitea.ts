import { base64Unpadded, encodeBase64 } from '../formats/base64.js'
import { fieldOf, splitFields } from '../formats/fields.js'
import type { Field } from '../formats/fields.js'
import { decodeHex } from '../formats/hex.js'
import { readInteger } from '../formats/integer.js'
import { hexOf, openColumns, SALT } from './columns.js'
import type { Columns } from './columns.js'
import { BCRYPT } from './vendors/strings.js'

// The salt is hexadecimal, but for the 10 characters of text that old releases made.
const OLD_SALT_LENGTH = 10
const COUNT = { min: 1, max: 2 ** 31 - 1 }
const EXPECTED = 'pbkdf2, argon2, scrypt or bcrypt with its numbers, as pbkdf2$320000$50'

export interface GiteaColumns {
  readonly passwd: string
  readonly salt: string
  /** `pbkdf2$320000$50`, and the like of argon2, scrypt and bcrypt; `pbkdf2` and an empty text are of old releases. */
  readonly passwdHashAlgo: string
}

/**
 * A digest of the table `user` of Gitea or Forgejo, for the hashers `gitea`, `argon2id`, `scrypt_passlib` and `bcrypt`.
 *
 * @throws PassliftError `ERR_BUILDER_FIELD`, which names the column
 * @see https://github.com/go-gitea/gitea/tree/main/modules/auth/password/hash
 */
export function gitea(row: GiteaColumns): string {
  const columns = openColumns('gitea', row, ['passwd', 'salt', 'passwdHashAlgo'])
  const algorithm = columns.text('passwdHashAlgo', { is: () => true, expected: EXPECTED })
  if (algorithm === '' || algorithm === 'pbkdf2') return writePbkdf2(columns, [10_000, 50])
  if (algorithm.startsWith('bcrypt$')) return columns.text('passwd', BCRYPT)
  const [name = ''] = algorithm.split('$', 1)
  const rest = fieldOf(algorithm, name.length + 1)
  const numbers = readNumbers(name === 'pbkdf2' ? splitFields(rest, '$', 2) : splitFields(rest, '$', 4))
  const write = { pbkdf2: writePbkdf2, argon2: writeArgon2, scrypt: writeScrypt }[name]
  if (numbers === undefined || write === undefined) throw columns.fail('passwdHashAlgo', EXPECTED)
  return write(columns, numbers)
}

type Numbers = readonly number[]

function readNumbers(fields: readonly Field[] | undefined): Numbers | undefined {
  const numbers = (fields ?? [])
    .map((field) => readInteger(field, COUNT))
    .filter((one) => typeof one === 'number')
  return numbers.length === fields?.length ? numbers : undefined
}

function writePbkdf2({ text }: Columns, [iterations, length = 0]: Numbers): string {
  return ['gitea', iterations, text('salt', SALT), text('passwd', hexOf(length))].join('$')
}

function writeArgon2(columns: Columns, [iterations, memory, lanes, length = 0]: Numbers): string {
  const { salt, checksum } = readBytes(columns, length)
  return `$argon2id$v=19$m=${memory},t=${iterations},p=${lanes}$${salt}$${checksum}`
}

function writeScrypt(columns: Columns, [n = 0, r, p, length = 0]: Numbers): string {
  const exponent = Math.log2(n)
  if (!Number.isInteger(exponent)) throw columns.fail('passwdHashAlgo', EXPECTED)
  const { salt, checksum } = readBytes(columns, length)
  return `$scrypt$ln=${exponent},r=${r},p=${p}$${salt}$${checksum}`
}

/** Salt and checksum in base64. */
function readBytes(
  { text, fail }: Columns,
  length: number,
): { readonly salt: string; readonly checksum: string } {
  const salt = text('salt', SALT)
  const bytes = salt.length === OLD_SALT_LENGTH ? new TextEncoder().encode(salt) : decodeHex(fieldOf(salt))
  const checksum = decodeHex(fieldOf(text('passwd', hexOf(length))))
  if (typeof bytes === 'string') throw fail('salt', 'hexadecimal, or 10 characters of text')
  if (typeof checksum === 'string') throw fail('passwd', hexOf(length).expected)
  return { salt: encodeBase64(bytes, base64Unpadded), checksum: encodeBase64(checksum, base64Unpadded) }
}
