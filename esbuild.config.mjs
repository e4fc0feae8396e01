// Bundles the entries into dist/. tsc writes the types beside them: see "build" in package.json.
import { existsSync } from 'node:fs'
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { build } from 'esbuild'
import { compileKernel } from './kernels.config.mjs'

const common = {
  bundle: true,
  platform: 'node',
  target: 'node20.19',
  logLevel: 'warning',
  legalComments: 'none',
}

const kernels = {
  name: 'kernels',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /\?wasm$/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path.slice(0, -'?wasm'.length)),
      namespace: 'wasm',
    }))
    onLoad({ filter: /.*/, namespace: 'wasm' }, async ({ path }) => ({
      contents: await compileKernel(path),
      loader: 'binary',
    }))
  },
}

/** What `import text from './module.js?embedded'` gives: the module bundled on its own, as text. */
export async function bundleEmbedded(path) {
  const { outputFiles, metafile } = await build({
    ...common,
    entryPoints: [path.replace(/\.js$/, '.ts')],
    format: 'cjs',
    minify: true,
    plugins: [kernels],
    write: false,
    metafile: true,
  })
  return { text: outputFiles[0].text, inputs: Object.keys(metafile.inputs) }
}

const bundled = new Set()

const embedded = {
  name: 'embedded',
  setup({ onLoad, onResolve }) {
    onResolve({ filter: /\?embedded$/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, path.slice(0, -'?embedded'.length)),
      namespace: 'embedded',
    }))
    onLoad({ filter: /.*/, namespace: 'embedded' }, async ({ path }) => {
      const { text, inputs } = await bundleEmbedded(path)
      for (const input of inputs) bundled.add(input)
      return { contents: text, loader: 'text' }
    })
  },
}

/** The entries share one file, whatever they re-export: every file more costs an importing process a millisecond. */
async function buildEntries(entries) {
  const exportsOf = async (entry) => {
    const { metafile } = await build({
      ...common,
      entryPoints: [entry],
      format: 'esm',
      packages: 'external',
      plugins: [embedded, kernels],
      outdir: 'dist',
      write: false,
      metafile: true,
    })
    return Object.values(metafile.outputs).find(({ entryPoint }) => entryPoint === entry).exports
  }
  const lists = await Promise.all(entries.map(exportsOf))
  const shared = entries.map((entry, place) => {
    const names = lists[place].map((name) => `${name} as ${name}_${place}`)
    return `export { ${names.join(', ')} } from './${entry}'`
  })
  await build({
    ...common,
    minifySyntax: true,
    minifyWhitespace: true,
    stdin: { contents: shared.join('\n'), resolveDir: '.', sourcefile: 'passlift.ts', loader: 'ts' },
    outfile: 'dist/passlift.js',
    format: 'esm',
    packages: 'external',
    plugins: [embedded, kernels],
  })
  for (const [place, entry] of entries.entries()) {
    const path = entry.replace(/^src/, 'dist').replace(/\.ts$/, '.js')
    const names = lists[place].map((name) => `${name}_${place} as ${name}`)
    const up = dirname(path) === 'dist' ? '.' : '..'
    await mkdir(dirname(path), { recursive: true })
    await writeFile(path, `export { ${names.join(', ')} } from '${up}/passlift.js'\n`)
  }
}

/** The commands use the package as an application does: nothing of it is bundled into them. */
async function buildCommands(entryPoints) {
  const { metafile } = await build({
    ...common,
    entryPoints,
    outbase: 'src',
    outdir: 'dist',
    chunkNames: 'cli/chunk-[name]-[hash]',
    format: 'esm',
    splitting: true,
    external: ['../index.js'],
    minify: true,
    banner: {
      js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);",
    },
    metafile: true,
  })
  for (const input of Object.keys(metafile.inputs)) bundled.add(input)
}

/** The licences of what stands in the bundles. */
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
  await buildEntries(['src/index.ts', 'src/core.ts', 'src/hashers/index.ts', 'src/targets/index.ts'])
  await buildCommands(['src/demo/demo.ts', 'src/cli/main.ts'])
  // npm makes what it installs executable; in a clone nobody else does.
  await chmod('dist/cli/main.js', 0o755)
  await writeLicences()
}

/** Vitest calls this before all tests: some run what was built. */
export async function setup() {
  if (!existsSync('dist/cli/main.js')) await buildAll()
}

if (process.argv[1] === import.meta.filename) await buildAll()
