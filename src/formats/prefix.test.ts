import { describe, expect, test } from 'vitest'
import { createPrefixTest } from './prefix.js'

describe.each(['$', '$2', '$P$', 'scrypt:', '$argon2id$', 'twelve-chars', 'pbkdf2_sha256$', 'x'.repeat(24)])(
  'a text that should begin with %s',
  (prefix) => {
    const hasPrefix = createPrefixTest(prefix)

    test('does so with any text behind the prefix', () => {
      for (const rest of ['', '$', prefix, 'salt$checksum', '\u{1f9c2}'])
        expect(hasPrefix(prefix + rest)).toBe(true)
    })

    test('does not where the prefix is cut, stands elsewhere or differs in any character', () => {
      for (let place = 0; place < prefix.length; place++) {
        expect(hasPrefix(prefix.slice(0, place))).toBe(false)
        expect(hasPrefix(prefix.slice(0, place) + prefix.slice(place + 1))).toBe(false)
        expect(hasPrefix(`${prefix.slice(0, place)}\0${prefix.slice(place + 1)}$salt`)).toBe(false)
        expect(hasPrefix(`${prefix.slice(0, place)}\0${prefix.slice(place)}$salt`)).toBe(false)
      }
    })
  },
)
