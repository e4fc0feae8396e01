import { createPrefixTest } from '../formats/prefix.js'

/** Finds the prefix of a format that a digest begins with. */
export type FindPrefix = (digest: string) => string | undefined

/**
 * Makes the function that finds the longest of several prefixes that a digest begins with. A tag in braces, such as `{SSHA}`,
 * is compared without case.
 */
export function createPrefixFinder(prefixes: readonly string[]): FindPrefix {
  const longestFirst = prefixes.toSorted((first, second) => second.length - first.length)
  const tests = longestFirst.map((prefix) => ({ prefix, begins: createTest(prefix) }))
  const [first, second] = tests
  // Most formats have one prefix, and audits read digests by the million.
  if (first !== undefined && second === undefined) {
    const { prefix, begins } = first
    return (digest) => (begins(digest) ? prefix : undefined)
  }
  const telling = findTellingPlace(prefixes)
  if (telling === undefined) {
    return (digest) => tests.find(({ begins }) => begins(digest))?.prefix
  }
  const byCode = new Map(tests.map((test) => [test.prefix.charCodeAt(telling), test]))
  return (digest) => {
    const test = byCode.get(digest.charCodeAt(telling))
    return test?.begins(digest) === true ? test.prefix : undefined
  }
}

/** The first index at which all prefixes have different characters; undefined where a prefix is a tag or no index does. */
function findTellingPlace(prefixes: readonly string[]): number | undefined {
  if (prefixes.some(isTag)) return undefined
  const shortest = Math.min(...prefixes.map(({ length }) => length))
  for (let place = 0; place < shortest; place++) {
    if (new Set(prefixes.map((prefix) => prefix.charCodeAt(place))).size === prefixes.length) return place
  }
  return undefined
}

function isTag(prefix: string): boolean {
  return prefix.startsWith('{')
}

/** Makes the function that tells whether a digest begins with one of the prefixes. */
export function createClaim(prefixes: readonly string[]): (digest: string) => boolean {
  const [only, another] = prefixes
  if (only !== undefined && another === undefined) return createTest(only)
  const find = createPrefixFinder(prefixes)
  return (digest) => find(digest) !== undefined
}

function createTest(prefix: string): (digest: string) => boolean {
  if (!isTag(prefix)) return createPrefixTest(prefix)
  const [upper, lower] = [prefix.toUpperCase(), prefix.toLowerCase()]
  return (digest) => {
    if (!digest.startsWith('{')) return false
    const start = digest.slice(0, prefix.length)
    // Both cases are compared, because a letter outside ASCII may become a letter of ASCII in one case.
    return start.toUpperCase() === upper && start.toLowerCase() === lower
  }
}
