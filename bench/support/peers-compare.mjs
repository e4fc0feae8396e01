import { alternate, keepInFlight, median, ratios, requireTrue, time } from './measure.mjs'

const ROUND_MILLISECONDS = 40
const WRONG = 'not the password'

/** Makes a function that gives the milliseconds of some calls one after another. */
export function timedHere(check) {
  return async (calls, password) => {
    let isRight = true
    const milliseconds = await time(async () => {
      for (let call = 0; call < calls; call++) isRight = (await check(password)) === true && isRight
    })
    return { isRight, milliseconds }
  }
}

/** Whether a contender matches the right password, and no other. */
export async function requireRight(name, contender, password) {
  const [right, wrong] = [await contender(1, password), await contender(1, WRONG)]
  if (!right.isRight || wrong.isRight) throw new Error(`${name} does not tell right from wrong.`)
}

/**
 * Compares single calls of passlift and a peer, which take turns, each long enough for the clock.
 *
 * @returns passlift's time over the peer's by round, and the median milliseconds of a call of each
 */
export async function compareTimes(passlift, peer, { password, budget, minRounds, maxRounds }) {
  const contenders = [passlift, peer]
  const calls = []
  let round = 0
  for (const contender of contenders) {
    const one = await measureCall(contender, password)
    calls.push(Math.ceil(ROUND_MILLISECONDS / one))
    round += Math.max(ROUND_MILLISECONDS, one)
  }
  const rounds = Math.min(maxRounds, Math.max(minRounds, Math.floor(budget / round)))
  const times = [[], []]
  for (let number = 0; number < rounds; number++) {
    const order = number % 2 === 0 ? [0, 1] : [1, 0]
    for (const place of order) {
      const { isRight, milliseconds } = await contenders[place](calls[place], password)
      requireTrue(isRight)
      times[place].push(milliseconds / calls[place])
    }
  }
  return { ratio: ratios(...times), milliseconds: times.map(median) }
}

/** The milliseconds of a call, from as many calls as fast functions need to warm up. */
async function measureCall(contender, password) {
  for (let calls = 1; ; calls *= 8) {
    const { milliseconds } = await contender(calls, password)
    if (milliseconds >= ROUND_MILLISECONDS / 2) return milliseconds / calls
  }
}

/**
 * Compares contenders with many calls in flight, all of them in every round.
 *
 * @param contenders name -> a function of the password; the first is passlift's
 * @returns the others' names, each with passlift's throughput over theirs by round, and calls a second of each of all
 */
export async function compareThroughput(contenders, { password, inFlight, calls, rounds }) {
  const batches = Object.entries(contenders).map(([name, check]) => {
    const batch = () => {
      let left = calls
      return keepInFlight(inFlight, () => (left-- > 0 ? check(password).then(requireTrue) : undefined))
    }
    return [name, batch]
  })
  const times = await alternate(Object.fromEntries(batches), { rounds })
  const [first, ...others] = Object.keys(contenders)
  const rate = (name) => (calls / median(times[name])) * 1_000
  return others.map((name) => ({
    name,
    ratio: ratios(times[name], times[first]),
    rates: [rate(first), rate(name)],
  }))
}
