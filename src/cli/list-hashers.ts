import { builtinHashers } from '../index.js'
import type { Answer, Command } from './command.js'
import { HASHERS_HELP } from './help.js'

export const listHashers: Command = {
  name: 'hashers',
  help: HASHERS_HELP,
  options: [],
  run: (): Promise<Answer> => {
    const hashers = builtinHashers.map(({ name, standing, prefixes }) => ({ name, standing, prefixes }))
    const width = Math.max(...hashers.map(({ name }) => name.length))
    const lines = hashers.map(({ name, standing, prefixes }) => {
      const start = prefixes.length === 0 ? 'no prefix' : `begins with ${prefixes.join(' or ')}`
      return `${name.padEnd(width)}  ${standing.padEnd('insecure'.length)}  ${start}`
    })
    return Promise.resolve({ exitCode: 0, lines, json: { outcome: 'listed', hashers } })
  },
}
