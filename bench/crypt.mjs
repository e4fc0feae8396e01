// How fast are the kernels of crypt(3) beside the C library's crypt(), without the way to a thread and back? `verify` computes
// in a thread, and asking one takes a tenth of a millisecond, as long as one check of md5crypt.
import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'esbuild'
import { compileKernel } from '../kernels.config.mjs'
import { formatNumber, formatSpread, median } from './support/measure.mjs'
import { startPrograms } from './support/peers-programs.mjs'
import { printNote, printTable } from './support/table.mjs'

const KERNELS = join(import.meta.dirname, '../src/compute/kernels')
const PASSWORD = 'correct horse'
const SALT = 'saltsalt'
const ROUNDS = 15
// A batch takes about so many milliseconds.
const BATCH = 40

/** An aim is the most that the kernel's time over crypt()'s may be. `fields` are those of the kernel's `derive`. */
const CASES = [
  { name: 'md5crypt', aim: 1.15, setting: `$1$${SALT}$`, fields: { variant: 'md5', rounds: 1_000 } },
  { name: 'sha256crypt', aim: 1.3, setting: `$5$${SALT}$`, fields: { variant: 'sha256', rounds: 5_000 } },
  { name: 'sha512crypt', aim: 1.3, setting: `$6$${SALT}$`, fields: { variant: 'sha512', rounds: 5_000 } },
  { name: 'sha1crypt', setting: `$sha1$24680$${SALT}$`, fields: { variant: 'sha1', rounds: 24_680 } },
  { name: 'descrypt', aim: 2, setting: '..', fields: { variant: 'unix', count: 25 } },
  {
    name: 'yescrypt',
    aim: 2,
    setting: '$y$j9T$AAAAAAAAAAAAAAAAAAAAA.',
    fields: { variant: 'rw', N: 4_096, r: 32, p: 1, t: 0 },
  },
  { name: 'bsdicrypt', setting: '_J9......', fields: { variant: 'bsdi', count: 725 } },
]

const digest = await makeKernel('crypt-digest', 'createCryptDigestKernel')
const des = await makeKernel('crypt-des', 'createCryptDesKernel')
const yescrypt = await makeKernel('yescrypt', 'createYescryptKernel')
const { found, absent } = await startPrograms()
const program = found['perl crypt()']
try {
  if (program === undefined) throw new Error(`There is no crypt() here: ${absent.join(', ')}.`)
  const rows = []
  for (const one of CASES) rows.push(await compare(one))
  printNote(await program.describe())
  const heads = ['scheme', 'ratio (min-max)', 'aim', 'kernel, ms', 'crypt(), ms']
  printTable("The kernel's time over crypt()'s, one password after the other", heads, rows)
} finally {
  for (const one of Object.values(found)) one.stop()
}

async function compare({ name, aim, setting, fields }) {
  const kernel = 'N' in fields ? yescrypt : 'count' in fields ? des : digest
  const salt = 'rounds' in fields ? saltOf(fields) : new Uint8Array('N' in fields ? 16 : 3)
  const job = { ...fields, password: Buffer.from(PASSWORD), salt }
  const derive = () => kernel.derive(job)
  // The other program times a digest that does not match too, and takes as long for it.
  const ask = async (calls) => (await program.ask(calls, ['crypt', PASSWORD, setting])).milliseconds
  for (let warmUp = 0; warmUp < 20; warmUp++) derive()
  const calls = Math.max(1, Math.round(BATCH / ((await ask(20)) / 20)))
  const times = { kernel: [], crypt: [] }
  for (let round = 0; round < ROUNDS; round++) {
    const start = performance.now()
    for (let call = 0; call < calls; call++) derive()
    times.kernel.push((performance.now() - start) / calls)
    times.crypt.push((await ask(calls)) / calls)
  }
  const ratios = times.kernel.map((milliseconds, round) => milliseconds / times.crypt[round])
  const shown = [times.kernel, times.crypt].map((list) => formatNumber(median(list), 4))
  return [`\`${name}\``, formatSpread(ratios), aim === undefined ? '' : `≤ ${aim}`, ...shown]
}

function saltOf({ variant, rounds }) {
  return Buffer.from(variant === 'sha1' ? `${SALT}$sha1$${rounds}` : SALT)
}

/** The kernel of a wrapper's file, as the build makes it. */
async function makeKernel(name, create) {
  const folder = await mkdtemp(join(tmpdir(), 'passlift-'))
  try {
    const outfile = join(folder, `${name}.mjs`)
    const entryPoints = [join(KERNELS, `${name}.ts`)]
    await build({ entryPoints, outfile, bundle: true, format: 'esm', platform: 'node', logLevel: 'warning' })
    const text = readFileSync(outfile, 'utf8')
    const wrapper = await import(`data:text/javascript,${encodeURIComponent(text)}`)
    const bytes = await compileKernel(join(KERNELS, `${name}.as.js`))
    return wrapper[create](new WebAssembly.Module(bytes))
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
