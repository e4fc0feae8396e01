import { describe, expect, test } from 'vitest'
import { defineJobToy, defineToy, parsed, readingOf, run, thrownBy } from './toy.fixture.js'

const password = Uint8Array.of(104, 111, 114, 115, 101)
const right = [1, 2, 3, 4]

/** Bytes with properties that do not say the truth about the bytes. */
function lying(bytes: readonly number[], lies: Readonly<Record<PropertyKey, unknown>>): Uint8Array {
  class Heir extends Uint8Array {}
  for (const name of Reflect.ownKeys(lies)) {
    Object.defineProperty(Heir.prototype, name, { get: () => Reflect.get(lies, name) })
  }
  return Heir.from(bytes)
}

/** Expects a check to reject with an error of this package, which is no match. */
function isOurs(error: unknown): false {
  expect(error).toMatchObject({ name: 'EngineError', code: 'ERR_ENGINE_FAILED' })
  return false
}

function iterateOver(bytes: readonly number[]): () => Iterator<number> {
  return () => bytes[Symbol.iterator]()
}

const LIES = [
  ['a length', [], { length: 4, byteLength: 4 }],
  [
    'a length and other bytes',
    [1, 2, 3],
    { length: 4, byteLength: 4, [Symbol.iterator]: iterateOver(right) },
  ],
  ['other bytes', [0, 0, 0, 0], { [Symbol.iterator]: iterateOver(right) }],
  ['a shorter length', [1, 2, 3, 4, 5], { length: 4, byteLength: 4 }],
] as const

describe('bytes with false properties match nothing', () => {
  test.each(LIES)('where they are derived and have %s', async (_, bytes, lies) => {
    const derived = lying(bytes, lies)
    for (const toy of [
      defineToy({ derive: () => Promise.resolve(derived) }),
      defineJobToy({ job: () => ({}), finish: () => derived }),
    ]) {
      const answer = await readingOf(toy).verify(password, run).catch(isOurs)
      expect(answer).toBe(false)
    }
  })

  test.each(LIES)('where they are a checksum and have %s', async (_, bytes, lies) => {
    const toy = defineToy({ parse: () => [{ ...parsed, checksum: lying(bytes, lies) }] })
    const answer = await readingOf(toy).verify(password, run).catch(isOurs)
    expect(answer).toBe(false)
  })

  test('where a derived and a stored checksum have the same false property', async () => {
    const both = lying([], { length: 4, byteLength: 4 })
    const toy = defineToy({
      parse: () => [{ ...parsed, checksum: both }],
      derive: () => Promise.resolve(both),
    })
    await expect(readingOf(toy).verify(password, run)).rejects.toMatchObject({ code: 'ERR_ENGINE_FAILED' })
  })
})

describe('the answer of an engine', () => {
  test.each([
    ['a list', right],
    ['an ArrayBuffer', Uint8Array.from(right).buffer],
    ['other numbers', Uint16Array.from(right)],
    ['an object that looks like bytes', { 0: 1, 1: 2, 2: 3, 3: 4, length: 4, byteLength: 4 }],
    ['text', '\u0001\u0002\u0003\u0004'],
    ['true', true],
    ['nothing', undefined],
  ])('is a failure where it is not bytes but %s', async (_, answer: unknown) => {
    const reading = readingOf(defineToy({ derive: () => Promise.resolve(answer) }))
    for (const act of [() => reading.verify(password, run), () => reading.derive(password, run)]) {
      expect(await thrownBy(act)).toMatchObject({
        code: 'ERR_ENGINE_FAILED',
        message: 'toy: the engine gave no bytes.',
      })
    }
  })

  test('is copied where its bytes are derived', async () => {
    const given = Uint8Array.from(right)
    const derived = await readingOf(defineToy({ derive: () => Promise.resolve(given) })).derive(password, run)
    given.fill(0)
    expect(derived).toEqual(Uint8Array.from(right))
  })
})

describe('the cost that a specification gives', () => {
  const cost = { milliseconds: 1, bytes: 0, lanes: 1 }

  test.each([
    ['NaN milliseconds', { ...cost, milliseconds: NaN }],
    ['negative milliseconds', { ...cost, milliseconds: -1 }],
    ['NaN bytes', { ...cost, bytes: NaN }],
    ['negative bytes', { ...cost, bytes: -1 }],
    ['NaN lanes', { ...cost, lanes: NaN }],
    ['negative lanes', { ...cost, lanes: -1 }],
    ['no lanes', { milliseconds: 1, bytes: 0 }],
    ['nothing', undefined],
    ['a number', 5],
  ])('is a failure of the hasher where it is no cost: %s', async (_, wrong: unknown) => {
    for (const toy of [
      defineToy({ cost: () => wrong }),
      defineJobToy({ job: () => ({}), cost: () => wrong }),
    ]) {
      const reading = readingOf(toy)
      for (const act of [() => reading.cost(5), () => reading.costOfCheck(password)]) {
        expect(await thrownBy(act)).toMatchObject({
          code: 'ERR_ENGINE_FAILED',
          message: 'toy: its cost is none.',
        })
      }
    }
  })

  test('may be infinite, which is over every limit', () => {
    const endless = { milliseconds: Infinity, bytes: Infinity, lanes: Infinity }
    expect(readingOf(defineToy({ cost: () => endless })).cost(5)).toEqual(endless)
  })
})
