import { ContextError, createRegistry } from '../index.js'
import type { Verdict } from '../index.js'
import type { Answer, Command, ExitCode } from './command.js'
import { describeCost, describeHint, describePasswordSpaces } from './descriptions.js'
import { VERIFY_HELP } from './help.js'
import { readDigestAndPassword } from './input.js'
import { MisuseError } from './misuse-error.js'
import { findNearest, suggest } from './unknown-names.js'

export const verify: Command = {
  name: 'verify',
  help: VERIFY_HELP,
  options: ['digest', 'digest-file', 'hasher', 'username'],
  run: async (given): Promise<Answer> => {
    const { digest, password } = await readDigestAndPassword(given)
    const hasher = given.values.get('hasher')
    // Equal time would hide nothing here, since the output tells the outcome.
    const { evaluate, hashers } = createRegistry({ equalize: false })
    const username = given.values.get('username')
    const context = username === undefined ? {} : { username }
    const verdict = await evaluate(password, digest, { hasher, context }).catch((error: unknown) => {
      if (error instanceof ContextError) throw new MisuseError(CONTEXT_MISSING)
      throw error
    })
    const isNameUnknown = verdict.outcome === 'unknown' && verdict.looksLike === 'name-unknown'
    const lines = isNameUnknown
      ? [
          describeUnknownHasher(
            hasher ?? '',
            hashers.map(({ name }) => name),
          ),
        ]
      : [...describe(verdict), ...describeHint(verdict)]
    const remarks = verdict.outcome === 'mismatch' ? describePasswordSpaces(password) : []
    return { exitCode: EXIT_CODES[verdict.outcome], lines: [...lines, ...remarks], json: verdict }
  },
}

const CONTEXT_MISSING =
  'The digest was made of more than the password. Give --username NAME; a site key only your application can give.'

const EXIT_CODES: Readonly<Record<Verdict['outcome'], ExitCode>> = {
  match: 0,
  mismatch: 1,
  unusable: 1,
  malformed: 2,
  'too-costly': 2,
  unknown: 2,
  changed: 2,
  refused: 2,
}

/** The message for an unknown hasher. The name is not repeated: it is the value of an option. */
function describeUnknownHasher(name: string, names: readonly string[]): string {
  const question = suggest(findNearest(name, names))
  return `unknown: there is no hasher of that name.${question} \`passlift hashers\` lists them.`
}

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
    case 'changed':
      return ['changed: another digest is stored by now.']
    case 'refused':
      return [`refused: the password is ${verdict.problem}. At most 4096 bytes are checked.`]
  }
}
