/** Marks what this package made, and no copy of it: a spread leaves it out, and an heir is another object. */
const MADE = /* @__PURE__ */ Symbol('made by passlift')

/** Freezes a hasher and marks it as made here. */
export function brand<T extends object>(hasher: T): T {
  Object.defineProperty(hasher, MADE, { value: hasher })
  return Object.freeze(hasher)
}

export function isBranded(value: unknown): boolean {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.getOwnPropertyDescriptor(value, MADE)?.value === value
  )
}
