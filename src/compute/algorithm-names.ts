/** The names of the algorithms in the words of their standards, for people. */
export const ALGORITHM_NAMES = {
  md5: 'MD5',
  sha1: 'SHA-1',
  sha224: 'SHA-224',
  sha256: 'SHA-256',
  sha384: 'SHA-384',
  sha512: 'SHA-512',
  'sha3-224': 'SHA3-224',
  'sha3-256': 'SHA3-256',
  'sha3-384': 'SHA3-384',
  'sha3-512': 'SHA3-512',
  'sha512-224': 'SHA-512/224',
  'sha512-256': 'SHA-512/256',
  ripemd160: 'RIPEMD-160',
} as const
