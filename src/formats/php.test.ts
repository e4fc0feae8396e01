import { describe, expect, test } from 'vitest'
import { addSlashes, escapeHtml, trim, unifyLineEnds } from './php.js'

const encode = (text: string): Uint8Array => new TextEncoder().encode(text)
const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

describe('a function of PHP gives the answer of PHP 8.2:', () => {
  test.each([
    ['', ''],
    [' a b ', 'a b'],
    ['\t\n\r\0\u{b}a\u{b}\0\r\n\t', 'a'],
    ['\u{a0}a\u{3000}', '\u{a0}a\u{3000}'],
    ['\u{c}a\u{c}', '\u{c}a\u{c}'],
    [' \0 ', ''],
  ])('trim: %j', (text, trimmed) => {
    expect(decode(trim(encode(text)))).toBe(trimmed)
  })

  test.each([
    ['', ''],
    ["O'Brien", "O\\'Brien"],
    ['"a"', '\\"a\\"'],
    ['a\\b', 'a\\\\b'],
    ['a\0b', 'a\\0b'],
    ['é`;', 'é`;'],
  ])('addslashes: %j', (text, slashed) => {
    expect(decode(addSlashes(encode(text)))).toBe(slashed)
  })

  test.each([
    ['', ''],
    [`<a href="x">&amp;'`, `&lt;a href=&quot;x&quot;&gt;&amp;amp;'`],
    ['é&', 'é&amp;'],
  ])('htmlspecialchars with ENT_COMPAT: %j', (text, escaped) => {
    expect(decode(escapeHtml(encode(text)))).toBe(escaped)
  })

  test.each([
    ['', ''],
    ['a\r\nb\rc\nd', 'a\nb\nc\nd'],
    ['\r', '\n'],
    ['\r\r\n', '\n\n'],
    ['a\0b', 'ab'],
    ['\r\0\n', '\n\n'],
  ])("str_replace of phpBB's line ends: %j", (text, unified) => {
    expect(decode(unifyLineEnds(encode(text)))).toBe(unified)
  })
})

test('the functions of PHP return a new buffer even where no byte changed', () => {
  const bytes = encode('plain')
  for (const made of [trim(bytes), addSlashes(bytes), escapeHtml(bytes), unifyLineEnds(bytes)]) {
    expect(made).toEqual(bytes)
    expect(made.buffer).not.toBe(bytes.buffer)
  }
})
