/** What a byte from the terminal did: `line` and `end` finish a line, `ignored` deserves a bell. */
export type Effect = 'typed' | 'ignored' | 'line' | 'end' | 'interrupt'

/** One line that is typed without being seen, as bytes: what a terminal sends need not be UTF-8. */
export interface LineEditor {
  readonly type: (byte: number) => Effect
  /** The line so far; the editor then begins a new one. */
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

/** What follows Escape and makes a sequence of it. */
const SEQUENCES: ReadonlyMap<number, Sequence> = new Map([
  ['['.charCodeAt(0), 'control'],
  ['O'.charCodeAt(0), 'shift'],
])

/**
 * Edits a line as a terminal would with its echo off: backspace, Ctrl-U, Ctrl-C, Ctrl-D. Other control characters and
 * the sequences of arrow and function keys (ECMA-48 section 5.4) are left out: whoever presses one by mistake cannot
 * see it in the line.
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
      // Escape alone, and then an ordinary character: that one is meant.
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
    // The bytes of a UTF-8 character after its first.
    while (byte !== undefined && (byte & 0xc0) === 0x80) byte = line.pop()
    return 'typed'
  }

  return {
    type: (byte) => {
      // What is pasted can end its lines with CR LF: that is one end.
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
