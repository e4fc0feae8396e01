import { describe, expect, test } from 'vitest'
import { fieldOf } from './fields.js'
import { readYescryptParams } from './yescrypt.js'

const read = (text: string): unknown => readYescryptParams(fieldOf(`$y$${text}$`, 3, 3 + text.length))

describe("yescrypt's parameters", () => {
  // The texts are those of yescrypt_encode_params of libxcrypt.
  test.each([
    ['the default', 'j9T', { flavor: 'rw', N: 4_096, r: 32, p: 1, t: 0 }],
    ['the most expensive that gensalt gives', 'jFT', { flavor: 'rw', N: 262_144, r: 32, p: 1, t: 0 }],
    ['the least N', 'j/.', { flavor: 'rw', N: 4, r: 1, p: 1, t: 0 }],
    ['p', 'j3/..', { flavor: 'rw', N: 64, r: 2, p: 2, t: 0 }],
    ['p and t', 'j200//', { flavor: 'rw', N: 32, r: 3, p: 3, t: 2 }],
    ['t alone', 'j2//1', { flavor: 'rw', N: 32, r: 2, p: 1, t: 4 }],
    ['scrypt', '.A5', { flavor: 'scrypt', N: 8_192, r: 8, p: 1, t: 0 }],
    ['scrypt with a time', '/2//.', { flavor: 'worm', N: 32, r: 2, p: 1, t: 1 }],
    ['the last r of one character', 'j9j', { flavor: 'rw', N: 4_096, r: 48, p: 1, t: 0 }],
    ['the first r of two characters', 'j9k.', { flavor: 'rw', N: 4_096, r: 49, p: 1, t: 0 }],
    ['the last r of two characters', 'j9rz', { flavor: 'rw', N: 4_096, r: 560, p: 1, t: 0 }],
    ['the first r of three characters', 'j9s..', { flavor: 'rw', N: 4_096, r: 561, p: 1, t: 0 }],
    ['the largest r', 'j9zyzyvj', 'range p'],
    ['N of 2^31', 'jS.', { flavor: 'rw', N: 2 ** 31, r: 1, p: 1, t: 0 }],
    ['N of 2^32', 'jT.', 'range N'],
    ['N of 2', 'j..', 'range N'],
    ['another flavor', 'i9T', 'range flavor'],
    ['an old flavor of yescrypt', '09T', 'range flavor'],
    ['a time of scrypt', '.A5//', 'range t'],
    ['more lanes than rows for them', 'j1...', { flavor: 'rw', N: 16, r: 1, p: 2, t: 0 }],
    ['too many lanes for the rows', 'j1..1', 'range p'],
    ['g', 'j9T1.', 'range parameters'],
    ['a ROM', 'j9T5.', 'range parameters'],
    ['a number that nothing follows', 'j9T.', 'length parameters'],
    ['a number too many', 'j9T...', 'length parameters'],
    ['nothing', '', 'length parameters'],
    ['a flavor alone', 'j', 'length parameters'],
    ['no r', 'j9', 'length parameters'],
    ['a number that is cut short', 'j9k', 'length parameters'],
    ['a sign of another alphabet', 'j9+', 'alphabet parameters'],
    ['such a sign within a number', 'j9k+', 'alphabet parameters'],
    ['a letter past ASCII', 'j9\u{ff34}', 'alphabet parameters'],
  ])('are read or refused: %s', (_, text, expected) => {
    const [problem, field] = typeof expected === 'string' ? expected.split(' ') : []
    expect(read(text)).toEqual(typeof expected === 'string' ? { problem, field } : expected)
  })

  test('have one spelling for every number', () => {
    const found = new Map<number, string>()
    const signs = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'.split('')
    for (const first of signs) {
      for (const text of [first, ...signs.map((second) => first + second)]) {
        const params = read(`/2${text}`)
        if (typeof params !== 'object' || params === null || !('r' in params)) continue
        expect(found.has(Number(params.r)), text).toBe(false)
        found.set(Number(params.r), text)
      }
    }
    expect(Math.max(...found.keys())).toBe(560)
    expect(found.size).toBe(560)
  })
})
