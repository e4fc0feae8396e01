// A row is a kind of work: the hasher of the sample export that stands for it, and its primitive as an application would call
// it, with fields split beforehand, one derivation and one comparison. Another hasher of a kind needs no row of its own. The
// code in this file is not passlift's, and it does not validate digests.
import argon2 from 'argon2'
import bcryptjs from 'bcryptjs'
import { createHash, pbkdf2, pbkdf2Sync, scrypt, scryptSync, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'

const pbkdf2Async = promisify(pbkdf2)
const scryptAsync = promisify(scrypt)

const ITOA64 = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const BARE = { 16: 'md5', 32: 'sha256' }

/**
 * `split` gives what the primitive takes beside the password: numbers, texts and bytes, which can be sent to a thread.
 * `checkSync` computes on the calling thread, `check` as the package offers it to an event loop; each kind has one or both.
 */
export const kinds = {
  bcrypt: {
    emails: ['php.password_hash@example.com'],
    split: (digest) => ({ digest }),
    checkSync: (password, { digest }) => bcryptjs.compareSync(password, digest),
    check: (password, { digest }) => bcryptjs.compare(password, digest),
  },
  argon2: {
    emails: ['argon2.argon2id@example.com'],
    split: (digest) => {
      const [, variant, , parameters, ...ends] = digest.split('$')
      const [memoryCost, timeCost, parallelism] = parameters.split(',').map((text) => Number(text.slice(2)))
      const [salt, checksum] = ends.map((text) => Buffer.from(text, 'base64'))
      const hashLength = checksum.length
      const options = {
        type: argon2[variant],
        memoryCost,
        timeCost,
        parallelism,
        hashLength,
        salt,
        raw: true,
      }
      return { options, checksum }
    },
    check: async (password, { options, checksum }) => isEqual(await argon2.hash(password, options), checksum),
  },
  scrypt: {
    emails: ['flask.werkzeug@example.com'],
    split: (digest) => {
      const [method, salt, checksum] = digest.split('$')
      const [N, r, p] = method.split(':').slice(1).map(Number)
      return { salt, options: { N, r, p, maxmem: 256 * N * r }, checksum: Buffer.from(checksum, 'hex') }
    },
    checkSync: (password, { salt, options, checksum }) =>
      isEqual(scryptSync(password, salt, checksum.length, options), checksum),
    check: async (password, { salt, options, checksum }) =>
      isEqual(await scryptAsync(password, salt, checksum.length, options), checksum),
  },
  pbkdf2: {
    emails: ['django.pbkdf2@example.com'],
    split: (digest) => {
      const [method, iterations, salt, checksum] = digest.split('$')
      const algorithm = method.split('_')[1]
      return { algorithm, iterations: Number(iterations), salt, checksum: Buffer.from(checksum, 'base64') }
    },
    checkSync: (password, { algorithm, iterations, salt, checksum }) =>
      isEqual(pbkdf2Sync(password, salt, iterations, checksum.length, algorithm), checksum),
    check: async (password, { algorithm, iterations, salt, checksum }) =>
      isEqual(await pbkdf2Async(password, salt, iterations, checksum.length, algorithm), checksum),
  },
  // This is the loop of an application, since no package has a function for it.
  'digest-loop': {
    emails: ['wordpress.phpass@example.com'],
    split: (digest) => ({
      algorithm: digest.startsWith('$S$') ? 'sha512' : 'md5',
      count: 2 ** ITOA64.indexOf(digest[3]),
      salt: Buffer.from(digest.slice(4, 12)),
      checksum: decodeItoa64(digest.slice(12)),
    }),
    checkSync: (password, { algorithm, count, salt, checksum }) => {
      let state = createHash(algorithm).update(salt).update(password).digest()
      for (let round = 0; round < count; round++) {
        state = createHash(algorithm).update(state).update(password).digest()
      }
      // Drupal stores half of the last digest.
      return isEqual(state.subarray(0, checksum.length), checksum)
    },
  },
  'in place': {
    emails: ['php.md5@example.com', 'coreutils.sha256sum@example.com'],
    split: (digest) => {
      const checksum = Buffer.from(digest, 'hex')
      return { algorithm: BARE[checksum.length], checksum }
    },
    checkSync: (password, { algorithm, checksum }) =>
      isEqual(createHash(algorithm).update(password).digest(), checksum),
  },
}

/** The arguments of a check, which can be sent to a thread. */
export function readJob({ kind, digest, password }) {
  return { kind, password, fields: kinds[kind].split(digest) }
}

/** Checks on the calling thread. */
export function checkSync({ kind, password, fields }) {
  return kinds[kind].checkSync(password, fields)
}

/** Checks as each package offers it to an event loop. */
export async function check(job) {
  const { kind, password, fields } = job
  return kinds[kind].check?.(password, fields) ?? checkSync(job)
}

function isEqual(bytes, checksum) {
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
