// How many distinct digests a second does one core identify, and parse? How many by one regular expression for each hasher?
import { builtinHashers, identify, parse } from 'passlift'
import { cases } from './support/cases.mjs'
import { identifyByExpressions, makeExpression, parseByExpressions } from './support/expressions.mjs'
import { alternate, formatSpread, median, ratios, time } from './support/measure.mjs'
import { printTable } from './support/table.mjs'

const COUNT = 200_000
const ROUNDS = 9

// The digits that a mark may have at each place.
const MARKS = Array.from('0123456789abcdef', (digit) => digit.repeat(8))

// The hashers that take a digest without being named.
const unnamed = builtinHashers.filter(({ name, example }) => identify(example).includes(name))
const mixed = makeDigests(unnamed.map(({ example }) => templateOf(example)))
const expressions = unnamed.map(makeExpression)
// Each step has a loop of its own, as an audit has: a shared one would call through a pointer. All answers are looked at, so
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
const contenders = {
  'identify by expressions, all tried': () => {
    let claimed = 0
    for (const digest of mixed) if (identifyByExpressions(expressions, digest).length > 0) claimed++
    requireAll(claimed)
  },
  'parse by expressions, Buffer decoding': () => {
    let parsed = 0
    for (const digest of mixed) if (parseByExpressions(expressions, digest) !== undefined) parsed++
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

const times = await alternate({ ...steps, ...contenders }, { rounds: ROUNDS })
printTable(
  `${expressions.length} anchored expressions, one for each hasher, in turn with passlift, ${ROUNDS} rounds`,
  ['what', 'its rate over that of the expressions (min-max)', 'aim'],
  [
    ['identify', 'identify by expressions, all tried', '≥ 5'],
    ['parse, which identifies', 'parse by expressions, Buffer decoding', '≥ 0.8'],
  ].map(([name, other, aim]) => [name, formatSpread(ratios(times[other], times[name])), aim]),
)

const byKind = []
for (const { kind, hasher, digest } of cases) {
  const digests = makeDigests([templateOf(digest)])
  const parseAll = () => {
    let parsed = 0
    for (const digest of digests) if (isParsed(parse(digest))) parsed++
    requireAll(parsed)
  }
  const nanoseconds = 1_000 / median(await rates(parseAll))
  const { length } = digest
  byKind.push([kind, `\`${hasher}\``, length, nanoseconds.toFixed(0), (nanoseconds / length).toFixed(1)])
}
printTable(
  `parse, ${COUNT} distinct digests of one kind, ${ROUNDS} rounds`,
  ['kind', 'hasher', 'characters', 'ns', 'ns a character'],
  byKind,
)

function isParsed(answer) {
  return answer !== undefined && answer.outcome === 'parsed'
}

function requireAll(count) {
  if (count !== COUNT) throw new Error('Every digest of this benchmark must parse.')
}

/** Millions of digests a second, by round. */
async function rates(visitAll) {
  await time(visitAll)
  const seen = []
  for (let round = 0; round < ROUNDS; round++) seen.push(COUNT / (await time(visitAll)) / 1_000)
  return seen
}

/** The parts of a digest around eight characters of its salt or checksum that may be any hexadecimal digits. */
function templateOf(digest) {
  const read = JSON.stringify(parse(digest))
  for (let start = digest.length - 8; start >= 0; start--) {
    const [before, after] = [digest.slice(0, start), digest.slice(start + 8)]
    if (MARKS.every((mark) => JSON.stringify(parse(before + mark + after)) === read)) return { before, after }
  }
  throw new Error('A digest of this benchmark must have a place for eight digits.')
}

/** Digests of the templates in turn, no two of them equal. */
function makeDigests(some) {
  return Array.from({ length: COUNT }, (_, index) => {
    const { before, after } = some[index % some.length]
    const mark = index.toString(16).padStart(8, '0')
    // The digests are joined and split again, so that each is a flat string of its own, as a database driver gives it.
    return Buffer.from(before + mark + after).toString('latin1')
  })
}
