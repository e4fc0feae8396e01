/**
 * The parts of a digest, whatever its spelling: two digests with equal parts check passwords alike, but for those of WordPress and
 * phpBB, which escape and trim a password before phpass. Bytes are base64 without padding: most digests hold base64, and a byte array
 * for each field would take longer than all else that is done with a row.
 */
export type Parts =
  | { readonly kind: 'bcrypt'; readonly text: string }
  | { readonly kind: 'argon2'; readonly text: string }
  | { readonly kind: 'phpass'; readonly text: string }
  | (Salted & {
      readonly kind: 'pbkdf2'
      readonly algorithm: Algorithm
      readonly iterations: string
    })
  | (Salted & {
      readonly kind: 'scrypt'
      readonly logN: number
      readonly r: string
      readonly p: string
    })
  | (Salted & {
      readonly kind: 'firebase'
      readonly signerKey: string
      readonly saltSeparator: string
      readonly rounds: string
      readonly memoryCost: string
    })
  | (Salted & { readonly kind: 'digest'; readonly algorithm: Algorithm; readonly order: Order })
  | { readonly kind: 'hmac'; readonly algorithm: Algorithm; readonly key: string; readonly checksum: string }

export interface Salted {
  readonly salt: string
  readonly checksum: string
}

/** Where the salt of a single digest stands. */
export type Order = 'none' | 'salt first' | 'password first'
export type Algorithm = 'md5' | 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512'
export type PartsOf<K extends Parts['kind']> = Extract<Parts, { readonly kind: K }>
/** Makes the parts of the fields that a pattern found. */
export type Read = (fields: readonly string[]) => Parts | undefined

/** A spelling: the pattern of its digests, and what its groups are. */
export type Spelling = readonly [pattern: RegExp, read: Read]

export const ALGORITHMS: readonly Algorithm[] = ['md5', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512']
/** The bytes of each algorithm's checksum, which tell the salt behind it in a digest of LDAP. */
export const SIZES: Readonly<Record<Algorithm, number>> = {
  ...{ md5: 16, sha1: 20, sha224: 28 },
  ...{ sha256: 32, sha384: 48, sha512: 64 },
}

export type Encoding = 'base64' | 'hex' | 'utf8'

/** Base64 whose last digit has no bits beyond its bytes; the padding is no part of it. */
const CANONICAL = /^((?:[\dA-Za-z+/]{4})*(?:[\dA-Za-z+/][AQgw]|[\dA-Za-z+/]{2}[AEIMQUYcgkosw048])?)={0,2}$/

/** A field of bytes as parts have it. Both alphabets of base64 are read, with padding or without; the digest was parsed before. */
export function readPart(text: string, encoding: Encoding): string {
  const canonical = encoding === 'base64' ? CANONICAL.exec(text)?.[1] : undefined
  return canonical ?? makePart(Buffer.from(text, encoding))
}

export function makePart(bytes: Buffer): string {
  return bytes.toString('base64').replace(/=+$/, '')
}

/** How many bytes a part has. */
export function lengthOf(part: string): number {
  return Math.floor((part.length * 3) / 4)
}

const BY_NAME: ReadonlyMap<string, Algorithm> = new Map(ALGORITHMS.map((name) => [name, name]))

export function algorithmOf(name: string): Algorithm | undefined {
  return BY_NAME.get(name) ?? BY_NAME.get(name.toLowerCase())
}

/** Whether two digests have the same parts. */
export function areSame(first: Parts, second: Parts | undefined): boolean {
  if (second === undefined) return false
  const names = Object.keys(first)
  return (
    names.length === Object.keys(second).length &&
    names.every((name) => Reflect.get(first, name) === Reflect.get(second, name))
  )
}
