// How many distinct digests a second does one core identify, and parse?
import { hashers, identify, parse } from 'passlift'
import { formatSpread, time } from './support/measure.mjs'
import { printTable } from './support/table.mjs'

const COUNT = 200_000
const ROUNDS = 9

const digests = makeDigests()
const steps = {
  identify: () => digests.forEach((digest) => identify(digest)),
  parse: () => digests.forEach((digest) => parse(digest)),
  'identify and parse': () =>
    digests.forEach((digest) => {
      identify(digest)
      parse(digest)
    }),
}
const rows = []
for (const [name, step] of Object.entries(steps)) {
  const rates = []
  await time(step)
  for (let round = 0; round < ROUNDS; round++) rates.push(COUNT / (await time(step)) / 1_000)
  rows.push([name, formatSpread(rates)])
}
printTable(
  `${COUNT} distinct digests of all hashers, one core, ${ROUNDS} rounds`,
  ['what', 'million a second (min-max)'],
  rows,
)

/** A mixed list: examples of all hashers in turn, each with other characters in its salt or checksum. */
function makeDigests() {
  return Array.from({ length: COUNT }, (_, index) => {
    const { name, example } = hashers[index % hashers.length]
    const mark = index.toString(16).padStart(8, '0')
    const at = name === 'scrypt_firebase' ? 0 : example.lastIndexOf('$') + 1
    const start = name === 'bcrypt' || name === 'bcrypt_sha256_django' ? at + 24 : at
    const text = name === 'phpass' ? `${example.slice(0, 20)}${mark}${example.slice(28)}` : undefined
    // Joined and split again, so that each is a flat string of its own, as a database driver gives it.
    return Buffer.from(text ?? example.slice(0, start) + mark + example.slice(start + 8)).toString('latin1')
  })
}
