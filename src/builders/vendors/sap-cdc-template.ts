import { fieldOf } from '../../formats/fields.js'
import { toUtf16 } from '../../formats/utf16.js'
import { BASE64, HEX, TEXT } from './values.js'
import type { Spelling } from './values.js'

/** A part of a template beside the password: bytes, or the spelling of the salt that stands there. */
type Part = Uint8Array | Spelling

/** A template, which has the password once. */
export interface Template {
  readonly before: readonly Part[]
  /** The expression of the password. */
  readonly password: string
  readonly after: readonly Part[]
}

// Which UTF-16 is meant stands nowhere. It is taken as .NET and Windows have it: little-endian, without a byte order mark. A password in
// hexadecimal, base64 or UTF-32, which the documents have too, is in no expression.
const PASSWORDS: Readonly<Record<string, string>> = {
  '$password:utf8': 'p',
  '$password:utf16': 'utf16le(p)',
}
const UTF16: Spelling = {
  decode: (field) => {
    const bytes = TEXT.decode(field)
    return typeof bytes === 'string' ? bytes : toUtf16(bytes)
  },
  words: TEXT.words,
}
const SALTS: Readonly<Record<string, Spelling>> = {
  ...{ '$salt:base64': BASE64, '$salt:hex': HEX, '$salt:utf8': TEXT, '$salt:utf16': UTF16 },
}

/** Reads a template of text, as `wikipedia$salt$password`. Undefined where it has no password, or two. */
export function readFormat(format: string): Template | undefined {
  // The text is split at the marks, so that a mark stands in front of each piece but the first.
  const parts = format.split('$password').flatMap((piece, place) => {
    const texts = piece.split('$salt').flatMap((text, index) => {
      const bytes = text === '' ? [] : [toBytes(TEXT, text)]
      return index === 0 ? bytes : [TEXT, ...bytes]
    })
    return place === 0 ? texts : ['p', ...texts]
  })
  return collect(parts)
}

/** Reads a template of bytes, as `$0x4769$salt:base64$password:utf16`. */
export function readBinaryFormat(format: string): Template | undefined {
  const [front, ...tokens] = format.split('$')
  if (front !== '') return undefined
  return collect(
    tokens.map((name) => {
      const token = `$${name}`
      if (token.startsWith('$0x')) return toBytes(HEX, token.slice(3))
      return Object.hasOwn(PASSWORDS, token)
        ? PASSWORDS[token]
        : Object.hasOwn(SALTS, token)
          ? SALTS[token]
          : undefined
    }),
  )
}

function toBytes({ decode }: Spelling, text: string): Uint8Array | undefined {
  const bytes = decode(fieldOf(text))
  return typeof bytes === 'string' || bytes.length === 0 ? undefined : bytes
}

function collect(parts: readonly (Part | string | undefined)[]): Template | undefined {
  const before: Part[] = []
  const after: Part[] = []
  let password: string | undefined
  for (const part of parts) {
    if (part === undefined || (typeof part === 'string' && password !== undefined)) return undefined
    if (typeof part === 'string') password = part
    else if (password === undefined) before.push(part)
    else after.push(part)
  }
  return password === undefined ? undefined : { before, password, after }
}
