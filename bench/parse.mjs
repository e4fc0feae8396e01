// How many distinct digests a second does one core identify, and parse?
import { hashers, identify, parse } from 'passlift'
import { formatSpread, median, time } from './support/measure.mjs'
import { printTable } from './support/table.mjs'

const COUNT = 200_000
const ROUNDS = 9

const mixed = makeDigests(hashers)
// The mix begins with one digest of each. Django's hasher claims the grammar of pbkdf2_sha256 too, and is likelier.
const unread = hashers.filter(
  ({ name }, place) => parse(mixed[place])?.hasher !== name && name !== 'pbkdf2_sha256',
)
if (unread.length > 0) throw new Error('The digests of this benchmark must be read by the likeliest hasher.')
// Each with a loop of its own, as an audit has: a shared one would call through a pointer. All answers are looked at, so
// that V8 leaves no call out.
const steps = {
  identify: () => {
    let claimed = 0
    for (const digest of mixed) if (identify(digest).length > 0) claimed++
    requireAll(claimed)
  },
  'parse, which identifies': () => {
    let parsed = 0
    for (const digest of mixed) if (isParsed(parse(digest))) parsed++
    requireAll(parsed)
  },
  'identify, and then parse': () => {
    let parsed = 0
    for (const digest of mixed) if (identify(digest).length > 0 && isParsed(parse(digest))) parsed++
    requireAll(parsed)
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
    let parsed = 0
    for (const digest of digests) if (isParsed(parse(digest))) parsed++
    requireAll(parsed)
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

function isParsed(answer) {
  return answer !== undefined && answer.outcome === 'parsed'
}

function requireAll(count) {
  if (count !== COUNT) throw new Error('Every digest of this benchmark must parse.')
}

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
