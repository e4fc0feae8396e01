import { describe, expect, test } from 'vitest'
import { fieldOf, lengthOf, readParameters, splitAny, splitFields } from './fields.js'
import type { Field } from './fields.js'
import { isMalformed } from './problem.js'

describe('fields between separators', () => {
  test('are split where there are as many as asked for', () => {
    expect(textsOf(splitFields(fieldOf('a$b$c'), '$', 3))).toEqual(['a', 'b', 'c'])
    expect(textsOf(splitFields(fieldOf('a$b'), '$', 2))).toEqual(['a', 'b'])
    expect(textsOf(splitAny(fieldOf('a'), '$', 1))).toEqual(['a'])
  })

  test('may be empty', () => {
    expect(textsOf(splitFields(fieldOf('$$'), '$', 3))).toEqual(['', '', ''])
    expect(textsOf(splitAny(fieldOf(''), '$', 1))).toEqual([''])
  })

  test.each(['', 'a', 'a$b', 'a$b$c$', '$a$b$c', 'a$b$c$d$e', '$'.repeat(4096)])(
    'are refused where there are more or fewer than asked for (case %#)',
    (text) => {
      expect(splitFields(fieldOf(text), '$', 3)).toBeUndefined()
    },
  )
})

describe('a field of a digest', () => {
  const part = fieldOf('x$a$b,m=1$y', 2, 9)

  test('does not reach into the text behind it', () => {
    expect(lengthOf(part)).toBe(7)
    expect(textsOf(splitFields(part, '$', 2))).toEqual(['a', 'b,m=1'])
    expect(textsOf(splitAny(fieldOf('a$b', 0, 1), '$', 1))).toEqual(['a'])
  })

  test('gives only the parameters within its ends', () => {
    expect(readParameters(fieldOf('m=1,t=2', 0, 3), ['m', 't'])).toEqual({ problem: 'shape', field: 't' })
    expect(readParameters(fieldOf('m=1', 0, 1), ['m'])).toEqual({ problem: 'shape', field: 'parameters' })
  })
})

describe('the parameters of a PHC string', () => {
  const names = ['m', 't', 'p']

  function valuesOf(text: string): readonly string[] {
    const values = readParameters(fieldOf(text), names)
    return isMalformed(values) ? [] : textsOf(values)
  }

  test.each(['m=1,t=2,p=3', 'm=1,p=3,t=2', 'p=3,t=2,m=1', 't=2,m=1,p=3'])(
    'may stand in any order: %s',
    (text) => {
      expect(valuesOf(text)).toEqual(['1', '2', '3'])
    },
  )

  test('are given as text, and not read as numbers', () => {
    expect(valuesOf('m=,t= 2,p==')).toEqual(['', ' 2', '='])
  })

  test.each([
    ['m=1,t=2,p=3,m=1', 'm'],
    ['m=1,m=1,t=2,p=3', 'm'],
    ['m=1,t=2,t=3', 't'],
  ])('must stand once each: %s', (text, field) => {
    expect(readParameters(fieldOf(text), names)).toEqual({ problem: 'duplicate', field })
  })

  test.each([
    ['m=1,t=2', 'p'],
    ['t=2,p=3', 'm'],
    ['p=3', 'm'],
  ])('must all be there: %s', (text, field) => {
    expect(readParameters(fieldOf(text), names)).toEqual({ problem: 'shape', field })
  })

  test.each([
    '',
    ',',
    'm',
    'm=1,t=2,p=3,',
    ',m=1,t=2,p=3',
    'm=1,,t=2,p=3',
    'm=1,t=2,p=3,keyid=4',
    'm=1,t=2,q=3',
    'm=1,t=2,P=3',
    'm=1, t=2,p=3',
    'm =1,t=2,p=3',
    'm=1;t=2;p=3',
    '=1,t=2,p=3',
    'mm=1,t=2,p=3',
    '__proto__=1,t=2,p=3',
    'm=1,t=2,p=3,constructor=1',
  ])('have another shape with an unknown name or none: %j', (text) => {
    expect(readParameters(fieldOf(text), names)).toMatchObject({ problem: 'shape' })
  })
})

function textsOf(fields: readonly Field[] = []): readonly string[] {
  return fields.map(({ text, start, end }) => text.slice(start, end))
}
