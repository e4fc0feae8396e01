import { saslprep } from '@mongodb-js/saslprep'
import { expect, test } from 'vitest'
import { stepOf, takesAll } from '../conformance/share.fixture.js'
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

/** What the library makes of a text; the text where it holds what SASLprep prohibits; undefined where it is refused in another way. */
function mapByLibrary(text: string): string | undefined {
  try {
    return saslprep(text, { allowUnassigned: true })
  } catch (error) {
    return String(error).includes('Prohibited') ? text : undefined
  }
}

test('every character that SASLprep takes is mapped as @mongodb-js/saslprep maps it, alone and between letters', () => {
  const wrong: string[] = []
  let taken = 0
  // What is past the first plane is nearly all unassigned.
  for (let code = 0; code <= 0x10ffff; code += code < 0x10000 ? 1 : stepOf(97)) {
    if (code >= 0xd800 && code <= 0xdfff) continue
    // The library's table lacks two of RFC 3454's table C.4.
    if (code === 0xffffe || code === 0xfffff) continue
    const sign = String.fromCodePoint(code)
    // A letter and its accent are one character in the form NFKC.
    for (const text of [sign, `a${sign}\u0301`, `1${sign}2`, `\u2168${sign}`]) {
      const expected = mapByLibrary(text)
      if (expected === undefined) continue
      taken++
      if (map(text) !== expected) wrong.push(code.toString(16))
    }
  }
  expect(wrong).toEqual([])
  expect(taken).toBeGreaterThan(takesAll ? 2_500_000 : 150_000)
})
