// How many checks a second, with 1, 2, 8 and 64 of them in flight, against the packages' own asynchronous functions?
import { createRegistry } from 'passlift'
import { describeParams, slowCases } from './support/cases.mjs'
import { check, readJob } from './support/kinds.mjs'
import { alternate, formatSpread, keepInFlight, median, ratios, requireTrue } from './support/measure.mjs'
import { printTable } from './support/table.mjs'

// Each row: calls in flight, calls a round, rounds.
const LEVELS = [
  { inFlight: 1, calls: 8, rounds: 5 },
  { inFlight: 2, calls: 8, rounds: 5 },
  { inFlight: 8, calls: 16, rounds: 5 },
  { inFlight: 64, calls: 64, rounds: 3 },
]

const { verify } = createRegistry({ equalize: false })

const rows = []
for (const one of slowCases) {
  const { kind, hasher, digest, password } = one
  const job = readJob(one)
  for (const { inFlight, calls, rounds } of LEVELS) {
    const batch = (start) => () => {
      let left = calls
      return keepInFlight(inFlight, () => (left-- > 0 ? start().then(requireTrue) : undefined))
    }
    const times = await alternate(
      {
        passlift: batch(() => verify(password, digest, { hasher })),
        package: batch(() => check(job)),
      },
      { rounds, warmUps: inFlight === 1 ? 1 : 0 },
    )
    const rate = (name) => ((calls / median(times[name])) * 1_000).toFixed(1)
    rows.push([
      kind,
      `\`${hasher}\`, ${describeParams(one)}`,
      inFlight,
      rate('passlift'),
      rate('package'),
      formatSpread(ratios(times.package, times.passlift)),
    ])
  }
}
printTable(
  'Checks a second',
  ['kind', 'hasher', 'in flight', 'passlift', 'package alone', 'ratio (min-max)'],
  rows,
)
