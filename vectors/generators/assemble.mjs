/**
 * Writes one vector file: `vectors/<hasher>.json`.
 *
 * A generator in JavaScript imports `assemble`. One in another language pipes `{ "header": …, "groups": … }` to
 *
 *     node vectors/generators/assemble.mjs
 *
 * Needs Node 20 or later.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'

/**
 * Numbers the tests from 1, puts every object's keys in the order of the schema, and writes the file.
 *
 * @param {object} header `hasher`, `description`, `spellings`, `siblings` and `cuts` (none where they are left out) and `notes`
 * @param {object[]} groups each a `source` and its `tests`, which have no `tcId` yet
 */
export function assemble({ hasher, description, spellings, siblings = [], cuts = [], notes }, groups) {
  let tcId = 0
  const numbered = groups.map(({ source, tests }) => ({
    source: inOrder(source, ['name', 'version', 'how', 'command']),
    tests: tests.map((test) => {
      tcId += 1
      return inOrder({ flags: [], ...test, tcId }, testKeys)
    }),
  }))
  const flags = new Set(numbered.flatMap((group) => group.tests.flatMap((test) => test.flags)))
  const undescribed = [...flags].filter((flag) => !(flag in notes))
  if (undescribed.length > 0) throw new Error(`${hasher}: no note for the flags ${undescribed.join(', ')}`)

  const file = new URL(`../${hasher}.json`, import.meta.url)
  writeFileSync(
    file,
    `${JSON.stringify({ hasher, description, spellings, siblings, cuts, notes, groups: numbered }, null, 2)}\n`,
  )
}

/** The shared list of passwords: objects with a `comment` and a `password`, or a `passwordHex` where it is not UTF-8. */
export function readPasswords() {
  return JSON.parse(readFileSync(new URL('./passwords.json', import.meta.url), 'utf8'))
}

/** A test's password as bytes. */
export function passwordBytes({ password, passwordHex }) {
  return password === undefined ? Buffer.from(passwordHex, 'hex') : Buffer.from(password, 'utf8')
}

const testKeys = [
  'tcId',
  'comment',
  'flags',
  'password',
  'passwordHex',
  'digest',
  'result',
  'problem',
  'field',
]

function inOrder(object, keys) {
  const unknown = Object.keys(object).filter((key) => !keys.includes(key))
  if (unknown.length > 0) throw new Error(`unknown keys: ${unknown.join(', ')}`)
  return Object.fromEntries(keys.filter((key) => object[key] !== undefined).map((key) => [key, object[key]]))
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const { header, groups } = JSON.parse(readFileSync(0, 'utf8'))
  assemble(header, groups)
}
