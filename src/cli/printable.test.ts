import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { escapeUnprintable, toPrintableJson } from './printable.js'

const UNPRINTABLE = [
  ['NUL', '\0', '\\u0000'],
  ['a line feed', '\n', '\\u000a'],
  ['a carriage return', '\r', '\\u000d'],
  ['Escape', '\x1b[31m', '\\u001b[31m'],
  ['DEL', '\x7f', '\\u007f'],
  ['the control sequence introducer of C1', '\x9b31m', '\\u009b31m'],
  ['the operating system command of C1', '\x9d0;title', '\\u009d0;title'],
  ['a line separator', '\u2028', '\\u2028'],
  ['a paragraph separator', '\u2029', '\\u2029'],
  ['a right-to-left override', 'a\u202etxt', 'a\\u202etxt'],
  ['an isolate', '\u2066a\u2069', '\\u2066a\\u2069'],
  ['the Arabic letter mark', '\u061c', '\\u061c'],
  ['a space of no width', '\u200b', '\\u200b'],
  ['a byte order mark', '\ufeff', '\\ufeff'],
  ['a tag outside the first plane', '\u{e0041}', '\\udb40\\udc41'],
  ['a lone surrogate', '\ud800', '\\ud800'],
] as const

describe('the output of passlift', () => {
  test.each(UNPRINTABLE)('holds %s as an escape', (_, text, escaped) => {
    expect(escapeUnprintable(text)).toBe(escaped)
  })

  test.each(UNPRINTABLE)('holds %s as an escape in JSON, which reads back as it was', (_, text) => {
    const json = toPrintableJson({ [text]: text })
    expect(json).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u)
    expect(JSON.parse(json)).toEqual({ [text]: text })
  })

  test.each(['plain text', 'pässwörd 🔑 日本語 עברית', 'C:\\folder', '$2b$12$', ' spaces  '])(
    'holds %j as it is',
    (text) => {
      expect(escapeUnprintable(text)).toBe(text)
    },
  )

  // hidden-prompt.ts writes its prompts, line feeds and the bell, and progress.ts numbers.
  test('is written by output.ts, which escapes it, and by hidden-prompt.ts and progress.ts alone', () => {
    const files = readdirSync(import.meta.dirname).filter((name) => /(?<!\.test)\.ts$/.test(name))
    const writers = files.filter((name) =>
      /console\.|std(?:out|err)\.write|stream\.write/.test(
        readFileSync(`${import.meta.dirname}/${name}`, 'utf8'),
      ),
    )
    expect(writers).toEqual(['hidden-prompt.ts', 'output.ts', 'progress.ts'])
  })
})
