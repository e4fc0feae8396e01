import { execFile } from 'node:child_process'
import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { nodeResolve } from '@rollup/plugin-node-resolve'
import { build } from 'esbuild'
import { rollup } from 'rollup'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import argon2 from '../compute/kernels/argon2.as.js?wasm'
import bcrypt from '../compute/kernels/bcrypt.as.js?wasm'
import digestLoops from '../compute/kernels/digest-loops.as.js?wasm'
import scrypt from '../compute/kernels/scrypt.as.js?wasm'
import * as builders from '../builders/index.js'
import { builtinHashers } from '../default.js'
import { installFakeArgon2, installPacked, nodeApi, unpackEngine } from './packed.fixture.js'
import { shareOf, takesAll } from './share.fixture.js'

// The tests bundle applications into one file from the published package, as bundlers of applications do, and run the file in
// a folder without node_modules.

const BCRYPT = '$2b$04$dLUN5fvDh9vaWmiRSUp5puhSnUQ7VygbIKLumNbYA8oUZ.GcS/NEe'
const CHECKS = [
  ['password', '5f4dcc3b5aa765d61d8327deb882cf99'],
  ['a', BCRYPT],
  ['b', BCRYPT],
  ['test12345', '$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0'],
  ['password', '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4'],
]
const IMPORT = `import { createRegistry, createSignIn, verify } from 'passlift'
const registry = createRegistry({ equalize: false })`
const MAIN = `console.log(await verify(...${JSON.stringify(CHECKS[0])}))
for (const [password, digest] of ${JSON.stringify(CHECKS)})
  console.log(await registry.verify(password, digest).catch(({ code, message }) => code + ' ' + message))
const signIn = createSignIn({ registry, find: () => ({ digest: '${BCRYPT}' }), replaceDigest: () => true })
console.log((await signIn('ada', 'a')) !== null)`
const IN_FUNCTION = `${IMPORT}\nconst main = async () => {${MAIN}}\nmain()`
const AT_TOP_LEVEL = `${IMPORT}\n${MAIN}`
const ONLY_ARGON2 = `${IMPORT}
registry.verify(...${JSON.stringify(CHECKS.at(-1))}).catch(({ code, message }) => console.log(code, message))`
// The example of a hasher shows that a bundle holds the hasher, since an example stands nowhere else.
const PARTS = `import { createRegistry, createSignIn, OverloadedError } from 'passlift/core'
import { md5, phpass } from 'passlift/hashers'
import { bcryptTarget } from 'passlift/targets'
const registry = createRegistry({ hashers: [md5, phpass], target: bcryptTarget() })
const signIn = createSignIn({ registry, find: () => ({ digest: '${BCRYPT}' }), replaceDigest: () => true })
registry.verify(...${JSON.stringify(CHECKS[3])}).then(async (answer) =>
  console.log(answer, (await signIn('ada', 'a')) !== null, new OverloadedError('ERR_OVERLOADED', '').name))`
const MAX_ADAPTER_BYTES = 3_000
const ADAPTERS = [
  ['adonis', 'createDriver', 'registry'],
  ['auth-js', 'createAuthorize', 'signIn'],
  ['better-auth', 'createBetterAuth', 'registry'],
  ['passport', 'createVerify', 'signIn'],
] as const
const HASHERS_OF_PARTS = ['bcrypt', 'bcrypt_sha256_django', 'md5', 'phpass']
const KERNELS_OF_PARTS = ['bcrypt', 'digest-loops']
const ONLY_ERROR = `import { OverloadedError } from 'passlift'
console.log(new OverloadedError('ERR_OVERLOADED', '').name)`
const TRUTHS = 'true\ntrue\ntrue\nfalse\ntrue\ntrue\ntrue'

interface Bundle {
  readonly input: string
  readonly output: string
}
/** Writes the bundle and returns the bundler's warnings. */
type Bundler = (bundle: Bundle) => Promise<readonly string[]>

const bundleByEsbuild =
  (format: 'esm' | 'cjs', minify: boolean): Bundler =>
  async ({ input, output }) => {
    const options = { bundle: true, platform: 'node', logLevel: 'silent' } as const
    const { warnings } = await build({ ...options, entryPoints: [input], outfile: output, format, minify })
    return warnings.map(({ text }) => text)
  }

const bundleByRollup =
  (format: 'es' | 'cjs', external: readonly string[]): Bundler =>
  async ({ input, output }) => {
    const warnings: string[] = []
    const bundle = await rollup({
      input,
      external: [...external],
      plugins: [nodeResolve({ preferBuiltins: true })],
      onwarn: ({ code, exporter }) => warnings.push(`${code ?? ''} ${exporter ?? ''}`),
    })
    await bundle.write({ file: output, format, inlineDynamicImports: true })
    await bundle.close()
    return warnings
  }

// Rollup warns of every import that it cannot find and that is not declared external, even of an import that may fail.
const UNRESOLVED = ['UNRESOLVED_IMPORT argon2']
const BUNDLERS: readonly (readonly [string, 'mjs' | 'cjs', Bundler, readonly string[]])[] = [
  ['esbuild to an ES module', 'mjs', bundleByEsbuild('esm', false), []],
  ['esbuild to CommonJS', 'cjs', bundleByEsbuild('cjs', false), []],
  ['Rollup to an ES module', 'mjs', bundleByRollup('es', []), UNRESOLVED],
  ['Rollup to CommonJS', 'cjs', bundleByRollup('cjs', []), UNRESOLVED],
]
// A share of the bundlers: esbuild to an ES module and Rollup to CommonJS. A run of everything takes all four.
const TAKEN = shareOf(BUNDLERS, 3)
const VARIANTS: typeof BUNDLERS = [
  ['esbuild to an ES module, minified', 'mjs', bundleByEsbuild('esm', true), []],
  ['esbuild to CommonJS, minified', 'cjs', bundleByEsbuild('cjs', true), []],
  ['Rollup to an ES module, argon2 declared external', 'mjs', bundleByRollup('es', ['argon2']), []],
  ['Rollup to CommonJS, argon2 declared external', 'cjs', bundleByRollup('cjs', ['argon2']), []],
]

describe('an application bundled into one file', () => {
  let installed = ''
  let place = 0

  beforeAll(async () => {
    installed = await installPacked()
  })
  afterAll(async () => {
    await rm(installed, { recursive: true })
    await rm(elsewhere(), { recursive: true })
  })

  const elsewhere = (): string => `${installed}-run`

  const bundle = async (code: string, kind: string, bundler: Bundler) => {
    const name = `app-${++place}`
    const input = join(installed, `${name}.mjs`)
    const folder = join(elsewhere(), name)
    const output = join(folder, `bundle.${kind}`)
    await mkdir(folder, { recursive: true })
    await writeFile(input, code)
    const warnings = await bundler({ input, output })
    expect(await readdir(folder)).toEqual([`bundle.${kind}`])
    return { folder, output, warnings }
  }

  const run = (output: string, flags: readonly string[] = []): Promise<unknown> =>
    new Promise((resolve) => {
      const child = execFile(
        process.execPath,
        [...flags, output],
        { timeout: 30_000 },
        (_, stdout, stderr) => {
          resolve({ code: child.exitCode, stdout: stdout.trim(), stderr })
        },
      )
    })

  test.each([...TAKEN, ...(takesAll ? VARIANTS : [])])('by %s works', async (_, kind, bundler, expected) => {
    // CommonJS has no await at its top level.
    for (const code of kind === 'mjs' ? [IN_FUNCTION, AT_TOP_LEVEL] : [IN_FUNCTION]) {
      const { output, warnings } = await bundle(code, kind, bundler)
      expect(warnings).toEqual(expected)
      expect(await run(output)).toEqual({ code: 0, stdout: TRUTHS, stderr: '' })
    }
  })

  test.each(TAKEN)('by %s holds only the hashers and kernels that it imports', async (_, kind, bundler) => {
    const { output } = await bundle(PARTS, kind, bundler)
    const code = await readFile(output, 'utf8')
    expect(hashersIn(code)).toEqual(HASHERS_OF_PARTS)
    expect(kernelsIn(code)).toEqual(KERNELS_OF_PARTS)
    expect(code).not.toMatch(/builtinHashers|defaultRegistry|scrypt_(?:firebase|werkzeug)/)
    // Of the language of expressions there is neither the parser nor the hash functions nor the engine.
    expect(code).not.toMatch(/whirlpool|utf16be|blake2s256/)
    expect(await run(output)).toEqual({ code: 0, stdout: 'true true OverloadedError', stderr: '' })
  })

  test.each(TAKEN)('by %s holds no builder but the one that it imports', async (_, kind, bundler) => {
    const one = `import { grafana } from 'passlift/builders'
console.log(grafana({ password: '${'0'.repeat(100)}', salt: 'text' }).length)`
    const code = await readFile((await bundle(one, kind, bundler)).output, 'utf8')
    // The name of a builder is a text in its errors, and a preset has its name and its expressions.
    const others = Object.keys(builders).filter((name) => name !== 'grafana')
    expect(others.filter((name) => new RegExp(`['"]${name}['"]`).test(code))).toEqual([])
    expect(code).not.toMatch(/md5\(|sha1\(|\$argon2/)
  })

  test.each(ADAPTERS)(
    'with the adapter %s holds under 3 kB more, and no hasher or kernel but those that it imports',
    async (name, maker, argument) => {
      const minify = bundleByEsbuild('esm', true)
      const measure = async (code: string) => readFile((await bundle(code, 'mjs', minify)).output, 'utf8')
      const adapter = `\nimport { ${maker} } from 'passlift/adapters/${name}'
console.log(typeof ${maker}(${argument}, 'email'))`
      const [without, code] = [await measure(PARTS), await measure(PARTS + adapter)]
      expect(hashersIn(code)).toEqual(HASHERS_OF_PARTS)
      expect(kernelsIn(code)).toEqual(KERNELS_OF_PARTS)
      expect(code.length - without.length).toBeGreaterThan(0)
      expect(code.length - without.length).toBeLessThan(MAX_ADAPTER_BYTES)
    },
  )

  test.each(TAKEN)(
    "by %s holds no hasher where it imports only an error from 'passlift'",
    async (_, kind, bundler) => {
      const { output } = await bundle(ONLY_ERROR, kind, bundler)
      const code = await readFile(output, 'utf8')
      expect([...hashersIn(code), ...kernelsIn(code)]).toEqual([])
      expect(code).not.toMatch(/builtinHashers|defaultRegistry/)
      expect(await run(output)).toEqual({ code: 0, stdout: 'OverloadedError', stderr: '' })
    },
  )

  test.each(TAKEN)(
    'by %s looks for the argon2 package beside the bundle where there is no WebAssembly, and checks its version',
    async (_, kind, bundler) => {
      const { folder, output } = await bundle(ONLY_ARGON2, kind, bundler)
      const runWithout = (napi: string) => run(output, ['--noexpose-wasm', nodeApi(napi)])
      const missing = 'this digest needs the argon2 package here, and it cannot be loaded.'
      expect(await runWithout('9')).toEqual(unavailable(missing))
      await installFakeArgon2(folder, '0.45.1')
      const crashing = 'the argon2 package that is installed crashes Node before 22.14.'
      expect(await runWithout('9')).toEqual(unavailable(crashing))
      // The fake package ends the process when it is loaded.
      expect(await runWithout('10')).toEqual({ code: 9, stdout: '', stderr: '' })
    },
  )
})

/** The names of the hashers that a bundle holds, sorted. */
function hashersIn(code: string): readonly string[] {
  return builtinHashers
    .filter(({ example }) => code.includes(example))
    .map(({ name }) => name)
    .toSorted()
}

/** The names of the kernels that a bundle holds, sorted. A kernel is packed together with the engine that threads run. */
function kernelsIn(code: string): readonly string[] {
  const packed = (code.match(/(?<=["'`])[A-Za-z0-9+/]{500,}=*(?=["'`])/g) ?? []).map(unpackEngine)
  return Object.entries({ argon2, bcrypt, 'digest-loops': digestLoops, scrypt })
    .filter(([, bytes]) => packed.some(({ kernel }) => kernel.equals(bytes)))
    .map(([name]) => name)
}

function unavailable(text: string): unknown {
  const stdout = `ERR_ENGINE_UNAVAILABLE argon2: ${text} Run: npm install argon2@~0.44.0`
  return { code: 0, stdout, stderr: '' }
}
