/**
 * An error for a call or an input that makes no sense. Its message repeats nothing of the input, and only the words of the
 * call that unknown-names.ts allows: any other word might be a password.
 */
export class MisuseError extends Error {
  /** Whether the report of the error names the help of the command. */
  readonly needsHelp: boolean

  constructor(message: string, { needsHelp = false }: { readonly needsHelp?: boolean } = {}) {
    super(message)
    this.name = 'MisuseError'
    this.needsHelp = needsHelp
  }
}

/** The code of a system error, with its reason. The path is not shown: it may be a digest in the wrong place. */
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
