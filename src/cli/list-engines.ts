import { engines } from '../index.js'
import type { Answer, Command } from './command.js'
import { ENGINES_HELP } from './help.js'

export const listEngines: Command = {
  name: 'engines',
  help: ENGINES_HELP,
  options: [],
  run: async (): Promise<Answer> => {
    const served = await engines()
    const width = Math.max(...served.map(({ hasher }) => hasher.length))
    const lines = served.map(({ hasher, engine }) => `${hasher.padEnd(width)}  ${engine}`)
    return { exitCode: 0, lines, json: { outcome: 'listed', engines: served } }
  },
}
