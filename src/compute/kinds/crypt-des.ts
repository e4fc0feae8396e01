import { costOfCryptDes } from '../cost.js'
import packed from '../engines/crypt-des.js?engine'
import type { CryptDesJob } from '../job.js'
import { defineKind, hex, utf8 } from '../kind.js'
import type { Job, Kind, Trial } from '../kind.js'

const MAX_PASSWORD_BYTES = 4_096

/** The row of crypt(3)'s DES. */
export const CRYPT_DES: Kind = /* @__PURE__ */ defineKind({
  name: 'crypt-des',
  packed,
  standIn: 'JavaScript',
  cost: ({ count, password }) => costOfCryptDes({ count, passwordLength: password.length }),
  bytes: ({ password, salt }) => [password, salt],
  copy: ({ kind, variant, password, salt, count }) => ({
    kind,
    variant,
    password: Uint8Array.from(password),
    salt: Uint8Array.from(salt),
    count,
  }),
  fitsKernel: ({ password, count }) => password.length <= MAX_PASSWORD_BYTES && count < 2 ** 32,
  trial: ({ variant }) => trialOf(variant),
  trials: () => CRYPT_DES_VARIANTS.map(trialOf),
})

export const CRYPT_DES_VARIANTS = ['unix', 'bsdi'] as const

/** Makes a job of crypt(3)'s DES. */
export function cryptDesJob({
  variant,
  password,
  salt,
  count,
}: Omit<CryptDesJob, 'kind'>): Job & { readonly kind: 'crypt-des' } {
  return { kind: 'crypt-des', row: CRYPT_DES, variant, password, salt, count }
}

/**
 * The known answers are from crypt() of libxcrypt 4.4.33. The second one of Unix's scheme, which always encrypts 25 times there, is
 * from BSDi's, which makes the same of a password of up to eight bytes.
 */
const ANSWERS = {
  unix: [
    ['correct horse', 'e60900', 25, 'b6b3b58f6a464b75'],
    ['correct', 'bd0f00', 30, 'f297d9917dd68e65'],
  ],
  bsdi: [
    ['correct horse', 'e689a6', 21, '938b08e609a17f66'],
    ['battery staple', 'bdfff3', 16, '77e48bcb68a9d622'],
  ],
} as const

function trialOf(variant: CryptDesJob['variant']): Trial<CryptDesJob> {
  const answer = ([password, salt, count, checksum]: readonly [string, string, number, string]) => ({
    job: { kind: 'crypt-des', variant, password: utf8(password), salt: hex(salt), count } as const,
    bytes: hex(checksum),
  })
  const [first, second] = ANSWERS[variant]
  return { name: `crypt-des ${variant}`, answers: () => [answer(first), answer(second)] }
}
