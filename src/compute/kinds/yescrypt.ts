import { costOfYescrypt } from '../cost.js'
import packed from '../engines/yescrypt.js?engine'
import type { YescryptJob } from '../job.js'
import { defineKind, hex, utf8 } from '../kind.js'
import type { Job, Kind, Trial } from '../kind.js'

// The kernel's memory is declared for a V of 512 MiB, two blocks of r 2^16, and the boxes of 1024 lanes.
const MAX_BYTES = 512 * 2 ** 20
const MAX_N = 2 ** 22
const MAX_R = 2 ** 16
const MAX_LANES = 2 ** 10
const MAX_T = 2 ** 9
const MAX_INPUT_BYTES = 4_096

export const YESCRYPT: Kind = /* @__PURE__ */ defineKind({
  name: 'yescrypt',
  packed,
  standIn: 'JavaScript',
  cost: costOfYescrypt,
  bytes: ({ password, salt }) => [password, salt],
  copy: ({ kind, variant, password, salt, N, r, p, t }) => ({
    kind,
    variant,
    password: Uint8Array.from(password),
    salt: Uint8Array.from(salt),
    N,
    r,
    p,
    t,
  }),
  fitsKernel: ({ N, r, p, t, password, salt }) =>
    N <= MAX_N &&
    r <= MAX_R &&
    p <= MAX_LANES &&
    t <= MAX_T &&
    128 * N * r <= MAX_BYTES &&
    128 * r * p <= MAX_BYTES &&
    Math.max(password.byteLength, salt.byteLength) <= MAX_INPUT_BYTES,
  trial: ({ variant }) => trialOf(variant),
  trials: () => VARIANTS.map(trialOf),
})

const VARIANTS = ['rw', 'worm'] as const

/** Makes a job of yescrypt: 32 bytes of a password. */
export function yescryptJob({
  variant,
  password,
  salt,
  N,
  r,
  p,
  t,
}: Omit<YescryptJob, 'kind'>): Job & { readonly kind: 'yescrypt' } {
  return { kind: 'yescrypt', row: YESCRYPT, variant, password, salt, N, r, p, t }
}

/** The known answers, from crypt() of libxcrypt 4.4.33. */
const CHECKSUMS = {
  rw: [
    '90e0088c3b83488b0b64eb9f1093ec854d5da0cec6abef7f2b7c542dfc116e0d',
    '283c53a6ed268d8dc1e2e81f44b30f52a32c15a794767b9662f04c384f8c4ad1',
  ],
  worm: [
    'a19f8b172d0a6ead910dd25684169ac2843a3f4dc008cb122bf4e8404d52c354',
    'a7bb5552398c2ae7b5b1c5f1574932f2f1d506e49373ad8cc255e6c1dc043c59',
  ],
} as const

function trialOf(variant: YescryptJob['variant']): Trial<YescryptJob> {
  const [first, second] = CHECKSUMS[variant]
  const kind = 'yescrypt'
  return {
    name: `yescrypt ${variant}`,
    answers: () => [
      {
        job: { kind, variant, password: utf8('password'), salt: utf8('NaCl'), N: 64, r: 2, p: 3, t: 0 },
        bytes: hex(first),
      },
      {
        job: {
          kind,
          variant,
          password: utf8('correct horse'),
          salt: utf8('battery'),
          N: 32,
          r: 3,
          p: 2,
          t: 2,
        },
        bytes: hex(second),
      },
    ],
  }
}
