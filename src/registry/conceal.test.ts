import { format, inspect } from 'node:util'
import { describe, expect, test } from 'vitest'
import { conceal } from './conceal.js'

const SECRET = 'correct horse battery staple'
const concealed = conceal({ digest: SECRET, hasher: 'bcrypt' }, { hasher: 'bcrypt' })

describe('a concealed object', () => {
  test('is printed without its secrets', () => {
    expect(inspect(concealed)).toBe("{ hasher: 'bcrypt' }")
  })

  test.each(['%s', '%o', '%O'])(
    'is formatted with %s without its secrets, alone and within other objects',
    (pattern) => {
      expect(format(pattern, concealed)).not.toContain(SECRET)
      expect(format(pattern, { next: concealed })).not.toContain(SECRET)
      expect(format(pattern, [concealed])).not.toContain(SECRET)
    },
  )

  test('keeps every property for stores that write through JSON or structuredClone', () => {
    const plain = { digest: SECRET, hasher: 'bcrypt' }
    expect(JSON.parse(JSON.stringify(concealed))).toEqual(plain)
    expect(structuredClone(concealed)).toEqual(plain)
  })

  test('stands in an error message without its secrets', () => {
    expect(inspect(new Error('failed', { cause: concealed }))).not.toContain(SECRET)
  })

  test('keeps every property for code that reads it by name or spreads it', () => {
    const { digest } = concealed
    expect(digest).toBe(SECRET)
    expect({ ...concealed }).toEqual({ digest: SECRET, hasher: 'bcrypt' })
    expect(Object.keys(concealed)).toEqual(['digest', 'hasher'])
  })

  test('is the same object, and frozen', () => {
    const object = { digest: SECRET }
    expect(conceal(object, {})).toBe(object)
    expect(Object.isFrozen(object)).toBe(true)
  })
})
