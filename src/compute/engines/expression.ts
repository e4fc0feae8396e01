import { joinBytes } from '../../platform/bytes.js'
import { evaluateExpression } from '../expression.js'
import { definePair } from './pair.js'
import type { EnginePair } from './pair.js'

export const engines: EnginePair = definePair('expression', {
  standIn: ({ expression, password, salt, lengths }) => {
    let end = 0
    const parts = [password, ...lengths.map((length) => salt.subarray(end, (end += length)))]
    const { bytes, failed } = evaluateExpression(expression, parts)
    const answer = joinBytes(Uint8Array.of(failed ? 0 : 1), bytes)
    bytes.fill(0)
    return answer
  },
})
