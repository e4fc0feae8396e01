import { selfTest } from '../index.js'
import type { Answer, Command } from './command.js'
import { DOCTOR_HELP } from './help.js'

export const doctor: Command = {
  name: 'doctor',
  help: DOCTOR_HELP,
  options: [],
  run: async (): Promise<Answer> => {
    const { ok, checks } = await selfTest()
    const width = Math.max(...checks.map(({ work }) => work.length))
    const lines = checks.map(
      ({ work, outcome, engine, problem }) =>
        `${work.padEnd(width)}  ${outcome.padEnd('failed'.length)}  ${engine}${problem === undefined ? '' : `: ${problem}`}`,
    )
    const verdict = ok
      ? 'Every engine computes what it should.'
      : 'Digests that need what is not right here are answered with an error, never with a wrong answer.'
    return {
      exitCode: ok ? 0 : 3,
      lines: [
        `Node ${process.versions.node}, ${process.platform} ${process.arch}`,
        '',
        ...lines,
        '',
        verdict,
      ],
      json: { outcome: ok ? 'healthy' : 'unhealthy', checks },
    }
  },
}
