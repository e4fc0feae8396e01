import { expect, test } from 'vitest'
import { mapSaslprep } from './saslprep.js'

const map = (text: string): string => Buffer.from(mapSaslprep(Buffer.from(text))).toString()

// The examples of RFC 4013 section 3, and what PostgreSQL 15 made of the others.
test.each([
  ['a soft hyphen', 'I\u00adX', 'IX'],
  ['no transformation', 'user', 'user'],
  ['case', 'USER', 'USER'],
  ['a feminine ordinal sign', '\u00aa', 'a'],
  ['a Roman number', '\u2168', 'IX'],
  ['a no-break space', 'a\u00a0b', 'a b'],
  ['a zero-width space, which is in both tables', 'a\u200bb', 'a b'],
  ['an ideographic space', 'a\u3000b', 'a b'],
  ['a word joiner and a variation selector', 'a\u2060b\ufe0f', 'ab'],
  ['a letter and its accent', 'e\u0301', '\u00e9'],
])('SASLprep maps %s', (_, text, expected) => {
  expect(map(text)).toBe(expected)
})

test('bytes that are not UTF-8 stay as they are', () => {
  const bytes = Uint8Array.of(0xff, 0xc2, 0xad)
  expect(mapSaslprep(bytes)).toEqual(bytes)
})
