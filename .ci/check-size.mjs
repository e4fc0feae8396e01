// How large is passlift in a bundled application? The check fails where a bundle of two hashers alone has grown.
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const LIMIT = 45_700
const MAX_ADAPTER_BYTES = 3_000
const ADAPTERS = ['adonis', 'auth-js', 'better-auth', 'passport']

const all = await measure("export * from './dist/index.js'")
const some = await measure(`
  export * from './dist/core.js'
  export { md5, phpass } from './dist/hashers/index.js'
  export { bcryptTarget } from './dist/targets/index.js'
`)
print('all of passlift', all)
print('passlift/core, two hashers and bcryptTarget', some)
for (const name of ADAPTERS) {
  const adapter = await measure(`export * from './dist/adapters/${name}.js'`)
  print(`passlift/adapters/${name}`, adapter)
  if (adapter.minified >= MAX_ADAPTER_BYTES) {
    console.error(
      `passlift/adapters/${name} is to stay below ${MAX_ADAPTER_BYTES} bytes: it is ${adapter.minified}.`,
    )
    process.exitCode = 1
  }
}
if (some.gzipped >= LIMIT) {
  console.error(
    `passlift/core with two hashers and bcryptTarget is to stay below ${LIMIT} bytes: it is ${some.gzipped}.`,
  )
  process.exitCode = 1
}

async function measure(contents) {
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: '.' },
    bundle: true,
    minify: true,
    platform: 'node',
    format: 'esm',
    packages: 'external',
    write: false,
  })
  const [{ contents: bytes }] = outputFiles
  return { minified: bytes.length, gzipped: gzipSync(bytes, { level: 9 }).length }
}

function print(name, { minified, gzipped }) {
  console.log(`${name}: ${formatKilobytes(minified)} minified, ${formatKilobytes(gzipped)} gzipped`)
}

function formatKilobytes(bytes) {
  return `${(bytes / 1_000).toFixed(1)} kB`
}
