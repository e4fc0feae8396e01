import { expect, test } from 'vitest'
import { computeArgon2 } from './argon2-addon.js'
import { JOB_KINDS } from './engine.js'
import { costOfJob } from './job.js'
import { createKernelEngine } from './kernel-engines.js'
import { findKnownAnswer } from './known-answers.js'
import { computeSync } from './sync-engines.js'

test.each(JOB_KINDS)('every engine for %s gives the published answer', async (kind) => {
  const { job, bytes } = findKnownAnswer(kind)
  const fallback = job.kind === 'argon2' ? await computeArgon2(job) : computeSync(job)
  expect(Buffer.from(fallback).equals(bytes)).toBe(true)
  const kernel = createKernelEngine(kind)
  if (kernel !== undefined)
    expect(kernel.compute([job]).map((answer) => Buffer.from(answer).equals(bytes))).toEqual([true])
})

test.each(JOB_KINDS)('the answer for %s is cheap enough to ask for before a first job', (kind) => {
  const { job, bytes } = findKnownAnswer(kind)
  expect(job.kind).toBe(kind)
  expect(costOfJob(job).milliseconds).toBeLessThan(10)
  expect(bytes.byteLength).toBeGreaterThan(0)
})
