import { costOfCryptDigest } from '../cost.js'
import packed from '../engines/crypt-digest.js?engine'
import type { CryptDigestJob } from '../job.js'
import { defineKind, hex, utf8 } from '../kind.js'
import type { Job, Kind, Trial } from '../kind.js'

const MAX_PASSWORD_BYTES = 4_096
const MAX_SALT_BYTES = 128

/** The row of crypt(3)'s loops over a message digest. */
export const CRYPT_DIGEST: Kind = /* @__PURE__ */ defineKind({
  name: 'crypt-digest',
  packed,
  standIn: 'node:crypto',
  cost: ({ variant, rounds, password, salt }) =>
    costOfCryptDigest({ variant, rounds, passwordLength: password.length, saltLength: salt.length }),
  bytes: ({ password, salt }) => [password, salt],
  copy: ({ kind, variant, password, salt, rounds }) => ({
    kind,
    variant,
    password: Uint8Array.from(password),
    salt: Uint8Array.from(salt),
    rounds,
  }),
  fitsKernel: ({ password, salt, rounds }) =>
    password.length <= MAX_PASSWORD_BYTES && salt.length <= MAX_SALT_BYTES && rounds < 2 ** 32,
  trial: ({ variant }) => trialOf(variant),
  trials: () => CRYPT_DIGEST_VARIANTS.map(trialOf),
})

export const CRYPT_DIGEST_VARIANTS = ['md5', 'apr1', 'sha1', 'sha256', 'sha512'] as const

/** Makes a job of crypt(3)'s loop over a message digest. */
export function cryptDigestJob({
  variant,
  password,
  salt,
  rounds,
}: Omit<CryptDigestJob, 'kind'>): Job & { readonly kind: 'crypt-digest' } {
  return { kind: 'crypt-digest', row: CRYPT_DIGEST, variant, password, salt, rounds }
}

/**
 * The known answers are from crypt() of libxcrypt 4.4.33 and, of Apache's variant, from OpenSSL 3.0.19. The second ones of MD5, which
 * always has 1,000 rounds there, are from the same loop by hashlib of Python 3.11, with 500.
 */
const CHECKSUMS = {
  md5: ['3331c7b3668dfef85cd1248899896acb', '793b178640927670c4df342ff4450d0d'],
  apr1: ['9621bbe4f6fb1496660f6252904facaf', '921643dc376877cef1f280a34f63f573'],
  sha1: ['2f059f34465d5f9cfb37e0379c7edfff7e135bba', '9ae5e914b1e72802dc24b9d655f3d64072ad69eb'],
  sha256: [
    'a01979d43a73515e0d63f82bb591f969fe3fc7746ac2f4e556fbbe38b9b69609',
    '426703d9785486b06f8de8363c7ea1fc5eeb0618504081fe3e9d823f7593d221',
  ],
  sha512: [
    'e1ae70478af377f7849de2b2c66863e4a180c8d9df35e7d2feefffc2b16a0b6dfb53207efd3e427928b4ca98b7a43d25b3ea3b41171812dd407c6387e7dc0504',
    '76b706e648136ae6c61da8c2d30def9964977ee87a9c7edc50a209f6f49a89825bb9ec40aff1876f57937b38e0c777ea37c0d7c0c27243864d2555999b77775f',
  ],
} as const

const INPUTS = {
  md5: [
    ['correct horse', 'saltsalt', 1_000],
    ['battery', 'ab', 500],
  ],
  sha1: [
    ['correct horse', 'seasalt$sha1$12', 12],
    ['battery staple', 'rocksaltrock$sha1$3', 3],
  ],
  sha2: [
    ['correct horse', 'seasaltseasalt', 1_000],
    ['battery staple', 'rocksalt', 1_001],
  ],
} as const

function trialOf(variant: CryptDigestJob['variant']): Trial<CryptDigestJob> {
  const answer = ([password, salt, rounds]: readonly [string, string, number], checksum: string) => ({
    job: { kind: 'crypt-digest', variant, password: utf8(password), salt: utf8(salt), rounds } as const,
    bytes: hex(checksum),
  })
  const [first, second] = CHECKSUMS[variant]
  const inputs = variant === 'sha256' || variant === 'sha512' ? 'sha2' : variant === 'apr1' ? 'md5' : variant
  const [one, other] = INPUTS[inputs]
  return { name: `crypt-digest ${variant}`, answers: () => [answer(one, first), answer(other, second)] }
}
