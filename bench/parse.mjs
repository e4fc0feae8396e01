// How many distinct digests a second does one core identify, and parse?
import { hashers, identify, parse } from 'passlift'
import { formatSpread, median, time } from './support/measure.mjs'
import { printTable } from './support/table.mjs'

const COUNT = 200_000
const ROUNDS = 9

const mixed = makeDigests(hashers)
const unread = hashers.filter(
  ({ name }, place) => parse(mixed[place])?.hasher !== name && name !== 'pbkdf2_sha256',
)
if (unread.length > 0 || mixed.some((digest) => parse(digest)?.outcome !== 'parsed'))
  throw new Error('The digests of this benchmark must parse.')
// Each with a loop of its own, as an audit has: a shared one would call through a pointer.
const steps = {
  identify: () => {
    for (const digest of mixed) identify(digest)
  },
  'parse, which identifies': () => {
    for (const digest of mixed) parse(digest)
  },
  'identify, and then parse': () => {
    for (const digest of mixed) {
      identify(digest)
      parse(digest)
    }
  },
}
const rows = []
for (const [name, visitAll] of Object.entries(steps)) rows.push([name, formatSpread(await rates(visitAll))])
printTable(
  `${COUNT} distinct digests of all hashers, one core, ${ROUNDS} rounds`,
  ['what', 'million a second (min-max)'],
  rows,
)

const byHasher = []
for (const hasher of hashers) {
  const digests = makeDigests([hasher])
  const parseAll = () => {
    for (const digest of digests) parse(digest)
  }
  const nanoseconds = 1_000 / median(await rates(parseAll))
  const { length } = hasher.example
  byHasher.push([`\`${hasher.name}\``, length, nanoseconds.toFixed(0), (nanoseconds / length).toFixed(1)])
}
printTable(
  `parse, ${COUNT} distinct digests of one hasher, ${ROUNDS} rounds`,
  ['hasher', 'characters', 'ns', 'ns a character'],
  byHasher,
)

/** Millions a second, by round. */
async function rates(visitAll) {
  await time(visitAll)
  const seen = []
  for (let round = 0; round < ROUNDS; round++) seen.push(COUNT / (await time(visitAll)) / 1_000)
  return seen
}

/** Examples of some hashers in turn, each with other characters in its salt or checksum. */
function makeDigests(some) {
  return Array.from({ length: COUNT }, (_, index) => {
    const { name, example } = some[index % some.length]
    const mark = index.toString(16).padStart(8, '0')
    const at = name === 'scrypt_firebase' ? 0 : example.lastIndexOf('$') + 1
    const start = name === 'bcrypt' || name === 'bcrypt_sha256_django' ? at + 24 : at
    const text = name === 'phpass' ? `${example.slice(0, 20)}${mark}${example.slice(28)}` : undefined
    // Joined and split again, so that each is a flat string of its own, as a database driver gives it.
    return Buffer.from(text ?? example.slice(0, start) + mark + example.slice(start + 8)).toString('latin1')
  })
}
