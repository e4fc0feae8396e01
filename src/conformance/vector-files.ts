import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import schema from '../../vectors/schema.json' with { type: 'json' }
import type { Problem } from '../index.js'

/** One file of test vectors, as vectors/schema.json describes it. */
export interface VectorFile {
  readonly hasher: string
  readonly description: string
  readonly spellings: readonly Spelling[]
  readonly siblings: readonly Sibling[]
  readonly cuts: readonly { readonly description: string; readonly pattern: string }[]
  /** The other hashers for which the same password may match the same digest. */
  readonly alike?: readonly string[]
  /** Whether the digests hold control characters of ASCII. */
  readonly controls?: true
  readonly notes: Readonly<Record<string, { readonly kind: string }>>
  readonly groups: readonly { readonly source: Source; readonly tests: readonly VectorTest[] }[]
}

export interface Spelling {
  readonly description: string
  readonly pattern: string
  readonly rewrite: string
}

/** A rewrite of a digest to another algorithm, which makes the same checksum unless the test has the flag `unless`. */
export interface Sibling extends Spelling {
  readonly unless: string
}

export interface Source {
  readonly name: string
  readonly version: string
  readonly how: string
  readonly command: string
}

export interface VectorTest {
  readonly tcId: number
  readonly comment: string
  readonly flags: readonly string[]
  readonly password?: string
  readonly passwordHex?: string
  readonly context?: { readonly username: string }
  readonly digest: string
  readonly result: 'valid' | 'invalid' | 'malformed'
  readonly problem?: Problem
  readonly field?: string
}

/**
 * Reads every vector file of a folder.
 *
 * @throws Error that names the file and the fault in it
 */
export async function readVectorFolder(folder: string): Promise<readonly VectorFile[]> {
  const names = (await readdir(folder)).filter((name) => name.endsWith('.json') && name !== 'schema.json')
  if (names.length === 0) throw new Error(`${folder} holds no vector files (<hasher>.json).`)
  const validate = new Ajv2020().compile<VectorFile>(schema)
  const files: VectorFile[] = []
  for (const name of names.sort()) {
    const file = parseJson(name, await readFile(join(folder, name), 'utf8'))
    if (!validate(file)) {
      const [error] = validate.errors ?? []
      throw new Error(
        `${name}: ${error?.instancePath ?? ''} ${error?.message ?? 'does not follow the schema'}.`,
      )
    }
    assertNumbered(name, file)
    files.push(file)
  }
  return files
}

export function passwordOf(test: VectorTest): string | Uint8Array {
  return test.passwordHex === undefined ? (test.password ?? '') : Buffer.from(test.passwordHex, 'hex')
}

/** The context of the call that checks a test; a digest that needs none is checked without. */
export function contextOf({ context }: VectorTest): { readonly context?: { readonly username: string } } {
  return context === undefined ? {} : { context }
}

/** Checks what a JSON schema cannot check: the name of the file, the order of the numbers, flags without a note. */
function assertNumbered(name: string, file: VectorFile): void {
  if (name !== `${file.hasher}.json`) throw new Error(`${name}: a file is named after its hasher.`)
  const tests = file.groups.flatMap((group) => group.tests)
  tests.forEach(({ tcId, flags }, index) => {
    if (tcId !== index + 1) throw new Error(`${name}: tcId ${tcId} stands where ${index + 1} should.`)
    const unknown = flags.find((flag) => !Object.hasOwn(file.notes, flag))
    if (unknown !== undefined) throw new Error(`${name}: tcId ${tcId} has a flag without a note.`)
  })
}

/** Parses JSON. The message of the error is not that of the parser, which would quote the file. */
function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new Error(`${name}: that is not JSON.`)
  }
}
