/** A word as a POSIX shell reads it back. */
export function quoteWord(word: string): string {
  return /^[\w@%+=:,./-]+$/.test(word) ? word : `'${word.replaceAll("'", "'\\''")}'`
}

/** The name of a file, which is no option where it begins with a dash. */
export function quoteFile(path: string): string {
  return quoteWord(path.startsWith('-') ? `./${path}` : path)
}
