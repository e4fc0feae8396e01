import type { Kind, Trial } from '../compute/kind.js'
import { isPassliftError } from '../errors.js'
import { isMalformed } from '../formats/problem.js'
import type { Hasher, Run } from '../hasher/contract.js'
import { kindOf } from './engine-info.js'
import { equalBytes, messageDigest } from '../platform/node.js'
import type { DigestAlgorithm } from '../platform/node.js'

/** The check of one engine for one kind of work. */
export interface EngineCheck {
  /** The work that the engine was asked for: a kind of work, and its variant, version or algorithm. */
  readonly work: string
  readonly engine: string
  /** The hashers whose digests need that kind of work. */
  readonly hashers: readonly string[]
  /** `right` where the engine gave the known answer, `failed` where it gave another answer or none. */
  readonly outcome: 'right' | 'failed'
  /** The fault and what to do about it; absent where the engine is right. */
  readonly problem?: string
}

/** The checks of all engines of a registry on this machine. */
export interface SelfTest {
  /** Whether every engine is right. A check that needs an engine which is not rejects with an `EngineError`. */
  readonly ok: boolean
  readonly checks: readonly EngineCheck[]
}

/** Holds every engine that the hashers need to a known answer of each variant, version and algorithm. */
export async function testEngines(
  hashers: readonly Hasher[],
  { run, nameEngine }: { readonly run: Run; readonly nameEngine: (kind: Kind) => string },
): Promise<SelfTest> {
  const byKind = groupByKind(hashers)
  const checks: EngineCheck[] = []
  for (const [kind, names] of byKind) {
    // The engines are tested one after another, since one test may need all the memory of a small machine.
    for (const trial of kind.trials()) {
      const { outcome, problem } = await tryEngine(kind, trial, run)
      const found = { work: trial.name, engine: nameEngine(kind), hashers: names, outcome }
      checks.push(problem === undefined ? found : { ...found, problem })
    }
  }
  const inPlace = hashers.filter((hasher) => kindOf(hasher) === 'in place')
  for (const known of IN_PLACE) {
    const names = inPlace.filter((hasher) => algorithmOf(hasher) === known.title).map(({ name }) => name)
    if (names.length > 0) checks.push(checkInPlace(known, names))
  }
  return { ok: checks.every(({ outcome }) => outcome === 'right'), checks }
}

type Finding = Pick<EngineCheck, 'outcome'> & { readonly problem?: string }

function groupByKind(hashers: readonly Hasher[]): ReadonlyMap<Kind, readonly string[]> {
  const byKind = new Map<Kind, readonly string[]>()
  for (const hasher of hashers) {
    const { name } = hasher
    const found = kindOf(hasher)
    if (typeof found !== 'string') byKind.set(found, [...(byKind.get(found) ?? []), name])
  }
  return byKind
}

async function tryEngine(kind: Kind, trial: Trial, run: Run): Promise<Finding> {
  const [{ job, bytes }] = trial.answers()
  try {
    return judge(equalBytes(await run({ ...job, row: kind }), bytes))
  } catch (error) {
    return describeFailure(error)
  }
}

function judge(isRight: boolean): Finding {
  if (isRight) return { outcome: 'right' }
  return { outcome: 'failed', problem: 'It gives wrong answers. Do not use it.' }
}

/** The text of an error of this package, which holds no password. The text of any other error is not shown. */
function describeFailure(error: unknown): Finding {
  return { outcome: 'failed', problem: isPassliftError(error) ? error.message : 'It failed.' }
}

interface KnownDigest {
  readonly algorithm: DigestAlgorithm
  /** The name of the algorithm in the parameters that `describe` of a hasher gives. */
  readonly title: string
  readonly hex: string
}

/** The digests of "abc": RFC 1321 A.5, FIPS 180-4. */
const IN_PLACE: readonly KnownDigest[] = [
  { algorithm: 'md5', title: 'MD5', hex: '900150983cd24fb0d6963f7d28e17f72' },
  { algorithm: 'sha1', title: 'SHA-1', hex: 'a9993e364706816aba3e25717850c26c9cd0d89d' },
  {
    algorithm: 'sha224',
    title: 'SHA-224',
    hex: '23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7',
  },
  {
    algorithm: 'sha256',
    title: 'SHA-256',
    hex: 'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  },
  {
    algorithm: 'sha384',
    title: 'SHA-384',
    hex: 'cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7',
  },
  {
    algorithm: 'sha512',
    title: 'SHA-512',
    hex: 'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
  },
]

/** The algorithm of a hasher that computes in place: a parameter of its example, or the name of the hasher. */
function algorithmOf(hasher: Hasher): string | number | undefined {
  const readings = hasher.parse(hasher.example)
  const described = isMalformed(readings) ? undefined : readings[0].describe()['algorithm']
  return described ?? IN_PLACE.find(({ algorithm }) => algorithm === hasher.name)?.title
}

function checkInPlace({ algorithm, hex }: KnownDigest, hashers: readonly string[]): EngineCheck {
  const found = { work: algorithm, engine: 'in place', hashers }
  try {
    const message = new TextEncoder().encode('abc')
    const bytes = messageDigest(algorithm, message)
    const isRight = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('') === hex
    return { ...found, ...judge(isRight) }
  } catch {
    const problem =
      algorithm === 'md5'
        ? 'OpenSSL refuses MD5 here, as FIPS asks: the kernel computes it where WebAssembly runs.'
        : 'OpenSSL refuses it here.'
    return { ...found, outcome: 'failed', problem }
  }
}
