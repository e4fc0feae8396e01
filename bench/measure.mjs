// What every benchmark shares: contenders take turns in one run, and the ratio is taken inside each round, so that a
// moment when another job held the core falls on both.

/** Median, smallest and largest of some numbers. */
export function summarise(numbers) {
  const sorted = numbers.toSorted((first, second) => first - second)
  return { median: sorted[Math.floor(sorted.length / 2)], min: sorted[0], max: sorted.at(-1) }
}

/** `0.95 (0.91-1.02)` */
export function formatRatio(numbers) {
  const { median, min, max } = summarise(numbers)
  return `${median.toFixed(2)} (${min.toFixed(2)}-${max.toFixed(2)})`
}

/** The milliseconds that a step takes. */
export async function time(step) {
  const start = performance.now()
  await step()
  return performance.now() - start
}

/**
 * Runs the contenders in turn, `rounds` times after one warm-up.
 *
 * @param contenders name -> function, timed as a whole
 * @returns name -> milliseconds of each round
 */
export async function alternate(contenders, rounds) {
  const names = Object.keys(contenders)
  const times = Object.fromEntries(names.map((name) => [name, []]))
  for (const name of names) await contenders[name]()
  for (let round = 0; round < rounds; round++) {
    for (const name of names) times[name].push(await time(contenders[name]))
  }
  return times
}

/** The ratio of two contenders, round by round. */
export function ratios(times, name, reference) {
  return times[name].map((milliseconds, round) => milliseconds / times[reference][round])
}

/** Prints rows under a heading, as a Markdown table. */
export function printTable(title, heads, rows) {
  console.log(`\n### ${title}\n`)
  console.log(`| ${heads.join(' | ')} |`)
  console.log(`| ${heads.map(() => '---').join(' | ')} |`)
  for (const row of rows) console.log(`| ${row.join(' | ')} |`)
}
