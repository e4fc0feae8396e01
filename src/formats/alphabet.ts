/** The characters of an encoding, and the number of each by its code; -1 for an ASCII code that is no such character. */
export type Alphabet = Int8Array

/** The last code of ASCII, past which no alphabet has a character. */
export const LAST_CODE = 0x7f

export function indexAlphabet(characters: string): Alphabet {
  const values = new Int8Array(LAST_CODE + 1).fill(-1)
  for (let index = 0; index < characters.length; index++) values[characters.charCodeAt(index)] = index
  return values
}

/** The number of the character at an index. A foreign or missing character is -1, which no shift makes positive. */
export function valueAt(alphabet: Alphabet, text: string, index: number): number {
  const code = text.charCodeAt(index)
  return code <= LAST_CODE ? valueOf(alphabet, code) : -1
}

/** The number of the character with the lowest bits of a code. The caller makes sure that the code is one of ASCII. */
export function valueOf(alphabet: Alphabet, code: number): number {
  return alphabet[code & LAST_CODE] ?? -1
}
