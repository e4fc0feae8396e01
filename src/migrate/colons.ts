import { createProblem } from './account.js'
import type { Account } from './account.js'
import { splitLines } from './lines.js'
import type { ReadOptions } from './contract.js'

/** DES of crypt(3), which has no prefix. */
const DES = /^[./0-9A-Za-z]{13}$/

/** Reads lines whose fields stand between colons, the name first and the digest second: those of htpasswd and of shadow. */
export async function* readColons(
  text: AsyncIterable<string>,
  { hasher }: ReadOptions,
): AsyncGenerator<readonly Account[]> {
  for await (const lines of splitLines(text)) {
    const accounts: Account[] = []
    for (const { line, text: row } of lines) {
      if (row === undefined) accounts.push(createProblem(line, 'record-too-long'))
      else if (row.trim() !== '' && !row.startsWith('#')) accounts.push(readRow(line, row, hasher))
    }
    yield accounts
  }
}

function readRow(line: number, row: string, hasher: string | undefined): Account {
  const [login = '', digest] = row.split(':', 2)
  if (digest === undefined) return createProblem(line, 'missing-column')
  const named = hasher ?? (DES.test(digest) ? 'descrypt' : undefined)
  return {
    line,
    id: login,
    login,
    digest: digest === '' ? null : digest,
    ...(named !== undefined && { hasher: named }),
  }
}
