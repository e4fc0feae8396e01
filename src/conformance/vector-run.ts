import { createRegistry } from '../index.js'
import { checkVectorFile } from './vector-checks.js'
import type { VectorReport } from './vector-checks.js'
import { readVectorFolder } from './vector-files.js'

/**
 * Reads a folder of vector files.
 *
 * @returns checks the files, one after another
 * @throws Error that names a file and what is wrong with it
 */
export async function openVectorFolder(
  folder: string,
): Promise<(options: { readonly full: boolean }) => AsyncGenerator<VectorReport>> {
  const files = await readVectorFolder(folder)
  // The vectors ask what a digest says, not how long an answer takes.
  const registry = createRegistry({ equalize: false })
  return async function* checkFiles({ full }) {
    for (const file of files) yield await checkVectorFile(registry, file, { full })
  }
}
