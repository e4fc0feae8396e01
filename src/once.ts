/** Makes a value when it is first asked for, since making it at import would delay every process that imports the package. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: make() }).value
}
