// The kernels, src/compute/kernels/*.as.ts, are compiled from AssemblyScript to WebAssembly here, for bundles and tests.
import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

// These flags keep AssemblyScript's library out of a kernel: no garbage collector, no assertions, no import of abort. The
// memory begins with one page.
const COMMON = ['--noAssert', '--runtime', 'stub', '--use', 'abort=', '--initialMemory', '1']
const FAST = ['-O3', '--enable', 'simd,bulk-memory']

/** The flags of each kernel. Its pages of 64 KiB are the most that its wrapper asks for. */
const FLAGS = new Map([
  // Binaryen from -O1 on moves the rounds of one lane together, which loses most of the gain of two lanes at once: see
  // bcrypt.as.ts, which is written for a compiler that changes nothing.
  ['bcrypt', ['-O0', '--maximumMemory', '1']],
  // The maximum is 1 GiB, and a page for constants and scratch.
  ['argon2', [...FAST, '--maximumMemory', '16385']],
  // The maximum is 512 MiB for V, and 16 MiB for the two blocks beside it.
  ['scrypt', [...FAST, '--maximumMemory', '8448']],
  // The maximum is 512 MiB for V, 16 MiB for the two blocks beside it, and 12 MiB for the boxes of 1024 lanes.
  ['yescrypt', [...FAST, '--maximumMemory', '8640']],
  ['digest-loops', [...FAST, '--maximumMemory', '1']],
  ['crypt-digest', [...FAST, '--initialMemory', '2', '--maximumMemory', '2']],
  ['crypt-des', [...FAST, '--maximumMemory', '1']],
])

const ENDING = '.as.ts'
const CACHE = join(import.meta.dirname, 'node_modules/.cache/passlift')

/**
 * Makes the bytes of `import bytes from './kernel.as.js?wasm'`: the compiled module. It is compiled once for the same sources,
 * flags and compiler, and kept for later builds and tests.
 */
export async function compileKernel(path) {
  const entry = path.replace(/\.js$/, '.ts')
  const name = basename(entry, ENDING)
  const flags = FLAGS.get(name)
  if (flags === undefined) throw new Error(`kernels.config.mjs: no flags for ${name}.`)
  const sources = await readSources(entry)
  const options = [...COMMON, ...flags]
  const key = JSON.stringify([await compilerVersion(), options, [...sources]])
  const cached = join(CACHE, `${name}-${createHash('sha256').update(key).digest('hex')}.wasm`)
  try {
    return await readFile(cached)
  } catch {
    return await shared(cached, () => compile({ sources, options, cached }))
  }
}

const underWay = new Map()

/** Kernels that are being compiled: the bundles are built at the same time, and ask for the same ones. */
function shared(key, start) {
  const running = underWay.get(key) ?? start().finally(() => underWay.delete(key))
  underWay.set(key, running)
  return running
}

async function compile({ sources, options, cached }) {
  // The compiler is loaded when it is needed, which is never with a full cache.
  const { main } = await import('assemblyscript/asc')
  const [entry] = sources.keys()
  let bytes
  const { error, stderr } = await main([entry, '--outFile', 'kernel.wasm', ...options], {
    // Only files in the key of the cache are given; the compiler asks for others too, which it does not need.
    readFile: (file) => sources.get(file) ?? null,
    writeFile: (_, contents) => {
      bytes = contents
    },
    listFiles: () => [],
  })
  const complaints = stderr.toString()
  if (error !== null || bytes === undefined || complaints !== '') {
    throw new Error(`${entry} does not compile without complaints.\n${complaints}`)
  }
  // The file gets its name when it is complete, since another process may look for it at the same time.
  const unfinished = `${cached}.${process.pid}`
  await mkdir(CACHE, { recursive: true })
  await writeFile(unfinished, bytes)
  await rename(unfinished, cached)
  return bytes
}

/** A kernel's files by their names, the entry first. They are in one folder and import each other as './name.as'. */
async function readSources(path, sources = new Map()) {
  const text = await readFile(path, 'utf8')
  sources.set(basename(path), text)
  for (const [, imported] of text.matchAll(/ from '\.\/([\w-]+\.as)'/g)) {
    if (!sources.has(`${imported}.ts`)) await readSources(join(dirname(path), `${imported}.ts`), sources)
  }
  return sources
}

async function compilerVersion() {
  const text = await readFile(join(import.meta.dirname, 'node_modules/assemblyscript/package.json'), 'utf8')
  return JSON.parse(text).version
}
