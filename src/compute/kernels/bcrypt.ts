import { instantiate, refusal, requireBytes, requireInteger } from './instance.js'
import { piFraction } from './pi.js'

/**
 * bcrypt of bytes, one password or two at once, in WebAssembly: see bcrypt.as.ts.
 *
 * @see https://www.usenix.org/legacy/events/usenix99/provos/provos.pdf
 */
export interface BcryptKernel {
  /**
   * Computes 23 bytes for each lane, in the order of the lanes. The work doubles with each step of `cost`, 4 to 31. Two lanes
   * take little longer than one. Throws a `RangeError` that names a field out of its range. After any other error the kernel
   * must not be used again.
   */
  readonly derive: (lanes: BcryptLanes, cost: number) => readonly Uint8Array[]
  /** The bytes of the instance's memory, which never grows. */
  readonly bytes: () => number
}

export type BcryptLanes = readonly [BcryptLane] | readonly [BcryptLane, BcryptLane]

/** A password of any length, of which 72 bytes count, and 16 bytes of salt. */
export interface BcryptLane {
  readonly password: Uint8Array
  readonly salt: Uint8Array
  readonly variant: BcryptVariant
}

/**
 * The ways in which a password becomes a key of at most 72 bytes, which is repeated to fill 72:
 *
 * - `standard`: `$2a$`, `$2b$`, `$2y$`. The bytes and one NUL. A NUL inside is a byte like any other, unlike in C's crypt().
 * - `no-nul`: `$2$`. The bytes alone, so that "ab" and "abab" are one password. The empty one is a NUL nevertheless: OpenBSD's
 *   first bcrypt read the terminator of an empty string over and over, Crypt::Eksblowfish appends one, bcryptjs reads zeros.
 * - `sign-extended`: `$2x$`. The bytes and one NUL with the bug of crypt_blowfish before 1.1, which took bytes for signed.
 * - `countermeasure`: `$2a$` of crypt_blowfish since 1.1 (PHP, libxcrypt), for passwords whose key that bug could have made of
 *   others. The bytes and one NUL, but one bit of the state differs before the key is first mixed in. The caller decides for
 *   which passwords.
 */
export type BcryptVariant = 'standard' | 'no-nul' | 'sign-extended' | 'countermeasure'

const KEY_BYTES = 72
const SALT_BYTES = 16
const CHECKSUM_BYTES = 23
const STATE_WORDS = 18 + 4 * 256
const COST = { min: 4, max: 31 } as const
const VARIANTS: ReadonlySet<string> = new Set<BcryptVariant>([
  'standard',
  'no-nul',
  'sign-extended',
  'countermeasure',
])
// The bit of the countermeasure was an arbitrary choice of crypt_blowfish (BF_set_key).
const COUNTERMEASURE = 0x10000

export function createBcryptKernel(module: WebAssembly.Module): BcryptKernel {
  const { memory, readFunction, readAddress } = instantiate('bcrypt', module)
  // The memory never grows, so the buffer stays the same.
  const { buffer } = memory
  const schedule = readFunction('schedule')
  const deriveOne = readFunction('deriveOne')
  const deriveTwo = readFunction('deriveTwo')
  const wipe = readFunction('wipe')
  const laneA = readAddress('LANE_A')
  const laneB = readAddress('LANE_B')
  const passwordOffset = readAddress('PASSWORD')
  const saltOffset = readAddress('SALT_BYTES')
  const outputOffset = readAddress('OUTPUT')
  writeInitialState(buffer, readAddress('INITIAL'))

  return { derive, bytes: () => memory.buffer.byteLength }

  function derive(lanes: BcryptLanes, cost: number): readonly Uint8Array[] {
    requireInteger('bcrypt: cost', cost, COST)
    requireLanes(lanes)
    try {
      load(lanes[0], laneA)
      if (lanes.length === 1) {
        deriveOne(cost)
        return [read(laneA)]
      }
      load(lanes[1], laneB)
      deriveTwo(cost)
      return [read(laneA), read(laneB)]
    } finally {
      wipe()
    }
  }

  function load({ password, salt, variant }: BcryptLane, start: number): void {
    // The NUL behind a short password is there already: the memory is zero after creation and after each call.
    new Uint8Array(buffer, start + passwordOffset, KEY_BYTES).set(password.subarray(0, KEY_BYTES))
    new Uint8Array(buffer, start + saltOffset, SALT_BYTES).set(salt)
    const signed = variant === 'sign-extended' ? 1 : 0
    const flipped = variant === 'countermeasure' ? COUNTERMEASURE : 0
    schedule(start, keyLength(password.length, variant), signed, flipped)
  }

  function read(start: number): Uint8Array {
    return new Uint8Array(buffer, start + outputOffset, CHECKSUM_BYTES).slice()
  }
}

function keyLength(passwordLength: number, variant: BcryptVariant): number {
  const nul = variant !== 'no-nul' || passwordLength === 0 ? 1 : 0
  return Math.min(passwordLength + nul, KEY_BYTES)
}

// Words are written one by one, since WebAssembly is little-endian everywhere and a typed array has the machine's order.
function writeInitialState(buffer: ArrayBuffer, start: number): void {
  const view = new DataView(buffer, start, 4 * STATE_WORDS)
  piFraction(STATE_WORDS).forEach((word, i) => {
    view.setUint32(4 * i, word, true)
  })
}

function requireLanes(lanes: readonly BcryptLane[]): void {
  if (lanes.length !== 1 && lanes.length !== 2) throw refusal('bcrypt: lanes', 'one or two')
  for (const { password, salt, variant } of lanes) {
    requireBytes('bcrypt: password', password)
    requireBytes('bcrypt: salt', salt, { min: SALT_BYTES, max: SALT_BYTES })
    if (!VARIANTS.has(variant)) {
      throw refusal('bcrypt: variant', "'standard', 'no-nul', 'sign-extended' or 'countermeasure'")
    }
  }
}
