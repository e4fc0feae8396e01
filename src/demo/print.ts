/** What the demo saw of a user. */
export interface Row {
  readonly user: string
  readonly hasher: string
  readonly outcome: string
  readonly isRight: boolean
  readonly isInsecure: boolean
  readonly isReplaced: boolean
  readonly stored: string
  readonly first: string
  readonly second: string
  /** The expectations that did not hold. */
  readonly faults: readonly string[]
}

/** Prints the table, and sets the exit code where something is not as it should be. */
export function print(rows: readonly Row[]): void {
  const shown = rows.map(({ isInsecure, ...row }) => ({ ...row, insecure: isInsecure ? 'yes' : '-' }))
  const columns = ['user', 'hasher', 'outcome', 'insecure', 'stored', 'first', 'second'] as const
  const titles = {
    user: 'user',
    hasher: 'hasher',
    outcome: 'outcome',
    insecure: 'insecure',
    stored: 'stored afterwards',
    first: '1st ms',
    second: '2nd ms',
  }
  const widths = columns.map((column) =>
    Math.max(titles[column].length, ...shown.map((row) => row[column].length)),
  )
  const line = (cells: Readonly<Record<(typeof columns)[number], string>>): string =>
    columns
      .map((column, index) => cells[column].padEnd(widths[index] ?? 0))
      .join('  ')
      .trimEnd()

  console.log(line(titles))
  for (const row of shown) console.log(line(row))
  const count = (holds: (row: Row) => boolean): number => rows.filter(holds).length
  const faulty = count(({ faults }) => faults.length > 0)
  console.log(
    `\n${rows.length} users: ${count(({ isRight }) => isRight)} right, ` +
      `${count(({ isInsecure }) => isInsecure)} insecure, ` +
      `${count(({ isReplaced }) => isReplaced)} replaced with bcrypt, ${faulty} not as they should be`,
  )
  for (const { user, faults } of rows) for (const fault of faults) console.log(`  ${user}: ${fault}`)
  process.exitCode = faulty === 0 ? 0 : 1
}
