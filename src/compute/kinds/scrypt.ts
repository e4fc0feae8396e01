import { costOfScrypt } from '../cost.js'
import packed from '../engines/scrypt.js?engine'
import type { ScryptJob } from '../job.js'
import { defineKind, hex, utf8 } from '../kind.js'
import type { Job, Kind, Trial } from '../kind.js'

// The kernel's memory is declared for a V of 512 MiB.
const MAX_BYTES = 512 * 2 ** 20
const MAX_N = 2 ** 20
const MAX_R = 2 ** 16
const MAX_INPUT_BYTES = 4_096

export const SCRYPT: Kind = /* @__PURE__ */ defineKind({
  name: 'scrypt',
  packed,
  standIn: 'node:crypto',
  cost: costOfScrypt,
  bytes: ({ password, salt }) => [password, salt],
  copy: ({ kind, password, salt, N, r, p, length }) => ({
    kind,
    password: Uint8Array.from(password),
    salt: Uint8Array.from(salt),
    N,
    r,
    p,
    length,
  }),
  fitsKernel: ({ N, r, p, password, salt, length }) =>
    N <= MAX_N &&
    r <= MAX_R &&
    128 * N * r <= MAX_BYTES &&
    128 * r * p <= MAX_BYTES &&
    Math.max(password.byteLength, salt.byteLength, length) <= MAX_INPUT_BYTES,
  trial: () => TRIAL,
  trials: () => [TRIAL],
})

/** Makes a job of scrypt (RFC 7914): `length` bytes of a password. */
export function scryptJob({
  password,
  salt,
  N,
  r,
  p,
  length,
}: Omit<ScryptJob, 'kind'>): Job & { readonly kind: 'scrypt' } {
  return { kind: 'scrypt', row: SCRYPT, password, salt, N, r, p, length }
}

const TRIAL: Trial<ScryptJob> = { name: 'scrypt', answers: findAnswers }

/** The known answers, from hashlib.scrypt of Python 3.11. The first is RFC 7914's second vector with smaller numbers. */
function findAnswers(): ReturnType<Trial<ScryptJob>['answers']> {
  return [
    {
      job: {
        kind: 'scrypt',
        password: utf8('password'),
        salt: utf8('NaCl'),
        N: 16,
        r: 2,
        p: 3,
        length: 64,
      },
      bytes: hex(
        '6c8185aa3a0815f887ade75aa9d70b1732181a1bc1515e8dc67b43079b8620ab42cb858e27a16a4fa8d34f9ed525b316987131f16bb274dd0c72249ce7cd6064',
      ),
    },
    {
      job: {
        kind: 'scrypt',
        password: utf8('correct horse'),
        salt: utf8('battery'),
        N: 32,
        r: 3,
        p: 2,
        length: 16,
      },
      bytes: hex('b2878220d0b9393177b5996ec47ff409'),
    },
  ]
}
