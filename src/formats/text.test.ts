import { describe, expect, test } from 'vitest'
import { normalizeNfkc, readTextSalt } from './text.js'
import { fieldOf } from './fields.js'

test('a text salt keeps every printable ASCII character as its own byte, spaces among them', () => {
  const text = Array.from({ length: 0x7f - 0x20 }, (_, index) => String.fromCharCode(0x20 + index)).join('')
  expect(readTextSalt(fieldOf(text))).toEqual(Uint8Array.from(Buffer.from(text, 'ascii')))
})

test.each([
  'sältchen',
  '塩',
  'salt🧂',
  '🧂',
  'e\u{301}',
  'é',
  'ASCII first, then ы',
  '\u{10ffff}\u{e000}\u{fffd}',
])('a text salt beyond ASCII is its UTF-8, not normalised (case %#)', (text) => {
  expect(readTextSalt(fieldOf(text))).toEqual(Uint8Array.from(Buffer.from(text, 'utf8')))
})

test.each([
  ['a space', ' '],
  ['a no-break space', '\u{a0}'],
  ['a soft hyphen', '\u{ad}'],
  ['a space of Ogham', '\u{1680}'],
  ['a zero-width space', '\u{200b}'],
  ['a zero-width joiner', '\u{200d}'],
  ['a right-to-left override', '\u{202e}'],
  ['a narrow no-break space', '\u{202f}'],
  ['an ideographic space', '\u{3000}'],
])('a text salt may hold %s at any place', (_, space) => {
  for (const text of [
    space,
    `${space}salt`,
    `sa${space}lt`,
    `salt${space}`,
    `塩${space}`,
    `${space}${space}`,
  ]) {
    expect(readTextSalt(fieldOf(text))).toEqual(Uint8Array.from(Buffer.from(text, 'utf8')))
  }
})

test('a text salt is read to the end of its field and no further', () => {
  expect(readTextSalt(fieldOf('\n é \n', 1, 4))).toEqual(Uint8Array.from(Buffer.from(' é ', 'utf8')))
  // The field ends with half of a surrogate pair, whose other half is behind it.
  expect(readTextSalt(fieldOf('é🧂', 0, 2))).toBe('alphabet')
})

test('a text salt is left in no static property of RegExp', () => {
  expect(/x/.exec('x')).not.toBeNull()
  for (const text of ['seasalt', 'sältchen', 'sält chen', 'sält\nchen', 'salt🧂']) readTextSalt(fieldOf(text))
  expect(Reflect.get(RegExp, 'input')).toBe('x')
})

test('an empty text salt has a wrong length', () => {
  expect(readTextSalt(fieldOf(''))).toBe('length')
})

describe('a text salt has a foreign character of a damaged column with', () => {
  test.each([
    ['a tab', '\t'],
    ['a line feed', '\n'],
    ['a carriage return', '\r'],
    ['a NUL', '\u{0}'],
    ['an escape', '\u{1b}'],
    ['a delete', '\u{7f}'],
    ['the first C1 control', '\u{80}'],
    ['a next line', '\u{85}'],
    ['the last C1 control', '\u{9f}'],
    ['a unit separator', '\u{1f}'],
    ['a line separator', '\u{2028}'],
    ['a paragraph separator', '\u{2029}'],
    ['a byte order mark', '\u{feff}'],
    ['half of a surrogate pair', '\u{d83e}'],
    ['the other half of a surrogate pair', '\u{ddc2}'],
    ['both halves of a surrogate pair in the wrong order', '\u{ddc2}\u{d83e}'],
    ['two first halves of surrogate pairs', '\u{d83e}\u{d83e}'],
  ])('%s at any place', (_, foreign) => {
    for (const text of [foreign, `${foreign}salt`, `sa${foreign}lt`, `salt${foreign}`, `塩${foreign}`]) {
      expect(readTextSalt(fieldOf(text))).toBe('alphabet')
    }
  })
})

describe('a password in NFKC', () => {
  const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text)

  test.each([
    ['a letter and a combining accent', 'cafe\u{301}', 'caf\u{e9}'],
    ['a ligature', '\u{fb01}re', 'fire'],
    ['full-width digits', '\u{ff11}\u{ff12}', '12'],
    ['a byte order mark, which stays', '\u{feff}e\u{301}', '\u{feff}\u{e9}'],
  ])('is normalised where it has %s', (_, typed, normal) => {
    expect(normalizeNfkc(bytesOf(typed))).toEqual(bytesOf(normal))
    expect(normalizeNfkc(bytesOf(normal))).toEqual(bytesOf(normal))
  })

  test('is a new buffer, and for ASCII and bytes that are not UTF-8 the given one', () => {
    const [typed, ascii, latin] = [bytesOf('caf\u{e9}'), bytesOf('a\0b'), Uint8Array.of(0x63, 0xe9)]
    expect(normalizeNfkc(typed).buffer).not.toBe(typed.buffer)
    expect(normalizeNfkc(ascii)).toBe(ascii)
    expect(normalizeNfkc(latin)).toBe(latin)
  })
})
