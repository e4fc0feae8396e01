/** The effect of a byte from the terminal: `line` and `end` finish a line, `ignored` rings the bell. */
export type Effect = 'typed' | 'ignored' | 'line' | 'end' | 'interrupt'

/** An editor of one hidden line, in bytes, since a terminal may send bytes that are not UTF-8. */
export interface LineEditor {
  readonly type: (byte: number) => Effect
  /** Takes the line so far; the editor then begins a new one. */
  readonly take: () => Uint8Array
}

const CTRL_C = 0x03
const CTRL_D = 0x04
const BACKSPACE = 0x08
const TAB = 0x09
const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d
const CTRL_U = 0x15
const ESCAPE = 0x1b
const SPACE = 0x20
const AT_SIGN = 0x40
const DELETE = 0x7f

type Sequence = 'none' | 'escape' | 'control' | 'shift'

/** The characters that begin the sequence of a key when they follow Escape. */
const SEQUENCES: ReadonlyMap<number, Sequence> = new Map([
  ['['.charCodeAt(0), 'control'],
  ['O'.charCodeAt(0), 'shift'],
])

/**
 * Makes an editor that edits a line as a terminal would with its echo off: backspace, Ctrl-U, Ctrl-C, Ctrl-D. It leaves out
 * other control characters and the sequences of arrow and function keys (ECMA-48 section 5.4), since a user who presses one
 * by mistake cannot see it in the line.
 */
export function createLineEditor(): LineEditor {
  const line: number[] = []
  let sequence: Sequence = 'none'
  let isAfterReturn = false

  const clear = (): void => {
    line.fill(0)
    line.length = 0
  }

  /** Whether the byte belongs to the sequence of a key. */
  const isInSequence = (byte: number): boolean => {
    const before = sequence
    sequence = 'none'
    if (byte < SPACE || byte >= DELETE || before === 'none') return false
    if (before === 'escape') {
      const begun = SEQUENCES.get(byte)
      // An ordinary character after Escape is part of the line.
      if (begun !== undefined) sequence = begun
      return begun !== undefined
    }
    // A control sequence ends at the first byte from @ to ~.
    if (before === 'control' && byte < AT_SIGN) sequence = 'control'
    return true
  }

  const remove = (): Effect => {
    if (line.length === 0) return 'ignored'
    let byte = line.pop()
    // A byte 10xxxxxx continues a UTF-8 character.
    while (byte !== undefined && (byte & 0xc0) === 0x80) byte = line.pop()
    return 'typed'
  }

  return {
    type: (byte) => {
      // CR LF, which pasted text may have, ends one line.
      const isSecondHalf = isAfterReturn && byte === LINE_FEED
      isAfterReturn = byte === CARRIAGE_RETURN
      if (isSecondHalf || isInSequence(byte)) return 'typed'
      switch (byte) {
        case CARRIAGE_RETURN:
        case LINE_FEED:
          return 'line'
        case CTRL_C:
          return 'interrupt'
        case CTRL_D:
          return line.length === 0 ? 'end' : 'line'
        case BACKSPACE:
        case DELETE:
          return remove()
        case CTRL_U:
          clear()
          return 'typed'
        case ESCAPE:
          sequence = 'escape'
          return 'ignored'
        default:
          if (byte < SPACE && byte !== TAB) return 'ignored'
          line.push(byte)
          return 'typed'
      }
    },
    take: () => {
      const bytes = Uint8Array.from(line)
      clear()
      return bytes
    },
  }
}
