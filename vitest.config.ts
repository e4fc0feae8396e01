import { readdirSync, readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { defineConfig } from 'vitest/config'
import { EMBEDDED } from './esbuild.config.mjs'
import { compileKernel } from './kernels.config.mjs'

// The endings that esbuild.config.mjs gives a meaning.
const MADE = /\?(?:embedded|engine|wasm)$/

// The text of a test file that changes or watches what test files of one process share. Each such file has a process of its own.
const APART =
  /\bvi\.(?:mock|doMock|spyOn|stub|useFake|resetModules)|\bprocess\.|\bglobalThis\b|\.prototype\b|defineProperty|WebAssembly|Worker|createRuntime/

const files = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.test.ts'))
  .map((path) => join('src', path))
const apart = files.filter((path) => APART.test(readFileSync(path, 'utf8')))

export default defineConfig(({ mode }) => ({
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
    globalSetup: 'esbuild.config.mjs',
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // One core is left idle by default.
    maxWorkers: '100%',
    projects: [
      { name: 'apart', include: apart },
      { name: 'together', include: ['src/**/*.test.ts'], exclude: apart, isolate: false },
      // The mode is that of npm run test:all; a project has what it provides from nowhere else.
    ].map((project) => ({ extends: true, test: { ...project, provide: { takesAll: mode === 'all' } } })),
  },
}))
