/**
 * The members of an object in JSON; undefined where it is none, has others than these or one of them twice, or is written in another
 * way than programs write it: with white space, another spelling of a number or of a letter.
 *
 * An object within is given as it was read, its members not yet looked at.
 */
export function readObject<const N extends string>(
  value: unknown,
  names: readonly N[],
): Readonly<Partial<Record<N, unknown>>> | undefined {
  const object = typeof value === 'string' ? parse(value) : value
  if (typeof object !== 'object' || object === null || Array.isArray(object)) return undefined
  if (!hasOnly(object, names)) return undefined
  // A member that is not there must not be found on a polluted prototype.
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

/** What is written again is the same text only where nothing was read over. */
function parse(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text)
    return JSON.stringify(value) === text ? value : undefined
  } catch {
    // The error's message would show some of the text.
    return undefined
  }
}
