import type { Answer, Command } from '../cli/command.js'
import { VECTORS_HELP } from '../cli/help.js'
import { DIGEST_PLACE, looksLikeDigest } from '../cli/misplaced-digest.js'
import { describeSystemError, MisuseError } from '../cli/misuse-error.js'
import { print } from '../cli/output.js'
import type { VectorReport } from './vector-checks.js'

const MAX_FAILURES_SHOWN = 20

export const vectors: Command = {
  name: 'vectors',
  help: VECTORS_HELP,
  options: ['full'],
  operand: 'folder',
  run: async ({ flags, operand: folder = 'vectors' }): Promise<Answer> => {
    const checkFiles = await openFolder(folder)
    const files: VectorReport[] = []
    for await (const report of checkFiles({ full: flags.has('full') })) {
      files.push(report)
      // A run takes a minute or more: each line is printed when it is known.
      if (!flags.has('json')) await print(describe(report))
    }
    const hasFailed = files.some(({ failures }) => failures.length > 0)
    return {
      exitCode: hasFailed ? 1 : 0,
      lines: [],
      json: { outcome: hasFailed ? 'failed' : 'passed', files },
    }
  },
}

type CheckFiles = (options: { readonly full: boolean }) => AsyncIterable<VectorReport>

async function openFolder(folder: string): Promise<CheckFiles> {
  // The validator of vector files is large; the other commands start without it.
  const { openVectorFolder } = await import('./vector-run.js')
  try {
    return await openVectorFolder(folder)
  } catch (error) {
    const isOwn = error instanceof Error && !('code' in error)
    if (isOwn) throw new MisuseError(error.message)
    const hint = looksLikeDigest(folder) ? ` Its name looks like a digest: ${DIGEST_PLACE}` : ''
    throw new MisuseError(`The folder could not be read (${describeSystemError(error)}).${hint}`)
  }
}

function describe({ hasher, valid, invalid, malformed, derived, failures }: VectorReport): readonly string[] {
  const counts = `${valid} valid, ${invalid} invalid, ${malformed} malformed, ${derived} derived checks`
  const shown = failures.slice(0, MAX_FAILURES_SHOWN).map((failure) => `  ${failure}`)
  if (failures.length > shown.length) shown.push(`  and ${failures.length - shown.length} more`)
  return [`${hasher.padEnd(22)} ${counts}, ${failures.length} failures`, ...shown]
}
