import { csvOf } from './writer.js'
import type { Writer } from './writer.js'

/**
 * passlift's own NDJSON, which keeps every digest as it is:
 *
 *     {"id":"1","login":"ada@example.com","digest":"$2b$12$…","hasher":null}
 */
export const ndjsonWriter: Writer = {
  ...{ name: 'ndjson', begin: '', between: '', end: '', isCsv: false, takesAll: true },
  write: ({ id, login, digest, hasher }) => ({
    value: `${JSON.stringify({ id, login: login ?? null, digest, hasher: hasher ?? null })}\n`,
  }),
}

/** passlift's own CSV. A cell is empty where the account has no login, no password, or names no hasher. */
export const csvWriter: Writer = {
  ...csvOf(['id', 'login', 'digest', 'hasher']),
  ...{ name: 'csv', takesAll: true },
  write: ({ id, login, digest, hasher }) => ({ value: [id, login ?? '', digest ?? '', hasher ?? ''] }),
}
