// How long does it take to drop waiting calls when one signal aborts them all?
import { createRegistry, createRuntime } from 'passlift'
import { setImmediate } from 'node:timers/promises'
import { caseOf } from './support/cases.mjs'
import { alternate, formatSpread, median, ratios } from './support/measure.mjs'
import { printTable } from './support/table.mjs'

const FEW = 90
const MANY = 900
const ROUNDS = 21
const WARM_UPS = 5

const { digest, password } = caseOf('bcrypt')
const kinds = {
  'short checks, all places taken': digest,
  // This job is estimated at two seconds. One that runs leaves the last place idle, and the others wait for their class.
  'heavy checks, a place idle': digest.replace(/\$\d\d\$/, '$15$'),
}

const rows = []
for (const [kind, waiting] of Object.entries(kinds)) {
  const times = { [FEW]: [], [MANY]: [] }
  await alternate(
    {
      [FEW]: async () => times[FEW].push(await drop(waiting, FEW)),
      [MANY]: async () => times[MANY].push(await drop(waiting, MANY)),
    },
    { rounds: ROUNDS, warmUps: WARM_UPS },
  )
  const [few, many] = [times[FEW], times[MANY]].map((all) => all.slice(WARM_UPS))
  rows.push([kind, median(few).toFixed(2), median(many).toFixed(2), formatSpread(ratios(many, few), 1)])
}
printTable(
  `Calls that wait, dropped by one signal, processor time, ${ROUNDS} rounds`,
  ['what waits', `${FEW}, ms`, `${MANY}, ms`, 'ratio (min-max)'],
  rows,
)

/**
 * The milliseconds of processor time from the abort until all calls have rejected, without that of other processes. The jobs
 * that hold the places use no core meanwhile.
 */
async function drop(waiting, count) {
  let release
  const held = new Promise((resolve) => {
    release = resolve
  })
  const engine = { name: 'held', usesThreadPool: false, compute: () => held }
  // The queue admits all of them: heavy checks may hold half of it.
  const runtime = createRuntime({ concurrency: 2, maxQueue: 3 * MANY, maxWaitMilliseconds: Infinity })
  const { verify } = createRegistry({ equalize: false, runtime, engines: { bcrypt: engine } })

  const running = [waiting, waiting].map((one) => verify(password, one))
  const controller = new AbortController()
  const calls = Array.from({ length: count }, () => verify(password, waiting, { signal: controller.signal }))
  await setImmediate()
  const start = process.cpuUsage()
  controller.abort()
  const settled = await Promise.allSettled(calls)
  const { user, system } = process.cpuUsage(start)
  if (!settled.every(({ reason }) => reason === controller.signal.reason)) {
    throw new Error('A call was not dropped.')
  }
  release()
  // The engine fails its checks, which ends them.
  await Promise.allSettled(running)
  return (user + system) / 1_000
}
