import { describe, expect, test } from 'vitest'
import { OverloadedError } from '../errors.js'
import { createAdmission } from './admission.js'

const never = (): number => 0
const LIMITS = { maxQueue: 1_000, maxWaitMilliseconds: 5_000 }

describe('the number of admitted calls', () => {
  test('may reach the size of the queue, and the next call is refused', () => {
    const admit = createAdmission({ ...LIMITS, maxQueue: 3 }, never)
    for (let call = 0; call < 3; call++) admit()
    expect(admit).toThrow(OverloadedError)
    expect(admit).toThrow(expect.objectContaining({ code: 'ERR_OVERLOADED' }))
  })

  test('falls by one when a call leaves, even if the call leaves several times', () => {
    const admit = createAdmission({ ...LIMITS, maxQueue: 2 }, never)
    const leave = admit()
    admit()
    expect(admit).toThrow(OverloadedError)
    leave()
    leave()
    admit()
    expect(admit).toThrow(OverloadedError)
  })

  test('does not rise with a call that is refused', () => {
    const admit = createAdmission({ ...LIMITS, maxQueue: 1 }, never)
    const leave = admit()
    for (let call = 0; call < 10; call++) expect(admit).toThrow(OverloadedError)
    leave()
    expect(admit).not.toThrow()
  })
})

describe('the estimated wait of a new call', () => {
  test('may be as long as the limit, inclusive', () => {
    let wait = 5_000
    const admit = createAdmission(LIMITS, () => wait)
    expect(admit).not.toThrow()
    wait = 5_000.001
    expect(admit).toThrow(OverloadedError)
    wait = 0
    expect(admit).not.toThrow()
  })

  test('is computed again for each call', () => {
    const waits = [0, 9_000, 0]
    const admit = createAdmission(LIMITS, () => waits.shift() ?? 0)
    expect(admit).not.toThrow()
    expect(admit).toThrow(OverloadedError)
    expect(admit).not.toThrow()
  })
})

test('the refusal of a call does not name the estimated wait, and says what to do', () => {
  const admit = createAdmission({ ...LIMITS, maxQueue: 1 }, never)
  admit()
  expect(admit).toThrow('Too many password checks are waiting. Try again later.')
})
