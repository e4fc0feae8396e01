/** The characters of a spelling, each with the number that it stands for: -1 for an ASCII code that is none of them. */
export type Alphabet = Int8Array

/** No alphabet has a character past ASCII. */
export const LAST_CODE = 0x7f

export function indexAlphabet(characters: string): Alphabet {
  const values = new Int8Array(LAST_CODE + 1).fill(-1)
  for (let index = 0; index < characters.length; index++) values[characters.charCodeAt(index)] = index
  return values
}

/** What the character at a place stands for; -1, which no shift makes positive, where it is foreign or there is none. */
export function valueAt(alphabet: Alphabet, text: string, index: number): number {
  const code = text.charCodeAt(index)
  return code <= LAST_CODE ? valueOf(alphabet, code) : -1
}

/** What the lowest bits of a code stand for: the caller sees to it that the code is one of ASCII. */
export function valueOf(alphabet: Alphabet, code: number): number {
  return alphabet[code & LAST_CODE] ?? -1
}
