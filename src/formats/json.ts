/**
 * The members of an object in JSON. Undefined where the value is no object, has other members than `names` or a member twice,
 * or is written in another way than programs write JSON: with white space, another spelling of a number or of a letter.
 *
 * An inner object is given as it was read, with its members not yet checked.
 */
export function readObject<const N extends string>(
  value: unknown,
  names: readonly N[],
): Readonly<Partial<Record<N, unknown>>> | undefined {
  const object = typeof value === 'string' ? parse(value) : value
  if (typeof object !== 'object' || object === null || Array.isArray(object)) return undefined
  if (!hasOnly(object, names)) return undefined
  // A missing member must not be found on a polluted prototype.
  Object.setPrototypeOf(object, null)
  return object
}

function hasOnly<N extends string>(
  object: object,
  names: readonly N[],
): object is Readonly<Partial<Record<N, unknown>>> {
  const known: readonly string[] = names
  return Object.keys(object).every((name) => known.includes(name))
}

/** Parses JSON, and refuses a text that JSON.stringify would write in another way. */
function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return JSON.stringify(value) === text ? value : undefined
  } catch {
    // The message of the parser's error would show some of the text.
    return undefined
  }
}
