/** Makes something when it is first asked for: what is made at import, a process that only imports the package waits for. */
export function once<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined
  return () => (made ??= { value: make() }).value
}
