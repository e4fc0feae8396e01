import { ALGORITHM_NAMES } from '../../compute/algorithm-names.js'
import { costOfDigest, DIGEST_BYTES } from '../../compute/cost.js'
import { fastDigest } from '../../compute/fast-digest.js'
import { md4 } from '../../compute/md4.js'
import { base64, decodeBase64, encodeBase64 } from '../../formats/base64.js'
import { fieldOf, splitFields } from '../../formats/fields.js'
import type { Field } from '../../formats/fields.js'
import { decodeLowerHex } from '../../formats/hex.js'
import { malformed } from '../../formats/problem.js'
import type { Malformed } from '../../formats/problem.js'
import { makeHasher } from '../../hasher/hasher.js'
import type { Hasher, Parsed, Run } from '../../hasher/contract.js'
import { joinBytes } from '../../platform/bytes.js'
import { hmac } from '../../platform/node.js'

type Algorithm = 'md4' | 'md5' | 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512'

interface Params {
  readonly algorithm: Algorithm
}

const ALGORITHMS: Readonly<Record<string, Algorithm>> = {
  '$hmac-md4$': 'md4',
  '$hmac-md5$': 'md5',
  '$hmac-sha1$': 'sha1',
  '$hmac-sha224$': 'sha224',
  '$hmac-sha256$': 'sha256',
  '$hmac-sha384$': 'sha384',
  '$hmac-sha512$': 'sha512',
}
const NAMES = { ...ALGORITHM_NAMES, md4: 'MD4' }
const SIZES = { ...DIGEST_BYTES, md4: 16 }
const BLOCK_BYTES = 64
const INNER_PAD = 0x36
const OUTER_PAD = 0x5c
const ZERO_DIGIT = 0x30

/**
 * HMAC as Ory Kratos imports it: base64 of the hexadecimal of the HMAC, in lower case, then base64 of the key.
 *
 *     $hmac-sha256$  <base64 of 64 digits>  $  <base64 of the key>      (spaces added)
 *
 * @see https://github.com/ory/kratos/blob/master/hash/hash_comparator.go
 */
export const hmacKratos: Hasher = /* @__PURE__ */ makeHasher<Params>({
  name: 'hmac_kratos',
  standing: 'insecure',
  why: 'one fast hash, its key in the digest',
  writtenBy: 'imports of Ory Kratos',
  example:
    '$hmac-sha256$Yjg5NzM0YmFiNTQ1YjBiYmRhMDg0YTg4MzVkZThhMzIxODk5NDliODYxYTU3ZGQ2NGQ2NzNmZjdiNDJkNjhkMQ==$c2Vhc2FsdDEyMzQ1',
  prefixes: [
    '$hmac-md4$',
    '$hmac-md5$',
    '$hmac-sha1$',
    '$hmac-sha224$',
    '$hmac-sha256$',
    '$hmac-sha384$',
    '$hmac-sha512$',
  ],
  parse,
  describe: ({ algorithm }) => ({ algorithm: NAMES[algorithm] }),
  // passlift's own MD4 takes some three times as long as OpenSSL's MD5.
  cost: ({ params: { algorithm }, salt }, bytes) =>
    costOfDigest({ bytes: (algorithm === 'md4' ? 3 : 1) * (bytes + salt.length) }),
  derive: async (password, { params: { algorithm }, salt: key }, run) =>
    algorithm === 'md4' || algorithm === 'md5'
      ? await hmacOf(algorithm, { key, message: password }, run)
      : hmac(algorithm, key, password),
  blank: (digest) => {
    const start = digest.indexOf('$', 1) + 1
    const end = digest.lastIndexOf('$')
    const digits = decodeBase64(fieldOf(digest, start, end), base64)
    if (typeof digits === 'string') return digest
    return digest.slice(0, start) + encodeBase64(digits.fill(ZERO_DIGIT), base64) + digest.slice(end)
  },
})

function parse(rest: Field, prefix: string): readonly [Parsed<Params>] | Malformed {
  const algorithm = ALGORITHMS[prefix]
  const fields = splitFields(rest, '$', 2)
  if (algorithm === undefined || fields === undefined) return malformed('shape', 'digest')
  const [checksumField, keyField] = fields
  const digits = decodeBase64(checksumField, base64)
  if (typeof digits === 'string') return malformed(digits, 'checksum')
  if (digits.length !== 2 * SIZES[algorithm]) return malformed('length', 'checksum')
  const checksum = decodeLowerHex(fieldOf(String.fromCharCode(...digits)))
  if (typeof checksum === 'string') return malformed(checksum, 'checksum')
  const key = decodeBase64(keyField, base64)
  return typeof key === 'string' ? malformed(key, 'key') : [{ params: { algorithm }, salt: key, checksum }]
}

/** HMAC (RFC 2104) with MD4, which OpenSSL 3 no longer has, or with MD5, which it refuses under FIPS. */
async function hmacOf(
  algorithm: 'md4' | 'md5',
  { key, message }: { readonly key: Uint8Array; readonly message: Uint8Array },
  run: Run,
): Promise<Uint8Array> {
  const short = key.length > BLOCK_BYTES ? await digestOf(algorithm, [key], run) : key
  const block = new Uint8Array(BLOCK_BYTES)
  block.set(short)
  const pad = (byte: number): Uint8Array => block.map((own) => own ^ byte)
  const inner = await digestOf(algorithm, [pad(INNER_PAD), message], run)
  return await digestOf(algorithm, [pad(OUTER_PAD), inner], run)
}

async function digestOf(
  algorithm: 'md4' | 'md5',
  parts: readonly Uint8Array[],
  run: Run,
): Promise<Uint8Array> {
  if (algorithm === 'md5') return await fastDigest(algorithm, parts, run)
  const message = joinBytes(...parts)
  const checksum = md4(message)
  message.fill(0)
  return checksum
}
