// This sign-in server runs in a process of its own, whose peak memory is measured: POST /sign-in and GET /health, on
// loopback. `node load-server.mjs KIND` tells its parent the port and, when it is asked, the delays of the event loop.
import bcryptjs from 'bcryptjs'
import { createServer } from 'node:http'
import { monitorEventLoopDelay } from 'node:perf_hooks'
import { setTimeout as sleep } from 'node:timers/promises'
import { bcryptTarget, createRegistry, createSignIn } from 'passlift'
import { findUser } from './load-users.mjs'

// The histogram does not hold a stall that has not ended yet.
const DRAIN_MILLISECONDS = 50

const [, , kind] = process.argv
const signIn = kind.startsWith('bcryptjs') ? createBcryptjsSignIn() : createPassliftSignIn()
const histogram = monitorEventLoopDelay({ resolution: 1 })
histogram.enable()

process.on('message', (message) => {
  if (message === 'measure') histogram.reset()
  if (message === 'report') void report()
})
process.on('disconnect', () => process.exit())

// The timeout is longer than the whole queue takes, since a connection closed between two sign-ins would not be counted.
const server = createServer({ keepAliveTimeout: 60_000 }, (request, response) => {
  if (request.url === '/health') response.end('ok')
  else void answer(request, response)
})
server.listen(0, '127.0.0.1', () => process.send({ port: server.address().port }))

async function answer(request, response) {
  const chunks = []
  for await (const chunk of request) chunks.push(chunk)
  const { email, password } = JSON.parse(Buffer.concat(chunks).toString())
  try {
    response.statusCode = (await signIn(email, password)) === null ? 401 : 200
  } catch (error) {
    response.statusCode = error.code === 'ERR_OVERLOADED' ? 503 : 500
  }
  response.end()
}

function createPassliftSignIn() {
  const replaced = new Map()
  return createSignIn({
    registry: createRegistry({ target: bcryptTarget({ cost: 10 }) }),
    find: async (email) => replaced.get(email) ?? findUser(kind, email),
    replaceDigest: async ({ email }, { digest, hasher }) => {
      replaced.set(email, { email, digest, hasher })
      return true
    },
  })
}

function createBcryptjsSignIn() {
  return async (email, password) => {
    const user = findUser(kind, email)
    return (await bcryptjs.compare(password, user.digest)) ? user : null
  }
}

async function report() {
  await sleep(DRAIN_MILLISECONDS)
  histogram.disable()
  process.send({
    delayP99: histogram.percentile(99) / 1e6,
    delayMax: histogram.max / 1e6,
    mebibytes: process.resourceUsage().maxRSS / 1_024,
  })
}
