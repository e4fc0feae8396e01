import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'
import { EMBEDDED } from './esbuild.config.mjs'
import { compileKernel } from './kernels.config.mjs'

// The build makes these imports too, in esbuild.config.mjs.
const MADE = /\?(?:embedded|engine|wasm)$/

export default defineConfig({
  plugins: [
    {
      name: 'made',
      enforce: 'pre',
      resolveId: (id, importer = '') => (MADE.test(id) ? resolve(importer, '..', id) : undefined),
      load: async (id) => {
        if (!MADE.test(id)) return undefined
        const [path = '', ending = ''] = id.split('?')
        const bundle = EMBEDDED.get(ending)
        if (bundle !== undefined) return `export default ${JSON.stringify((await bundle(path)).text)}`
        const base64 = Buffer.from(await compileKernel(path)).toString('base64')
        return `export default new Uint8Array(Buffer.from('${base64}', 'base64'))`
      },
    },
  ],
  test: {
    include: ['src/**/*.test.ts'],
    globalSetup: 'esbuild.config.mjs',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Vitest leaves one core idle by default.
    maxWorkers: '100%',
  },
})
