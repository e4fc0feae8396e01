// The contenders are what an application would call instead of verify, by kind. Fields are split beforehand, as in kinds.mjs.
import { timingSafeEqual } from 'node:crypto'
import { check, readJob } from './kinds.mjs'
import * as peers from './peers/index.mjs'

const { argon2, bcrypt, bcryptjs, hashWasm, noble } = peers
const { nodeRsArgon2, nodeRsBcrypt, scryptJs, wordpressHash } = peers

// @noble/hashes takes seconds with more memory.
const NOBLE_KIBIBYTES = 20_000

/**
 * `packages` gives the packages and node:crypto: name -> a function that tells whether a password matches. `PHP` and
 * `perl crypt()` give the question for such a program, a kind of its own and its fields; without one it has no such kind.
 */
const CONTENDERS = {
  bcrypt: {
    packages: ({ digest }) => {
      const changed = digest.replace('$2y$', '$2b$')
      return {
        bcryptjs: (password) => bcryptjs.compare(password, digest),
        // This package has no $2y$, which is $2b$ under another name; an application would rename it beforehand.
        bcrypt: (password) => bcrypt.compare(password, changed),
        '@node-rs/bcrypt': (password) => nodeRsBcrypt.verify(password, digest),
        'hash-wasm': (password) => hashWasm.bcryptVerify({ password, hash: digest }),
      }
    },
    PHP: ({ digest }) => ['password_verify', digest],
    'perl crypt()': ({ digest }) => ['crypt', digest],
  },
  argon2: {
    packages: ({ hasher, digest }, { options, checksum }) => {
      const { memoryCost, timeCost, parallelism, salt } = options
      const parameters = { m: memoryCost, t: timeCost, p: parallelism, dkLen: checksum.length }
      const derive = noble[`${hasher}Async`]
      const byNoble = async (password) => isEqual(await derive(password, salt, parameters), checksum)
      return {
        argon2: (password) => argon2.verify(digest, password),
        '@node-rs/argon2': (password) => nodeRsArgon2.verify(digest, password),
        'hash-wasm': (password) => hashWasm.argon2Verify({ password, hash: digest }),
        ...(memoryCost > NOBLE_KIBIBYTES ? {} : { '@noble/hashes': byNoble }),
      }
    },
    PHP: ({ digest }) => ['password_verify', digest],
  },
  scrypt: {
    packages: (_, { options: { N, r, p }, salt, checksum }, crypto) => {
      const [saltBytes, hashLength] = [Buffer.from(salt), checksum.length]
      const wasm = { costFactor: N, blockSize: r, parallelism: p, hashLength, outputType: 'binary' }
      const byNoble = (password) => noble.scryptAsync(password, saltBytes, { N, r, p, dkLen: hashLength })
      return {
        'crypto.scrypt': crypto,
        'scrypt-js': async (password) =>
          isEqual(await scryptJs.scrypt(Buffer.from(password), saltBytes, N, r, p, hashLength), checksum),
        '@noble/hashes': async (password) => isEqual(await byNoble(Buffer.from(password)), checksum),
        'hash-wasm': async (password) =>
          isEqual(await hashWasm.scrypt({ password, salt: saltBytes, ...wasm }), checksum),
      }
    },
  },
  pbkdf2: {
    packages: (_, { algorithm, iterations, salt, checksum }, crypto) => {
      const hashLength = checksum.length
      const wasm = { salt, iterations, hashLength, outputType: 'binary' }
      const options = { c: iterations, dkLen: hashLength }
      const makeHash = hashWasm[`create${algorithm.toUpperCase()}`]
      return {
        'crypto.pbkdf2': crypto,
        '@noble/hashes': async (password) =>
          isEqual(await noble.pbkdf2Async(noble[algorithm], password, salt, options), checksum),
        'hash-wasm': async (password) =>
          isEqual(await hashWasm.pbkdf2({ password, ...wasm, hashFunction: makeHash() }), checksum),
      }
    },
    PHP: (_, { checksum, salt, algorithm, iterations }) => {
      return ['pbkdf2', checksum.toString('hex'), salt, algorithm, iterations]
    },
  },
  'digest-loop': {
    packages: ({ digest }, { algorithm }, crypto) => ({
      'crypto.createHash loop': crypto,
      ...(algorithm === 'md5' && {
        'wordpress-hash-node': async (password) => wordpressHash.CheckPassword(password, digest),
      }),
    }),
    PHP: ({ digest }) => ['phpass', digest],
  },
  'in place': {
    packages: (_, { algorithm, checksum }, crypto) => ({
      'crypto.createHash': crypto,
      '@noble/hashes': async (password) => isEqual(noble[algorithm](Buffer.from(password)), checksum),
      'hash-wasm': async (password) =>
        isEqual(Buffer.from(await hashWasm[algorithm](password), 'hex'), checksum),
    }),
    PHP: ({ digest }, { algorithm }) => ['hash', digest, algorithm],
  },
}

/** The packages and node:crypto. */
export function listPackages(one) {
  const job = readJob(one)
  return CONTENDERS[one.kind].packages(one, job.fields, (password) => check({ ...job, password }))
}

/** The question for a program of peers-programs.mjs about a password; undefined where the program has no such kind. */
export function questionFor(program, one) {
  const ask = CONTENDERS[one.kind][program]
  if (ask === undefined) return undefined
  const [question, ...fields] = ask(one, readJob(one).fields)
  return (password) => [question, password, ...fields]
}

function isEqual(bytes, checksum) {
  return timingSafeEqual(Buffer.from(bytes), checksum)
}
