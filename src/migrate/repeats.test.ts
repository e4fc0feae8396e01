import { describe, expect, test } from 'vitest'
import { createRepeatCounter } from './repeats.js'
import type { Repeats } from './repeats.js'

/** What a counter says of texts that differ, and of others that stand a number of times. */
function count(different: number, { groups, each }: { groups: number; each: number }): Repeats {
  const counter = createRepeatCounter()
  for (let text = 0; text < different; text++) counter.add(`$2b$12$one${text}`)
  for (let time = 0; time < each; time++)
    for (let text = 0; text < groups; text++) counter.add(`$2b$12$shared${text}`)
  return counter.count()
}

describe('texts that stand more than once', () => {
  test.each([
    [0, { groups: 0, each: 0 }, { accounts: 0, groups: 0 }],
    [100, { groups: 1, each: 9 }, { accounts: 0, groups: 0 }],
    [100, { groups: 1, each: 10 }, { accounts: 10, groups: 0 }],
    [100, { groups: 9, each: 2 }, { accounts: 18, groups: 0 }],
    [100, { groups: 10, each: 2 }, { accounts: 20, groups: 10 }],
    [980_000, { groups: 4_000, each: 5 }, { accounts: 20_000, groups: 4_000 }],
  ])(
    'are counted exactly to a million rows, and under ten not at all: %i and %j',
    (different, shared, found) => {
      expect(count(different, shared)).toEqual({ ...found, about: false })
    },
  )

  test('are none above a million rows where only fingerprints are equal, by chance', () => {
    expect(count(2_000_000, { groups: 0, each: 0 })).toEqual({ accounts: 0, groups: 0, about: true })
  })

  test('are estimated above a million rows', () => {
    const { accounts, groups, about } = count(1_500_000, { groups: 50_000, each: 4 })
    expect(about).toBe(true)
    expect(Math.abs(accounts - 200_000)).toBeLessThan(4_000)
    expect(Math.abs(groups - 50_000)).toBeLessThan(1_000)
  })
})
