import { joinBytes } from '../../platform/bytes.js'
import packed from '../engines/expression.js?engine'
import type { Expression, HashCall } from '../expression.js'
import { sizeOf } from '../expression-cost.js'
import type { HashName } from '../hash.js'
import type { ExpressionJob } from '../job.js'
import { defineKind, hex, utf8 } from '../kind.js'
import type { Job, Kind, Trial } from '../kind.js'

export const EXPRESSION: Kind = /* @__PURE__ */ defineKind({
  name: 'expression',
  packed,
  standIn: 'node:crypto',
  cost: ({ expression, password, lengths }) => {
    const { milliseconds, bytes } = sizeOf(expression, [password.length, ...lengths], { jobs: true })
    return { milliseconds, bytes, lanes: 1 }
  },
  bytes: ({ password, salt }) => [password, salt],
  copy: ({ kind, expression, password, salt, lengths }) => ({
    kind,
    expression,
    password: Uint8Array.from(password),
    salt: Uint8Array.from(salt),
    lengths,
  }),
  trial: () => TRIAL,
  trials: () => [TRIAL],
})

/**
 * Makes a job of an expression over its parts, the password first. The answer is a byte, which is 0 where the evaluation failed,
 * and the value.
 */
export function expressionJob(
  expression: Expression,
  [password = NOTHING, ...others]: readonly Uint8Array[],
): Job & { readonly kind: 'expression' } {
  const salt = joinBytes(...others)
  return {
    kind: 'expression',
    row: EXPRESSION,
    expression,
    password,
    salt,
    lengths: others.map(({ length }) => length),
    temporary: [salt],
  }
}

const NOTHING = /* @__PURE__ */ new Uint8Array(0)
const TRIAL: Trial<ExpressionJob> = { name: 'expression', answers: findAnswers }

function part(place: number): Expression {
  return { type: 'part', place }
}

function cat(...items: readonly Expression[]): Expression {
  return { type: 'cat', items }
}

function hashOf(name: HashName, rest: Pick<HashCall, 'first'> & Partial<HashCall>): Expression {
  return { type: 'hash', name, count: 1, key: undefined, second: undefined, ...rest }
}

/** The known answers, from hashlib and hmac of Python 3.11 with OpenSSL 3.0 and its legacy provider. */
function findAnswers(): ReturnType<Trial<ExpressionJob>['answers']> {
  // hex(md4(s.hex(whirlpool*3(p|d.p)))), with s in the place of the first input.
  const first: Expression = {
    type: 'code',
    code: 'hex',
    of: hashOf('md4', {
      first: cat(part(1), {
        type: 'code',
        code: 'hex',
        of: hashOf('whirlpool', { count: 3, first: part(0), second: cat({ type: 'digest' }, part(0)) }),
      }),
    }),
  }
  // hmac-sha256*2(k,p.s|d.s), with k and s in the places of the salt.
  const second: Expression = hashOf('sha256', {
    count: 2,
    key: part(1),
    first: cat(part(0), part(2)),
    second: cat({ type: 'digest' }, part(2)),
  })
  const answer = (expression: Expression, texts: readonly string[], bytes: readonly Uint8Array[]) => {
    const [password = NOTHING, ...others] = texts.map(utf8)
    const lengths = others.map(({ length }) => length)
    const job = { kind: 'expression', expression, password, salt: joinBytes(...others), lengths } as const
    return { job, bytes: joinBytes(Uint8Array.of(1), ...bytes) }
  }
  return [
    answer(first, ['correct horse', 'battery'], [utf8('106b3cf0c748f9b8ae270e2e51a00e1b')]),
    answer(
      second,
      ['password', 'site key', 'salt'],
      [hex('ad62873dbd67085d27b8098e961660a90fb9dd8cf7f07ff0317f2c3f3e9c40ed')],
    ),
  ]
}
