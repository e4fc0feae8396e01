import type { Hasher } from '../hasher/contract.js'
import { makeUnion } from '../hasher/union.js'
import { makeWrap } from '../hasher/wrap.js'
import { BOOLEAN, openOptions } from '../options.js'
import { argon2d, argon2i, argon2id } from './argon2.js'
import { bcrypt } from './bcrypt/bcrypt.js'
import { refuseOld } from './bcrypt/refuse-old.js'
import { springDigest, springLdap, springNoop, springStandard } from './digest/spring.js'
import { springPbkdf2 } from './pbkdf2/spring.js'
import { springScrypt } from './scrypt/spring.js'

export interface SpringOptions {
  /** Whether to read `{noop}`, behind which the password stands as it is; default false. */
  readonly noop?: boolean
}

const FACTS = {
  name: 'spring',
  why: 'bcrypt, Argon2, scrypt or PBKDF2; its older encoders are fast hashes',
  writtenBy: 'Spring Security',
  example: '{bcrypt}$2b$12$abcdefghijklmnopqrstuuEoYkPRD0DRRnkhtuf9PKbMeCc8oTzM6',
} as const

const springBcrypt: Hasher = /* @__PURE__ */ makeWrap(bcrypt, {
  name: 'spring',
  example: '{bcrypt}$2b$12$abcdefghijklmnopqrstuuEoYkPRD0DRRnkhtuf9PKbMeCc8oTzM6',
  prefixes: ['{bcrypt}'],
  refuse: refuseOld,
})

const springArgon2: Hasher = /* @__PURE__ */ makeWrap([argon2id, argon2i, argon2d], {
  name: 'spring',
  example: '{argon2}$argon2id$v=19$m=64,t=4,p=8$Z2liZXJyaXNo$iGXEpMBTDYQ8G/71tF0qGjxRHEmR3gpGULcE93zUJVU',
  prefixes: ['{argon2}', '{argon2@SpringSecurity_v5_8}'],
})

/**
 * Spring Security's DelegatingPasswordEncoder with the encoders of PasswordEncoderFactories: the encoder's name in braces, then
 * what it writes. `{noop}` is read only where the option asks for it.
 *
 * @throws RegistryError `ERR_REGISTRY_OPTION` where an option is something else
 * @see https://github.com/spring-projects/spring-security/blob/main/crypto/src/main/java/org/springframework/security/crypto/factory/PasswordEncoderFactories.java
 * @example createSpring({ noop: true })
 */
export function createSpring(options: SpringOptions = {}): Hasher {
  const noop = openOptions('createSpring', options, ['noop']).read('noop', BOOLEAN) ?? false
  return defineSpring(noop ? [springNoop] : [])
}

/** Spring Security's DelegatingPasswordEncoder without `{noop}`: {@link createSpring} with its default. */
export const spring: Hasher = /* @__PURE__ */ defineSpring([])

function defineSpring(further: readonly Hasher[]): Hasher {
  return makeUnion(
    [
      springBcrypt,
      springArgon2,
      springPbkdf2,
      springScrypt,
      springStandard,
      springDigest,
      springLdap,
      ...further,
    ],
    FACTS,
  )
}
