import { spawnSync } from 'node:child_process'
import argon2 from './argon2.as.js?wasm'
import bcrypt from './bcrypt.as.js?wasm'
import cryptDes from './crypt-des.as.js?wasm'
import cryptDigest from './crypt-digest.as.js?wasm'
import digestLoops from './digest-loops.as.js?wasm'
import scrypt from './scrypt.as.js?wasm'
import yescrypt from './yescrypt.as.js?wasm'

// The tests of the kernels share the modules, the random inputs, and the view of an instance's memory.
export const modules = {
  argon2: new WebAssembly.Module(argon2),
  bcrypt: new WebAssembly.Module(bcrypt),
  cryptDes: new WebAssembly.Module(cryptDes),
  cryptDigest: new WebAssembly.Module(cryptDigest),
  digestLoops: new WebAssembly.Module(digestLoops),
  scrypt: new WebAssembly.Module(scrypt),
  yescrypt: new WebAssembly.Module(yescrypt),
} as const

/** The seed of the random inputs, which is fixed so that every run has the same inputs. */
export const SEED = 0x5eed

/** An integer from 0 to `below` - 1. */
export const random = mulberry32(SEED)

export function randomBytes(length: number): Uint8Array {
  return Uint8Array.from({ length }, () => random(256))
}

export function pick<T>(values: readonly [T, ...T[]]): T {
  return values[random(values.length)] ?? values[0]
}

/** The integers of a range, both ends included. */
export function range(from: number, to: number): readonly number[] {
  return Array.from({ length: to - from + 1 }, (_, i) => from + i)
}

export function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString('hex')
}

/** The digests of crypt() by one run of perl, which is given lines of password in hexadecimal and setting. Empty without perl. */
export function crypt(
  asked: readonly { readonly password: Uint8Array; readonly setting: string }[],
): readonly string[] {
  const program =
    'while (<STDIN>) { my ($p, $s) = /^(\\w*) (\\S+)/; print crypt(pack("H*", $p), $s) // "", "\\n" }'
  const input = asked
    .map(({ password, setting }) => `${Buffer.from(password).toString('hex')} ${setting}\n`)
    .join('')
  const { stdout, status } = spawnSync('perl', ['-e', program], { input, encoding: 'utf8', maxBuffer: 1e8 })
  return status === 0 ? stdout.trimEnd().split('\n') : []
}

export interface Watched<Kernel> {
  readonly kernel: Kernel
  /** A view of the memory as it is now. After the memory has grown, a new view is needed. */
  readonly memory: () => Buffer
}

/** A kernel with its memory, which a kernel does not show: the class WebAssembly.Instance is replaced to catch the memory. */
export function watch<Kernel>(
  create: (module: WebAssembly.Module) => Kernel,
  module: WebAssembly.Module,
  change: (memory: WebAssembly.Memory) => void = () => undefined,
): Watched<Kernel> {
  const caught: WebAssembly.Memory[] = []
  const { Instance } = WebAssembly
  WebAssembly.Instance = class extends Instance {
    constructor(from: WebAssembly.Module) {
      super(from)
      const { memory } = this.exports
      if (!(memory instanceof WebAssembly.Memory)) return
      change(memory)
      caught.push(memory)
    }
  }
  try {
    const kernel = create(module)
    return { kernel, memory: () => Buffer.from(caught[0]?.buffer ?? new ArrayBuffer(0)) }
  } finally {
    WebAssembly.Instance = Instance
  }
}

function mulberry32(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * below)
  }
}
