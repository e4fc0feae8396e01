import { caseOf, cases, complete } from './cases.mjs'

// These digests were made with the package argon2.
const password = 'correct horse battery staple'
const LARGE =
  '$argon2id$v=19$m=65536,t=3,p=1$c2Vhc2FsdHNlYXNhbHQxNg$NHkiotwmhsaTSaWYw9gKunKcW3/1pqMsXIx2OSY3ndQ'
const LANES = '$argon2id$v=19$m=64,t=4,p=8$c2Vhc2FsdHNlYXNhbHQxNg$pPxSd/IKSaIeogLyvto6kr75+lPoxYbuOaKD8ofLOPw'

export const large = complete({ kind: 'argon2', hasher: 'argon2id', digest: LARGE, password })
// This digest is of vectors/sha512_drupal7.json, with Drupal's default of 2^15 rounds.
const drupal = complete({
  kind: 'digest-loop',
  hasher: 'sha512_drupal7',
  digest: '$S$Dk3hJ9bQzcywy4rMmSAplmJh97Q2wpTtPF./zGrLF7Pb5nCxna1e',
  password: 'granite',
})
const lanes = complete({ kind: 'argon2', hasher: 'argon2id', digest: LANES, password })

// An aim is the most that passlift's time over the contender's may be.
const AIMS = {
  bcrypt: { bcryptjs: 0.95 },
  argon2: { argon2: 0.95 },
  scrypt: { 'crypto.scrypt': 0.82 },
  pbkdf2: { 'crypto.pbkdf2': 1.05 },
  'digest-loop': { 'crypto.createHash loop': 0.1, PHP: 1.05 },
}

const [bcrypt, argon2] = [caseOf('bcrypt'), caseOf('argon2')]

/** The cases that are compared one call at a time, with their aims: every case, and Argon2id at more parameters. */
export const compared = [...cases, drupal].flatMap((one) => {
  const row = { one, aims: one === drupal ? { PHP: 0.85 } : (AIMS[one.kind] ?? {}) }
  if (one !== argon2) return [row]
  return [
    row,
    { one: large, aims: { argon2: 0.82 } },
    { one: large, aims: { argon2: 0.45 }, isNodeRs: true },
    { one: lanes, aims: { argon2: 0.25 } },
  ]
})

/** The cases with many calls in flight; the aim is the least of passlift's throughput over the contender's. */
export const crowds = [
  { one: bcrypt, inFlight: 8, calls: 16, rounds: 5, aims: { bcrypt: 1.15, bcryptjs: 2.6 } },
  { one: bcrypt, inFlight: 64, calls: 64, rounds: 3, aims: { bcrypt: 1.15, bcryptjs: 2.6 } },
  { one: large, inFlight: 8, calls: 16, rounds: 5, aims: { argon2: 1.15 } },
]

/** The aim for peak memory, in MiB at most. */
export const MEMORY_AIM = 230
