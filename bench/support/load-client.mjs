import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { keepInFlight, time } from './measure.mjs'
import { credentials } from './load-users.mjs'

const CONNECTIONS = 64
const PROBE_EVERY_MILLISECONDS = 20
const MAX_REQUESTS = 20_000
const PATIENCE_MILLISECONDS = 30_000

/**
 * Signs in over 64 connections, and requests a trivial route beside them on connections of its own.
 *
 * @param measure called when the first sign-ins have gone through the whole queue; answers count from here on
 * @param report called when answers no longer count, while the load goes on
 * @returns the milliseconds of sign-ins by status and of the trivial route, and how many answers were wrong
 */
export async function signInAtLoad({ port, kind, warmUp, duration, measure, report }) {
  const agents = [CONNECTIONS, Infinity].map((maxSockets) => new Agent({ keepAlive: true, maxSockets }))
  const [signInAgent, probeAgent] = agents
  const seen = { byStatus: new Map(), probes: [], wrong: 0 }
  let isMeasuring = false
  let isOver = false
  let number = 0

  const signIn = async () => {
    const { email, password, isRight } = credentials(kind, number++)
    const body = JSON.stringify({ email, password })
    let status
    const milliseconds = await time(async () => {
      status = await ask({ port, agent: signInAgent, method: 'POST', path: '/sign-in' }, body)
    })
    if (!isMeasuring) return
    seen.byStatus.set(status, [...(seen.byStatus.get(status) ?? []), milliseconds])
    if (status === (isRight ? 401 : 200)) seen.wrong++
  }
  // Requests are sent at a fixed rate, whether or not the last one was answered, so that a stall delays each one during it.
  const probe = async () => {
    const isCounted = isMeasuring
    const milliseconds = await time(() => ask({ port, agent: probeAgent, method: 'GET', path: '/health' }))
    if (isCounted) seen.probes.push(milliseconds)
  }

  let failure
  const next = () => (isOver || number >= MAX_REQUESTS ? undefined : signIn())
  const load = keepInFlight(CONNECTIONS, next).catch((error) => {
    if (!isOver) failure = error
  })
  const probes = []
  const probeUntil = async (end) => {
    while (performance.now() < end) {
      probes.push(probe())
      await sleep(PROBE_EVERY_MILLISECONDS)
    }
  }
  await probeUntil(performance.now() + warmUp)
  measure()
  isMeasuring = true
  await probeUntil(performance.now() + duration)
  isOver = true
  isMeasuring = false
  report()
  await Promise.all(probes)
  for (const agent of agents) agent.destroy()
  await load
  if (failure !== undefined) throw failure
  return seen
}

function ask({ port, ...options }, body) {
  return new Promise((resolve, reject) => {
    const sent = request(
      { host: '127.0.0.1', port, timeout: PATIENCE_MILLISECONDS, ...options },
      (response) => {
        response.resume().on('end', () => resolve(response.statusCode))
        response.on('error', reject)
      },
    )
    sent.on('timeout', () => sent.destroy(new Error('No answer.')))
    sent.on('error', reject)
    sent.end(body)
  })
}
