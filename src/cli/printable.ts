/**
 * What a terminal obeys or does not show: control characters (C0, DEL, C1), formatting ones (those of bidirectional
 * text, of no width, byte order marks), separators of lines and paragraphs, lone surrogates. A file's name may hold
 * them, and would then move the cursor, recolour, retitle, or put a line of its own among ours.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu

/** One line of text as it may be printed: what is unprintable becomes the escape that JSON has for it. */
export function escapeUnprintable(text: string): string {
  return text.replace(UNPRINTABLE, escapeCharacter)
}

/** One line of JSON in printable characters. Outside its texts JSON.stringify writes no others. */
export function toPrintableJson(value: object): string {
  return escapeUnprintable(JSON.stringify(value))
}

/** Two escapes for a character outside the Basic Multilingual Plane: RFC 8259 section 7. */
function escapeCharacter(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index))
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')
}
