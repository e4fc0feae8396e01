import { builtinHashers } from '../index.js'
import type { Answer, Command } from './command.js'
import { HASHERS_HELP } from './help.js'

export const listHashers: Command = {
  name: 'hashers',
  help: HASHERS_HELP,
  options: [],
  run: (): Promise<Answer> => {
    const hashers = builtinHashers.map(
      ({ name, aliases, onlyNamed, standing, varies, prefixes, example, writtenBy, why }) => {
        return { name, aliases, onlyNamed, standing, varies, prefixes, example, writtenBy, why }
      },
    )
    const rows = hashers.map(describe)
    const [nameWidth, standingWidth] = [widthOf(rows, 0), widthOf(rows, 1)]
    const lines = rows.map(
      ([name, standing, facts]) => `${name.padEnd(nameWidth)}  ${standing.padEnd(standingWidth)}  ${facts}`,
    )
    return Promise.resolve({ exitCode: 0, lines, json: { outcome: 'listed', hashers } })
  },
}

/** Name, standing, and the rest as one text, so that searching the lines for a system finds its hashers. */
type Row = readonly [name: string, standing: string, facts: string]

interface Facts {
  readonly name: string
  readonly aliases: readonly string[]
  readonly onlyNamed: boolean
  readonly standing: string
  readonly varies: boolean
  readonly prefixes: readonly string[]
  readonly writtenBy: string | undefined
  readonly why: string | undefined
}

function describe(hasher: Facts): Row {
  const { name, aliases, onlyNamed, standing, varies, prefixes, writtenBy, why } = hasher
  const facts = [
    prefixes.length === 0 ? 'no prefix' : `begins with ${prefixes.join(' or ')}`,
    onlyNamed ? 'only where a row names it' : '',
    aliases.length === 0 ? '' : `also named ${aliases.join(' or ')}`,
    writtenBy === undefined ? '' : `written by ${writtenBy}`,
    why ?? '',
  ]
  return [name, varies ? `${standing}, varies` : standing, facts.filter((fact) => fact !== '').join('; ')]
}

function widthOf(rows: readonly Row[], column: 0 | 1): number {
  return Math.max(...rows.map((row) => row[column].length))
}
