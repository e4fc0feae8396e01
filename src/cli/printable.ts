/**
 * The characters that a terminal obeys or does not show: control characters (C0, DEL, C1), formatting ones (of bidirectional
 * text, without width, byte order marks), separators of lines and paragraphs, lone surrogates. A text with such characters
 * could move the cursor, change colours and title, or add a line to the output.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu

/** One line of text in printable characters: each other character becomes its escape of JSON. */
export function escapeUnprintable(text: string): string {
  return text.replace(UNPRINTABLE, escapeCharacter)
}

/** One line of JSON in printable characters. JSON.stringify writes other characters only inside strings. */
export function toPrintableJson(value: object): string {
  return escapeUnprintable(JSON.stringify(value))
}

/** The escape of a character, or its two escapes outside the Basic Multilingual Plane (RFC 8259 section 7). */
function escapeCharacter(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index))
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')
}
