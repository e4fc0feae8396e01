import type { Expression } from '../../compute/expression.js'

/** The names of the first parts: the password, two salts, the site key and the user name. */
export const NAMES = 'pstku'
export const KEY = 3
export const USER = 4
/** The places of the bytes of two derivations, and behind them those of the literals. */
export const FIRST_DERIVATION = 5
export const FIRST_LITERAL = 7

/** The expressions that stand directly in an expression. */
export function childrenOf(expression: Expression): readonly Expression[] {
  switch (expression.type) {
    case 'part':
    case 'digest':
      return []
    case 'cat':
      return expression.items
    case 'slice':
    case 'code':
    case 'pad':
    case 'rep':
      return [expression.of]
    case 'hash': {
      const { key, first, second } = expression
      return [...(key === undefined ? [] : [key]), first, ...(second === undefined ? [] : [second])]
    }
    case 'derivation':
      return [expression.first, expression.salt]
  }
}

/** Whether a test is true of an expression or of any that stands in it. */
export function someIn(expression: Expression, test: (inner: Expression) => boolean): boolean {
  return test(expression) || childrenOf(expression).some((child) => someIn(child, test))
}

export function isLiteral(expression: Expression | undefined): boolean {
  return expression?.type === 'part' && expression.place >= FIRST_LITERAL
}

export function isPassword(expression: Expression): boolean {
  return expression.type === 'part' && expression.place === 0
}

export function isKey(expression: Expression): boolean {
  return expression.type === 'part' && expression.place === KEY
}

export function isHash({ type }: Expression): boolean {
  return type === 'hash' || type === 'derivation'
}

/** Whether a part stands in an expression outside of all hashes, so that its own bytes are part of the value. */
export function hasBare(expression: Expression, isPart: (inner: Expression) => boolean): boolean {
  if (isHash(expression)) return false
  return isPart(expression) || childrenOf(expression).some((child) => hasBare(child, isPart))
}

export function hasBarePassword(expression: Expression): boolean {
  return hasBare(expression, isPassword)
}
