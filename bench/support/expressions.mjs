// What an application without passlift would write: one anchored regular expression for each hasher, made of its example,
// so that a new hasher needs no edit here.

// The fields of a digest: of hexadecimal, of a number, of base64 in any of its alphabets. What else stands there is itself.
const FIELD = /(?<hex>\b(?:[0-9a-f]{2}){4,}\b)|(?<number>\b\d{1,9}\b)|(?<base64>[A-Za-z0-9+/.]{8,}={0,2})/gi

/**
 * The expression of a hasher, with what decodes each of its captures.
 *
 * @param hasher one of `builtinHashers`
 */
export function makeExpression({ name, prefixes, example }) {
  const prefix = prefixes.find((start) => example.startsWith(start)) ?? ''
  const isBare = prefix === ''
  const rest = example.slice(prefix.length)
  const decoders = []
  let source = escape(prefix)
  let end = 0
  for (const match of rest.matchAll(FIELD)) {
    const { hex, number } = match.groups
    const [text] = match
    source += escape(rest.slice(end, match.index))
    // A bare digest is told by its length alone.
    const count = isBare ? `{${text.length}}` : '+'
    if (hex !== undefined) {
      source += `([0-9a-fA-F]${count})`
      decoders.push((capture) => Buffer.from(capture, 'hex'))
    } else if (number !== undefined) {
      source += '(\\d+)'
      decoders.push(Number)
    } else {
      source += `([A-Za-z0-9+/.=]${count})`
      decoders.push((capture) => Buffer.from(capture, 'base64'))
    }
    end = match.index + text.length
  }
  return { name, expression: new RegExp(`^${source}${escape(rest.slice(end))}$`), decoders }
}

/** The names of all whose expression matches. */
export function identifyByExpressions(expressions, digest) {
  const names = []
  for (const { name, expression } of expressions) if (expression.test(digest)) names.push(name)
  return names
}

/** The fields of a digest, by the first expression that matches it; undefined where none does. */
export function parseByExpressions(expressions, digest) {
  for (const { name, expression, decoders } of expressions) {
    const match = expression.exec(digest)
    if (match !== null) return { name, fields: decoders.map((decode, place) => decode(match[place + 1])) }
  }
  return undefined
}

function escape(text) {
  return text.replace(/[$()*+.?[\\\]^{|}]/g, '\\$&')
}
