// Numbers and their spreads are aligned to the right.
const NUMBER = /^\d/

/** Prints rows as a Markdown table under a heading, in the layout that the formatter gives it. */
export function printTable(title, heads, rows) {
  const texts = [heads, ...rows].map((row) => row.map(String))
  const columns = heads.map((_, place) => {
    const cells = texts.map((row) => row[place])
    return {
      width: Math.max(3, ...cells.map((cell) => cell.length)),
      isNumber: cells.slice(1).every((cell) => NUMBER.test(cell)),
    }
  })
  const pad = (text, place) => {
    const { width, isNumber } = columns[place]
    return isNumber ? text.padStart(width) : text.padEnd(width)
  }
  const rule = columns.map(({ width, isNumber }) => (isNumber ? '-:' : '--').padStart(width, '-'))
  const [head, ...body] = texts.map((row) => row.map(pad))
  const lines = [head, rule, ...body].map((cells) => `| ${cells.join(' | ')} |`)
  console.log(`\n### ${title}\n\n${lines.join('\n')}`)
}

/** Prints a paragraph below a table. */
export function printNote(text) {
  console.log(`\n${text}`)
}
