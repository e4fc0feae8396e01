const MAX_CHARACTERS = 64

/** A text of the file in at most 64 characters, so that no cell fills a report. */
export function shorten(text: string): string {
  if (text.length <= MAX_CHARACTERS) return text
  const beginning = text.slice(0, MAX_CHARACTERS - 1)
  // A pair of surrogates is one character, and is not cut.
  return `${beginning.isWellFormed() ? beginning : beginning.slice(0, -1)}…`
}
