/**
 * The call makes no sense, or the input does not. The message repeats nothing of the input, and of the call what
 * unknown-names.ts allows: anything else might be a password.
 */
export class MisuseError extends Error {
  /** Whether the help of the command answers the question. */
  readonly needsHelp: boolean

  constructor(message: string, { needsHelp = false }: { readonly needsHelp?: boolean } = {}) {
    super(message)
    this.name = 'MisuseError'
    this.needsHelp = needsHelp
  }
}

/** Why the system refused to read or write: its code, and no path, which might be a digest in the wrong place. */
export function describeSystemError(error: unknown): string {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'no code'
  const reason = REASONS.get(code)
  return reason === undefined ? code : `${code}: ${reason}`
}

const REASONS: ReadonlyMap<string, string> = new Map([
  ['ENOENT', 'there is nothing of that name'],
  ['ENOTDIR', 'that is no folder'],
  ['EISDIR', 'that is a folder'],
  ['EACCES', 'that may not be read'],
  ['ENAMETOOLONG', 'that is too long for a name'],
  ['ENOSPC', 'no space is left'],
])
