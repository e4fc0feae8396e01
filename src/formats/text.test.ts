import { describe, expect, test } from 'vitest'
import { readTextSalt } from './text.js'
import { fieldOf } from './fields.js'

test('every visible ASCII character is its own byte', () => {
  const text = Array.from({ length: 0x7e - 0x20 }, (_, index) => String.fromCharCode(0x21 + index)).join('')
  expect(readTextSalt(fieldOf(text))).toEqual(Uint8Array.from(Buffer.from(text, 'ascii')))
})

test.each(['sältchen', '塩', 'salt🧂', 'e\u{301}', 'é', 'ASCII first, then ы'.replaceAll(' ', '-')])(
  'other text is its UTF-8, not normalised (case %#)',
  (text) => {
    expect(readTextSalt(fieldOf(text))).toEqual(Uint8Array.from(Buffer.from(text, 'utf8')))
  },
)

test('an empty salt is a wrong length', () => {
  expect(readTextSalt(fieldOf(''))).toBe('length')
})

describe('what a damaged column holds is foreign', () => {
  test.each([
    ['a space', ' '],
    ['a tab', '\t'],
    ['a line feed', '\n'],
    ['a carriage return', '\r'],
    ['a NUL', '\u{0}'],
    ['an escape', '\u{1b}'],
    ['a delete', '\u{7f}'],
    ['a C1 control', '\u{85}'],
    ['a no-break space', '\u{a0}'],
    ['a soft hyphen', '\u{ad}'],
    ['a zero-width space', '\u{200b}'],
    ['a zero-width joiner', '\u{200d}'],
    ['a right-to-left override', '\u{202e}'],
    ['a line separator', '\u{2028}'],
    ['an ideographic space', '\u{3000}'],
    ['a byte order mark', '\u{feff}'],
    ['half of a surrogate pair', '\u{d83e}'],
    ['the other half', '\u{ddc2}'],
  ])('%s, wherever it stands', (_, foreign) => {
    for (const text of [foreign, `${foreign}salt`, `sa${foreign}lt`, `salt${foreign}`, `塩${foreign}`]) {
      expect(readTextSalt(fieldOf(text))).toBe('alphabet')
    }
  })
})
