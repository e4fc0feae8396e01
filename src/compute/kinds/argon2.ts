import { computeArgon2 } from '../argon2-addon.js'
import { costOfArgon2 } from '../cost.js'
import packed from '../engines/argon2.js?engine'
import type { Argon2Job } from '../job.js'
import { defineKind, hex, utf8 } from '../kind.js'
import type { Job, Kind, Trial } from '../kind.js'

// The kernel's memory is declared for a matrix of 1 GiB.
const MAX_KIB = 2 ** 20
const MAX_PARALLELISM = 2 ** 17
const MAX_INPUT_BYTES = 4_096
const NONE = /* @__PURE__ */ new Uint8Array(0)

export const ARGON2: Kind = /* @__PURE__ */ defineKind({
  name: 'argon2',
  packed,
  standIn: 'argon2',
  // libargon2 always computes on the process's thread pool, so its jobs need no thread of the runtime.
  addon: { name: 'argon2', compute: computeArgon2 },
  cost: costOfArgon2,
  bytes: ({ password, salt, associatedData }) => [
    password,
    salt,
    ...(associatedData ? [associatedData] : []),
  ],
  copy: ({
    kind,
    password,
    salt,
    variant,
    version,
    memory,
    iterations,
    parallelism,
    length,
    associatedData,
  }) => ({
    kind,
    password: Uint8Array.from(password),
    salt: Uint8Array.from(salt),
    variant,
    version,
    memory,
    iterations,
    parallelism,
    length,
    ...(associatedData && { associatedData: Uint8Array.from(associatedData) }),
  }),
  fitsKernel: ({ memory, parallelism, password, salt, length, associatedData = NONE }) =>
    memory <= MAX_KIB &&
    parallelism <= MAX_PARALLELISM &&
    Math.max(password.byteLength, salt.byteLength, associatedData.byteLength, length) <= MAX_INPUT_BYTES,
  trial: ({ variant, version, associatedData }) => trialOf(variant, version, associatedData !== undefined),
  trials: () =>
    (['d', 'i', 'id'] as const).flatMap((variant) =>
      ([16, 19] as const).flatMap((version) => [
        trialOf(variant, version, false),
        trialOf(variant, version, true),
      ]),
    ),
})

/** Makes a job of Argon2 (RFC 9106): `length` bytes of a password. Memory is in KiB. */
export function argon2Job({
  password,
  salt,
  variant,
  version,
  memory,
  iterations,
  parallelism,
  length,
  associatedData,
}: Omit<Argon2Job, 'kind'>): Job & { readonly kind: 'argon2' } {
  return {
    kind: 'argon2',
    row: ARGON2,
    password,
    salt,
    variant,
    version,
    memory,
    iterations,
    parallelism,
    length,
    ...(associatedData && { associatedData }),
  }
}

/**
 * The first answers of i and id in version 19, and of i in version 16, are from test.c of libargon2. The other first answers,
 * and all second answers, are from the command of libargon2 0~20171227:
 *
 *     printf password | argon2 somesalt -d -v 10 -t 2 -k 256 -p 1 -r
 *     printf differentpassword | argon2 diffsalt -d -v 10 -t 3 -k 128 -p 2 -l 16 -r
 */
const TAGS = {
  d: {
    16: [
      'bd404868ff00c52e7543c8332e6a772a5724892d7e328d5cf253bbc8e726b371',
      '158eff0096dc9af1ecfe4e3c68077d05',
    ],
    19: [
      '25c4ee8ba448054b49efc804e478b9d823be1f9bd2e99f51d6ec4007a3a1501f',
      'bb42f50c9b8c0eaf307fff96d9eb05a4',
    ],
  },
  i: {
    16: [
      'fd4dd83d762c49bdeaf57c47bdcd0c2f1babf863fdeb490df63ede9975fccf06',
      '4472ab6f31bdb7f7b8ed732fae9b08a2',
    ],
    19: [
      '89e9029f4637b295beb027056a7336c414fadd43f6b208645281cb214a56452f',
      'be8f36abdf819fe51d8c1065045331b5',
    ],
  },
  id: {
    16: [
      'da070e576e50f2f38a3c897cbddc6c7fb4028e870971ff9eae7b4e1879295e6e',
      '16e6938e4142434d2a0bd77cdb1b9efd',
    ],
    19: [
      '9dfeb910e80bad0311fee20f9c0e2b12c17987b4cac90c2ef54d5b3021c68bfe',
      '1449c01e70c67f93f5629f9e69518887',
    ],
  },
} as const

/**
 * The first 16 bytes of the tags with associated data, `tenant-4` and `anotherdata`. The package argon2 of npm, 0.44.0, made them;
 * argon2-cffi's low-level functions give the same.
 */
const TAGS_WITH_DATA = {
  d: {
    16: ['19b27f8ceae0e7989ff5b02186f2d373', '66b357931e5dfb626cf281efec48c5a8'],
    19: ['092d516044351b04e2b3b3e3c32dd998', 'a7b4f18d12459425d3e7e9b062232f66'],
  },
  i: {
    16: ['f89f72b7fbe44d91a6f23badef0cf12d', '0e389153d92a2a05e9ee79f792528f46'],
    19: ['8722c8b8d77366092a897a8b19aec11c', 'f5d57e64c244621c07cdde9eac56130c'],
  },
  id: {
    16: ['a140e8d806bbbb2c931e1c7040bfc474', 'e2ce1fc5cdca477c2e30a4ea386bf880'],
    19: ['25cf04459f20a0d3734d92123f85861f', '44cac1d97cfc78dc6eaf01e750c49e37'],
  },
} as const

function trialOf(
  variant: Argon2Job['variant'],
  version: Argon2Job['version'],
  hasData: boolean,
): Trial<Argon2Job> {
  return {
    name: `argon2 ${variant} ${version}${hasData ? ' with data' : ''}`,
    answers: () => findAnswers(variant, version, hasData),
  }
}

function findAnswers(
  variant: Argon2Job['variant'],
  version: Argon2Job['version'],
  hasData: boolean,
): ReturnType<Trial<Argon2Job>['answers']> {
  const [first, second] = (hasData ? TAGS_WITH_DATA : TAGS)[variant][version]
  const answer = (
    job: Omit<Argon2Job, 'kind' | 'variant' | 'version' | 'length'>,
    data: string,
    tag: string,
  ) => ({
    job: {
      ...({ kind: 'argon2', variant, version } as const),
      ...job,
      length: tag.length / 2,
      ...(hasData && { associatedData: utf8(data) }),
    },
    bytes: hex(tag),
  })
  return [
    answer(
      { password: utf8('password'), salt: utf8('somesalt'), memory: 256, iterations: 2, parallelism: 1 },
      'tenant-4',
      first,
    ),
    answer(
      {
        password: utf8('differentpassword'),
        salt: utf8('diffsalt'),
        memory: 128,
        iterations: 3,
        parallelism: 2,
      },
      'anotherdata',
      second,
    ),
  ]
}
