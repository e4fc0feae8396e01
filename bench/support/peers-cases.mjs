import { complete, samples } from './samples.mjs'

// Made with the package argon2.
const password = 'correct horse battery staple'
const LARGE =
  '$argon2id$v=19$m=65536,t=3,p=1$c2Vhc2FsdHNlYXNhbHQxNg$NHkiotwmhsaTSaWYw9gKunKcW3/1pqMsXIx2OSY3ndQ'
const LANES = '$argon2id$v=19$m=64,t=4,p=8$c2Vhc2FsdHNlYXNhbHQxNg$pPxSd/IKSaIeogLyvto6kr75+lPoxYbuOaKD8ofLOPw'

export const large = complete({ hasher: 'argon2id', digest: LARGE, password })
const lanes = complete({ hasher: 'argon2id', digest: LANES, password })

// passlift's time over the contender's, at the most.
const pbkdf2 = { 'crypto.pbkdf2': 1.05 }
const scrypt = { 'crypto.scrypt': 0.82 }
const AIMS = {
  bcrypt: { bcryptjs: 0.95 },
  argon2id: { argon2: 0.95 },
  scrypt_firebase: scrypt,
  scrypt_werkzeug: scrypt,
  phpass: { 'crypto.createHash loop': 0.1, PHP: 1.05 },
  pbkdf2_sha256: pbkdf2,
  pbkdf2_sha512: pbkdf2,
  pbkdf2_sha1: pbkdf2,
  pbkdf2_sha256_django: pbkdf2,
}

/** What is checked one at a time: every hasher's sample, and Argon2id at more parameters; with what is aimed at. */
export const cases = [
  ...samples.map((sample) => ({ sample, aims: AIMS[sample.hasher] ?? {} })),
  { sample: large, aims: { argon2: 0.82 } },
  { sample: large, aims: { argon2: 0.45 }, isNodeRs: true },
  { sample: lanes, aims: { argon2: 0.25 } },
].toSorted((first, second) => placeOf(first) - placeOf(second))

/** What is checked with many in flight: passlift's throughput over the contender's, at the least. */
export const crowds = [
  { sample: samples[0], inFlight: 8, calls: 16, rounds: 5, aims: { bcrypt: 1.15, bcryptjs: 2.6 } },
  { sample: samples[0], inFlight: 64, calls: 64, rounds: 3, aims: { bcrypt: 1.15, bcryptjs: 2.6 } },
  { sample: large, inFlight: 8, calls: 16, rounds: 5, aims: { argon2: 1.15 } },
]

/** MiB at the most. */
export const MEMORY_AIM = 230

function placeOf({ sample }) {
  return samples.findIndex(({ hasher }) => hasher === sample.hasher)
}
