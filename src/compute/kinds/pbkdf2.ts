import { costOfPbkdf2 } from '../cost.js'
import packed from '../engines/pbkdf2.js?engine'
import type { Pbkdf2Job } from '../job.js'
import { defineKind, hex, utf8 } from '../kind.js'
import type { Job, Kind, Trial } from '../kind.js'

/** It has no kernel: OpenSSL is the faster. */
export const PBKDF2: Kind = /* @__PURE__ */ defineKind({
  name: 'pbkdf2',
  packed,
  standIn: 'node:crypto',
  cost: costOfPbkdf2,
  bytes: ({ password, salt }) => [password, salt],
  copy: ({ kind, password, salt, algorithm, iterations, length }) => ({
    kind,
    password: Uint8Array.from(password),
    salt: Uint8Array.from(salt),
    algorithm,
    iterations,
    length,
  }),
  trial: ({ algorithm }) => trialOf(algorithm),
  trials: () => (['sha1', 'sha256', 'sha512'] as const).map(trialOf),
})

/** PBKDF2 of a password: `length` bytes. */
export function pbkdf2Job({
  password,
  salt,
  algorithm,
  iterations,
  length,
}: Omit<Pbkdf2Job, 'kind'>): Job & { readonly kind: 'pbkdf2' } {
  return { kind: 'pbkdf2', row: PBKDF2, password, salt, algorithm, iterations, length }
}

/**
 * The first is RFC 6070's second vector, and the same with another hash; those, and all second ones, by Python's
 * hashlib.pbkdf2_hmac, 3.11.
 */
const KEYS = {
  sha1: ['ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957', '536093ec79cde2a661b05b409094875d'],
  sha256: [
    'ae4d0c95af6b46d32d0adff928f06dd02a303f8ef3c251dfd6e2d85a95474c43',
    '75865181d3d00df6dbc03d934e33005c',
  ],
  sha512: [
    'e1d9c16aa681708a45f5c7c4e215ceb66e011a2e9f0040713f18aefdb866d53cf76cab2868a39b9f7840edce4fef5a82be67335c77a6068e04112754f27ccf4e',
    'bae3441ba85213c984a289b083762243',
  ],
} as const

function trialOf(algorithm: Pbkdf2Job['algorithm']): Trial<Pbkdf2Job> {
  return { name: `pbkdf2 ${algorithm}`, answers: () => findAnswers(algorithm) }
}

function findAnswers(algorithm: Pbkdf2Job['algorithm']): ReturnType<Trial<Pbkdf2Job>['answers']> {
  const [first, second] = KEYS[algorithm]
  const answer = (password: string, salt: string, iterations: number, key: string) => {
    const bytes = hex(key)
    const job = { kind: 'pbkdf2', algorithm, iterations, length: bytes.length } as const
    return { job: { ...job, password: utf8(password), salt: utf8(salt) }, bytes }
  }
  return [answer('password', 'salt', 2, first), answer('correct horse', 'battery staple', 3, second)]
}
