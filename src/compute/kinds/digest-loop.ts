import { costOfDigestLoop } from '../cost.js'
import packed from '../engines/digest-loop.js?engine'
import type { DigestLoopJob } from '../job.js'
import { joinBytes } from '../../platform/bytes.js'
import { isUint8Array } from '../../platform/node.js'
import { defineKind, hex, utf8 } from '../kind.js'
import type { Job, Kind, Trial } from '../kind.js'

const MAX_INPUT_BYTES = 8_192

export const DIGEST_LOOP: Kind = /* @__PURE__ */ defineKind({
  name: 'digest-loop',
  packed,
  standIn: 'node:crypto',
  cost: ({ algorithm, count, tail }) => costOfDigestLoop({ algorithm, count, tailLength: tail.byteLength }),
  bytes: ({ first, tail }) => [first, tail],
  copy: ({ kind, algorithm, first, tail, count }) => ({
    kind,
    algorithm,
    first: Uint8Array.from(first),
    tail: Uint8Array.from(tail),
    count,
  }),
  fitsKernel: ({ first, tail, count }) =>
    Math.max(first.byteLength, tail.byteLength) <= MAX_INPUT_BYTES && count < 2 ** 32,
  trial: ({ algorithm }) => trialOf(algorithm),
  trials: () => ALGORITHMS.map(trialOf),
})

const ALGORITHMS = ['md5', 'sha1', 'sha256', 'sha384', 'sha512'] as const

/** Bytes, or the parts of them, which are joined in a buffer that is overwritten when the job is copied. */
type Message = Uint8Array | readonly Uint8Array[]

/** Makes a job of a digest loop: a digest of `first`, then `count` times a digest of the last digest and `tail`. */
export function digestLoopJob({
  algorithm,
  count,
  ...messages
}: Pick<DigestLoopJob, 'algorithm' | 'count'> & {
  readonly first: Message
  readonly tail: Message
}): Job & { readonly kind: 'digest-loop' } {
  const first = joinMessage(messages.first)
  const tail = messages.tail === messages.first ? first : joinMessage(messages.tail)
  const temporary = [first, tail].filter((bytes) => bytes !== messages.first && bytes !== messages.tail)
  return {
    kind: 'digest-loop',
    row: DIGEST_LOOP,
    algorithm,
    first,
    tail,
    count,
    ...(temporary.length > 0 && { temporary }),
  }
}

function joinMessage(message: Message): Uint8Array {
  return isUint8Array(message) ? message : joinBytes(...message)
}

/**
 * MD5's known answers are from passlib's tests, $P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0 and $P$612345678si5M0DDyPpmRCmcltU/YW/. The
 * answers of SHA are from the same loop by hashlib of Python 3.11.
 */
const CHECKSUMS = {
  md5: ['6a47277aba44ad01115b4a095e710397', 'b87b60c2f3f85b2d778e8cc639189062'],
  sha1: ['31638c88b1d7efd917fd1e17f9e577906014471d', '1791f6d473504355b51b486e08c17915c7af8f59'],
  sha256: [
    '5e7e9181ff08ca84131a1e0e337f79434fc6547677541243ef23be6c00751ee0',
    '4b8be7248dfd1ccbed50b43101fddafada94fbd2cda9940b8ab8626ec39fe3d5',
  ],
  sha384: [
    'd24a6b39c7112b67bb45a75b2527b5d16ea7c4e9d9f4099224d41ee3be74d61cf8a112b6dcb38ad9aa5f5702fcb74da5',
    '1543ed6181112b6aee1ed10ed9feaf7f37ac2463c8c1dc5df03128e5cbd6e37f11b527ccb47b8d53bed7f40ed1ba72bc',
  ],
  sha512: [
    'b0eb89dae535b24ebf23cf3d7a823113cf948521d94e8d48e816803f873451daada0e2d025ca80636997ccb23bd798ebd08632f87bd8ef48030d33c90d867b33',
    'f250b9e60619796a15c581880ed8f987861360eed984344e3aeb2265d2dd99d9a8da8b00928dbc540265d15033fd677dadedee185f11768f89588916577bf926',
  ],
} as const

function trialOf(algorithm: DigestLoopJob['algorithm']): Trial<DigestLoopJob> {
  const answer = (salt: string, password: string, count: number, checksum: string) => ({
    job: {
      kind: 'digest-loop',
      algorithm,
      first: utf8(salt + password),
      tail: utf8(password),
      count,
    } as const,
    bytes: hex(checksum),
  })
  const [first, second] = CHECKSUMS[algorithm]
  const [many, few] = algorithm === 'md5' ? [2 ** 11, 2 ** 8] : [2 ** 8, 2 ** 6]
  return {
    name: `digest-loop ${algorithm}`,
    answers: () => [
      answer('IQRaTwmf', 'test12345', many, first),
      answer('12345678', 'JohnRipper', few, second),
    ],
  }
}
