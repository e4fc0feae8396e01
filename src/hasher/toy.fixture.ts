import { textOf } from '../formats/fields.js'
import { isMalformed, malformed } from '../formats/problem.js'
import { defineHasher } from './hasher.js'
import type { Hasher, HasherSpec, Parsed, Reading, Run } from './contract.js'

export interface Params {
  readonly version: number
}

export type Derive = NonNullable<HasherSpec<Params>['derive']>

/** A `run` that computes nothing, and gives the bytes of the toy's checksum. */
export const run: Run = () => Promise.resolve(Uint8Array.of(1, 2, 3, 4))

export const parsed: Parsed<Params> = {
  params: { version: 7 },
  salt: Uint8Array.of(83, 65, 76, 84),
  checksum: Uint8Array.of(1, 2, 3, 4),
}

export const derive: Derive = () => Promise.resolve(Uint8Array.of(1, 2, 3, 4))

/** A specification that claims `toy$…`; its checksum is 1, 2, 3, 4 for every password. */
export const spec: HasherSpec<Params> = {
  name: 'toy',
  standing: 'dated',
  example: 'toy$example',
  identify: (digest) => digest.startsWith('toy$'),
  parse: (rest) => (textOf(rest) === 'toy$' ? malformed('length', 'checksum') : [parsed]),
  describe: ({ version }) => ({ version }),
  cost: ({ params, checksum }, passwordBytes) => ({
    milliseconds: passwordBytes,
    bytes: checksum.byteLength,
    lanes: params.version,
  }),
  derive,
}

/** The toy with other members, of any type. */
export function defineToy(more: object = {}): Hasher {
  return defineHasher<Params>(Object.assign({}, spec, more))
}

/** The toy with a job in the place of its derivation. */
export function defineJobToy(more: object): Hasher {
  return defineToy({ derive: undefined, cost: undefined, ...more })
}

export function readingOf(hasher: Hasher, digest = hasher.example): Reading {
  const readings = hasher.parse(digest)
  if (isMalformed(readings)) throw new Error('The digest must parse.')
  return readings[0]
}

/** The error with which a call throws or rejects; undefined where it does neither. */
export async function thrownBy(act: () => unknown): Promise<unknown> {
  try {
    await act()
    return undefined
  } catch (error) {
    return error
  }
}
