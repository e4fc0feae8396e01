import { costOfDigestLoop } from '../cost.js'
import packed from '../engines/digest-loop.js?engine'
import type { DigestLoopJob } from '../job.js'
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
  trial: () => TRIAL,
  trials: () => [TRIAL],
})

/** Makes a job of a digest of `first`, then `count` times a digest of the last digest and `tail`. */
export function digestLoopJob({
  algorithm,
  first,
  tail,
  count,
}: Omit<DigestLoopJob, 'kind'>): Job & { readonly kind: 'digest-loop' } {
  return { kind: 'digest-loop', row: DIGEST_LOOP, algorithm, first, tail, count }
}

const TRIAL: Trial<DigestLoopJob> = { name: 'digest-loop md5', answers: findAnswers }

/** The known answers of passlib's tests: $P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0 and $P$612345678si5M0DDyPpmRCmcltU/YW/. */
function findAnswers(): ReturnType<Trial<DigestLoopJob>['answers']> {
  const answer = (salt: string, password: string, count: number, checksum: string) => ({
    job: {
      kind: 'digest-loop',
      algorithm: 'md5',
      first: utf8(salt + password),
      tail: utf8(password),
      count,
    } as const,
    bytes: hex(checksum),
  })
  return [
    answer('IQRaTwmf', 'test12345', 2 ** 11, '6a47277aba44ad01115b4a095e710397'),
    answer('12345678', 'JohnRipper', 2 ** 8, 'b87b60c2f3f85b2d778e8cc639189062'),
  ]
}
