import { describe, expect, test } from 'vitest'
import { createBcryptKernel } from './bcrypt.js'
import type { BcryptLane } from './bcrypt.js'
import { modules, randomBytes, watch } from './kernels.fixture.js'

const { kernel, memory } = watch(createBcryptKernel, modules.bcrypt)

describe("the memory of bcrypt's kernel", () => {
  const LANES = [4608, 13824] as const
  const INITIAL = [16384, 16384 + 4168] as const

  test('is one page, of which only the lanes are written', () => {
    const watched = watch(createBcryptKernel, modules.bcrypt)
    const all = watched.memory()
    for (const [start, end] of [
      [0, LANES[0]],
      [LANES[1], INITIAL[0]],
      [INITIAL[1], all.length],
    ] as const) {
      all.fill(0xa5, start, end)
    }
    const before = Buffer.from(all)
    for (const length of [0, 1, 71, 72, 73, 4096, 100_000]) {
      const filled = { password: new Uint8Array(length).fill(0xff), salt: new Uint8Array(16).fill(0xff) }
      for (const variant of ['standard', 'no-nul', 'sign-extended', 'countermeasure'] as const) {
        watched.kernel.derive([{ ...filled, variant }], 4)
        watched.kernel.derive(
          [
            { ...filled, variant },
            { ...filled, variant },
          ],
          4,
        )
      }
    }
    expect(Buffer.compare(all, before)).toBe(0)
    expect(watched.kernel.bytes()).toBe(65_536)
  })

  test('keeps no password, salt, state or result', () => {
    const password = Buffer.from('correct horse battery staple')
    const salt = Buffer.from('sixteen of salt!')
    for (const lanes of [
      [{ password, salt, variant: 'standard' }],
      [randomLane(), { password, salt, variant: 'no-nul' }],
      [{ password, salt, variant: 'countermeasure' }, randomLane()],
    ] as const) {
      const results = kernel.derive(lanes, 4)
      const left = memory()
      expect(left.includes(password.subarray(0, 4))).toBe(false)
      expect(left.includes(salt.subarray(0, 4))).toBe(false)
      for (const result of results) expect(left.includes(Buffer.from(result.subarray(0, 8)))).toBe(false)
      expect(left.subarray(...LANES).every((byte) => byte === 0)).toBe(true)
    }
  })

  test('is not shared with the results, which are copies, nor with the arguments, which do not change', () => {
    const a = randomLane()
    const copy = { ...a, password: a.password.slice(), salt: a.salt.slice() }
    const [first] = kernel.derive([a], 4)
    const kept = first?.slice()
    kernel.derive([randomLane(), randomLane()], 4)
    expect(first).toEqual(kept)
    expect(a).toEqual(copy)
  })
})

describe("bcrypt's kernel refuses", () => {
  const good = randomLane()

  test.each([3, 32, 0, -1, 4.5, NaN, Infinity, 2 ** 32 + 4])('a cost of %s', (cost) => {
    expect(() => kernel.derive([good], cost)).toThrow(
      new RangeError('bcrypt: cost must be an integer from 4 to 31.'),
    )
  })

  test.each([0, 15, 17, 4096])('a salt of %i bytes, in either lane', (length) => {
    const bad = { ...good, salt: randomBytes(length) }
    const error = new RangeError('bcrypt: salt must be 16 bytes.')
    expect(() => kernel.derive([bad], 4)).toThrow(error)
    expect(() => kernel.derive([good, bad], 4)).toThrow(error)
  })

  test.each([
    ['lanes', [], 4],
    ['lanes', [good, good, good], 4],
    ['password', [{ ...good, password: 'secret' }], 4],
    ['salt', [{ ...good, salt: '0123456789abcdef' }], 4],
    ['variant', [{ ...good, variant: 'secret' }], 4],
    ['cost', [good], '4'],
  ])(
    '%s of a wrong type before anything is written, without the value in the message (case %#)',
    (field, ...values) => {
      const before = Buffer.from(memory())
      const refused = attempt(() => Reflect.apply(kernel.derive, undefined, values))
      expect(refused).toBeInstanceOf(RangeError)
      expect(String(refused)).toContain(`bcrypt: ${field} `)
      expect(String(refused)).not.toMatch(/secret|0123/)
      expect(Buffer.compare(memory(), before)).toBe(0)
      expect(() => kernel.derive([good], 4)).not.toThrow()
    },
  )
})

function randomLane(): BcryptLane {
  return { password: randomBytes(20), salt: randomBytes(16), variant: 'standard' }
}

function attempt(act: () => unknown): unknown {
  try {
    return act()
  } catch (error) {
    return error
  }
}
