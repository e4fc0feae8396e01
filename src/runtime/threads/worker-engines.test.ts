import type { Worker } from 'node:worker_threads'
import { afterEach, describe, expect, test } from 'vitest'
import type { Job } from '../../compute/kind.js'
import { answersFor, usualJobOf } from '../../compute/kinds.fixture.js'
import { bcryptJob } from '../../compute/kinds/bcrypt.js'
import { unpack } from '../../platform/node.js'
import { engineOf, requestOf } from './requests.fixture.js'
import { startWorker } from './start-worker.js'
import type { WorkerReply, WorkerRequest, WorkerResult } from './worker-protocol.js'

// These tests start real threads, with the text and the engines of the build.

const started: Worker[] = []

afterEach(async () => {
  await Promise.all(started.splice(0).map((worker) => worker.terminate()))
})

type Ask = (request: WorkerRequest) => Promise<readonly WorkerResult[]>

async function startThread(kernels = true): Promise<Ask> {
  const worker = await startWorker({ kernels })
  started.push(worker)
  return async (request) => {
    const replied = new Promise<WorkerReply>((resolve, reject) => {
      worker.once('message', resolve)
      worker.once('error', reject)
    })
    worker.postMessage(request)
    const { results } = await replied
    worker.removeAllListeners('error')
    return results
  }
}

const failed = (code: string): readonly unknown[] => [{ lane: 0, code }]
const packedOf = (job: Job): Partial<WorkerRequest> => ({ engine: unpack(job.row.packed) })
const throwing = (error: string): Uint8Array =>
  engineOf(`const { EngineError, PasswordError } = require('passlift:errors')
    module.exports = { engines: { standIn() { throw ${error} } } }`)

const BCRYPT = usualJobOf('bcrypt')

describe('a thread replies with the code of an error for', () => {
  test.each([
    ['a PasswordError', 'ERR_PASSWORD_ENCODING', "new PasswordError('ERR_PASSWORD_ENCODING', 'hunter2')"],
    ['an EngineError', 'ERR_ENGINE_UNAVAILABLE', "new EngineError('ERR_ENGINE_UNAVAILABLE', 'hunter2')"],
    ['an EngineError', 'ERR_ENGINE_MEMORY', "new EngineError('ERR_ENGINE_MEMORY', 'hunter2')"],
    ['an EngineError', 'ERR_ENGINE_FAILED', "new EngineError('ERR_ENGINE_FAILED', 'hunter2')"],
    [
      'an error of no class of the package',
      'ERR_ENGINE_FAILED',
      "Object.assign(new Error('hunter2'), { code: 'ERR_ENGINE_MEMORY' })",
    ],
    ['a thrown text', 'ERR_ENGINE_FAILED', "'hunter2'"],
  ])('%s: %s', async (_, code, error) => {
    const ask = await startThread(false)
    expect(await ask(requestOf([BCRYPT], { engine: throwing(error) }))).toEqual(failed(code))
  })

  test('a password that bcryptjs cannot take', async () => {
    const ask = await startThread(false)
    const job = bcryptJob({
      variant: 'standard',
      password: Uint8Array.of(0xff),
      salt: new Uint8Array(16),
      cost: 4,
    })
    expect(await ask(requestOf([job], packedOf(job)))).toEqual(failed('ERR_PASSWORD_ENCODING'))
  })

  test('a variant that bcryptjs does not have, and argon2, which has no stand-in', async () => {
    const variant = bcryptJob({
      variant: 'sign-extended',
      password: Uint8Array.of(0x61),
      salt: new Uint8Array(16),
      cost: 4,
    })
    for (const job of [variant, usualJobOf('argon2')]) {
      const ask = await startThread(false)
      expect(await ask(requestOf([job], packedOf(job)))).toEqual(failed('ERR_ENGINE_UNAVAILABLE'))
    }
  })

  test('a kernel whose memory cannot grow', async () => {
    const job = usualJobOf('argon2')
    const packed = unpack(job.row.packed)
    const end = 4 + new DataView(packed.buffer, packed.byteOffset).getUint32(0, true)
    const code = new TextDecoder().decode(packed.subarray(4, end))
    const noMemory = "WebAssembly.Memory.prototype.grow = () => { throw new RangeError('hunter2') };"
    const ask = await startThread()
    const request = requestOf([job], { engine: engineOf(noMemory + code, packed.subarray(end)) })
    expect(await ask(request)).toEqual(failed('ERR_ENGINE_MEMORY'))
  })
})

describe('a thread of the runtime', () => {
  test.each([true, false])(
    'computes with the engines that the build packed (kernels: %s)',
    async (kernels) => {
      const ask = await startThread(kernels)
      for (const kind of [
        'bcrypt',
        'scrypt',
        'yescrypt',
        'pbkdf2',
        'digest-loop',
        'crypt-digest',
        'crypt-des',
      ] as const) {
        const job = usualJobOf(kind)
        for (const { job: known, bytes } of answersFor(job)) {
          const request = requestOf([{ ...known, row: job.row }], packedOf(job))
          expect(await ask(request)).toEqual([{ lane: 0, bytes }])
        }
      }
    },
  )

  test('fails a job without an engine, and computes the next job, which brings one', async () => {
    const ask = await startThread()
    expect(await ask(requestOf([BCRYPT], { engine: undefined }))).toEqual(failed('ERR_ENGINE_FAILED'))
    expect(await ask(requestOf([BCRYPT], packedOf(BCRYPT)))).toMatchObject([{ lane: 0, bytes: {} }])
  })

  test.each([
    ['no JavaScript', engineOf('this is no JavaScript')],
    ['code that throws when it is loaded', engineOf("throw new Error('hunter2')")],
    ['code that exports no engines', engineOf('module.exports = {}')],
    ['too few bytes', new Uint8Array(2)],
  ])('fails a job whose engine is %s, and computes the next job', async (_, engine) => {
    const ask = await startThread()
    expect(await ask(requestOf([BCRYPT], { engine }))).toEqual(failed('ERR_ENGINE_FAILED'))
    const job = usualJobOf('scrypt')
    expect(await ask(requestOf([job], packedOf(job)))).toMatchObject([{ lane: 0, bytes: {} }])
  })
})
