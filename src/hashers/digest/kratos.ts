import { ALGORITHM_NAMES } from '../../compute/algorithm-names.js'
import { costOfDigest, DIGEST_BYTES } from '../../compute/cost.js'
import { fastDigest } from '../../compute/fast-digest.js'
import { base64, decodeBase64, encodeBase64 } from '../../formats/base64.js'
import { fieldOf, splitAny, splitFields } from '../../formats/fields.js'
import type { Field } from '../../formats/fields.js'
import { isMalformed, malformed } from '../../formats/problem.js'
import type { Malformed } from '../../formats/problem.js'
import { makeHasher } from '../../hasher/hasher.js'
import type { Claim, Hasher, Parsed } from '../../hasher/contract.js'

// Digests that Ory Kratos imports: one digest of a template, in which the password stands for each {PASSWORD} and the salt for each
// {SALT}. Both are put in at once, so that what looks like a place in a salt or a password is none. All fields are padded base64.
// Source: https://github.com/ory/kratos/blob/master/hash/hash_comparator.go

type Algorithm = 'md5' | 'sha1' | 'sha256' | 'sha512'
type Part = Uint8Array | 'password' | 'salt'
type Answer = readonly [Parsed<Params>] | Malformed

interface Params {
  readonly algorithm: Algorithm
  readonly template: readonly Part[]
}

interface Row {
  readonly name: string
  readonly algorithm: Algorithm
  readonly example: string
}

const MD5_PREFIX = '$md5$'
const MD5_TEMPLATE_PREFIX = '$md5$pf='
// The base64 of 16 bytes has 24 characters.
const MD5_BARE_LENGTH = 29
const MAX_TEMPLATE_BYTES = 256
const PLACES = { '{PASSWORD}': 'password', '{SALT}': 'salt' } as const
const OPENING_BRACE = 0x7b
const NO_SALT = /* @__PURE__ */ new Uint8Array(0)
const PASSWORD_ALONE: readonly Part[] = ['password']

/**
 * MD5 as Ory Kratos imports it: of the password, or of a template.
 *
 *     $md5$  <base64 of the digest>      (spaces added)
 *     $md5$pf=  <base64 of the template>  $  <base64 of the salt>  $  <base64 of the digest>
 *
 * SunMD5 of Solaris has the prefix too, and never so few fields or a template.
 */
export const md5Kratos: Hasher = /* @__PURE__ */ defineKratos(
  {
    name: 'md5_kratos',
    algorithm: 'md5',
    example: '$md5$pf=e1NBTFR9e1BBU1NXT1JEfQ==$MTIz$q+RdKCgc+ipCAcm5ChQwlQ==',
  },
  {
    identify: (digest) =>
      digest.startsWith(MD5_TEMPLATE_PREFIX) ||
      (digest.length === MD5_BARE_LENGTH && !isMalformed(parseMd5(fieldOf(digest)))),
  },
  parseMd5,
)

/**
 * SHA-1 of a template, as Ory Kratos imports it. SHA-1 of crypt(3) has rounds in the place of `pf=`.
 *
 *     $sha1$pf=  <base64 of the template>  $  <base64 of the salt>  $  <base64 of the digest>      (spaces added)
 */
export const sha1Kratos: Hasher = /* @__PURE__ */ defineSha({
  name: 'sha1_kratos',
  algorithm: 'sha1',
  example: '$sha1$pf=e1NBTFR9e1BBU1NXT1JEfQ==$NW9wbWtnejAzcg==$2qU2SGWP8viTM1md3FiI3+rjWXQ=',
})

/** SHA-256 of a template, in the fields of {@link sha1Kratos}. */
export const sha256Kratos: Hasher = /* @__PURE__ */ defineSha({
  name: 'sha256_kratos',
  algorithm: 'sha256',
  example:
    '$sha256$pf=e1NBTFR9e1BBU1NXT1JEfQ==$NW9wbWtnejAzcg==$0gfRVLCvtBCk20udLDEY5vNhujWx7RGjwRIS1ebMsLY=',
})

/** SHA-512 of a template, in the fields of {@link sha1Kratos}. */
export const sha512Kratos: Hasher = /* @__PURE__ */ defineSha({
  name: 'sha512_kratos',
  algorithm: 'sha512',
  example:
    '$sha512$pf=e1NBTFR9e1BBU1NXT1JEfQ==$NW9wbWtnejAzcg==$6ctpVuApMNp0CgBXcdHw/GC562eFEFGr4gpgANX8ZYsX+j5B19IkdmOY2Fytsz3QUwSWdGcUjbqwgJGTH0UYvw==',
})

function defineSha(row: Row): Hasher {
  const { algorithm } = row
  return defineKratos(row, { prefixes: [`$${algorithm}$pf=`] }, (rest) => parseTemplated(rest, algorithm))
}

function defineKratos(
  { name, algorithm, example }: Row,
  claim: Claim,
  parse: (rest: Field) => Answer,
): Hasher {
  return makeHasher<Params>({
    name,
    ...claim,
    standing: 'insecure',
    why: 'one fast hash, mostly salted',
    writtenBy: 'imports of Ory Kratos',
    example,
    parse,
    // A template may hold a secret of the application, so it is not shown.
    describe: () => ({ algorithm: ALGORITHM_NAMES[algorithm] }),
    cost: ({ params: { template }, salt }, bytes) => {
      const lengths = template.map((part) => lengthOfPart(part, salt, bytes))
      return costOfDigest({ bytes: lengths.reduce((sum, length) => sum + length, 0) })
    },
    derive: async (password, { params: { template }, salt }, run) => {
      const parts = template.map((part) => (part === 'password' ? password : part === 'salt' ? salt : part))
      return await fastDigest(algorithm, parts, run)
    },
    blank: (digest) =>
      digest.slice(0, digest.lastIndexOf('$') + 1) +
      encodeBase64(new Uint8Array(DIGEST_BYTES[algorithm]), base64),
  })
}

function lengthOfPart(part: Part, salt: Uint8Array, passwordBytes: number): number {
  if (part === 'password') return passwordBytes
  return part === 'salt' ? salt.length : part.length
}

function parseMd5({ text, start, end }: Field): Answer {
  if (text.startsWith(MD5_TEMPLATE_PREFIX, start))
    return parseTemplated(fieldOf(text, start + MD5_TEMPLATE_PREFIX.length, end), 'md5')
  const checksumField = fieldOf(text, start + MD5_PREFIX.length, end)
  if (!text.startsWith(MD5_PREFIX, start) || splitAny(checksumField, '$', 1) === undefined)
    return malformed('shape', 'digest')
  const checksum = readBytes(checksumField, 'checksum')
  if (isMalformed(checksum)) return checksum
  if (checksum.length !== DIGEST_BYTES.md5) return malformed('length', 'checksum')
  return [{ params: { algorithm: 'md5', template: PASSWORD_ALONE }, salt: NO_SALT, checksum }]
}

function parseTemplated(rest: Field, algorithm: Algorithm): Answer {
  const fields = splitFields(rest, '$', 3)
  if (fields === undefined) return malformed('shape', 'digest')
  const [templateField, saltField, checksumField] = fields
  const template = readBytes(templateField, 'template')
  if (isMalformed(template)) return template
  if (template.length === 0 || template.length > MAX_TEMPLATE_BYTES) return malformed('length', 'template')
  const parts = splitTemplate(template)
  // Without the password in it, a template would match every password.
  if (!parts.includes('password')) return malformed('shape', 'template')
  const salt = readBytes(saltField, 'salt')
  if (isMalformed(salt)) return salt
  const checksum = readBytes(checksumField, 'checksum')
  if (isMalformed(checksum)) return checksum
  if (checksum.length !== DIGEST_BYTES[algorithm]) return malformed('length', 'checksum')
  return [{ params: { algorithm, template: parts }, salt, checksum }]
}

function readBytes(field: Field, name: string): Uint8Array | Malformed {
  const bytes = decodeBase64(field, base64)
  return typeof bytes === 'string' ? malformed(bytes, name) : bytes
}

/** The parts of a template from left to right: places of password and salt, and the bytes between them. */
function splitTemplate(template: Uint8Array): readonly Part[] {
  const parts: Part[] = []
  let from = 0
  for (let at = 0; at < template.length; at++) {
    const place = template[at] === OPENING_BRACE ? findPlace(template, at) : undefined
    if (place === undefined) continue
    if (at > from) parts.push(template.subarray(from, at))
    parts.push(PLACES[place])
    from = at + place.length
    at = from - 1
  }
  if (from < template.length) parts.push(template.subarray(from))
  return parts
}

function findPlace(template: Uint8Array, at: number): keyof typeof PLACES | undefined {
  const holds = (name: string): boolean =>
    Array.from(name).every((sign, index) => template[at + index] === sign.charCodeAt(0))
  if (holds('{PASSWORD}')) return '{PASSWORD}'
  return holds('{SALT}') ? '{SALT}' : undefined
}
