// The build bundles the entries into dist/. tsc writes the types beside them: see "build" in package.json.
import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { chmod, mkdir, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { basename, dirname, join, relative, resolve } from 'node:path'
import { brotliCompressSync } from 'node:zlib'
import { build, transform } from 'esbuild'
import { compileKernel } from './kernels.config.mjs'

/** The digits of pi that Blowfish begins with. */
const PI = await computePi(18 + 4 * 256)

async function computePi(words) {
  const { code } = await transform(await readFile('src/compute/kernels/pi.ts', 'utf8'), { loader: 'ts' })
  const { piFraction } = await import(`data:text/javascript,${encodeURIComponent(code)}`)
  return piFraction(words)
}

const common = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  logLevel: 'warning',
  legalComments: 'none',
}

/** Makes the text of `import text from './module.js?embedded'`: the module bundled on its own. */
export async function bundleEmbedded(path) {
  const { outputFiles, metafile } = await build({
    ...common,
    entryPoints: [path.replace(/\.js$/, '.ts')],
    format: 'cjs',
    minify: true,
    write: false,
    metafile: true,
  })
  return { text: outputFiles[0].text, inputs: Object.keys(metafile.inputs) }
}

/**
 * Makes the text of `import packed from './engine.js?engine'`: an engine bundled on its own with its kernel, and packed.
 * Unpacked it is the length of its code in four bytes, the lowest first, the code, and the kernel. The code is the body of a
 * function of `module`, `require` and `kernel`; its errors are those of the thread that runs it. It is bundled as an ES module
 * and then turned into CommonJS here, since esbuild's helpers for that would be a tenth of it.
 */
export async function packEngine(path) {
  let kernel = new Uint8Array(0)
  const { outputFiles, metafile } = await build({
    ...common,
    entryPoints: [path.replace(/\.js$/, '.ts')],
    format: 'esm',
    minify: true,
    plugins: [
      {
        name: 'engine',
        setup({ onLoad, onResolve }) {
          onResolve({ filter: /\/errors\.js$/ }, ({ path: name }) => ({ path: name, namespace: 'errors' }))
          onLoad({ filter: /.*/, namespace: 'errors' }, async () => ({
            contents: `export const { ${(await listErrors()).join(', ')} } = ERRORS`,
          }))
          // bcryptjs imports this module for the random bytes of salts.
          onResolve({ filter: /^crypto$/ }, ({ path: name }) => ({ path: name, namespace: 'crypto' }))
          onLoad({ filter: /.*/, namespace: 'crypto' }, () => ({
            contents: "export default process.getBuiltinModule('node:crypto')",
          }))
          onResolve({ filter: /\?wasm$/ }, ({ path: name, resolveDir }) => ({
            path: join(resolveDir, name.slice(0, -'?wasm'.length)),
            namespace: 'wasm',
          }))
          onLoad({ filter: /.*/, namespace: 'wasm' }, async ({ path: name }) => {
            kernel = await compileKernel(name)
            return { contents: 'export default kernel' }
          })
          onLoad({ filter: /\/bcryptjs\/index\.js$/ }, async ({ path: name }) => ({
            contents: computeTables(await readFile(name, 'utf8')),
            loader: 'js',
          }))
        },
      },
    ],
    write: false,
    metafile: true,
  })
  const [{ text }] = outputFiles
  const ending = /export\{([\w$]+) as engines\};\s*$/
  if (!ending.test(text)) throw new Error(`esbuild.config.mjs: ${path} does not end in its engines.`)
  const code = Buffer.from(
    `var ERRORS=require("passlift:errors");${text.replace(ending, 'module.exports={engines:$1}')}`,
  )
  const length = Buffer.alloc(4)
  length.writeUInt32LE(code.length)
  const packed = brotliCompressSync(Buffer.concat([length, code, kernel]))
  return { text: packed.toString('base64'), inputs: Object.keys(metafile.inputs) }
}

/** The exports of a thread's errors module. */
async function listErrors() {
  const text = await readFile('src/errors.ts', 'utf8')
  return [...text.matchAll(/^export (?:class|function|const) (\w+)/gm)].map(([, name]) => name)
}

/**
 * Replaces the two tables of bcryptjs, a third of its size, by the digits of pi, computed as for the kernel.
 *
 * @throws Error where its tables hold other numbers
 */
function computeTables(code) {
  const tables = [...code.matchAll(/^var ([PS]_ORIG) = \[([^\]]*)\];/gm)]
  const numbers = tables.flatMap(([, , list]) => list.match(/0x[0-9a-f]+/g).map(Number))
  if (
    tables.length !== 2 ||
    !numbers.every((number, place) => number === PI[place]) ||
    numbers.length !== PI.length
  )
    throw new Error('esbuild.config.mjs: the tables of bcryptjs are not where they were, or not those of pi.')
  const rest = tables.reduce((left, [table]) => left.replace(table, ''), code)
  const computed = rest.replaceAll('P_ORIG', 'tables().P').replaceAll('S_ORIG', 'tables().S')
  return `import { piFraction } from '${resolve('src/compute/kernels/pi.ts')}'
    var pi
    function tables() {
      pi ??= Array.from(piFraction(${PI.length}))
      return { P: pi.slice(0, 18), S: pi.slice(18) }
    }
    ${computed}`
}

/** What an import of a module gives, by what it ends with. */
export const EMBEDDED = new Map([
  ['embedded', bundleEmbedded],
  ['engine', packEngine],
])

const bundled = new Set()

const embedded = {
  name: 'embedded',
  setup({ onLoad, onResolve }) {
    for (const [ending, bundle] of EMBEDDED) {
      onResolve({ filter: new RegExp(`\\?${ending}$`) }, ({ path, resolveDir }) => ({
        // The bundle's comments name it without the folder that it was built in.
        path: relative('.', join(resolveDir, path.slice(0, path.indexOf('?')))),
        namespace: ending,
      }))
      onLoad({ filter: /.*/, namespace: ending }, async ({ path }) => {
        const { text, inputs } = await bundle(path)
        for (const input of inputs) bundled.add(input)
        return { contents: text, loader: 'text' }
      })
    }
  },
}

/**
 * The entries, and what each loads. esbuild makes a shared file of what the same entries load. There are two: one that all of
 * them load, and one that all but `core` load. One more file would cost an importing process half a millisecond.
 */
const ENTRIES = {
  index: ['index'],
  core: ['core'],
  'hashers/index': ['hashers/index', 'targets/index', 'core'],
  'targets/index': ['targets/index', 'hashers/index', 'core'],
  'stores/index': ['stores/index', 'targets/index', 'hashers/index', 'core'],
  'builders/index': ['builders/index', 'targets/index', 'hashers/index', 'core'],
}

const entries = {
  name: 'entries',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /^entry:/ }, ({ path }) => ({
      path: path.slice('entry:'.length),
      namespace: 'entry',
    }))
    onLoad({ filter: /.*/, namespace: 'entry' }, ({ path }) => {
      const [own, ...others] = ENTRIES[path]
      const loaded = others.map((other, place) => `import * as unused${place} from './src/${other}.js'\n`)
      return {
        contents: `export * from './src/${own}.js'\n${loaded.join('')}`,
        loader: 'js',
        resolveDir: '.',
      }
    })
  },
}

async function buildEntries() {
  const { outputFiles, metafile } = await build({
    ...common,
    entryPoints: Object.keys(ENTRIES).map((name) => ({ in: `entry:${name}`, out: name })),
    outdir: 'dist',
    chunkNames: 'shared/[hash]',
    format: 'esm',
    splitting: true,
    packages: 'external',
    plugins: [embedded, entries],
    write: false,
    metafile: true,
  })
  const names = nameShared(metafile)
  const rename = (text) => names.reduce((renamed, [hash, name]) => renamed.replaceAll(hash, name), text)
  for (const { path, text } of outputFiles) {
    await mkdir(dirname(path), { recursive: true })
    // esbuild leaves imports of nothing for modules that an entry loads and does not export.
    await writeFile(rename(path), rename(text).replaceAll(/^import "\..*";\n/gm, ''))
  }
}

/** Renames the shared files, whose names hold hashes until all are built. */
function nameShared({ outputs }) {
  const [core] = outputs['dist/core.js'].imports
  const shared = Object.keys(outputs).filter((path) => path.startsWith('dist/shared/'))
  if (shared.length !== 2)
    throw new Error('esbuild.config.mjs: by ENTRIES there are other shared files than two.')
  return shared.map((path) => [basename(path), path === core.path ? 'core.js' : 'hashers.js'])
}

/** Builds the commands, which import the package as an application does: no package is bundled into them. */
async function buildCommands(entryPoints) {
  await build({
    ...common,
    entryPoints,
    outbase: 'src',
    outdir: 'dist',
    format: 'esm',
    external: ['../index.js', '../builders/index.js', '../migrate/index.js'],
    packages: 'external',
  })
}

/** Leaves the other entries out of the entry `migrate`, from whichever of its folders they are imported. */
const outsideMigrate = {
  name: 'outside migrate',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\.\/.*index\.js$/ }, ({ path, resolveDir }) => {
      const name = relative('src', join(resolveDir, path))
      // What the packages import of themselves lies outside src.
      return name.startsWith('migrate/') || name.startsWith('..')
        ? undefined
        : { path: `../${name}`, external: true }
    })
  },
}

/** Builds the entry `migrate`. The packages that it reads files with are bundled into it. */
async function buildMigrate() {
  const { metafile } = await build({
    ...common,
    entryPoints: ['src/migrate/index.ts'],
    outfile: 'dist/migrate/index.js',
    format: 'esm',
    plugins: [outsideMigrate],
    metafile: true,
  })
  for (const input of Object.keys(metafile.inputs)) bundled.add(input)
}

/** Builds the adapters, each into one file. They import nothing, since they are given a registry or a sign-in. */
async function buildAdapters() {
  await build({
    ...common,
    entryPoints: ['adonis', 'auth-js', 'better-auth', 'passport'].map((name) => `src/adapters/${name}.ts`),
    outdir: 'dist/adapters',
    format: 'esm',
  })
}

/** The licences of the packages in the bundles. */
async function writeLicences() {
  const packages = new Set([...bundled].map((path) => /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(path)?.[1]))
  packages.delete(undefined)
  const texts = []
  for (const name of [...packages].sort()) {
    const { version, license } = JSON.parse(await readFile(`node_modules/${name}/package.json`, 'utf8'))
    const text = await Promise.any(
      ['LICENSE', 'LICENSE.txt', 'LICENSE.md'].map((file) =>
        readFile(`node_modules/${name}/${file}`, 'utf8'),
      ),
    )
    texts.push(`${name} ${version} (${license})\n\n${text.trim()}\n`)
  }
  await writeFile('dist/THIRD-PARTY-LICENSES.txt', texts.join(`\n${'-'.repeat(80)}\n\n`))
}

async function buildAll() {
  await rm('dist', { recursive: true, force: true })
  await buildEntries()
  await buildMigrate()
  await buildAdapters()
  await buildCommands(['src/cli/main.ts', 'src/conformance/main.ts', 'src/demo/demo.ts'])
  // npm makes installed commands executable; in a clone the build does it.
  await chmod('dist/cli/main.js', 0o755)
  await writeLicences()
}

/** Whether there is no build, or one of its sources was edited after it. */
async function isStale() {
  if (!existsSync('dist/cli/main.js')) return true
  const { mtimeMs } = await stat('dist/cli/main.js')
  const sources = (await readdir('src', { recursive: true })).map((path) => join('src', path))
  const times = await Promise.all(
    [...sources, 'esbuild.config.mjs', 'kernels.config.mjs', 'package.json', 'tsconfig.build.json'].map(
      (path) => stat(path),
    ),
  )
  return times.some((source) => source.mtimeMs > mtimeMs)
}

/** Builds before all tests, some of which run the built package. Vitest calls it. */
export async function setup() {
  if (!(await isStale())) return
  await buildAll()
  execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'])
}

if (process.argv[1] === import.meta.filename) await buildAll()
