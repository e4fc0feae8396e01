// The primitives as an application would call them itself: fields split beforehand, one derivation, one comparison.
// Nothing here comes from passlift, and nothing is checked.
import argon2 from 'argon2'
import bcryptjs from 'bcryptjs'
import {
  createCipheriv,
  createHash,
  pbkdf2,
  pbkdf2Sync,
  scrypt,
  scryptSync,
  timingSafeEqual,
} from 'node:crypto'
import { promisify } from 'node:util'

const pbkdf2Async = promisify(pbkdf2)
const scryptAsync = promisify(scrypt)

const ITOA64 = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** Splits a digest into what its primitive takes: numbers and bytes, so that it can cross to a thread. */
export function readJob({ hasher, digest, password }) {
  const fields = digest.split('$')
  switch (hasher) {
    case 'bcrypt':
      return { kind: 'bcrypt', password, digest }
    case 'bcrypt_sha256_django':
      return { kind: 'bcrypt', password, digest: digest.slice(digest.indexOf('$') + 1), isPrehashed: true }
    case 'md5':
    case 'sha256':
      return { kind: 'digest', algorithm: hasher, password, checksum: Buffer.from(digest, 'hex') }
    case 'phpass':
      return {
        kind: 'phpass',
        count: 2 ** ITOA64.indexOf(digest[3]),
        salt: Buffer.from(digest.slice(4, 12)),
        password,
        checksum: decodeItoa64(digest.slice(12)),
      }
    case 'scrypt_firebase': {
      const [checksum, salt, signerKey, separator] = fields
        .slice(0, 4)
        .map((text) => Buffer.from(text, 'base64'))
      const [r, N] = [Number(fields[4]), 2 ** Number(fields[5])]
      return {
        kind: 'scrypt',
        N,
        r,
        p: 1,
        salt: Buffer.concat([salt, separator]),
        signerKey,
        password,
        checksum,
      }
    }
    case 'scrypt_werkzeug': {
      const [N, r, p] = fields[0].split(':').slice(1).map(Number)
      return { kind: 'scrypt', N, r, p, salt: fields[1], password, checksum: Buffer.from(fields[2], 'hex') }
    }
    case 'argon2i':
    case 'argon2id': {
      const [memoryCost, timeCost, parallelism] = fields[3].split(',').map((text) => Number(text.slice(2)))
      const [salt, checksum] = fields.slice(4).map((text) => Buffer.from(text, 'base64'))
      const options = { type: argon2[hasher], memoryCost, timeCost, parallelism, hashLength: checksum.length }
      return { kind: 'argon2', options: { ...options, salt, raw: true }, password, checksum }
    }
    default: {
      const isBase64 = hasher.startsWith('pbkdf2_sha256')
      return {
        kind: 'pbkdf2',
        algorithm: hasher.split('_')[1],
        iterations: Number(fields[1]),
        salt: Buffer.from(fields[2], hasher === 'pbkdf2_sha256' ? 'base64' : 'utf8'),
        password,
        checksum: Buffer.from(fields[3], isBase64 ? 'base64' : 'hex'),
      }
    }
  }
}

/** On the thread that calls. */
export function checkSync(job) {
  switch (job.kind) {
    case 'bcrypt':
      return bcryptjs.compareSync(bcryptPassword(job), job.digest)
    case 'digest':
      return isEqual(createHash(job.algorithm).update(job.password).digest(), job)
    case 'phpass':
      return isEqual(runPhpass(job), job)
    case 'scrypt':
      return isEqual(finishScrypt(scryptSync(...scryptArguments(job)), job), job)
    case 'pbkdf2':
      return isEqual(pbkdf2Sync(...pbkdf2Arguments(job)), job)
    default:
      throw new Error(`${job.kind} has no function that waits.`)
  }
}

/** As each package offers it to an event loop. phpass has no such function: it is the loop of an application. */
export async function check(job) {
  switch (job.kind) {
    case 'bcrypt':
      return bcryptjs.compare(bcryptPassword(job), job.digest)
    case 'argon2':
      return isEqual(await argon2.hash(job.password, job.options), job)
    case 'scrypt':
      return isEqual(finishScrypt(await scryptAsync(...scryptArguments(job)), job), job)
    case 'pbkdf2':
      return isEqual(await pbkdf2Async(...pbkdf2Arguments(job)), job)
    default:
      return checkSync(job)
  }
}

function bcryptPassword({ password, isPrehashed }) {
  return isPrehashed ? createHash('sha256').update(password).digest('hex') : password
}

function runPhpass({ count, salt, password }) {
  let state = createHash('md5').update(salt).update(password).digest()
  for (let round = 0; round < count; round++)
    state = createHash('md5').update(state).update(password).digest()
  return state
}

function scryptArguments({ password, salt, N, r, p, signerKey, checksum }) {
  const length = signerKey === undefined ? checksum.length : 32
  return [password, salt, length, { N, r, p, maxmem: 256 * N * r }]
}

/** Firebase stores its project's key, encrypted with what scrypt gives. */
function finishScrypt(bytes, { signerKey }) {
  return signerKey === undefined
    ? bytes
    : createCipheriv('aes-256-ctr', bytes, Buffer.alloc(16)).update(signerKey)
}

function pbkdf2Arguments({ password, salt, iterations, checksum, algorithm }) {
  return [password, salt, iterations, checksum.length, algorithm]
}

function isEqual(bytes, { checksum }) {
  return bytes.length === checksum.length && timingSafeEqual(bytes, checksum)
}

function decodeItoa64(text) {
  const bytes = text.match(/.{2,4}/g).flatMap((group) => {
    const value = [...group].reduce(
      (sum, character, place) => sum + ITOA64.indexOf(character) * 64 ** place,
      0,
    )
    return [value & 255, (value >> 8) & 255, (value >> 16) & 255].slice(0, group.length - 1)
  })
  return Buffer.from(bytes)
}
