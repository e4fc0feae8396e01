import { base64, decodeAnyBase64, decodeBase64 } from '../../formats/base64.js'
import { writeOver } from '../../formats/blank.js'
import { fieldOf, lengthOf, splitBetween, splitFields } from '../../formats/fields.js'
import type { Field } from '../../formats/fields.js'
import { hasDigitsOnly, readInteger } from '../../formats/integer.js'
import { malformed } from '../../formats/problem.js'
import type { Malformed } from '../../formats/problem.js'
import { makeHasher } from '../../hasher/hasher.js'
import type { Hasher, HasherFacts, Parsed } from '../../hasher/contract.js'
import { encryptAesCtr } from '../../platform/node.js'
import { costOfScrypt, powerOfTwo } from '../../compute/cost.js'
import { sharesHmacKey } from '../../compute/hmac-key.js'
import { scryptJob } from '../../compute/kinds/scrypt.js'

// In Firebase's modified scrypt, scrypt over salt and separator gives the AES key that encrypts the signer key. The checksum is
// that ciphertext. A digest has four fields of base64 and two numbers, in different orders.

interface Params {
  readonly signerKey: Uint8Array
  readonly saltSeparator: Uint8Array
  readonly rounds: number
  readonly memoryCost: number
}

/** The fields of a digest, whose order differs from format to format. */
interface Parts {
  readonly checksum: Field
  readonly salt: Field
  readonly signerKey: Field
  readonly saltSeparator: Field
  readonly rounds: Field
  readonly memoryCost: Field
  /** The field p of scrypt; absent: 1. */
  readonly p?: Field
}

interface Row extends Omit<HasherFacts, 'why'> {
  /** The prefix of the format; absent: a bare shape. */
  readonly prefix?: string
  /** Splits the text behind the prefix; undefined where it has another shape. */
  readonly split: (rest: Field) => Parts | undefined
}

// The output of scrypt is an AES-256 key.
const KEY_BYTES = 32
const MIN_CHECKSUM_BYTES = 16
const DOLLAR = 0x24
const OTHERS_STARTS = ['$', '!', '*']

/**
 * Firebase's modified scrypt, with the parameters of the project behind the user's hash and salt.
 *
 *     <hash>  $  <salt>  $  <signer key>  $  <salt separator>  $  8  $  14      (spaces added)
 *
 * The first four fields are base64. The last two are scrypt's r ("rounds") and log2 N ("memory cost").
 *
 * @see https://github.com/firebase/scrypt
 */
export const scryptFirebase: Hasher = /* @__PURE__ */ defineFirebase({
  name: 'scrypt_firebase',
  writtenBy: 'Firebase Authentication',
  example:
    'lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==$42xEC+ixf3L2lw==$jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==$Bw==$8$14',
  split: splitFirebase,
})

/**
 * Firebase's modified scrypt as Supabase Auth imports it. Supabase would also accept digests without separator or signer key, and
 * numbers that Firebase does not have. They are malformed here.
 *
 *     $fbscrypt$v=1,n=  14  ,r=8,p=1,ss=Bw==,sk=<signer key>  $  <salt>  $  <hash>      (spaces added)
 *
 * @see https://github.com/supabase/auth/blob/master/internal/crypto/password.go
 */
export const scryptSupabase: Hasher = /* @__PURE__ */ defineFirebase({
  name: 'scrypt_supabase',
  writtenBy: 'imports of Supabase Auth from Firebase',
  example:
    '$fbscrypt$v=1,n=14,r=8,p=1,ss=Bw==,sk=ou9tdYTGyYm8kuR6Dt0Bp0kDuAYoXrK16mbZO4yGwAn3oLspjnN0/c41v8xZnO1n14J3MjKj1b2g6AUCAlFwMw==$C0sHCg9ek77hsg==$zKVTMvnWVw5BBOZNUdnsalx4c4c7y/w7IS5p6Ut2+CfEFFlz37J9huyQfov4iizN8dbjvEJlM5tQaJP84+hfTw==',
  prefix: '$fbscrypt$v=1,n=',
  split: splitSupabase,
})

/**
 * Firebase's modified scrypt as Ory Kratos imports it. `ln` is the memory cost, while in Kratos's plain scrypt it is N.
 *
 *     $firescrypt$ln=  14  ,r=8,p=1  $  <salt>  $  <hash>  $  Bw==  $  <signer key>      (spaces added)
 *
 * @see https://github.com/ory/kratos/blob/master/hash/hash_comparator.go
 */
export const scryptKratosFirebase: Hasher = /* @__PURE__ */ defineFirebase({
  name: 'scrypt_kratos_firebase',
  writtenBy: 'imports of Ory Kratos from Firebase',
  example:
    '$firescrypt$ln=14,r=8,p=1$sPtDhWcd1MfdAw==$xbSou7FOl6mChCyzpCPIQ7tku7nsQMTFtyOZSXXd7tjBa4NtimOx7v42Gv2SfzPQu1oxM2/k4SsbOu73wlKe1A==$Bw==$YE0dO4bwD4JnJafh6lZZfkp1MtKzuKAXQcDCJNJNyeCHairWHKENOkbh3dzwaCdizzOspwr/FITUVlnOAwPKyw==',
  prefix: '$firescrypt$ln=',
  split: splitKratos,
})

/**
 * Firebase's modified scrypt as WorkOS imports it.
 *
 *     $firebase-scrypt$hash=  <hash>  $salt=  <salt>  $sk=  <signer key>  $ss=  Bw==  $r=  8  $m=  14      (spaces added)
 *
 * @see https://github.com/workos/workos-migrations/blob/main/src/transformers/firebase/scrypt.ts
 */
export const scryptWorkos: Hasher = /* @__PURE__ */ defineFirebase({
  name: 'scrypt_workos',
  writtenBy: 'imports of WorkOS from Firebase',
  example:
    '$firebase-scrypt$hash=lSrfV15cpx95/sZS2W9c9Kp6i/LVgQNDNC/qzrCnh1SAyZvqmZqAjTdn3aoItz+VHjoZilo78198JAdRuid5lQ==$salt=42xEC+ixf3L2lw==$sk=jxspr8Ki0RYycVU8zykbdLGjFQ3McFUH0uiiTvC8pVMXAn210wjLNmdZJzxUECKbm0QsEmYUSDzZvpjeJ9WmXA==$ss=Bw==$r=8$m=14',
  prefix: '$firebase-scrypt$hash=',
  split: splitWorkos,
})

function defineFirebase({ prefix = '', split, ...facts }: Row): Hasher {
  return makeHasher<Params>({
    ...facts,
    ...(prefix === '' ? { identify } : { prefixes: [prefix] }),
    standing: 'sound',
    why: 'hard on memory',
    parse: (rest) => parse(split(rest), prefix === '' ? decodeAnyBase64 : decodePadded),
    describe: ({ rounds, memoryCost }) => ({ rounds, memoryCost }),
    job: (password, { params: { saltSeparator, rounds, memoryCost }, salt }) =>
      scryptJob({
        password,
        salt: Buffer.concat([salt, saltSeparator]),
        N: powerOfTwo(memoryCost),
        r: rounds,
        p: 1,
        length: KEY_BYTES,
      }),
    finish: (key, { params }) => encryptAesCtr(key, params.signerKey),
    // The cost is given apart, since building the job copies the salt and audits read digests by the million.
    cost: ({ params: { rounds, memoryCost } }) =>
      costOfScrypt({ N: powerOfTwo(memoryCost), r: rounds, p: 1 }),
    // In RFC 7914 both PBKDF2 of scrypt have SHA-256.
    truncates: (password) => sharesHmacKey(password, 'sha256'),
    blank: (digest) => blank(digest, prefix.length, split),
  })
}

/**
 * Whether a digest has the bare shape: six fields, of which the last two are short numbers. It begins with no `$`, as crypt(3)
 * strings do, and with no mark of an account without a password.
 */
function identify(digest: string): boolean {
  // The end is looked at first, since every digest without a known prefix is shown to this hasher.
  if (!endsWithMemoryCost(digest) || OTHERS_STARTS.includes(digest.charAt(0))) return false
  const fields = splitFields(fieldOf(digest), '$', 6)
  if (fields === undefined) return false
  const [, , , , roundsField, memoryCostField] = fields
  return isShortNumber(roundsField) && isShortNumber(memoryCostField)
}

function endsWithMemoryCost(digest: string): boolean {
  const { length } = digest
  return digest.charCodeAt(length - 2) === DOLLAR || digest.charCodeAt(length - 3) === DOLLAR
}

function isShortNumber(field: Field): boolean {
  const length = lengthOf(field)
  return (length === 1 || length === 2) && hasDigitsOnly(field)
}

function splitFirebase(rest: Field): Parts | undefined {
  const fields = splitFields(rest, '$', 6)
  if (fields === undefined) return undefined
  const [checksum, salt, signerKey, saltSeparator, rounds, memoryCost] = fields
  return { checksum, salt, signerKey, saltSeparator, rounds, memoryCost }
}

function splitSupabase(rest: Field): Parts | undefined {
  const fields = splitBetween(rest, [',r=', ',p=', ',ss=', ',sk='], 7)
  if (fields === undefined) return undefined
  const [memoryCost, rounds, p, saltSeparator, signerKey, salt, checksum] = fields
  return { checksum, salt, signerKey, saltSeparator, rounds, memoryCost, p }
}

function splitKratos(rest: Field): Parts | undefined {
  const fields = splitBetween(rest, [',r=', ',p='], 7)
  if (fields === undefined) return undefined
  const [memoryCost, rounds, p, salt, checksum, saltSeparator, signerKey] = fields
  return { checksum, salt, signerKey, saltSeparator, rounds, memoryCost, p }
}

function splitWorkos(rest: Field): Parts | undefined {
  const fields = splitBetween(rest, ['$salt=', '$sk=', '$ss=', '$r=', '$m='], 6)
  if (fields === undefined) return undefined
  const [checksum, salt, signerKey, saltSeparator, rounds, memoryCost] = fields
  return { checksum, salt, signerKey, saltSeparator, rounds, memoryCost }
}

function parse(
  parts: Parts | undefined,
  decode: typeof decodeAnyBase64,
): readonly [Parsed<Params>] | Malformed {
  if (parts === undefined) return malformed('shape', 'digest')
  const checksum = decode(parts.checksum)
  if (typeof checksum === 'string') return malformed(checksum, 'checksum')
  if (checksum.length < MIN_CHECKSUM_BYTES) return malformed('length', 'checksum')

  const salt = decode(parts.salt)
  if (typeof salt === 'string') return malformed(salt, 'salt')
  if (salt.length === 0) return malformed('length', 'salt')

  const signerKey = decode(parts.signerKey)
  if (typeof signerKey === 'string') return malformed(signerKey, 'signerKey')
  if (signerKey.length === 0) return malformed('length', 'signerKey')
  if (signerKey.length !== checksum.length) return malformed('length', 'checksum')

  const saltSeparator = decode(parts.saltSeparator)
  if (typeof saltSeparator === 'string') return malformed(saltSeparator, 'saltSeparator')

  // These bounds are those of Firebase's own user import, which has no p.
  const rounds = readInteger(parts.rounds, { min: 1, max: 8 })
  if (typeof rounds === 'string') return malformed(rounds, 'rounds')
  const memoryCost = readInteger(parts.memoryCost, { min: 1, max: 14 })
  if (typeof memoryCost === 'string') return malformed(memoryCost, 'memoryCost')
  const p = parts.p === undefined ? 1 : readInteger(parts.p, { min: 1, max: 1 })
  if (typeof p === 'string') return malformed(p, 'p')

  return [{ params: { signerKey, saltSeparator, rounds, memoryCost }, salt, checksum }]
}

/** Decodes padded base64 of the standard alphabet, as the imports of the services do. */
function decodePadded(field: Field): ReturnType<typeof decodeAnyBase64> {
  return decodeBase64(field, base64)
}

/** The digest with its checksum overwritten up to the padding. */
function blank(digest: string, start: number, split: Row['split']): string {
  const { checksum } = split(fieldOf(digest, start)) ?? { checksum: fieldOf(digest) }
  const padding = digest.indexOf('=', checksum.start)
  const isPadded = padding >= 0 && padding < checksum.end
  return writeOver(digest, checksum.start, 'A', isPadded ? padding : checksum.end)
}
