import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

const pathOf = (name) => fileURLToPath(new URL(name, import.meta.url))
const PROGRAMS = {
  PHP: { command: 'php', file: pathOf('peers.php') },
  'perl crypt()': { command: 'perl', file: pathOf('peers.pl') },
}

/**
 * Starts PHP and perl where they are installed, each as one process that stays and times itself.
 *
 * @returns name -> a program with `describe`, `ask` and `stop`; and why the others are absent
 */
export async function startPrograms() {
  const found = {}
  const absent = []
  for (const [name, { command, file }] of Object.entries(PROGRAMS)) {
    // A program is left out without what it is needed for: Argon2 in PHP, bcrypt in crypt().
    const { error, status, stderr } = spawnSync(command, [file, 'probe'], { encoding: 'utf8' })
    if (error === undefined && status === 0) found[name] = startProgram(name, command, file)
    else absent.push(`${name} (${error?.code ?? stderr.trim().split('\n')[0]})`)
  }
  return { found, absent }
}

function startProgram(name, command, file) {
  const child = spawn(command, [file], { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout })
  const closed = once(child, 'close').then(() => {
    throw new Error(`${name} has ended.`)
  })
  // A program that ends while no question is under way is no error.
  closed.catch(() => undefined)
  const send = async (fields) => {
    child.stdin.write(`${fields.join('\t')}\n`)
    const [line] = await Promise.race([once(lines, 'line'), closed])
    return line.split('\t')
  }
  return {
    describe: async () => (await send(['version'])).join(' '),
    /** Does a job the given number of times. Gives the milliseconds, and whether every check matched. */
    ask: async (calls, [kind, ...fields]) => {
      const toBytes = (field) => (Buffer.isBuffer(field) ? field : Buffer.from(String(field)))
      const hex = fields.map((field) => toBytes(field).toString('hex'))
      const [answer, milliseconds] = await send([kind, calls, ...hex])
      return { isRight: answer === '1', milliseconds: Number(milliseconds) }
    },
    stop: () => child.kill(),
  }
}
