// Bundles the entries into dist/. tsc writes the types beside them: see "build" in package.json.
import { rmSync } from 'node:fs'
import { build } from 'esbuild'

rmSync('dist', { recursive: true, force: true })

await build({
  entryPoints: [
    'src/index.ts',
    'src/core.ts',
    'src/hashers/index.ts',
    'src/targets/index.ts',
    'src/cli/demo.ts',

    'src/cli/run-vectors.ts',
  ],
  outdir: 'dist',
  outbase: 'src',
  chunkNames: 'chunks/[name]-[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  packages: 'external',
  logLevel: 'warning',
})
