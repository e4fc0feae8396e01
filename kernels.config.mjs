// Compiles the kernels, src/compute/kernels/*.as.ts, from AssemblyScript to WebAssembly: for the bundles and the tests.
import { createHash } from 'node:crypto'
import { mkdir, readFile, rename, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'

// Nothing of AssemblyScript's library goes into a kernel: no garbage collector, no assertions, no import of abort. The
// memory begins with one page.
const COMMON = ['--noAssert', '--runtime', 'stub', '--use', 'abort=', '--initialMemory', '1']
const FAST = ['-O3', '--enable', 'simd,bulk-memory']

/** The pages of 64 KiB at the end are the most that a kernel's wrapper ever asks for. */
const FLAGS = new Map([
  // From -O1 on, Binaryen moves the rounds of one lane together, and most of what two lanes at once gain is lost: see
  // bcrypt.as.ts, which is written for a compiler that changes nothing.
  ['bcrypt', ['-O0', '--maximumMemory', '1']],
  // 1 GiB, and a page for constants and scratch.
  ['argon2', [...FAST, '--maximumMemory', '16385']],
  // 512 MiB for V, and 16 MiB for the two blocks beside it.
  ['scrypt', [...FAST, '--maximumMemory', '8448']],
  ['digest-loops', [...FAST, '--maximumMemory', '1']],
])

const ENDING = '.as.ts'
const CACHE = join(import.meta.dirname, 'node_modules/.cache/passlift')

/**
 * What `import bytes from './kernel.as.js?wasm'` gives: the compiled module, as bytes. Compiled once for the same sources,
 * flags and compiler, whatever builds or tests follow.
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

/** The bundles are built at the same time, and each asks for the same kernels. */
function shared(key, start) {
  const running = underWay.get(key) ?? start().finally(() => underWay.delete(key))
  underWay.set(key, running)
  return running
}

async function compile({ sources, options, cached }) {
  // Loaded where it is needed: with a full cache, that is never.
  const { main } = await import('assemblyscript/asc')
  const [entry] = sources.keys()
  let bytes
  const { error, stderr } = await main([entry, '--outFile', 'kernel.wasm', ...options], {
    // Only what stands in the key of the cache; the compiler asks for other files too, which it can do without.
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
  // A file that is complete before it has its name: another process may look for it at the same time.
  const unfinished = `${cached}.${process.pid}`
  await mkdir(CACHE, { recursive: true })
  await writeFile(unfinished, bytes)
  await rename(unfinished, cached)
  return bytes
}

/** A kernel's files by their names, the entry first. They lie in one folder and import each other as './name.as'. */
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
