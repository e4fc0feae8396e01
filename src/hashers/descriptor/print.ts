import type { Expression } from '../../compute/expression.js'
import { FIRST_LITERAL, NAMES } from './walk.js'

/**
 * The text of an expression: its one spelling, where `literalAt` gives the text of a literal.
 *
 * @param literalAt the text between the quotes of a literal, by its place among the literals
 */
export function printExpression(
  expression: Expression,
  literalAt: (place: number) => string = () => '…',
): string {
  const print = (inner: Expression): string => printExpression(inner, literalAt)
  switch (expression.type) {
    case 'part': {
      const { place } = expression
      return place < FIRST_LITERAL ? NAMES.charAt(place) : `'${literalAt(place - FIRST_LITERAL)}'`
    }
    case 'digest':
      return 'd'
    case 'cat':
      return expression.items.map(print).join('.')
    case 'slice':
      return `${print(expression.of)}[${expression.from}:${expression.to}]`
    case 'hash': {
      const { name, count, key, first, second } = expression
      const times = count === 1 ? '' : `*${count}`
      const [start, keyText] = key === undefined ? ['', ''] : ['hmac-', `${print(key)},`]
      const rest = second === undefined ? '' : `|${print(second)}`
      return `${start}${name}${times}(${keyText}${print(first)}${rest})`
    }
    case 'derivation': {
      const { bytes, first, salt } = expression
      const name =
        expression.name === 'scrypt'
          ? `scrypt*${expression.N}:${expression.r}:${expression.p}`
          : `pbkdf2-${expression.name}*${expression.count}`
      return `${name}:${bytes}(${print(first)},${print(salt)})`
    }
    case 'code':
      return `${expression.code}(${print(expression.of)})`
    case 'pad':
    case 'rep':
      return `${expression.type}(${print(expression.of)},${expression.bytes})`
  }
}
