import { describe, expect, test } from 'vitest'
import { readMembers } from './json.js'
import type { Member } from './json.js'

async function* piecesOf(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield await Promise.resolve(text.slice(at, at + size))
}

async function read(text: string, names: readonly string[] = [], size = 3): Promise<readonly Member[]> {
  const members: Member[] = []
  for await (const batch of readMembers(piecesOf(text, size), { names })) members.push(...batch)
  return members
}

describe('the members of a list in JSON', () => {
  test('are read one at a time, whatever the pieces of the text', async () => {
    const text = '[{"id":12345678901234567890,"a":["x",null,true,1.50]},"text",7,[]]'
    const expected = [
      {
        place: 1,
        value: new Map<string, unknown>([
          ['id', { number: '12345678901234567890' }],
          ['a', ['x', null, true, { number: '1.50' }]],
        ]),
        problem: undefined,
      },
      { place: 2, value: 'text', problem: undefined },
      { place: 3, value: { number: '7' }, problem: undefined },
      { place: 4, value: [], problem: undefined },
    ]
    for (const size of [1, 2, 7, 1000]) expect(await read(text, [], size)).toEqual(expected)
  })

  test('are those of the first list under a name', async () => {
    const text = '{"realm":"acme","other":[1],"users":[{"id":"a"}],"more":{"users":[2]}}'
    expect(await read(text, ['users'])).toEqual([
      { place: 1, value: new Map([['id', 'a']]), problem: undefined },
    ])
  })

  test.each([
    ['a key that stands twice', '{"a":1,"a":1}', 'duplicate-key'],
    ['65 levels', `${'['.repeat(65)}${']'.repeat(65)}`, 'depth'],
    ['a long value', `"${'x'.repeat(1024 * 1024 + 1)}"`, 'value-too-long'],
    ['a great many of small values', `[${'[],'.repeat(150_000)}0]`, 'record-too-long'],
    ['many values', `[${`"${'x'.repeat(1000)}",`.repeat(5000)}0]`, 'record-too-long'],
  ])('have a problem where there is %s, and the next are read', async (_, value, problem) => {
    expect(await read(`[${value},"next"]`, [], 65_536)).toEqual([
      expect.objectContaining({ place: 1, problem }),
      { place: 2, value: 'next', problem: undefined },
    ])
  })

  test.each([
    ['text that is no JSON', '[{]'],
    ['a list that is cut off', '[{"a":1},'],
    ['no list', '{"users":{}}'],
    ['nothing', ''],
  ])('reject for %s', async (_, text) => {
    await expect(read(text, ['users'])).rejects.toMatchObject({ code: 'ERR_MIGRATE_INPUT' })
  })
})

describe('hostile JSON', () => {
  const MIB = 1024 * 1024

  async function* repeat(text: string, times: number): AsyncGenerator<string> {
    for (let at = 0; at < times; at++) yield await Promise.resolve(text)
  }

  test.each<readonly [string, string, string, number, string]>([
    [
      'lists in lists, in an account',
      '[',
      '['.repeat(50_000),
      100,
      'The file is nested more than 1,000 levels deep.',
    ],
    [
      'lists beside the accounts',
      '{"a":',
      '['.repeat(50_000),
      100,
      'The file is nested more than 1,000 levels deep.',
    ],
    [
      'objects in objects',
      '[',
      '{"a":'.repeat(50_000),
      100,
      'The file is nested more than 1,000 levels deep.',
    ],
    ['a key without an end', '[{"', 'x'.repeat(MIB), 1_000, 'A key or a number of the file is over 4 MiB.'],
    ['a number without an end', '[', '1'.repeat(MIB), 1_000, 'A key or a number of the file is over 4 MiB.'],
  ])('is refused before it fills the memory: %s', async (_, start, more, times, message) => {
    let taken = 0
    async function* text(): AsyncGenerator<string> {
      yield start
      for await (const piece of repeat(more, times)) {
        taken++
        yield piece
      }
    }
    const reading = (async () => {
      for await (const members of readMembers(text(), { names: start === '[' ? [] : ['users'] }))
        expect(members).toEqual([])
    })()
    await expect(reading).rejects.toMatchObject({ code: 'ERR_MIGRATE_INPUT', message })
    expect(taken).toBeLessThan(10)
  })

  test('in one piece of five million brackets is refused, too', async () => {
    const text = '['.repeat(5_000_000)
    await expect(read(text, [], text.length)).rejects.toMatchObject({ code: 'ERR_MIGRATE_INPUT' })
  })
})
