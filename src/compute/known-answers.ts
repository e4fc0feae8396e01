import type { Argon2Job, BcryptJob, Job, Pbkdf2Job } from './job.js'

/** A vector of another system: a job and the bytes that every right engine gives. */
export interface KnownAnswer {
  readonly job: Job
  readonly bytes: Uint8Array
}

/**
 * The known answer for the kind of a job and its variant, version or algorithm: an engine that looks past one of these
 * computes another's. Cheap enough to ask an engine for before its first job.
 */
export function findKnownAnswer(job: Job): KnownAnswer {
  switch (job.kind) {
    case 'bcrypt':
      return findBcrypt(job)
    case 'argon2':
      return findArgon2(job)
    case 'scrypt':
      return {
        // Python's hashlib.scrypt, 3.11: RFC 7914's second vector with smaller numbers, each another.
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
      }
    case 'pbkdf2':
      return findPbkdf2(job)
    case 'digest-loop':
      return {
        // passlib's tests: $P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0
        job: {
          kind: 'digest-loop',
          algorithm: 'md5',
          first: utf8('IQRaTwmftest12345'),
          tail: utf8('test12345'),
          count: 2 ** 11,
        },
        bytes: hex('6a47277aba44ad01115b4a095e710397'),
      }
  }
}

/** Names what {@link findKnownAnswer} tells apart. */
export function nameKnownAnswer(job: Job): string {
  switch (job.kind) {
    case 'bcrypt':
      return `bcrypt ${job.variant}`
    case 'argon2':
      return `argon2 ${job.variant} ${job.version}`
    case 'pbkdf2':
    case 'digest-loop':
      return `${job.kind} ${job.algorithm}`
    case 'scrypt':
      return job.kind
  }
}

function findBcrypt({ variant }: BcryptJob): KnownAnswer {
  switch (variant) {
    case 'standard':
      return {
        // crypt_blowfish 1.3, wrapper.c: $2y$05$6bNw2HLQYeqHYyBfLMsv/O, of which $2x$ makes another.
        job: bcryptJob(variant, utf8('\u0451'), 'f1d3f2e093526a0b096b40e134ebb105', 5),
        bytes: hex('59e6dfd8d311e7f77ef690f2e40538bd76d4b24499f20c'),
      }
    case 'no-nul':
      return {
        // The npm package bcrypt 6: $2$04$oQRaNmDRJG4OjOIE99.afO, of which "ab" is another password.
        job: bcryptJob(variant, utf8('abab'), 'a924dc3e81532c8e90950286fff01c85', 4),
        bytes: hex('aab80b792d36af13db08783eabc7dbbe3255274035b5ee'),
      }
    case 'sign-extended':
      return {
        // crypt_blowfish 1.3, wrapper.c: $2x$05$/OK.fbVrR/bpIqNJ5ianF., of which $2y$ makes another.
        job: bcryptJob(variant, hex('a3'), '05030085d5ed4c176b2ac3cbee47291c', 5),
        bytes: hex('106ee09c971c43a19d8a25c595df91dff4f09b56543b98'),
      }
    case 'countermeasure':
      return {
        // crypt_blowfish 1.3, wrapper.c: $2a$05$/OK.fbVrR/bpIqNJ5ianF., of which $2y$ makes another.
        job: bcryptJob(variant, hex('ffffa3'), '05030085d5ed4c176b2ac3cbee47291c', 5),
        bytes: hex('a6c7f7cb402b54e7dec6d4d8cf490837880ed40e1cfbb0'),
      }
  }
}

function bcryptJob(
  variant: BcryptJob['variant'],
  password: Uint8Array,
  salt: string,
  cost: number,
): BcryptJob {
  return { kind: 'bcrypt', variant, password, salt: hex(salt), cost }
}

function findArgon2({ variant, version }: Argon2Job): KnownAnswer {
  // libargon2, test.c: i and id of version 19, i of version 16. The others by its command, 0~20171227:
  // printf password | argon2 somesalt -d -v 10 -t 2 -k 256 -p 1 -r
  const tags = {
    d: {
      16: 'bd404868ff00c52e7543c8332e6a772a5724892d7e328d5cf253bbc8e726b371',
      19: '25c4ee8ba448054b49efc804e478b9d823be1f9bd2e99f51d6ec4007a3a1501f',
    },
    i: {
      16: 'fd4dd83d762c49bdeaf57c47bdcd0c2f1babf863fdeb490df63ede9975fccf06',
      19: '89e9029f4637b295beb027056a7336c414fadd43f6b208645281cb214a56452f',
    },
    id: {
      16: 'da070e576e50f2f38a3c897cbddc6c7fb4028e870971ff9eae7b4e1879295e6e',
      19: '9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe',
    },
  }
  return {
    job: {
      kind: 'argon2',
      variant,
      version,
      password: utf8('password'),
      salt: utf8('somesalt'),
      memory: 256,
      iterations: 2,
      parallelism: 1,
      length: 32,
    },
    bytes: hex(tags[variant][version]),
  }
}

function findPbkdf2({ algorithm }: Pbkdf2Job): KnownAnswer {
  const job = (password: string, iterations: number, length: number): Pbkdf2Job => ({
    kind: 'pbkdf2',
    password: utf8(password),
    salt: utf8('salt'),
    algorithm,
    iterations,
    length,
  })
  switch (algorithm) {
    case 'sha1':
      // RFC 6070, the second vector.
      return { job: job('password', 2, 20), bytes: hex('ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957') }
    case 'sha256':
      return {
        // Python's hashlib.pbkdf2_hmac, 3.11; RFC 6070's second vector with another hash.
        job: job('password', 2, 32),
        bytes: hex('ae4d0c95af6b46d32d0adff928f06dd02a303f8ef3c251dfd6e2d85a95474c43'),
      }
    case 'sha512':
      return {
        // The same.
        job: job('password', 2, 64),
        bytes: hex(
          'e1d9c16aa681708a45f5c7c4e215ceb66e011a2e9f0040713f18aefdb866d53cf76cab2868a39b9f7840edce4fef5a82be67335c77a6068e04112754f27ccf4e',
        ),
      }
  }
}

function utf8(text: string): Uint8Array {
  return Buffer.from(text)
}

function hex(text: string): Uint8Array {
  return Buffer.from(text, 'hex')
}
