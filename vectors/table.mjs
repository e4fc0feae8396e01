// This program writes the table of hashers and systems into vectors/README.md, from the vector files. With --check it writes
// nothing, and its exit code is 1 where the table would change.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'

const HEAD = [
  'hasher',
  'valid',
  'invalid',
  'malformed',
  'systems that made `valid` digests',
  'transcribed from',
]
const PART = /(?<=<!-- written by vectors\/table\.mjs -->\n\n)[\s\S]*?(?=\n\n<!-- to here -->)/

const folder = new URL('./', import.meta.url)
const readme = new URL('README.md', folder)
const before = readFileSync(readme, 'utf8')
const after = before.replace(PART, () => format([HEAD, ...rows()]))
if (!PART.test(before)) throw new Error('vectors/README.md has no place for the table.')
if (process.argv.includes('--check')) process.exitCode = after === before ? 0 : 1
else writeFileSync(readme, after)

function rows() {
  const names = readdirSync(folder).filter((name) => name.endsWith('.json') && name !== 'schema.json')
  return names.toSorted().map((name) => rowOf(JSON.parse(readFileSync(new URL(name, folder), 'utf8'))))
}

function rowOf({ hasher, groups }) {
  const tests = groups.flatMap((group) => group.tests)
  const counts = ['valid', 'invalid', 'malformed'].map(
    (result) => tests.filter((test) => test.result === result).length,
  )
  const systems = groups.filter(
    ({ source, tests }) => source.how === 'generated' && tests.some(({ result }) => result === 'valid'),
  )
  const documents = groups.filter(({ source }) => source.how === 'transcribed')
  return [
    `\`${hasher}\``,
    ...counts.map(String),
    namesOf(systems, ({ name, version }) => (version === 'as above' ? [] : [`${name} ${shortOf(version)}`])),
    namesOf(documents, ({ name }) => [name.split(',')[0]]),
  ]
}

/** A version without the name of its package. */
function shortOf(version) {
  return version.replaceAll(/ \([^)]*\)/g, '')
}

function namesOf(groups, name) {
  return [...new Set(groups.flatMap(({ source }) => name(source)))].join('; ')
}

/** A table with its columns aligned as prettier does. */
function format(table) {
  const widths = HEAD.map((_, column) => Math.max(...table.map((row) => row[column].length)))
  const lines = table.map(
    (row) => `| ${row.map((cell, column) => cell.padEnd(widths[column])).join(' | ')} |`,
  )
  const rule = `| ${widths.map((width) => '-'.repeat(width)).join(' | ')} |`
  return [lines[0], rule, ...lines.slice(1)].join('\n')
}
