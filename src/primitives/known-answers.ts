import { equalBytes } from './compare.js'
import type { Job } from './job.js'

interface KnownAnswer {
  readonly job: Job
  readonly hex: string
}

const utf8 = (text: string): Uint8Array => Buffer.from(text)

// Published vectors, cheap enough to run before a thread's first job.
const KNOWN_ANSWERS: readonly KnownAnswer[] = [
  {
    // libxcrypt, test/ka-table.inc: $2y$05$CCCCCCCCCCCCCCCCCCCCC.
    job: {
      kind: 'bcrypt',
      password: utf8('dragon'),
      salt: Buffer.from('10410410410410410410410410410410', 'hex'),
      cost: 5,
    },
    hex: '35bb613f69f5e8458d847c1396c6645ce47aff43d024c9',
  },
  {
    // RFC 7914 section 12, the first vector.
    job: { kind: 'scrypt', password: utf8(''), salt: utf8(''), N: 16, r: 1, p: 1, length: 64 },
    hex: '77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906',
  },
  {
    // RFC 6070, the second vector.
    job: {
      kind: 'pbkdf2',
      password: utf8('password'),
      salt: utf8('salt'),
      algorithm: 'sha1',
      iterations: 2,
      length: 20,
    },
    hex: 'ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957',
  },
  {
    // passlib's tests: $P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0
    job: {
      kind: 'digest-loop',
      algorithm: 'md5',
      first: utf8('IQRaTwmftest12345'),
      tail: utf8('test12345'),
      count: 2 ** 11,
    },
    hex: '6a47277aba44ad01115b4a095e710397',
  },
]

/** Whether an engine gives the published answers. */
export function passesKnownAnswers(compute: (job: Job) => Uint8Array): boolean {
  return KNOWN_ANSWERS.every(({ job, hex }) => equalBytes(compute(job), Buffer.from(hex, 'hex')))
}
