import { bcryptTarget, createRegistry } from '../index.js'
import type { Arguments } from './arguments.js'
import type { Answer, Command } from './command.js'
import { HASH_HELP } from './help.js'
import { readNewPassword } from './input.js'
import { MisuseError } from './misuse-error.js'
import { complain } from './output.js'

export const hash: Command = {
  name: 'hash',
  help: HASH_HELP,
  options: ['cost'],
  run: async (given): Promise<Answer> => {
    const registry = createRegistry({ target: bcryptTarget({ cost: readCost(given) }) })
    const password = await readNewPassword()
    if (password.byteLength === 0)
      await complain(['passlift hash: this is the digest of the empty password.'])
    const digest = await registry.hash(password)
    const [hasher = ''] = registry.identify(digest)
    return { exitCode: 0, lines: [digest], json: { outcome: 'hashed', hasher, digest } }
  },
}

function readCost({ values }: Arguments): number {
  const cost = values.get('cost') ?? '12'
  if (/^1[0-5]$/.test(cost)) return Number(cost)
  throw new MisuseError('--cost must be a number from 10 to 15.', { needsHelp: true })
}
