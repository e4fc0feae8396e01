import type { Job } from './job.js'

/** A published vector: a job and the bytes that every right engine gives. */
export interface KnownAnswer {
  readonly job: Job
  readonly bytes: Uint8Array
}

const utf8 = (text: string): Uint8Array => Buffer.from(text)
const hex = (text: string): Uint8Array => Buffer.from(text, 'hex')

/** The known answer of a kind of job: cheap enough to ask an engine for before its first job. */
export function findKnownAnswer(kind: Job['kind']): KnownAnswer {
  switch (kind) {
    case 'bcrypt':
      return {
        // libxcrypt, test/ka-table.inc: $2y$05$CCCCCCCCCCCCCCCCCCCCC.
        job: {
          kind,
          variant: 'standard',
          password: utf8('dragon'),
          salt: hex('10410410410410410410410410410410'),
          cost: 5,
        },
        bytes: hex('35bb613f69f5e8458d847c1396c6645ce47aff43d024c9'),
      }
    case 'argon2':
      return {
        // Supabase's password_test.go: $argon2id$v=19$m=32,t=3,p=2$SFVpOWJ0eXhjRzVkdGN1RQ
        job: {
          kind,
          variant: 'id',
          version: 19,
          password: utf8('test'),
          salt: utf8('HUi9btyxcG5dtcuE'),
          memory: 32,
          iterations: 3,
          parallelism: 2,
          length: 32,
        },
        bytes: hex('4579dbf2b87b2da0dc9f4ef1b2cb2aaae95961738cfc45021053157007326159'),
      }
    case 'scrypt':
      return {
        // RFC 7914 section 12, the first vector.
        job: { kind, password: utf8(''), salt: utf8(''), N: 16, r: 1, p: 1, length: 64 },
        bytes: hex(
          '77d6576238657b203b19ca42c18a0497f16b4844e3074ae8dfdffa3fede21442fcd0069ded0948f8326a753a0fc81f17e8d3e0fb2e0d3628cf35e20c38d18906',
        ),
      }
    case 'pbkdf2':
      return {
        // RFC 6070, the second vector.
        job: {
          kind,
          password: utf8('password'),
          salt: utf8('salt'),
          algorithm: 'sha1',
          iterations: 2,
          length: 20,
        },
        bytes: hex('ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957'),
      }
    case 'digest-loop':
      return {
        // passlib's tests: $P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0
        job: {
          kind,
          algorithm: 'md5',
          first: utf8('IQRaTwmftest12345'),
          tail: utf8('test12345'),
          count: 2 ** 11,
        },
        bytes: hex('6a47277aba44ad01115b4a095e710397'),
      }
  }
}
