import { base64, encodeBase64 } from '../../formats/base64.js'
import { textOf } from '../../formats/fields.js'
import { encodeHexBytes } from '../../formats/hex.js'
import { addSlashes, trim } from '../../formats/php.js'
import type { Hasher } from '../../hasher/contract.js'
import { hmac, messageDigest } from '../../platform/node.js'
import { definePrehashed, parseBare, parseWhole, STANDARD_PREFIXES, toAscii } from './define.js'

// bcrypt over something that a system makes of the password.

const KEY_BYTES = 72
const WORDPRESS_KEY = /* @__PURE__ */ new TextEncoder().encode('wp-sha384')

/**
 * bcrypt of WordPress since 6.8: over the HMAC with SHA-384 of the password, in base64. A form of WordPress slashes what was typed
 * before, its other interfaces do not, and all trim it.
 *
 *     $wp  $2y$10$…      (space added)
 *
 * @see https://developer.wordpress.org/reference/functions/wp_hash_password/
 */
export const bcryptWordpress: Hasher = /* @__PURE__ */ definePrehashed({
  name: 'bcrypt_wordpress',
  writtenBy: 'WordPress since 6.8',
  example: '$wp$2y$04$abcdefghijklmnopqrstuuvVcN26Qszf/bgHTEy5wqn1LFLMIFXUq',
  prefixes: ['$wp'],
  parse: (rest) => parseWhole(textOf(rest)),
  passwordForms: (password) => {
    const slashed = addSlashes(password)
    const parts = [trim(slashed), trim(password)] as const
    const [likeliest, other] = parts
    const forms = [hashForWordpress(likeliest), hashForWordpress(other)] as const
    for (const part of [slashed, ...parts]) part.fill(0)
    // What WordPress makes nothing of is not the empty password.
    if (likeliest.length === 0) return [hashForWordpress(password)]
    return other.length === 0 ? [forms[0]] : forms
  },
})

/** bcrypt of Meteor: over the SHA-256 of the password in hexadecimal, where a row names it. @see https://docs.meteor.com/api/accounts */
export const bcryptMeteor: Hasher = /* @__PURE__ */ definePrehashed({
  name: 'bcrypt_meteor',
  writtenBy: 'Meteor',
  example: '$2b$04$abcdefghijklmnopqrstuuavYyybW8SwBYgHrVfEOHIljvgCGgHr2',
  onlyNamed: true,
  prefixes: STANDARD_PREFIXES,
  parse: parseBare,
  passwordForms: (password) => [encodeHexBytes(messageDigest('sha256', password))],
})

/**
 * bcrypt of NodeBB: over the SHA-512 of the password in hexadecimal, where a row names it.
 *
 * @see https://github.com/NodeBB/NodeBB/blob/master/src/password.js
 */
export const bcryptNodebb: Hasher = /* @__PURE__ */ definePrehashed({
  name: 'bcrypt_nodebb',
  writtenBy: 'NodeBB',
  example: '$2b$04$abcdefghijklmnopqrstuuTIl.PcNQdznLp3oO9N2su./kN3sNub.',
  onlyNamed: true,
  prefixes: STANDARD_PREFIXES,
  parse: parseBare,
  passwordForms: (password) => [encodeHexBytes(messageDigest('sha512', password))],
})

/**
 * bcrypt of Symfony: a password over 72 bytes, or with a NUL, is hashed with SHA-512 first, and put in base64. Where a row names it.
 *
 * @see https://github.com/symfony/symfony/blob/6.4/src/Symfony/Component/PasswordHasher/Hasher/NativePasswordHasher.php
 */
export const bcryptSymfony: Hasher = /* @__PURE__ */ definePrehashed({
  name: 'bcrypt_symfony',
  writtenBy: 'Symfony since 5.3',
  example: '$2b$04$abcdefghijklmnopqrstuughE8Ev8uGFaUgY2cNEySvxngrb/Jzdm',
  onlyNamed: true,
  prefixes: STANDARD_PREFIXES,
  parse: parseBare,
  passwordForms: (password) =>
    password.length <= KEY_BYTES && !password.includes(0)
      ? [password]
      : [toAscii(encodeBase64(messageDigest('sha512', password), base64))],
})

function hashForWordpress(password: Uint8Array): Uint8Array {
  return toAscii(encodeBase64(hmac('sha384', WORDPRESS_KEY, password), base64))
}
