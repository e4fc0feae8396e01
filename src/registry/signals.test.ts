import { getEventListeners } from 'node:events'
import { describe, expect, test, vi } from 'vitest'
import { createSignalFollower } from './signals.js'

describe('a signal of many calls', () => {
  test('is listened to once, without a warning, and aborts all calls', () => {
    const warn = vi.spyOn(process, 'emitWarning')
    const follow = createSignalFollower()
    const controller = new AbortController()
    const aborts = Array.from({ length: 30 }, () => vi.fn())
    for (const abort of aborts) follow(controller.signal, abort)
    expect(getEventListeners(controller.signal, 'abort')).toHaveLength(1)
    controller.abort()
    for (const abort of aborts) expect(abort).toHaveBeenCalledOnce()
    expect(warn).not.toHaveBeenCalled()
    warn.mockRestore()
  })

  test('aborts no call that has ended, even if its end was reported twice', () => {
    const follow = createSignalFollower()
    const controller = new AbortController()
    const [ended, other] = [vi.fn(), vi.fn()]
    const end = follow(controller.signal, ended)
    follow(controller.signal, other)
    end()
    end()
    controller.abort()
    expect(ended).not.toHaveBeenCalled()
    expect(other).toHaveBeenCalledOnce()
    end()
  })

  test('is listened to until the last call ends, and again when another begins', () => {
    const follow = createSignalFollower()
    const controller = new AbortController()
    const listeners = (): number => getEventListeners(controller.signal, 'abort').length
    const ends = [follow(controller.signal, vi.fn()), follow(controller.signal, vi.fn())]
    ends[0]?.()
    expect(listeners()).toBe(1)
    ends[1]?.()
    expect(listeners()).toBe(0)
    const late = vi.fn()
    follow(controller.signal, late)
    ends[1]?.()
    controller.abort()
    expect(late).toHaveBeenCalledOnce()
  })

  test('aborts a call at once where it has aborted before', () => {
    const abort = vi.fn()
    const signal = AbortSignal.abort()
    const end = createSignalFollower()(signal, abort)
    expect(abort).toHaveBeenCalledOnce()
    end()
    expect(getEventListeners(signal, 'abort')).toEqual([])
  })

  test('aborts no call of another signal', () => {
    const follow = createSignalFollower()
    const [first, second] = [new AbortController(), new AbortController()]
    const [ofFirst, ofSecond] = [vi.fn(), vi.fn()]
    follow(first.signal, ofFirst)
    follow(second.signal, ofSecond)
    second.abort()
    expect(ofFirst).not.toHaveBeenCalled()
    expect(ofSecond).toHaveBeenCalledOnce()
  })
})
