import { describe, expect, test } from 'vitest'
import { readParameters, splitFields } from './fields.js'

describe('fields between separators', () => {
  test('are as many as there are', () => {
    expect(splitFields('a$b$c', '$', 3)).toEqual(['a', 'b', 'c'])
    expect(splitFields('a$b', '$', 3)).toEqual(['a', 'b'])
    expect(splitFields('a', '$', 3)).toEqual(['a'])
  })

  test('may be empty: what that means is for their reader to say', () => {
    expect(splitFields('$$', '$', 3)).toEqual(['', '', ''])
    expect(splitFields('', '$', 3)).toEqual([''])
  })

  test('are one more where there are too many, and the last is the rest', () => {
    expect(splitFields('a$b$c$', '$', 3)).toEqual(['a', 'b', 'c', ''])
    expect(splitFields('$a$b$c', '$', 3)).toEqual(['', 'a', 'b', 'c'])
    expect(splitFields('a$b$c$d$e', '$', 3)).toEqual(['a', 'b', 'c', 'd$e'])
    expect(splitFields('$'.repeat(4096), '$', 3)).toEqual(['', '', '', '$'.repeat(4093)])
  })
})

describe('parameters', () => {
  const names = ['m', 't', 'p']

  test.each(['m=1,t=2,p=3', 'm=1,p=3,t=2', 'p=3,t=2,m=1', 't=2,m=1,p=3'])(
    'may stand in any order: %s',
    (text) => {
      expect(readParameters(text, names)).toEqual(['1', '2', '3'])
    },
  )

  test('are not read any further', () => {
    expect(readParameters('m=,t= 2,p==', names)).toEqual(['', ' 2', '='])
  })

  test.each([
    ['m=1,t=2,p=3,m=1', 'm'],
    ['m=1,m=1,t=2,p=3', 'm'],
    ['m=1,t=2,t=3', 't'],
  ])('stand once each: %s', (text, field) => {
    expect(readParameters(text, names)).toEqual({ problem: 'duplicate', field })
  })

  test.each([
    ['m=1,t=2', 'p'],
    ['t=2,p=3', 'm'],
    ['p=3', 'm'],
  ])('are all needed: %s', (text, field) => {
    expect(readParameters(text, names)).toEqual({ problem: 'shape', field })
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
  ])('with an unknown name or none are another shape: %j', (text) => {
    expect(readParameters(text, names)).toMatchObject({ problem: 'shape' })
  })
})
