import { describe, expect, test } from 'vitest'
import { shareOf } from '../conformance/share.fixture.js'
import { readJson, run } from './run-built.js'

// The check of this bcrypt digest of `password`, of cost 14, takes a second or more, in which the answer is not known.
const args = ['verify', '--digest', '$2b$14$......................fVPvf1iNctzoPadUPPK8or7ZkWaplOu']
const input = 'password'

test('verify has exit code 0 for the right password of a slow digest', async () => {
  expect(await run(args, { input })).toMatchObject({ code: 0, stderr: '' })
})

const SIGNALS = ['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP'] as const

test.each(shareOf(SIGNALS, 3))(
  'verify is ended by %s during a check, and reports no match',
  async (signal) => {
    const killed = await run(args, { input, kill: { signal, after: 600 } })
    expect(killed).toEqual({ code: null, signal, stdout: '', stderr: '' })
  },
)

describe.concurrent('verify has exit code 3', () => {
  test('where the worker thread is lost', async () => {
    const preload = `
      import { Worker } from 'node:worker_threads'
      Worker.prototype.postMessage = function () { void this.terminate() }`
    const lost = await run([...args, '--json'], { input, preload })
    expect(lost.code).toBe(3)
    expect(readJson(lost)).toMatchObject({ outcome: 'error', code: 'ERR_ENGINE_LOST' })
    expect(lost.stderr).toMatch(/^passlift verify: .+\n$/)
  })

  test('where no worker thread can be started', async () => {
    const preload = `
      import { syncBuiltinESMExports } from 'node:module'
      import threads from 'node:worker_threads'
      threads.Worker = class { constructor() { throw new Error('hunter2') } }
      syncBuiltinESMExports()`
    const none = await run([...args, '--json'], { input, preload })
    expect(none.code).toBe(3)
    expect(readJson(none)).toMatchObject({ outcome: 'error', code: 'ERR_ENGINE_UNAVAILABLE' })
    expect(none.stdout + none.stderr).not.toContain('hunter2')
  })

  test('where nothing keeps the process alive until the check has ended', async () => {
    const preload = `
      import { Worker } from 'node:worker_threads'
      Worker.prototype.postMessage = function () { this.unref() }
      const set = setTimeout
      globalThis.setTimeout = (...args) => set(...args).unref()`
    expect(await run(args, { input, preload })).toMatchObject({ code: 3, stdout: '' })
  })

  test('where an uncaught error ends the process, and does not print the text of the error', async () => {
    const preload = `
      import { Worker } from 'node:worker_threads'
      Worker.prototype.postMessage = function () {
        setImmediate(() => { throw new RangeError('hunter2') })
      }`
    const stderr = 'passlift: An internal error (RangeError). There is no answer.\n'
    expect(await run(args, { input, preload })).toEqual({ code: 3, signal: null, stdout: '', stderr })
  })
})
