import { costOfPbkdf2 } from '../cost.js'
import packed from '../engines/pbkdf2.js?engine'
import type { Pbkdf2Job } from '../job.js'
import { defineKind, hex, utf8 } from '../kind.js'
import type { Job, Kind, Trial } from '../kind.js'

/** The row of PBKDF2, which has no kernel, since OpenSSL is faster. */
export const PBKDF2: Kind = /* @__PURE__ */ defineKind({
  name: 'pbkdf2',
  packed,
  standIn: 'node:crypto',
  cost: costOfPbkdf2,
  bytes: ({ password, salt }) => [password, salt],
  copy: ({ kind, password, salt, algorithm, iterations, length }) => ({
    kind,
    password: Uint8Array.from(password),
    salt: Uint8Array.from(salt),
    algorithm,
    iterations,
    length,
  }),
  trial: ({ algorithm }) => trialOf(algorithm),
  trials: () => PBKDF2_ALGORITHMS.map(trialOf),
})

/** The hash functions of PBKDF2. Nearly all digests have SHA-1, SHA-256 or SHA-512. */
export const PBKDF2_ALGORITHMS = [
  'sha1',
  'sha256',
  'sha512',
  'md5',
  'sha224',
  'sha384',
  'sha3-224',
  'sha3-256',
  'sha3-384',
  'sha3-512',
  'sha512-224',
  'sha512-256',
  'ripemd160',
] as const

/** Makes a job of PBKDF2 (RFC 8018): `length` bytes of a password. */
export function pbkdf2Job({
  password,
  salt,
  algorithm,
  iterations,
  length,
}: Omit<Pbkdf2Job, 'kind'>): Job & { readonly kind: 'pbkdf2' } {
  return { kind: 'pbkdf2', row: PBKDF2, password, salt, algorithm, iterations, length }
}

/**
 * The first answer is RFC 6070's second vector, or its input with another hash function. The answers with other hash functions,
 * and all second answers, are from hashlib.pbkdf2_hmac of Python 3.11. hash_pbkdf2 of PHP 8.2 gives the same.
 */
const KEYS = {
  md5: ['042407b552be345ad6eee2cf2f7ed01d', '911d631e0f28b4003b54d804c4902eff'],
  sha1: ['ea6c014dc72d6f8ccd1ed92ace1d41f0d8de8957', '536093ec79cde2a661b05b409094875d'],
  sha224: ['93200ffa96c5776d38fa10abdf8f5bfc0054b9718513df472d2331d2', '2e96a3d50dbc1d197ca2fbb7f5482d89'],
  sha256: [
    'ae4d0c95af6b46d32d0adff928f06dd02a303f8ef3c251dfd6e2d85a95474c43',
    '75865181d3d00df6dbc03d934e33005c',
  ],
  sha384: [
    '54f775c6d790f21930459162fc535dbf04a939185127016a04176a0730c6f1f4fb48832ad1261baadd2cedd50814b1c8',
    'f9d65456c98532f395ae424be1f27bfa',
  ],
  sha512: [
    'e1d9c16aa681708a45f5c7c4e215ceb66e011a2e9f0040713f18aefdb866d53cf76cab2868a39b9f7840edce4fef5a82be67335c77a6068e04112754f27ccf4e',
    'bae3441ba85213c984a289b083762243',
  ],
  'sha3-224': [
    '7979d7e05025f5b056e995939694ad55c644f43f1f748895c4ca8811',
    'cc1eca72666998c9aa1f44c802a221ee',
  ],
  'sha3-256': [
    '4c915baedd1773383e77fcfe38114ca7514010adec24b47290ec170208423f76',
    'a1c71677278fe52c7e516b6dfaa93bc4',
  ],
  'sha3-384': [
    '0a163df94a9e97f05fb5bf609c4b02854299dc46099e115fad31c00656b317b88e1029d68aef38d974c521f933553781',
    'c71e0b2c206433ad71a66cef50851301',
  ],
  'sha3-512': [
    'd6824ab17801706ad465f3196eb80dde20378696ab1fd6c68345c35825657a76954a1b24c7bc6589def0fe3eafae8b657c590bf0f065620b32d4d5450c8d2ee1',
    'b9f1650f89a3e964b63636a52fca0d1a',
  ],
  'sha512-224': [
    'b8878ac5e4509c165c1b508961fa3c3afcef3f37b7b081874e718d8d',
    '9cc012274c555757fa95c900744805e9',
  ],
  'sha512-256': [
    'fcfd108c99cc888ec0af9f184885aff5f02d19a956afad9ccea4d56a482b851b',
    'e0f998e216278e3d415ff2cef0aa9c2d',
  ],
  ripemd160: ['768dcc27b7bfdef794a1ff9d935090fcf598555e', 'dcdf131c37d75eb03953fbcb06b2ea65'],
} as const

function trialOf(algorithm: Pbkdf2Job['algorithm']): Trial<Pbkdf2Job> {
  return { name: `pbkdf2 ${algorithm}`, answers: () => findAnswers(algorithm) }
}

function findAnswers(algorithm: Pbkdf2Job['algorithm']): ReturnType<Trial<Pbkdf2Job>['answers']> {
  const [first, second] = KEYS[algorithm]
  const answer = (password: string, salt: string, iterations: number, key: string) => {
    const bytes = hex(key)
    const job = { kind: 'pbkdf2', algorithm, iterations, length: bytes.length } as const
    return { job: { ...job, password: utf8(password), salt: utf8(salt) }, bytes }
  }
  return [answer('password', 'salt', 2, first), answer('correct horse', 'battery staple', 3, second)]
}
