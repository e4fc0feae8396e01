/** Overwrites a part of a digest with one character, the zero of the part's alphabet. */
export function writeOver(digest: string, start: number, zero: string, end: number = digest.length): string {
  return digest.slice(0, start) + zero.repeat(Math.max(0, end - start)) + digest.slice(end)
}
