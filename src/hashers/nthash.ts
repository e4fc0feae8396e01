import { costOfDigest } from '../compute/cost.js'
import { md4 } from '../compute/md4.js'
import { writeOver } from '../formats/blank.js'
import { fieldOf, lengthOf } from '../formats/fields.js'
import type { Field } from '../formats/fields.js'
import { decodeHex, isHex } from '../formats/hex.js'
import { malformed } from '../formats/problem.js'
import type { Malformed } from '../formats/problem.js'
import { cutAtNul } from '../formats/text.js'
import { toUtf16 } from '../formats/utf16.js'
import { makeHasher } from '../hasher/hasher.js'
import type { Hasher, Parsed } from '../hasher/contract.js'

type NoParams = Readonly<Record<string, never>>

const NO_PARAMS: NoParams = {}
const NO_SALT = /* @__PURE__ */ new Uint8Array(0)
const DIGITS = 32

/**
 * The NT hash of Windows, Samba and RADIUS: MD4 of the password in UTF-16, in hexadecimal. It looks like an MD5, so only rows
 * that name this hasher are read.
 *
 *     8846f7eaee8fb117ad06bdd830b7586c
 *
 * @see https://learn.microsoft.com/openspecs/windows_protocols/ms-nlmp/7795bd0e-fd5e-43ec-bd9c-994704d8ee26
 */
export const nthash: Hasher = /* @__PURE__ */ makeHasher<NoParams>({
  name: 'nthash',
  standing: 'insecure',
  why: 'one fast hash, no salt',
  writtenBy: 'Windows, Samba, FreeRADIUS',
  example: '8846f7eaee8fb117ad06bdd830b7586c',
  onlyNamed: true,
  lengths: [DIGITS],
  identify: (digest) => isHex(fieldOf(digest)),
  parse,
  describe: () => ({ algorithm: 'MD4' }),
  // passlift's own MD4 takes some three times as long as OpenSSL's MD5.
  cost: (_, bytes) => costOfDigest({ bytes: 6 * bytes }),
  derive: (password) => {
    const message = toUtf16(password)
    const checksum = md4(message)
    message.fill(0)
    return Promise.resolve(checksum)
  },
  blank: (digest) => writeOver(digest, 0, '0'),
})

/**
 * The NT hash in crypt(3). FreeBSD and libxcrypt put a NUL behind each byte of the password up to its first NUL, which is UTF-16
 * of ASCII alone; passlib makes UTF-16 of all.
 *
 *     $3$$  8846f7eaee8fb117ad06bdd830b7586c      (spaces added)
 *
 * @see https://github.com/besser82/libxcrypt/blob/develop/lib/crypt-nthash.c
 */
export const ntCrypt: Hasher = /* @__PURE__ */ makeHasher<NoParams>({
  name: 'nt_crypt',
  aliases: ['bsd_nthash'],
  standing: 'insecure',
  why: 'one fast hash, no salt',
  writtenBy: 'FreeBSD, libxcrypt',
  example: '$3$$8846f7eaee8fb117ad06bdd830b7586c',
  prefixes: ['$3$$'],
  parse,
  describe: () => ({ algorithm: 'MD4' }),
  cost: (_, bytes) => costOfDigest({ bytes: 6 * bytes }),
  passwordForms: (password) => [widen(cutAtNul(password)), toUtf16(cutAtNul(password)), toUtf16(password)],
  truncates: (password) => password.includes(0),
  derive: (message) => Promise.resolve(md4(message)),
  blank: (digest) => writeOver(digest, digest.length - DIGITS, '0'),
})

/** The bytes of a password, a NUL behind each. */
function widen(password: Uint8Array): Uint8Array {
  const widened = new Uint8Array(2 * password.length)
  for (const [place, byte] of password.entries()) widened[2 * place] = byte
  return widened
}

function parse(rest: Field): readonly [Parsed<NoParams>] | Malformed {
  if (lengthOf(rest) !== DIGITS) return malformed('length', 'checksum')
  const checksum = decodeHex(rest)
  if (typeof checksum === 'string') return malformed(checksum, 'checksum')
  return [{ params: NO_PARAMS, salt: NO_SALT, checksum }]
}
