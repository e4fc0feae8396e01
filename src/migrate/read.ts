import { BOUNDS, createProblem } from './account.js'
import type { Account } from './account.js'
import type { Reader, ReadOptions } from './contract.js'
import { inputError, optionError } from './errors.js'
import { peek } from './reader.js'
import { beginsLikeFirebase } from './readers/firebase.js'
import { READERS } from './readers/index.js'
import { detectForm } from './records.js'
import { isUnicode } from './utf8.js'

export interface ReadAccountsOptions extends ReadOptions {
  /** The name of a reader, or a reader; default the first that knows the file. */
  readonly from?: string | Reader
}

/** The accounts of an export, and the name of the reader that reads it. */
export interface Accounts {
  readonly from: string
  readonly batches: AsyncIterable<readonly Account[]>
}

/**
 * Reads an export.
 *
 * @param text the file's text, as `openInput` gives it
 * @throws PassliftError `ERR_MIGRATE_OPTION` for a reader that does not exist, and for options that it cannot read by;
 *   `ERR_MIGRATE_INPUT` where the file cannot be read, while it is read, too
 */
export async function readAccounts(
  text: AsyncIterable<string>,
  { from, ...options }: ReadAccountsOptions = {},
): Promise<Accounts> {
  const named = typeof from === 'string' ? findReader(from) : from
  const { head, whole, close } = await peek(text)
  try {
    if (head.trim() === '') throw inputError('The file is empty.')
    const reader = named ?? READERS.find(({ detect }) => detect(head)) ?? genericFor(head)
    reader.check?.(options)
    return { from: reader.name, batches: checkText(reader.read(whole, options)) }
  } catch (error) {
    await close()
    throw error
  }
}

/** Gives an account whose texts are no UTF-8, or too long, a problem: an id or a digest is never altered. Other parts of its row may hold any bytes. */
async function* checkText(batches: AsyncIterable<readonly Account[]>): AsyncGenerator<readonly Account[]> {
  for await (const batch of batches) {
    yield batch.map((account) => {
      if (isTooLong(account)) return createProblem(account.line, 'value-too-long')
      return isText(account) ? account : createProblem(account.line, 'not-utf8')
    })
  }
}

function isTooLong({ id, login = '', digest, hasher = '' }: Account): boolean {
  return Math.max(id.length, login.length, digest?.length ?? 0, hasher.length) > BOUNDS.value
}

function isText({ id, login, digest, hasher }: Account): boolean {
  return isUnicode(digest ?? '') && isUnicode(id) && isUnicode(login ?? '') && isUnicode(hasher ?? '')
}

function findReader(from: string): Reader {
  const reader = READERS.find(({ name }) => name === from)
  if (reader !== undefined) return reader
  const names = READERS.map(({ name }) => name).join(', ')
  throw optionError(
    `There is no such reader. There are: ${names}, and firebase with the settings of its project.`,
  )
}

/** The reader of a table or list that no system is known by. */
function genericFor(head: string): Reader {
  if (beginsLikeFirebase(head)) {
    throw inputError(
      'This is an export of Firebase, which is read with the settings of its project: --from firebase --hash-config FILE, or createFirebaseReader.',
    )
  }
  const form = detectForm(head)
  const reader = READERS.find(({ name }) => name === form)
  if (reader === undefined) throw new TypeError(`There is a reader of ${form}.`)
  return reader
}
