import { costOfBcrypt } from '../cost.js'
import packed from '../engines/bcrypt.js?engine'
import type { BcryptJob } from '../job.js'
import { defineKind, hex, utf8 } from '../kind.js'
import type { Job, Kind, Trial } from '../kind.js'

export const BCRYPT: Kind = /* @__PURE__ */ defineKind({
  name: 'bcrypt',
  packed,
  standIn: 'bcryptjs',
  cost: costOfBcrypt,
  bytes: ({ password, salt }) => [password, salt],
  copy: ({ kind, variant, password, salt, cost }) => ({
    kind,
    variant,
    password: Uint8Array.from(password),
    salt: Uint8Array.from(salt),
    cost,
  }),
  fitsKernel: () => true,
  pairKey: ({ cost }) => `bcrypt ${cost}`,
  trial: ({ variant }) => trialOf(variant),
  trials: () => (['standard', 'no-nul', 'sign-extended', 'countermeasure'] as const).map(trialOf),
})

/** Makes a job of bcrypt: 23 bytes of a password. */
export function bcryptJob({
  variant,
  password,
  salt,
  cost,
}: Omit<BcryptJob, 'kind'>): Job & { readonly kind: 'bcrypt' } {
  return { kind: 'bcrypt', row: BCRYPT, variant, password, salt, cost }
}

// These are salts of crypt_blowfish's tests: /OK.fbVrR/bpIqNJ5ianF. and 6bNw2HLQYeqHYyBfLMsv/O and CCCCCCCCCCCCCCCCCCCCC.
const OK_SALT = '05030085d5ed4c176b2ac3cbee47291c'
const YO_SALT = 'f1d3f2e093526a0b096b40e134ebb105'
const C_SALT = '10410410410410410410410410410410'

function trialOf(variant: BcryptJob['variant']): Trial<BcryptJob> {
  return { name: `bcrypt ${variant}`, answers: () => findAnswers(variant) }
}

function findAnswers(variant: BcryptJob['variant']): ReturnType<Trial<BcryptJob>['answers']> {
  const answer = (password: Uint8Array, salt: string, cost: number, checksum: string) => ({
    job: { kind: 'bcrypt', variant, password, salt: hex(salt), cost } as const,
    bytes: hex(checksum),
  })
  switch (variant) {
    case 'standard':
      return [
        // crypt_blowfish 1.3, wrapper.c: $2y$05$6bNw2HLQYeqHYyBfLMsv/O, for which $2x$ gives other bytes.
        answer(utf8('\u0451'), YO_SALT, 5, '59e6dfd8d311e7f77ef690f2e40538bd76d4b24499f20c'),
        // crypt_blowfish 1.3, wrapper.c: $2a$05$CCCCCCCCCCCCCCCCCCCCC.
        answer(utf8('U*U'), C_SALT, 5, '1bb69143f9a8d304c8d23d99ab049a77a68e2ccc744206'),
      ]
    case 'no-nul':
      return [
        // The npm package bcrypt 6: $2$04$oQRaNmDRJG4OjOIE99.afO, for which "ab" is another password.
        answer(
          utf8('abab'),
          'a924dc3e81532c8e90950286fff01c85',
          4,
          'aab80b792d36af13db08783eabc7dbbe3255274035b5ee',
        ),
        // The npm package bcrypt 6: $2$04$bMWciTLDMXaxpXHqg/L2m.
        answer(
          utf8('password'),
          '74e61e915345399733ad926c881378a0',
          4,
          'd846da098ab8e1190b78bf2ae741ba1e268a20dba1e7a7',
        ),
      ]
    case 'sign-extended':
      return [
        // crypt_blowfish 1.3, wrapper.c, $2x$: $2y$ gives other bytes for both passwords.
        answer(hex('a3'), OK_SALT, 5, '106ee09c971c43a19d8a25c595df91dff4f09b56543b98'),
        answer(utf8('\u0451'), YO_SALT, 5, '932b15d2820a2351ee0ba8d055881d8608d924faed7825'),
      ]
    case 'countermeasure':
      return [
        // crypt_blowfish 1.3, wrapper.c, $2a$: $2y$ gives other bytes for both passwords.
        answer(hex('ffffa3'), OK_SALT, 5, 'a6c7f7cb402b54e7dec6d4d8cf490837880ed40e1cfbb0'),
        // libxcrypt 4.4.33: $2a$05$CCCCCCCCCCCCCCCCCCCCC.
        answer(hex('ffa33334ffffffa3333435'), C_SALT, 5, 'c6dc26984bcdb090cda8316ed7c4aa0ef532d4afd2ce4b'),
      ]
  }
}
