import { BOUNDS, createProblem } from './account.js'
import type { Account } from './account.js'
import { splitLines } from './lines.js'
import type { Line } from './lines.js'
import type { ReadOptions } from './contract.js'
import { decode } from './fields.js'
import { decodeUtf8 } from './utf8.js'

/** Whether the first line that is no comment, nor part of a folded one, nor the version is a name of an entry, and no user `dn`. */
export function beginsLikeLdif(head: string): boolean {
  const first = head
    .split(/\r\n?|\n/)
    .find((line) => line.trim() !== '' && !/^(?:#| |version: *\d+ *$)/i.test(line))
  return first !== undefined && /^dn:(?::? |[a-z][\w.;-]*=)/i.test(first)
}

/**
 * Reads the entries of LDIF (RFC 2849): folded lines, base64 behind two colons, and an account for each value of `userPassword`. An
 * entry without `userPassword` is an account without a password.
 */
export async function* readLdif(
  text: AsyncIterable<string>,
  { hasher }: ReadOptions,
): AsyncGenerator<readonly Account[]> {
  let entry: Entry | undefined
  let isComment = false
  for await (const lines of splitLines(text)) {
    const accounts: Account[] = []
    for (const one of lines) {
      // A comment may be folded too, within an entry.
      if (isComment && one.text?.startsWith(' ') === true) continue
      isComment = one.text?.startsWith('#') === true
      if (isComment) continue
      if (one.text === '') {
        if (entry !== undefined) accounts.push(...close(entry, hasher))
        entry = undefined
      } else {
        entry = take(entry, one)
      }
    }
    yield accounts
  }
  if (entry !== undefined) yield close(entry, hasher)
}

/** What stands before the first entry, and what ldapsearch writes behind the last one. */
const NO_ENTRY = ['version', 'search', 'result', 'control', 'ref']

/** The attributes that an account is made of. */
const READ = ['dn', 'uid', 'mail', 'userpassword']

interface Entry {
  readonly line: number
  readonly rows: string[]
  size: number
}

function take(entry: Entry | undefined, { line, text }: Line): Entry {
  const open = entry ?? { line, rows: [], size: 0 }
  open.size += text === undefined ? Infinity : text.length + BOUNDS.overhead
  if (text === undefined || open.size > BOUNDS.record) return { ...open, rows: [], size: Infinity }
  const last = open.rows.length - 1
  if (text.startsWith(' ') && last >= 0) open.rows.push(`${open.rows.pop() ?? ''}${text.slice(1)}`)
  else open.rows.push(text)
  return open
}

function close({ line, rows, size }: Entry, hasher: string | undefined): readonly Account[] {
  if (size === Infinity) return [createProblem(line, 'record-too-long')]
  const values = rows.map(readAttribute)
  // Photos and certificates may be damaged: they make no other account of it.
  if (values.some(({ name, value }) => value === undefined && READ.includes(name)))
    return [createProblem(line, 'bad-fields')]
  const first = (name: string): string | undefined => values.find((one) => one.name === name)?.value
  const id = first('dn')
  if (id === undefined)
    return values.every(({ name }) => NO_ENTRY.includes(name)) ? [] : [createProblem(line, 'missing-column')]
  const login = first('uid') ?? first('mail')
  const common = { line, id, ...(login !== undefined && { login }), ...(hasher !== undefined && { hasher }) }
  const passwords = values.filter(({ name }) => name === 'userpassword')
  if (passwords.length === 0) return [{ ...common, digest: null }]
  return passwords.map(({ value = '' }) => ({ ...common, digest: value === '' ? null : value }))
}

/** The name and the value of an attribute; the value is undefined where its base64 is damaged. */
function readAttribute(row: string): { readonly name: string; readonly value: string | undefined } {
  const colon = row.indexOf(':')
  if (colon < 0) return { name: '', value: '' }
  const name = row.slice(0, colon).toLowerCase().replace(/;.*/, '')
  const isBase64 = row.charAt(colon + 1) === ':'
  const value = row.slice(colon + (isBase64 ? 2 : 1)).trim()
  if (!isBase64) return { name, value }
  const bytes = decode(value, 'base64')
  return { name, value: bytes === undefined ? undefined : decodeUtf8(bytes) }
}
