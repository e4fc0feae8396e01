import { createRegistry } from '../index.js'
import type { Verdict } from '../index.js'
import type { Answer, Command, ExitCode } from './command.js'
import { describeCost, describeSpaces } from './descriptions.js'
import { VERIFY_HELP } from './help.js'
import { readDigestAndPassword } from './input.js'

export const verify: Command = {
  name: 'verify',
  help: VERIFY_HELP,
  options: ['digest', 'digest-file', 'hasher'],
  run: async (given): Promise<Answer> => {
    const { digest, password } = await readDigestAndPassword(given)
    const hasher = given.values.get('hasher')
    // Whoever types the command sees the reasons anyway: equal time would hide nothing.
    const { evaluate, hashers } = createRegistry({ equalize: false })
    const verdict = await evaluate(password, digest, { hasher })
    const isNamed = hasher === undefined || hashers.some(({ name }) => name === hasher)
    const lines = isNamed || verdict.outcome !== 'unknown' ? describe(verdict) : [NO_SUCH_HASHER]
    return {
      exitCode: EXIT_CODES[verdict.outcome],
      lines: isDigestToBlame(verdict) ? [...lines, ...describeSpaces(digest)] : lines,
      json: verdict,
    }
  },
}

const EXIT_CODES: Readonly<Record<Verdict['outcome'], ExitCode>> = {
  match: 0,
  mismatch: 1,
  unusable: 1,
  malformed: 2,
  'too-costly': 2,
  unknown: 2,
  refused: 2,
}

const NO_SUCH_HASHER = 'unknown: there is no hasher of that name. `passlift hashers` lists them.'

function describe(verdict: Verdict): readonly string[] {
  switch (verdict.outcome) {
    case 'match': {
      const { hasher, rehash, truncated } = verdict
      const lines = [`match: the password is right (${hasher}).`]
      if (rehash.length > 0) lines.push(`The digest should be replaced: ${rehash.join(', ')}.`)
      if (truncated)
        lines.push('Its hasher reads only part of this password, or cannot tell it from another.')
      return lines
    }
    case 'mismatch':
      return [`mismatch: the password is wrong (${verdict.hasher}).`]
    case 'unusable':
      return ['unusable: the account has no password.']
    case 'malformed':
      return [`malformed: ${verdict.hasher} cannot read the digest (${verdict.field}: ${verdict.problem}).`]
    case 'too-costly': {
      const { hasher, cost, limit } = verdict
      const estimate = `${hasher}, ${describeCost(cost)}`
      return [`too-costly: ${estimate}: over the limit for ${limit}. Nothing was computed.`]
    }
    case 'unknown':
      return ['unknown: no hasher claims the digest.']
    case 'refused':
      return [`refused: the password is ${verdict.problem}. At most 4096 bytes are checked.`]
  }
}

function isDigestToBlame({ outcome }: Verdict): boolean {
  return outcome === 'unknown' || outcome === 'malformed'
}
