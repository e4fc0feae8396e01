// How large is what an application bundles of passlift? Fails where all of it has reached the limit.
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'

const LIMIT = 60_000

const all = await measure("export * from './dist/index.js'")
const some = await measure(`
  export * from './dist/core.js'
  export { md5, phpass } from './dist/hashers/index.js'
  export { bcryptTarget } from './dist/targets/index.js'
`)
print('all of passlift', all)
print('passlift/core, two hashers and bcryptTarget', some)
if (all.gzipped >= LIMIT) {
  console.error(
    `All of passlift is to stay below ${LIMIT} bytes, minified and gzipped: it is ${all.gzipped}.`,
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
