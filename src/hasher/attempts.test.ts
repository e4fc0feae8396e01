import { inspect } from 'node:util'
import { describe, expect, test, vi } from 'vitest'
import { EngineError } from '../errors.js'
import type { HasherSpec, Parsed, Reading, Run } from './contract.js'
import { defineToy, derive, parsed, readingOf as readToy, run, thrownBy } from './toy.fixture.js'
import type { Derive, Params } from './toy.fixture.js'

const password = Uint8Array.of(104, 111, 114, 115, 101)

function readingOf(more: object): Reading {
  return readToy(defineToy(more))
}

describe('the forms of a password', () => {
  const typed = (text: string): Uint8Array => Uint8Array.from(Buffer.from(text))
  const second = { ...parsed, params: { version: 8 } }

  /** Makes a `derive` that gives the right checksum for one password in readings of one version. */
  function deriveOnly(right: string, version = 7): Derive {
    return vi.fn<Derive>((bytes, { params }) =>
      Promise.resolve(
        Buffer.from(bytes).toString() === right && params.version === version
          ? Uint8Array.of(1, 2, 3, 4)
          : Uint8Array.of(0, 0, 0, 0),
      ),
    )
  }

  test('are the typed password alone, once, unless the specification gives others', async () => {
    const watched = vi.fn<Derive>(derive)
    const reading = readingOf({ derive: watched })
    expect(reading.costOfCheck(password)).toEqual(reading.cost(5))
    await reading.verify(password, run)
    expect(watched).toHaveBeenCalledExactlyOnceWith(password, parsed, run)
  })

  test('are tried in their order, then the readings that the password calls for, until one matches', async () => {
    const forms = {
      passwordForms: () => [typed('horse'), typed('HORSE')] as const,
      rareReadings: () => [second],
    }
    const tried = async (derive: Derive): Promise<unknown> => {
      const bytes: string[] = []
      const verify = readingOf({
        ...forms,
        derive: (form: Uint8Array, reading: Parsed<Params>, given: Run) => {
          bytes.push(`${Buffer.from(form).toString()} ${reading.params.version}`)
          return derive(form, reading, given)
        },
      }).verify(typed('horse'), run)
      return [await verify, ...bytes]
    }
    expect(await tried(deriveOnly('horse'))).toEqual([true, 'horse 7'])
    expect(await tried(deriveOnly('HORSE'))).toEqual([true, 'horse 7', 'HORSE 7'])
    expect(await tried(deriveOnly('horse', 8))).toEqual([true, 'horse 7', 'HORSE 7', 'horse 8'])
    expect(await tried(deriveOnly('HORSE', 8))).toEqual([false, 'horse 7', 'HORSE 7', 'horse 8'])
  })

  test('are asked for, like the rare readings, with the typed password and the reading', async () => {
    const passwordForms = vi.fn<NonNullable<HasherSpec<Params>['passwordForms']>>((bytes) => [bytes])
    const rareReadings = vi.fn<NonNullable<HasherSpec<Params>['rareReadings']>>(() => [])
    const truncates = vi.fn<NonNullable<HasherSpec<Params>['truncates']>>(() => false)
    const reading = readingOf({ passwordForms, rareReadings, truncates })
    await reading.verify(password, run)
    reading.truncates(password)
    expect(passwordForms).toHaveBeenCalledExactlyOnceWith(password, parsed)
    expect(rareReadings).toHaveBeenCalledExactlyOnceWith(password, parsed)
    expect(truncates).toHaveBeenCalledExactlyOnceWith(password, parsed)
  })

  test('each add their cost in a check, while an audit counts one form', () => {
    const reading = readingOf({
      passwordForms: (bytes: Uint8Array) => [bytes, typed('a longer horse'), typed('h')],
      rareReadings: () => [{ ...parsed, params: { version: 9 } }],
    })
    expect(reading.cost(5)).toEqual({ milliseconds: 5, bytes: 4, lanes: 7 })
    expect(reading.costOfCheck(password)).toEqual({ milliseconds: 5 + 14 + 1 + 5, bytes: 4, lanes: 9 })
    const one = readingOf({ passwordForms: (bytes: Uint8Array) => [bytes], rareReadings: () => [] })
    expect(one.costOfCheck(password)).toEqual(one.cost(5))
  })

  test('are computed and counted once where two are the same bytes', async () => {
    const derive = deriveOnly('nobody')
    const same = typed('same')
    const reading = readingOf({
      derive,
      passwordForms: (bytes: Uint8Array) => [bytes, typed('horse'), same, typed('same'), same, bytes],
    })
    expect(await reading.verify(password, run)).toBe(false)
    expect(derive).toHaveBeenCalledTimes(2)
    const counted = readingOf({
      passwordForms: (bytes: Uint8Array) => [bytes, typed('horse'), typed('same'), typed('same')],
    })
    expect(counted.costOfCheck(password).milliseconds).toBe(5 + 4)
  })

  test.each([
    ['a match', deriveOnly('HORSE')],
    ['a mismatch', deriveOnly('nobody')],
    ['a failure', () => Promise.reject(new Error('no'))],
  ])('are overwritten after %s, while the typed password is not', async (_, derive) => {
    const made: Uint8Array[] = []
    const bytes = typed('horse')
    const reading = readingOf({
      derive,
      passwordForms: (given: Uint8Array) => {
        const forms = [typed('HORSE'), typed('HORSE'), typed('pony')] as const
        made.push(...forms)
        return [given, given.subarray(0, 4), ...forms]
      },
    })
    await reading.verify(bytes, run).catch(() => undefined)
    reading.costOfCheck(bytes)
    expect(made).toHaveLength(6)
    expect(made.flatMap((form) => [...form]).filter((byte) => byte !== 0)).toEqual([])
    expect(Buffer.from(bytes).toString()).toBe('horse')
  })

  test('are not overwritten before they are computed, even where one is in the list twice', async () => {
    const derive = deriveOnly('HORSE')
    const form = typed('HORSE')
    const reading = readingOf({
      derive,
      passwordForms: (bytes: Uint8Array) => [bytes, form, form, form.subarray(0)],
    })
    expect(await reading.verify(typed('horse'), run)).toBe(true)
  })

  test('match no rare reading with an empty checksum', async () => {
    const rareReadings = () => [{ ...parsed, checksum: new Uint8Array(0) }]
    const given = [Uint8Array.of(0, 0, 0, 0), new Uint8Array(0)]
    const reading = readingOf({ derive: () => Promise.resolve(given.shift()), rareReadings })
    await expect(reading.verify(password, run)).rejects.toMatchObject({ code: 'ERR_ENGINE_FAILED' })
  })

  const foreign = Object.assign(new RangeError('horse'), { code: 'ERR_FOREIGN' })
  const fail = (): never => {
    throw foreign
  }
  test.each([
    ['whose forms throw', { passwordForms: fail }],
    ['whose rare readings throw', { rareReadings: fail }],
    ['without a form', { passwordForms: () => [] }],
    ['whose forms are no list', { passwordForms: () => null }],
    ['whose form is text', { passwordForms: () => ['horse'] }],
    ['whose rare readings are no list', { rareReadings: () => 'horse' }],
  ])(
    'reject with an EngineError, without the text of the error, where the specification fails: one %s',
    async (_, wrong) => {
      const reading = readingOf(wrong)
      const failures = [
        await reading.verify(password, run).catch((error: unknown) => error),
        await thrownBy(() => reading.costOfCheck(password)),
      ]
      for (const failure of failures) {
        expect(failure).toBeInstanceOf(EngineError)
        expect(failure).toMatchObject({
          code: 'ERR_ENGINE_FAILED',
          message: 'toy: what it makes of a password failed.',
        })
        expect(inspect(failure, { depth: Infinity, showHidden: true })).not.toContain('horse')
      }
      expect(reading.cost(5)).toEqual({ milliseconds: 5, bytes: 4, lanes: 7 })
    },
  )
})
