import { identify as findClaimants, parse } from '../index.js'
import type { MalformedDigest, ParsedDigest } from '../index.js'
import type { Answer, Command } from './command.js'
import { describeCost, describeHint, readHint } from './descriptions.js'
import { IDENTIFY_HELP } from './help.js'
import { readDigest } from './input.js'

export const identify: Command = {
  name: 'identify',
  help: IDENTIFY_HELP,
  options: ['digest', 'digest-file'],
  run: async (given): Promise<Answer> => {
    const digest = await readDigest(given)
    const likeliest = parse(digest)
    const claims = findClaimants(digest)
      .map((hasher) => parse(digest, { hasher }))
      .filter(isClaim)
    const { outcome } = likeliest
    const lines = claims.length === 0 ? [MESSAGES[outcome]] : claims.flatMap(describe)
    return {
      exitCode: EXIT_CODES[outcome],
      lines: [...lines, ...describeHint(likeliest)],
      json: { outcome, claims, ...readHint(likeliest) },
    }
  },
}

type Claim = ParsedDigest | MalformedDigest
type Outcome = 'parsed' | 'malformed' | 'unusable' | 'unknown'

const EXIT_CODES = { parsed: 0, unusable: 1, malformed: 2, unknown: 2 } as const

const MESSAGES: Readonly<Record<Outcome, string>> = {
  parsed: '',
  malformed: '',
  unusable: 'unusable: this marks an account without a password.',
  unknown: 'unknown: no hasher claims the digest.',
}

function isClaim(answer: ReturnType<typeof parse>): answer is Claim {
  return answer.outcome === 'parsed' || answer.outcome === 'malformed'
}

function describe(claim: Claim): readonly string[] {
  if (claim.outcome === 'malformed')
    return [claim.hasher, row('malformed', `${claim.field}: ${claim.problem}`)]
  const { hasher, standing, params, cost, admitted, rehash } = claim
  const named = Object.entries(params).map(([name, value]) => `${name} ${value}`)
  return [
    hasher,
    row('standing', standing),
    row('parameters', named.length === 0 ? 'none' : named.join(', ')),
    row('cost', `${describeCost(cost)}${admitted ? '' : '; over the limits, so it is not verified'}`),
    row('to replace', rehash.length === 0 ? 'no' : `yes: ${rehash.join(', ')}`),
  ]
}

function row(label: string, text: string): string {
  return `  ${label.padEnd(11)} ${text}`
}
