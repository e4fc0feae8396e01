/** The hash functions of expressions that vendors name, and the bytes of their digests. */
export const HASH_BYTES = {
  md4: 16,
  md5: 16,
  sha1: 20,
  sha224: 28,
  sha256: 32,
  sha384: 48,
  sha512: 64,
  'sha512-256': 32,
  'sha3-224': 28,
  'sha3-256': 32,
  'sha3-384': 48,
  'sha3-512': 64,
  ripemd160: 20,
  whirlpool: 64,
  blake2b512: 64,
  blake2s256: 32,
  sm3: 32,
} as const

export type HashName = keyof typeof HASH_BYTES

/** The names that OpenSSL has for them beside its own spelling of each, in lower case. */
const ALIASES: Readonly<Record<string, HashName>> = {
  ...{
    ripemd: 'ripemd160',
    rmd160: 'ripemd160',
    ripemd160withrsa: 'ripemd160',
    'rsa-ripemd160': 'ripemd160',
  },
  ...{ 'rsa-md4': 'md4', md4withrsaencryption: 'md4' },
  ...{ 'rsa-md5': 'md5', md5withrsaencryption: 'md5', 'ssl3-md5': 'md5' },
  ...{ 'rsa-sha1': 'sha1', 'rsa-sha1-2': 'sha1', sha1withrsaencryption: 'sha1', 'ssl3-sha1': 'sha1' },
  ...{ 'rsa-sha224': 'sha224', sha224withrsaencryption: 'sha224' },
  ...{ 'rsa-sha256': 'sha256', sha256withrsaencryption: 'sha256' },
  ...{ 'rsa-sha384': 'sha384', sha384withrsaencryption: 'sha384' },
  ...{ 'rsa-sha512': 'sha512', sha512withrsaencryption: 'sha512' },
}

/** The hash function of a name of OpenSSL, which takes its names in any case; undefined for others. */
export function findHash(name: string): HashName | undefined {
  const lower = name.toLowerCase()
  if (isHash(lower)) return lower
  return Object.hasOwn(ALIASES, lower) ? ALIASES[lower] : undefined
}

function isHash(name: string): name is HashName {
  return Object.hasOwn(HASH_BYTES, name)
}
