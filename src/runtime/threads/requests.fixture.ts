import type { Job } from '../../compute/kind.js'
import type { WorkerRequest } from './worker-protocol.js'

/** The first request to a thread for jobs of one kind, with an engine and the known answers of every trial. */
export function requestOf(jobs: readonly Job[], changed: Partial<WorkerRequest> = {}): WorkerRequest {
  const [first] = jobs
  if (first === undefined) throw new Error('A request has jobs.')
  const trials = jobs.map((job) => job.row.trial(job))
  return {
    id: 1,
    kind: first.kind,
    engine: new Uint8Array(0),
    answers: trials.map(({ name, answers }) => ({ trial: name, answers: answers() })),
    lanes: jobs.map((job, lane) => ({
      lane,
      job: job.row.copy(job),
      fitsKernel: job.row.fitsKernel(job),
      trial: job.row.trial(job).name,
    })),
    ...changed,
  }
}

/** An engine as it is sent to threads: the length of its code in four bytes, the code, its kernel. */
export function engineOf(code: string, kernel: Uint8Array = new Uint8Array(0)): Uint8Array {
  const text = new TextEncoder().encode(code)
  const length = new Uint8Array(4)
  new DataView(length.buffer).setUint32(0, text.byteLength, true)
  return Uint8Array.from([...length, ...text, ...kernel])
}
