import { fieldOf, lengthOf } from '../../formats/fields.js'
import type { Field } from '../../formats/fields.js'
import { readLowerHexInteger } from '../../formats/integer.js'
import { isItoa64 } from '../../formats/itoa64.js'
import type { Problem } from '../../formats/problem.js'
import { readTextSalt } from '../../formats/text.js'
import type { Hasher } from '../../hasher/contract.js'
import { ADAPTED_BASE64, decodeUrl, definePbkdf2, SLOW_SHA1, URL_BASE64 } from './define.js'
import { MAX_ITERATIONS } from './make.js'

// Two formats are `$p5k2$<iterations in hexadecimal>$<salt>$<checksum>`. The checksum of Cryptacular has 28 characters, of which
// the last is padding. That of PBKDF2.py has 32.

const DLITZ_BYTES = 24
// An empty field stands for 400 iterations.
const DLITZ_DEFAULT = 400

/**
 * PBKDF2 with SHA-1 as Cryptacular writes it, in URL-safe base64.
 *
 *     $p5k2  $  1000  $  AAECAwQFBgcICQoLDA0ODw==  $  <28 characters>      (spaces added)
 *
 * @see https://passlib.readthedocs.io/en/stable/lib/passlib.hash.cta_pbkdf2_sha1.html
 */
export const pbkdf2Sha1Cta: Hasher = /* @__PURE__ */ definePbkdf2({
  name: 'pbkdf2_sha1_cta',
  why: SLOW_SHA1,
  writtenBy: 'Cryptacular (Pyramid)',
  standing: 'dated',
  example: '$p5k2$1000$AAECAwQFBgcICQoLDA0ODw==$531aYHrF581Skow4E0gCWLw_Ibo=',
  algorithms: { $p5k2$: 'sha1' },
  iterations: readHex,
  salt: decodeUrl,
  checksum: URL_BASE64,
})

/**
 * PBKDF2 with SHA-1 as Dwayne Litzenberger's module writes it. The salt that is hashed is the whole text before the checksum, and
 * the number of 400 iterations is left out.
 *
 *     $p5k2  $  1000  $  seasalt12  $  <32 characters>      (spaces added)
 *
 * @see https://passlib.readthedocs.io/en/stable/lib/passlib.hash.dlitz_pbkdf2_sha1.html
 */
export const pbkdf2Sha1Dlitz: Hasher = /* @__PURE__ */ definePbkdf2({
  name: 'pbkdf2_sha1_dlitz',
  why: SLOW_SHA1,
  writtenBy: 'PBKDF2.py (Python)',
  standing: 'dated',
  example: '$p5k2$1000$seasalt12$.dU.hs4HkihAVARklt3dP785ZujuBSx7',
  algorithms: { $p5k2$: 'sha1' },
  iterations: readHexOrDefault,
  salt: readConfiguration,
  checksum: ADAPTED_BASE64,
  checksumBytes: [DLITZ_BYTES, DLITZ_BYTES],
})

function readHex(field: Field): number | Problem {
  return readLowerHexInteger(field, { min: 1, max: MAX_ITERATIONS })
}

function readHexOrDefault(field: Field): number | Problem {
  if (lengthOf(field) === 0) return DLITZ_DEFAULT
  const iterations = readHex(field)
  return iterations === DLITZ_DEFAULT ? 'canonical' : iterations
}

function readConfiguration(field: Field): Uint8Array | Problem {
  if (lengthOf(field) === 0) return 'length'
  return isItoa64(field) ? readTextSalt(fieldOf(field.text, 0, field.end)) : 'alphabet'
}
