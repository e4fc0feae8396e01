// What an application would call instead of verify, by hasher: name -> a function of the password that tells whether it
// matches. Fields are split beforehand, as in bare.mjs.
import { createCipheriv, createHash, timingSafeEqual } from 'node:crypto'
import { check, readJob } from './bare.mjs'
import * as peers from './peers/index.mjs'

const { FirebaseScrypt, argon2, bcrypt, bcryptjs, hashWasm, noble } = peers
const { nodeRsArgon2, nodeRsBcrypt, scryptJs, wordpressHash } = peers

/** The packages and node:crypto. */
export function listPackages(sample) {
  const { hasher, digest } = sample
  const job = readJob(sample)
  const derive = { job, isEqual: (bytes) => timingSafeEqual(Buffer.from(bytes), job.checksum) }
  const crypto = (password) => check({ ...job, password })
  switch (hasher) {
    case 'bcrypt':
      return {
        ...bcryptPackages(digest),
        'hash-wasm': (password) => hashWasm.bcryptVerify({ password, hash: digest }),
      }
    case 'bcrypt_sha256_django':
      return mapValues(
        bcryptPackages(job.digest),
        (compare) => (password) => compare(createHash('sha256').update(password).digest('hex')),
      )
    case 'argon2i':
    case 'argon2id':
      return {
        argon2: (password) => argon2.verify(digest, password),
        '@node-rs/argon2': (password) => nodeRsArgon2.verify(digest, password),
        'hash-wasm': (password) => hashWasm.argon2Verify({ password, hash: digest }),
        ...(job.options.memoryCost > 20_000 ? {} : { '@noble/hashes': argon2Noble(hasher, derive) }),
      }
    case 'phpass':
      return {
        'crypto.createHash loop': crypto,
        'wordpress-hash-node': async (password) => wordpressHash.CheckPassword(password, digest),
      }
    case 'scrypt_firebase':
      return { 'firebase-scrypt': firebasePackage(digest), ...scryptPackages(derive, crypto) }
    case 'scrypt_werkzeug':
      return scryptPackages(derive, crypto)
    case 'md5':
    case 'sha256':
      return {
        'crypto.createHash': crypto,
        '@noble/hashes': async (password) => derive.isEqual(noble[hasher](Buffer.from(password))),
        'hash-wasm': async (password) => derive.isEqual(Buffer.from(await hashWasm[hasher](password), 'hex')),
      }
    default:
      return { 'crypto.pbkdf2': crypto, ...(hasher === 'pbkdf2_sha256' ? pbkdf2Packages(derive) : {}) }
  }
}

/** What a program of peers-programs.mjs is asked: a kind and its fields, for a password. Undefined: it has nothing. */
export function questionFor(program, sample) {
  const { hasher, digest } = sample
  if (program === 'perl crypt()') {
    if (hasher === 'bcrypt') return (password) => ['crypt', password, digest]
    if (hasher !== 'bcrypt_sha256_django') return undefined
    return (password) => ['sha256, crypt', password, readJob(sample).digest]
  }
  const job = readJob(sample)
  switch (hasher) {
    case 'bcrypt':
    case 'argon2i':
    case 'argon2id':
      return (password) => ['password_verify', password, digest]
    case 'bcrypt_sha256_django':
      return (password) => ['sha256, password_verify', password, job.digest]
    case 'phpass':
      // phpBB's $H$ is WordPress's $P$.
      return (password) => ['phpass', password, digest]
    case 'md5':
    case 'sha256':
      return (password) => ['hash', password, digest, hasher]
    case 'scrypt_firebase':
    case 'scrypt_werkzeug':
      return undefined
    default: {
      const { checksum, salt, algorithm, iterations } = job
      return (password) => ['pbkdf2', password, checksum.toString('hex'), salt, algorithm, iterations]
    }
  }
}

function bcryptPackages(digest) {
  const changed = digest.replace('$2y$', '$2b$')
  return {
    bcryptjs: (password) => bcryptjs.compare(password, digest),
    // It knows no $2y$, which is $2b$ under another name: an application would change it beforehand.
    bcrypt: (password) => bcrypt.compare(password, changed),
    '@node-rs/bcrypt': (password) => nodeRsBcrypt.verify(password, digest),
  }
}

function argon2Noble(hasher, { job, isEqual }) {
  const { memoryCost, timeCost, parallelism, hashLength, salt } = job.options
  const options = { m: memoryCost, t: timeCost, p: parallelism, dkLen: hashLength }
  return async (password) => isEqual(await noble[`${hasher}Async`](password, salt, options))
}

function firebasePackage(digest) {
  const [checksum, salt, signerKey, saltSeparator, rounds, memCost] = digest.split('$')
  const parameters = { memCost: Number(memCost), rounds: Number(rounds), saltSeparator, signerKey }
  const scrypt = new FirebaseScrypt(parameters)
  return (password) => scrypt.verify(password, salt, checksum)
}

function scryptPackages({ job, isEqual }, crypto) {
  const { N, r, p, checksum, signerKey } = job
  const salt = Buffer.from(job.salt)
  const length = signerKey === undefined ? checksum.length : 32
  const finish = (bytes) =>
    isEqual(
      signerKey === undefined
        ? bytes
        : createCipheriv('aes-256-ctr', bytes, Buffer.alloc(16)).update(signerKey),
    )
  const wasm = { salt, costFactor: N, blockSize: r, parallelism: p, hashLength: length, outputType: 'binary' }
  return {
    'crypto.scrypt': crypto,
    'scrypt-js': async (password) =>
      finish(await scryptJs.scrypt(Buffer.from(password), salt, N, r, p, length)),
    '@noble/hashes': async (password) =>
      finish(await noble.scryptAsync(Buffer.from(password), salt, { N, r, p, dkLen: length })),
    'hash-wasm': async (password) => finish(await hashWasm.scrypt({ password, ...wasm })),
  }
}

function pbkdf2Packages({ job, isEqual }) {
  const { salt, iterations, checksum } = job
  const wasm = { salt, iterations, hashLength: checksum.length, outputType: 'binary' }
  return {
    '@noble/hashes': async (password) =>
      isEqual(
        await noble.pbkdf2Async(noble.sha256, password, salt, { c: iterations, dkLen: checksum.length }),
      ),
    'hash-wasm': async (password) =>
      isEqual(await hashWasm.pbkdf2({ password, ...wasm, hashFunction: hashWasm.createSHA256() })),
  }
}

function mapValues(object, change) {
  return Object.fromEntries(Object.entries(object).map(([name, value]) => [name, change(value)]))
}
