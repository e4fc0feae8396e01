import type * as crypto from 'node:crypto'

// Only this file, the threads and the command line name modules of Node. A module of Node is loaded on first use, so that an
// application that imports this package does not wait for the module.

function nodeCrypto(): typeof crypto {
  return process.getBuiltinModule('node:crypto')
}

/** The algorithms of message digests, by their names in node:crypto. */
export type DigestAlgorithm =
  | 'md5'
  | 'sha1'
  | 'sha224'
  | 'sha256'
  | 'sha384'
  | 'sha512'
  | 'sha3-224'
  | 'sha3-256'
  | 'sha3-384'
  | 'sha3-512'
  | 'sha512-224'
  | 'sha512-256'
  | 'ripemd160'

/** The algorithms of single digests and of HMAC: some stand in expressions alone. */
export type HashAlgorithm = DigestAlgorithm | 'blake2b512' | 'blake2s256' | 'sm3'

/**
 * The message digest of parts as one message, computed in place, since sending fast work to a thread would take longer.
 *
 * @throws the error of node:crypto where it refuses the algorithm, as OpenSSL refuses MD5 under FIPS
 */
export function messageDigest(algorithm: HashAlgorithm, ...parts: readonly Uint8Array[]): Uint8Array {
  const hash = nodeCrypto().createHash(algorithm)
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** HMAC (RFC 2104), computed in place. It throws the errors that `messageDigest` throws. */
export function hmac(algorithm: HashAlgorithm, key: Uint8Array, message: Uint8Array): Uint8Array {
  return nodeCrypto().createHmac(algorithm, key).update(message).digest()
}

/** PBKDF2 over HMAC (RFC 8018), computed on the calling thread. */
export function pbkdf2({
  algorithm,
  password,
  salt,
  iterations,
  length,
}: {
  readonly algorithm: DigestAlgorithm
  readonly password: Uint8Array
  readonly salt: Uint8Array
  readonly iterations: number
  readonly length: number
}): Uint8Array {
  return nodeCrypto().pbkdf2Sync(password, salt, iterations, length, algorithm)
}

/** scrypt (RFC 7914), computed on the calling thread in at most `maxBytes` bytes. Not every build of Node has scrypt. */
export function scrypt({
  password,
  salt,
  N,
  r,
  p,
  length,
  maxBytes,
}: {
  readonly password: Uint8Array
  readonly salt: Uint8Array
  readonly N: number
  readonly r: number
  readonly p: number
  readonly length: number
  readonly maxBytes: number
}): Uint8Array {
  return nodeCrypto().scryptSync(password, salt, length, { N, r, p, maxmem: maxBytes })
}

/** AES-256 in counter mode from a counter block of zeros (NIST SP 800-38A). The key has 32 bytes. */
export function encryptAesCtr(key: Uint8Array, plaintext: Uint8Array): Uint8Array {
  const cipher = nodeCrypto().createCipheriv('aes-256-ctr', key, new Uint8Array(16))
  return Buffer.concat([cipher.update(plaintext), cipher.final()])
}

/** Compares in a time that depends on the lengths alone. Bytes of different lengths are not equal. */
export function equalBytes(first: Uint8Array, second: Uint8Array): boolean {
  return first.byteLength === second.byteLength && nodeCrypto().timingSafeEqual(first, second)
}

/** `length` bytes of the operating system's secure randomness. */
export function randomBytes(length: number): Uint8Array {
  return nodeCrypto().randomFillSync(new Uint8Array(length))
}

/** The bytes of a text that is base64 of bytes compressed with Brotli (RFC 7932). */
export function unpack(text: string): Uint8Array {
  return process.getBuiltinModule('node:zlib').brotliDecompressSync(Buffer.from(text, 'base64'))
}

/** Whether a value is a Uint8Array, of this or another realm, as addons, test runners and vm contexts make. */
export function isUint8Array(value: unknown): value is Uint8Array {
  return process.getBuiltinModule('node:util').types.isUint8Array(value)
}

/** Whether a value is an error, of this or another realm. */
export function isNativeError(value: unknown): value is Error {
  return process.getBuiltinModule('node:util').types.isNativeError(value)
}

/** Whether bytes are UTF-8, with or without a byte order mark in front. */
export function isUtf8(bytes: Uint8Array): boolean {
  return process.getBuiltinModule('node:buffer').isUtf8(bytes)
}

/** The version of the C interface that native addons are built for. */
export function nodeApiVersion(): number {
  return Number(process.versions['napi'])
}

/** The version of a package that an import from this file would load; undefined where it cannot be found without loading. */
export function findPackageVersion(name: string): string | undefined {
  try {
    // import.meta is empty where an application's bundler writes CommonJS.
    const here = typeof __filename === 'string' ? __filename : import.meta.url
    const manifest: unknown = process.getBuiltinModule('node:module').createRequire(here)(
      `${name}/package.json`,
    )
    if (typeof manifest !== 'object' || manifest === null || !('version' in manifest)) return undefined
    return typeof manifest.version === 'string' ? manifest.version : undefined
  } catch {
    // The package is not installed, or this file is inside an application's bundle.
    return undefined
  }
}

/** Emits a warning of the process with a code and a fixed text, which holds no data of an account. */
export function warn(code: string, message: string): void {
  process.emitWarning(message, { type: 'PassliftWarning', code })
}

// The functions below give defaults where Deno refuses without a permission (--allow-sys, --allow-env).

/** The number of threads that the process may run at once. */
export function availableCores(): number {
  return askOr(countBrowserCores, () => process.getBuiltinModule('node:os').availableParallelism())
}

/** The number of cores that web pages get without a permission; 2 where it is unknown: this thread's core and one beside. */
function countBrowserCores(): number {
  const navigator: unknown = Reflect.get(globalThis, 'navigator')
  const cores: unknown =
    typeof navigator === 'object' && navigator !== null
      ? Reflect.get(navigator, 'hardwareConcurrency')
      : undefined
  return typeof cores === 'number' && Number.isInteger(cores) && cores > 0 ? cores : 2
}

/**
 * The number of threads in libuv's pool: 4 unless the environment sets it. The setting is read as in libuv (atoi in
 * threadpool.c): the digits in front, 1 where there are none, and at most 1024. A negative number becomes 1024.
 */
export function threadPoolSize(): number {
  const text = askOr(
    () => undefined,
    () => process.env['UV_THREADPOOL_SIZE'],
  )
  if (text === undefined) return 4
  const size = Number(/^\s*[+-]?\d+/.exec(text)?.[0] ?? 0)
  if (size === 0) return 1
  return size < 0 ? MAX_THREAD_POOL_SIZE : Math.min(size, MAX_THREAD_POOL_SIZE)
}

const MAX_THREAD_POOL_SIZE = 1_024

/** Whether the address space of the process is limited (RLIMIT_AS, `ulimit -v`); false where the system does not say. */
export function hasAddressLimit(): boolean {
  // The file cannot be read on other systems than Linux, nor under Node's permission model.
  const limits = askOr(
    () => '',
    () => process.getBuiltinModule('node:fs').readFileSync('/proc/self/limits', 'latin1'),
  )
  return /^Max address space +\d/m.test(limits)
}

/** The memory in bytes that a container leaves the process, where that is known and little; otherwise Infinity. */
export function availableMemory(): number {
  const constrained = askOr(
    () => 0,
    () => process.constrainedMemory(),
  )
  // A limit of more than twice the largest default changes nothing, and asking for the machine's own memory is slow.
  if (constrained <= 0 || constrained >= 2 ** 31) return Infinity
  // Where there is no container, the system answers 0, or more memory than the machine has.
  const total = askOr(
    () => 0,
    () => process.getBuiltinModule('node:os').totalmem(),
  )
  return constrained <= total ? constrained : Infinity
}

function askOr<T>(otherwise: () => T, ask: () => T): T {
  try {
    return ask()
  } catch {
    return otherwise()
  }
}
