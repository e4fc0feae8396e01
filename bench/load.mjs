// How many sign-ins does a server answer, and how fast, with 64 connections that never pause?
import { fork } from 'node:child_process'
import { once } from 'node:events'
import { signInAtLoad } from './support/load-client.mjs'
import { formatNumber, median, quantile } from './support/measure.mjs'
import { printTable } from './support/table.mjs'

// The warm-up is longer than the queue of 64, so that the steady state is measured.
const WARM_UP_MILLISECONDS = 5_000
const DURATION_MILLISECONDS = 12_000

const KINDS = ['passlift, all kinds', 'passlift, bcrypt only', 'bcryptjs, bcrypt only']

const columns = []
for (const kind of KINDS) columns.push(await load(kind))
printTable(
  `64 connections, three in ten passwords wrong, ${DURATION_MILLISECONDS / 1_000} s`,
  ['what', ...KINDS],
  Object.keys(columns[0]).map((what) => [what, ...columns.map((column) => formatNumber(column[what]))]),
)

async function load(kind) {
  const server = fork(new URL('support/load-server.mjs', import.meta.url), [kind])
  try {
    const [{ port }] = await once(server, 'message')
    const reported = once(server, 'message')
    const seen = await signInAtLoad({
      port,
      kind,
      warmUp: WARM_UP_MILLISECONDS,
      duration: DURATION_MILLISECONDS,
      measure: () => server.send('measure'),
      report: () => server.send('report'),
    })
    const [{ delayP99, delayMax, mebibytes }] = await reported

    const {
      200: right = [],
      401: wrong = [],
      503: refused = [],
      ...others
    } = Object.fromEntries(seen.byStatus)
    if (seen.wrong > 0 || Object.keys(others).length > 0) throw new Error('The server gave wrong answers.')
    const answered = [...right, ...wrong]
    const seconds = DURATION_MILLISECONDS / 1_000
    return {
      'sign-ins answered a second': answered.length / seconds,
      'sign-ins refused a second (503)': refused.length / seconds,
      'sign-in p50, ms': median(answered),
      'sign-in p99, ms': quantile(answered, 0.99),
      'trivial route p50, ms': median(seen.probes),
      'trivial route p99, ms': quantile(seen.probes, 0.99),
      'event-loop delay p99, ms': delayP99,
      'event-loop delay max, ms': delayMax,
      'peak memory, MiB': mebibytes,
    }
  } finally {
    server.kill()
  }
}
