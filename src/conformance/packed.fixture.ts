import { execFile } from 'node:child_process'
import { cp, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { brotliDecompressSync } from 'node:zlib'

// The tests of the published package share these functions, which do not use the network.

export const ROOT = join(import.meta.dirname, '../..')

export interface PackedFile {
  /** The path relative to the package, with slashes. */
  readonly path: string
  readonly mode: number
}

/** The files that `npm pack` would put into the tarball, sorted by path. */
export async function listPacked(): Promise<readonly PackedFile[]> {
  const { stdout } = await promisify(execFile)('npm', ['pack', '--dry-run', '--json', '--ignore-scripts'], {
    cwd: ROOT,
    env: { ...process.env, npm_config_offline: 'true', npm_config_update_notifier: 'false' },
  })
  const answer: unknown = JSON.parse(stdout)
  // npm prints a list of packages, or an object of them by name, depending on its version.
  const [packed]: readonly unknown[] = isRecord(answer) ? Object.values(answer) : []
  if (!isRecord(packed) || !Array.isArray(packed['files'])) throw new Error('npm pack gave no list of files.')
  const files: readonly unknown[] = packed['files']
  return files.map(readFileEntry).toSorted((first, second) => (first.path < second.path ? -1 : 1))
}

/** Makes a folder outside this repository. Its node_modules holds the package and no dependency of the package. */
export async function installPacked(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'passlift-packed-'))
  for (const { path } of await listPacked()) {
    const target = join(folder, 'node_modules/passlift', path)
    await mkdir(dirname(target), { recursive: true })
    await cp(join(ROOT, path), target)
  }
  return folder
}

/** Installs a fake argon2 package of some version in a folder. Loading it ends the process with code 9. */
export async function installFakeArgon2(folder: string, version: string): Promise<void> {
  const target = join(folder, 'node_modules/argon2')
  await rm(target, { recursive: true, force: true })
  await mkdir(target, { recursive: true })
  await writeFile(join(target, 'package.json'), JSON.stringify({ name: 'argon2', version, main: 'main.cjs' }))
  await writeFile(join(target, 'main.cjs'), 'process.exit(9)')
}

/** Reads an engine of the package: the length of its code in four bytes, the code and the kernel, compressed, in base64. */
export function unpackEngine(text: string): { readonly code: string; readonly kernel: Buffer } {
  const bytes = brotliDecompressSync(Buffer.from(text, 'base64'))
  const end = 4 + bytes.readUInt32LE(0)
  return { code: bytes.subarray(4, end).toString(), kernel: bytes.subarray(end) }
}

/** The option of Node that loads a module before an application, so that `process.versions` names this version of Node-API. */
export function nodeApi(version: string): string {
  const code = `Object.defineProperty(process, 'versions', { value: { ...process.versions, napi: '${version}' } })`
  return `--import=data:text/javascript,${encodeURIComponent(code)}`
}

function readFileEntry(entry: unknown): PackedFile {
  if (isRecord(entry) && typeof entry['path'] === 'string' && typeof entry['mode'] === 'number') {
    return { path: entry['path'], mode: entry['mode'] }
  }
  throw new Error('npm pack gave a file without a path or a mode.')
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
