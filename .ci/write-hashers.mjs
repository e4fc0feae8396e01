// Writes the table of docs/hashers.md from what `passlift hashers` prints: npm run hashers.
import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const MAX_EXAMPLE_LENGTH = 48
const START = '<!-- table: hashers -->'
const END = '<!-- /table -->'
const HEADINGS = ['name', 'standing', 'begins with', 'example', 'written by', 'why that standing']

const path = join(import.meta.dirname, '../docs/hashers.md')
const before = readFileSync(path, 'utf8')
const [from, to] = [before.indexOf(START), before.indexOf(END)]
if (from < 0 || to < from) throw new Error('docs/hashers.md has no place for the table.')

const command = join(import.meta.dirname, '../dist/cli/main.js')
const { hashers } = JSON.parse(
  execFileSync(process.execPath, [command, 'hashers', '--json'], { encoding: 'utf8' }),
)
const sorted = hashers.toSorted((first, second) => (first.name < second.name ? -1 : 1))
const rows = [HEADINGS, HEADINGS.map(() => '---'), ...sorted.map(describe)].map(
  (cells) => `| ${cells.map(escapeBars).join(' | ')} |`,
)
// The cells are not padded, so that a new row changes no other one.
const table = ['<!-- prettier-ignore-start -->', '', ...rows, '', '<!-- prettier-ignore-end -->'].join('\n')
writeFileSync(path, `${before.slice(0, from)}${START}\n${table}\n${before.slice(to)}`)

function describe({ name, aliases, onlyNamed, standing, varies, prefixes, example, writtenBy, why }) {
  const others = aliases.length === 0 ? '' : `, also ${aliases.map(asCode).join(', ')}`
  return [
    asCode(name) + others + (onlyNamed ? ', where a row names it' : ''),
    standing + (varies ? ', varies' : ''),
    prefixes.length === 0 ? 'no prefix' : prefixes.map(asCode).join(' '),
    example === '' ? 'any' : asCode(cut(example)),
    writtenBy ?? '',
    why ?? '',
  ]
}

function cut(example) {
  return example.length > MAX_EXAMPLE_LENGTH ? `${example.slice(0, MAX_EXAMPLE_LENGTH)}…` : example
}

function asCode(text) {
  return `\`${text}\``
}

/** Escapes the bar, which ends the cell of a table even in code. */
function escapeBars(cell) {
  return cell.replaceAll('|', '\\|')
}
