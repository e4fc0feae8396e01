import { describe, expect, test } from 'vitest'
import { createLineEditor } from './line-editor.js'

/** Types text into a new editor, and gives the finished lines, the unfinished rest, and the effects beside typing and lines. */
function type(typed: string | Uint8Array): { lines: string[]; rest: string; effects: string[] } {
  const editor = createLineEditor()
  const lines: string[] = []
  const effects: string[] = []
  for (const byte of Buffer.from(typed)) {
    const effect = editor.type(byte)
    if (effect === 'line') lines.push(Buffer.from(editor.take()).toString('latin1'))
    if (effect !== 'typed' && effect !== 'line') effects.push(effect)
  }
  return { lines, rest: Buffer.from(editor.take()).toString('latin1'), effects }
}

function lineOf(typed: string): string {
  return Buffer.from(type(`${typed}\r`).lines[0] ?? '', 'latin1').toString('utf8')
}

describe('a line of the hidden prompt', () => {
  test.each([
    ['Return', 'abc\r', ['abc']],
    ['a line feed', 'abc\n', ['abc']],
    ['CR LF, once', 'abc\r\ndef\r\n', ['abc', 'def']],
    ['each of two line feeds', 'abc\n\n', ['abc', '']],
    ['each of two returns', 'abc\r\r', ['abc', '']],
    ['Ctrl-D after something', 'abc\x04', ['abc']],
  ])('ends with %s', (_, typed, lines) => {
    expect(type(typed)).toEqual({ lines, rest: '', effects: [] })
  })

  test('that is empty ends the input with Ctrl-D', () => {
    expect(type('\x04').effects).toEqual(['end'])
    expect(type('a\x7f\x04').effects).toEqual(['end'])
  })

  test('is interrupted by Ctrl-C', () => {
    expect(type('abc\x03').effects).toEqual(['interrupt'])
  })
})

describe('a key typed at the hidden prompt', () => {
  test.each([
    ['backspace', 'abx\x7fc', 'abc'],
    ['backspace of other terminals', 'abx\x08c', 'abc'],
    ['backspace over a character of two bytes', 'aé\x7fb', 'ab'],
    ['backspace over a character of four bytes', 'a🔑\x7fb', 'ab'],
    ['backspace in an empty line', '\x7fa', 'a'],
    ['Ctrl-U', 'wrong\x15right', 'right'],
    ['an arrow key', 'ab\x1b[Dc', 'abc'],
    ['an arrow key with a modifier', 'ab\x1b[1;5Dc', 'abc'],
    ['an arrow key of other terminals', 'ab\x1bODc', 'abc'],
    ['a paste in brackets', '\x1b[200~pasted\x1b[201~', 'pasted'],
    ['Escape, and then a character', 'a\x1bb', 'ab'],
    ['Escape, and then backspace', 'ax\x1b\x7fb', 'ab'],
    ['a sequence that is broken off', 'a\x1b[1éb', 'aéb'],
    ['other control characters', 'a\x00\x01\x1a\x1cb', 'ab'],
    ['a tab, which is part of the line', 'a\tb', 'a\tb'],
    ['spaces, which are part of the line', ' a ', ' a '],
  ])('has the effect on the line that it has on a terminal: %s', (_, typed, line) => {
    expect(lineOf(typed)).toBe(line)
  })

  test('is kept where its bytes are not UTF-8', () => {
    expect(type(Uint8Array.of(0xff, 0xfe, 0x0d)).lines).toEqual(['\xff\xfe'])
  })

  test('rings the bell where it does not change the line', () => {
    expect(type('\x7f\x01\x1b[A').effects).toEqual(['ignored', 'ignored', 'ignored'])
  })

  test('is kept as its bytes where no byte is a control character', () => {
    const plain = Uint8Array.from([...Array(256).keys()].filter((byte) => byte >= 0x20 && byte !== 0x7f))
    expect(type(plain)).toEqual({ lines: [], rest: Buffer.from(plain).toString('latin1'), effects: [] })
  })

  test('is gone from the editor once the line is taken', () => {
    const editor = createLineEditor()
    editor.type(0x61)
    expect([...editor.take()]).toEqual([0x61])
    expect([...editor.take()]).toEqual([])
  })
})
