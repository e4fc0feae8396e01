import { EXPRESSION } from '../../compute/kinds/expression.js'
import { fieldOf, textOf } from '../../formats/fields.js'
import { isMalformed, malformed } from '../../formats/problem.js'
import { NO_CONTEXT } from '../../hasher/contract.js'
import type { Hasher, HasherSpec } from '../../hasher/contract.js'
import { makeHasher } from '../../hasher/hasher.js'
import { blankChecksum, readChecksum } from './checksum.js'
import { assertContext, costOf, evaluate } from './evaluate.js'
import { readDescriptor } from './read.js'
import type { Descriptor } from './read.js'
import { standingOf } from './standing.js'
import { sharesValue } from './truncates.js'

const PREFIX = 'expr$'
const NOTHING = /* @__PURE__ */ new Uint8Array(0)
const NO_EXPRESSIONS: ReadonlySet<string> = /* @__PURE__ */ new Set()

/**
 * The value of an expression, which is the checksum byte for byte: one language for the many systems that join and hash in a way of
 * their own. docs/expressions.md has its grammar and its rules.
 *
 *     expr  $  hex(md5(hex(md5(p)).s))  $  s=308  $  28f9975808ae2bdc5847b1cda26033ea      (spaces added)
 */
export const expr: Hasher = /* @__PURE__ */ defineExpr(NO_EXPRESSIONS)

/** Makes `expr`. Only the given expressions get the site key of the context. */
export function defineExpr(siteKeyFor: ReadonlySet<string>): Hasher {
  const parse: HasherSpec<Descriptor>['parse'] = (rest, _, context) => {
    const read = readDescriptor(rest, { form: 'expr', context, siteKeyFor })
    if (isMalformed(read)) return read
    const { descriptor, rest: field } = read
    const checksum = readChecksum(field, descriptor)
    if (checksum === undefined) return malformed('range', 'expression')
    if (typeof checksum === 'string') return malformed(checksum, 'checksum')
    return [{ params: descriptor, salt: NOTHING, checksum }]
  }
  return makeHasher<Descriptor>({
    name: 'expr',
    standing: standingOf,
    why: 'as slow as the hashes that it names',
    writtenBy: 'forums, shops and frameworks with hashes of their own',
    example: 'expr$hex(md5(hex(md5(p)).s))$s=308$28f9975808ae2bdc5847b1cda26033ea',
    prefixes: [PREFIX],
    neverRenamed: true,
    parse,
    describe: ({ text }) => ({ expression: text }),
    truncates: (password, { params }) => sharesValue(password, params),
    kind: EXPRESSION,
    cost: ({ params }, passwordBytes) => {
      const { milliseconds, bytes, lanes } = costOf(params, passwordBytes)
      return { milliseconds, bytes, lanes }
    },
    derive: async (password, { params, checksum }, run) => {
      const { bytes, failed } = await evaluate(password, params, run)
      // The work is done all the same, so that the answer takes as long where the context lacks an input.
      assertContext('expr', params)
      return failed ? new Uint8Array(checksum.length) : bytes
    },
    blank: (digest) => {
      const read = readDescriptor(fieldOf(digest, PREFIX.length), {
        form: 'expr',
        context: NO_CONTEXT,
        siteKeyFor,
      })
      if (isMalformed(read)) return digest
      const { descriptor, rest } = read
      return digest.slice(0, rest.start) + blankChecksum(textOf(rest), descriptor)
    },
  })
}
