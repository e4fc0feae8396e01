// How many checks a second, with 1, 2, 8 and 64 of them in flight, against the packages' own asynchronous functions?
import { scryptSync } from 'node:crypto'
import { createRegistry } from 'passlift'
import { check, readJob } from './support/bare.mjs'
import { alternate, formatSpread, keepInFlight, median, ratios, requireTrue } from './support/measure.mjs'
import { complete, describeParams, sampleOf } from './support/samples.mjs'
import { printTable } from './support/table.mjs'

// in flight, calls a round, rounds: the last is the longest.
const LEVELS = [
  { inFlight: 1, calls: 8, rounds: 5 },
  { inFlight: 2, calls: 8, rounds: 5 },
  { inFlight: 8, calls: 16, rounds: 5 },
  { inFlight: 64, calls: 64, rounds: 3 },
]

const { verify } = createRegistry({ equalize: false })

// One of each engine; all but bcrypt at small parameters, so that the whole takes a minute.
const samples = [
  sampleOf('php.password_hash@example.com'),
  sampleOf('argon2.argon2i@example.com'),
  makeScrypt(),
  sampleOf('django.pbkdf2.old@example.org'),
  sampleOf('phpbb.phpass@example.org'),
]

const rows = []
for (const sample of samples) {
  const { hasher, digest, password } = sample
  const job = readJob(sample)
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
      `\`${hasher}\`, ${describeParams(sample)}`,
      inFlight,
      rate('passlift'),
      rate('package'),
      formatSpread(ratios(times.package, times.passlift)),
    ])
  }
}
printTable('Checks a second', ['hasher', 'in flight', 'passlift', 'package alone', 'ratio (min-max)'], rows)

function makeScrypt() {
  const password = 'correct horse battery staple'
  const checksum = scryptSync(password, 'seasaltseasalt', 64, { N: 4_096, r: 8, p: 1 })
  const digest = `scrypt:4096:8:1$seasaltseasalt$${checksum.toString('hex')}`
  return complete({ hasher: 'scrypt_werkzeug', digest, password })
}
