import argon2 from 'argon2'
import bcryptjs from 'bcryptjs'
import { createHash, pbkdf2Sync } from 'node:crypto'
import { caseOf } from './cases.mjs'

// The cost is that of the default registry's target.
const TARGET_COST = 12

const RIGHT = 'correct horse battery staple'
const WRONG = 'correct horse battery stapler'
const LONG = 'long'.repeat(1_000)

/**
 * The cases of a sign-in: a name, a password, a digest and its hasher, and whether equal time makes it equal to the others
 * that are marked so.
 */
export async function makeCases() {
  const salt = Buffer.from('seasaltseasalt')
  const md5 = (password) => createHash('md5').update(password).digest('hex')
  const bcryptOf = (password, cost) => bcryptjs.hashSync(password, bcryptjs.genSaltSync(cost))
  const bcrypt = (cost) => bcryptOf(RIGHT, cost)
  const pbkdf2 = pbkdf2Sync(RIGHT, salt, 1_000_000, 32, 'sha256').toString('base64')
  const argon2id = await argon2.hash(RIGHT, { memoryCost: 65_536, timeCost: 3, parallelism: 4 })
  const target = bcrypt(TARGET_COST)
  const long = '4000-byte password'

  const phpass = caseOf('digest-loop')

  const right = (name, password, hasher, digest, isEqual) => ({ name, password, hasher, digest, isEqual })
  const both = (name, hasher, digest, isEqual) => [
    right(`${name}, right`, RIGHT, hasher, digest, isEqual),
    right(`${name}, wrong`, WRONG, hasher, digest, isEqual),
  ]
  const nobody = (name, hasher, digest) => right(name, WRONG, hasher, digest, true)
  return [
    nobody('no account (null)', null, null),
    nobody('unusable (`!`)', 'pbkdf2_sha256_django', '!kQ7dWm2ZsX9fLb4RtYc6NvHj1GpAe8UuKo3TiMz5'),
    nobody('unknown hasher', 'md6_acme', md5(RIGHT)),
    nobody('malformed (bcrypt, cut)', 'bcrypt', target.slice(0, 50)),
    nobody('too costly (bcrypt cost 20)', 'bcrypt', target.replace('$12$', '$20$')),
    ...both('md5', 'md5', md5(RIGHT), true),
    right('phpass, 2^13, right', phpass.password, phpass.hasher, phpass.digest, true),
    right('phpass, 2^13, wrong', WRONG, phpass.hasher, phpass.digest, true),
    ...both('bcrypt cost 12 (the target)', 'bcrypt', target, true),
    right(`no account, ${long}`, LONG, null, null, true),
    right(`md5, ${long}, right`, LONG, 'md5', md5(LONG), true),
    right(`md5, ${long}, wrong`, LONG, 'md5', md5(RIGHT), true),
    right(`bcrypt cost 12, ${long}, right`, LONG, 'bcrypt', bcryptOf(LONG, TARGET_COST), true),
    right(`bcrypt cost 12, ${long}, wrong`, LONG, 'bcrypt', target, true),
    ...both('bcrypt cost 10', 'bcrypt', bcrypt(10), false),
    ...both(
      'Django PBKDF2, 1,000,000',
      'pbkdf2_sha256_django',
      `pbkdf2_sha256$1000000$${salt}$${pbkdf2}`,
      false,
    ),
    ...both('argon2id 64 MiB, t=3, p=4', 'argon2id', argon2id, false),
  ]
}

/** Makes one check as a sign-in does, with a replacement where there is a reason. */
export function signIn({ verify }, { password, digest, hasher }) {
  return verify(password, digest, { hasher, rehash: () => undefined })
}
