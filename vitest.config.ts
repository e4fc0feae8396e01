import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'
import { bundleEmbedded } from './esbuild.config.mjs'

const MARK = '?embedded'

export default defineConfig({
  plugins: [
    {
      name: 'embedded',
      enforce: 'pre',
      resolveId: (id, importer = '') => (id.endsWith(MARK) ? resolve(importer, '..', id) : undefined),
      load: async (id) => {
        if (!id.endsWith(MARK)) return undefined
        const { text } = await bundleEmbedded(id.slice(0, -MARK.length))
        return `export default ${JSON.stringify(text)}`
      },
    },
  ],
  test: { include: ['src/**/*.test.ts'], testTimeout: 60_000 },
})
