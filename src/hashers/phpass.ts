import { digestLoopJob } from '../compute/kinds/digest-loop.js'
import { writeOver } from '../formats/blank.js'
import { fieldOf, lengthOf } from '../formats/fields.js'
import type { Field } from '../formats/fields.js'
import { encodeHexBytes } from '../formats/hex.js'
import { decodeItoa64, decodeItoa64Bits, isItoa64, readItoa64Digit } from '../formats/itoa64.js'
import { addSlashes, escapeHtml, trim, unifyLineEnds } from '../formats/php.js'
import { malformed } from '../formats/problem.js'
import type { Malformed } from '../formats/problem.js'
import { readTextSalt } from '../formats/text.js'
import { makeHasher } from '../hasher/hasher.js'
import type { Hasher, HasherFacts, HasherSpec, Parsed } from '../hasher/contract.js'
import { costOfDigestLoop, powerOfTwo } from '../compute/cost.js'
import { messageDigest } from '../platform/node.js'

// phpass's "portable" digests and those of Drupal 7 differ in the hash function and in the length of the checksum:
//
//     $P$  9  saltysea  MhWxsZJkPUjvlQXdLZl3D.      (spaces added)
//
// A prefix, log2 of the rounds as one itoa64 character, 8 salt characters, the checksum. https://www.openwall.com/phpass/ and
// https://git.drupalcode.org/project/drupal/-/blob/7.x/includes/password.inc

interface Params {
  /** The binary logarithm of the number of rounds. */
  readonly rounds: number
}

interface Row extends HasherFacts {
  readonly prefixes: readonly [string, ...string[]]
  readonly algorithm: 'md5' | 'sha512'
  readonly passwordForms?: HasherSpec<Params>['passwordForms']
}

const SALT_LENGTH = 8
const MD5_HEX_LENGTH = 32
// The checksum is the whole MD5, or as much of SHA-512 as Drupal's 55 characters in all hold.
const CHECKSUM_LENGTHS = { md5: 22, sha512: 43 } as const
// 43 characters hold 32 bytes and two bits.
const SHA512_BYTES = 33
const SHA512_LAST_BITS = 0b11

/** phpass: `$P$`, or `$H$` as phpBB writes it. */
export const phpass: Hasher = /* @__PURE__ */ definePhpass({
  name: 'phpass',
  example: '$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0',
  writtenBy: 'WordPress before 6.8, phpBB 3.0',
  prefixes: ['$P$', '$H$'],
  algorithm: 'md5',
})

/**
 * phpass of WordPress, which puts slashes before quotes in the typed password and cuts white space at its ends.
 *
 * @see https://developer.wordpress.org/reference/functions/wp_magic_quotes/
 * @see https://developer.wordpress.org/reference/functions/wp_hash_password/
 */
export const phpassWordpress: Hasher = /* @__PURE__ */ definePhpass({
  name: 'phpass_wordpress',
  example: '$P$B12345678Eg2z6eqcenWjcSosVt4mZ.',
  writtenBy: 'WordPress before 6.8',
  prefixes: ['$P$'],
  algorithm: 'md5',
  passwordForms: (password) => [trimOf(addSlashes(password)), password],
})

/**
 * phpass of phpBB 3.0, whose request_var escapes the typed password for HTML and cuts white space at its ends.
 *
 * @see https://github.com/phpbb/phpbb/blob/3.0.x/phpBB/includes/functions.php
 */
export const phpassPhpbb: Hasher = /* @__PURE__ */ definePhpass({
  name: 'phpass_phpbb',
  example: '$H$9IQRaTwmfoNyR/uRomjZ3Cyu48GT2e0',
  writtenBy: 'phpBB 3.0',
  prefixes: ['$H$'],
  algorithm: 'md5',
  passwordForms: (password) => [trimOf(escapeOf(unifyLineEnds(password))), password],
})

/** phpass over the MD5 of the password in hexadecimal. The digests look like those of phpass, so rows have to name this hasher. */
export const md5Phpass: Hasher = /* @__PURE__ */ definePhpass({
  name: 'md5_phpass',
  example: '$P$B12345678itoq9d7VxXl0AXS5UxCbj0',
  writtenBy: 'sites whose MD5 digests were hashed once more',
  prefixes: ['$P$', '$H$'],
  algorithm: 'md5',
  onlyNamed: true,
  passwordForms: md5Form,
})

/** phpass over the MD5 of the password in hexadecimal, in Drupal 7: sites that had moved their users from Drupal 6. */
export const phpassDrupal7Md5: Hasher = /* @__PURE__ */ definePhpass({
  name: 'phpass_drupal7_md5',
  example: 'U$P$B12345678itoq9d7VxXl0AXS5UxCbj0',
  writtenBy: 'Drupal 7, for users of Drupal 6',
  prefixes: ['U$P$', 'U$H$'],
  algorithm: 'md5',
  passwordForms: md5Form,
})

/** phpass over the MD5 of the password in hexadecimal, in TYPO3's saltedpasswords. */
export const phpassTypo3Md5: Hasher = /* @__PURE__ */ definePhpass({
  name: 'phpass_typo3_md5',
  example: 'M$P$B12345678itoq9d7VxXl0AXS5UxCbj0',
  writtenBy: 'TYPO3, for users of before 4.3',
  prefixes: ['M$P$'],
  algorithm: 'md5',
  passwordForms: md5Form,
})

/** Drupal 7: phpass's loop with SHA-512 and a checksum cut to 43 characters. Drupal hashes no password over 512 bytes. */
export const sha512Drupal7: Hasher = /* @__PURE__ */ definePhpass({
  name: 'sha512_drupal7',
  example: '$S$D1234567813naUvXtCOJDQ8CX7.eZg2LAT3Yv6iNbVGTIweryGvN',
  writtenBy: 'Drupal 7',
  prefixes: ['$S$'],
  algorithm: 'sha512',
})

/** Drupal 7 over the MD5 of the password in hexadecimal: sites that had moved their users from Drupal 6. */
export const sha512Drupal7Md5: Hasher = /* @__PURE__ */ definePhpass({
  name: 'sha512_drupal7_md5',
  example: 'U$S$D12345678yGrjG10W317Z700pAxprEs7Xq2WKzrNRtSt1IV.6dWs',
  writtenBy: 'Drupal 7, for users of Drupal 6',
  prefixes: ['U$S$'],
  algorithm: 'sha512',
  passwordForms: md5Form,
})

function definePhpass({ algorithm, prefixes, passwordForms, ...facts }: Row): Hasher {
  const checksumLength = CHECKSUM_LENGTHS[algorithm]
  return makeHasher<Params>({
    standing: 'dated',
    why: algorithm === 'md5' ? 'MD5, 8,192 rounds by default' : 'SHA-512, 32,768 rounds by default',
    ...facts,
    prehashed: passwordForms === md5Form,
    prefixes,
    parse: (rest) => parse(rest, algorithm),
    describe: ({ rounds }) => ({ rounds }),
    ...(passwordForms === undefined ? {} : { passwordForms }),
    // The cost is given apart, since building the job copies salt and password.
    cost: ({ params }, passwordBytes) =>
      costOfDigestLoop({
        algorithm,
        count: powerOfTwo(params.rounds),
        tailLength: passwordForms === md5Form ? MD5_HEX_LENGTH : passwordBytes,
      }),
    job: (password, { params, salt }) =>
      digestLoopJob({
        algorithm,
        first: [salt, password],
        tail: password,
        count: powerOfTwo(params.rounds),
      }),
    finish: (bytes) => (algorithm === 'md5' ? bytes : cutSha512(bytes)),
    blank: (digest) => writeOver(digest, digest.length - checksumLength, '.'),
  })
}

/** The form of a password for phpass over MD5: its MD5 in hexadecimal, 32 characters. */
function md5Form(password: Uint8Array): readonly [Uint8Array] {
  const digest = messageDigest('md5', password)
  const form = encodeHexBytes(digest)
  digest.fill(0)
  return [form]
}

function trimOf(made: Uint8Array): Uint8Array {
  const trimmed = trim(made)
  made.fill(0)
  return trimmed
}

function escapeOf(made: Uint8Array): Uint8Array {
  const escaped = escapeHtml(made)
  made.fill(0)
  return escaped
}

function cutSha512(bytes: Uint8Array): Uint8Array {
  const kept = bytes.slice(0, SHA512_BYTES)
  kept[SHA512_BYTES - 1] = (kept[SHA512_BYTES - 1] ?? 0) & SHA512_LAST_BITS
  return kept
}

function parse(rest: Field, algorithm: Row['algorithm']): readonly [Parsed<Params>] | Malformed {
  const { text, start, end } = rest
  const saltStart = start + 1
  const checksumStart = saltStart + SALT_LENGTH
  const rounds = readItoa64Digit(fieldOf(text, start, Math.min(saltStart, end)))
  if (rounds === undefined) return malformed(end < saltStart ? 'length' : 'alphabet', 'rounds')
  // crypt_private of phpass and of Drupal refuse exponents below 7 and above 30.
  if (rounds < 7 || rounds > 30) return malformed('range', 'rounds')
  if (end < checksumStart) return malformed('length', 'salt')
  if (lengthOf(rest) !== 1 + SALT_LENGTH + CHECKSUM_LENGTHS[algorithm]) return malformed('length', 'checksum')
  const saltField = fieldOf(text, saltStart, checksumStart)
  const salt = isItoa64(saltField) ? readTextSalt(saltField) : 'alphabet'
  if (typeof salt === 'string') return malformed(salt, 'salt')
  const checksumField = fieldOf(text, checksumStart, end)
  const checksum = algorithm === 'md5' ? decodeItoa64(checksumField) : decodeItoa64Bits(checksumField)
  if (typeof checksum === 'string') return malformed(checksum, 'checksum')
  return [{ params: { rounds }, salt, checksum }]
}
