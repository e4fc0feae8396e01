/** Makes something when it is first asked for. What is made at import delays every process that imports the package. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: make() }).value
}
