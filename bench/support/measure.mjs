// Every benchmark uses these functions. Contenders take turns in one run, and the ratio is taken inside each round, so that
// another process on the core slows both.

/** The value below which a share of some numbers lies: 0.5 is the median. */
export function quantile(numbers, share) {
  const sorted = numbers.toSorted((first, second) => first - second)
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))]
}

export function median(numbers) {
  return quantile(numbers, 0.5)
}

/** Median, smallest and largest as text: `0.95 (0.91-1.02)`. */
export function formatSpread(numbers, digits = 2) {
  const [middle, low, high] = [median(numbers), Math.min(...numbers), Math.max(...numbers)]
  return `${formatNumber(middle, digits)} (${formatNumber(low, digits)}-${formatNumber(high, digits)})`
}

/** A number with digits after the point, from a hundred on without. */
export function formatNumber(number, digits = 1) {
  return number.toFixed(number < 100 ? digits : 0)
}

/** The milliseconds that a step takes. */
export async function time(step) {
  const start = performance.now()
  await step()
  return performance.now() - start
}

/**
 * Runs the contenders in turn, `rounds` times after some warm-ups, every other round backwards, so that none always runs
 * after the same one.
 *
 * @param contenders name -> function, timed as a whole
 * @returns name -> milliseconds of each round
 */
export async function alternate(contenders, { rounds, warmUps = 1 }) {
  const names = Object.keys(contenders)
  const times = Object.fromEntries(names.map((name) => [name, []]))
  for (let warmUp = 0; warmUp < warmUps; warmUp++) {
    for (const name of names) await contenders[name]()
  }
  for (let round = 0; round < rounds; round++) {
    const order = round % 2 === 0 ? names : names.toReversed()
    for (const name of order) times[name].push(await time(contenders[name]))
  }
  return times
}

/** The ratio of two lists, round by round. */
export function ratios(numbers, reference) {
  return numbers.map((number, round) => number / reference[round])
}

/** Repeats `step` one after another. Every answer must be true, since a wrong one measures nothing. */
export async function repeat(times, step) {
  for (let call = 0; call < times; call++) requireTrue(await step())
}

export function requireTrue(answer) {
  if (answer !== true) throw new Error('The right password did not match.')
}

/** Keeps `count` calls in flight: each lane starts its next call when its last has ended, until `next` gives none. */
export async function keepInFlight(count, next) {
  const lane = async () => {
    for (let call = next(); call !== undefined; call = next()) await call
  }
  await Promise.all(Array.from({ length: count }, lane))
}
