import { readFileSync } from 'node:fs'
import { parse } from 'passlift'

// Digests that other systems made, with their passwords: the sample export.
const folder = new URL('../../vectors/exports/', import.meta.url)
const users = readFileSync(new URL('users.ndjson', folder), 'utf8').trimEnd().split('\n').map(JSON.parse)
const passwords = JSON.parse(readFileSync(new URL('passwords.json', folder), 'utf8'))

/** A row of the sample export with its password, its parameters and its estimated cost. */
export function sampleOf(email) {
  const user = users.find((row) => row.email === email)
  return complete({ ...user, password: passwords[email] })
}

/** Adds to a digest what passlift reads in it. */
export function complete({ hasher, digest, password, email }) {
  const { params, cost } = parse(digest, { hasher })
  return { hasher, digest, password, email, params, milliseconds: cost.milliseconds }
}

/** One sample of each of the thirteen hashers, at parameters that real installations use. */
export const samples = [
  'php.password_hash@example.com',
  'django.bcrypt_sha256@example.com',
  'argon2.argon2id@example.com',
  'argon2.argon2i@example.com',
  'django.pbkdf2@example.com',
  'php.pbkdf2_sha256@example.com',
  'php.pbkdf2_sha512@example.com',
  'php.pbkdf2_sha1@example.com',
  'wordpress.phpass@example.com',
  'firebase.scrypt@example.com',
  'flask.werkzeug@example.com',
  'php.md5@example.com',
  'coreutils.sha256sum@example.com',
].map(sampleOf)

const isFast = ({ hasher }) => hasher === 'md5' || hasher === 'sha256'

export const fastSamples = samples.filter(isFast)
export const slowSamples = samples.filter((sample) => !isFast(sample))

/** `cost 10`, `N 32768, r 8, p 1`. */
export function describeParams({ params }) {
  return Object.entries(params)
    .filter(([name]) => name !== 'version')
    .map(([name, value]) => `${name} ${value}`)
    .join(', ')
}
