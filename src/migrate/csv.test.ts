import { describe, expect, test } from 'vitest'
import { readRows } from './csv.js'
import type { CsvOptions, Row } from './csv.js'

async function* piecesOf(text: string, size: number): AsyncGenerator<string> {
  for (let at = 0; at < text.length; at += size) yield await Promise.resolve(text.slice(at, at + size))
}

async function read(
  text: string,
  { size = 4, ...options }: Partial<CsvOptions> & { size?: number } = {},
): Promise<readonly Row[]> {
  const rows: Row[] = []
  for await (const batch of readRows(piecesOf(text, size), { delimiter: ',', ...options }))
    rows.push(...batch)
  return rows
}

describe('the rows of CSV', () => {
  test('are read with the line at which each ends, whatever the pieces of the text', async () => {
    const text = 'id,note\r\n1,"a ""b"", c"\r\n2,"two\r\nlines"\r\n3,x\r\n'
    for (const size of [1, 5, 100]) {
      const rows = await read(text, { size })
      expect(rows.map(({ cells }) => cells)).toEqual([
        ['id', 'note'],
        ['1', 'a "b", c'],
        ['2', 'two\r\nlines'],
        ['3', 'x'],
      ])
      expect(rows.map(({ line }) => line)).toEqual([1, 2, 4, 5])
    }
  })

  test('keep a quote that stands within a cell', async () => {
    const rows = await read('id,note\n1,a"b\n3,z\n')
    expect(rows.map(({ cells }) => cells)).toEqual([
      ['id', 'note'],
      ['1', 'a"b'],
      ['3', 'z'],
    ])
  })

  test('that a lost closing quote joins are damaged, each of them, and the next are read', async () => {
    const text = 'id,name,digest\n1,A,a\n2,"Bob,b\n3,Carol,c\n4,"Dave",d\n5,"E\nF",e\n'
    for (const size of [1, 100]) {
      const rows = await read(text, { size })
      expect(rows.map(({ line, cells, problem }) => [line, problem ?? cells.join('|')])).toEqual([
        [1, 'id|name|digest'],
        [2, '1|A|a'],
        [3, 'bad-csv'],
        [4, 'bad-csv'],
        [5, 'bad-csv'],
        [7, '5|E\nF|e'],
      ])
    }
  })

  test('have a problem with over 1,000 columns or a value over 1 MiB, and the next are read', async () => {
    const text = `id,note\n${'x,'.repeat(1000)}y\n1,${'x'.repeat(1024 * 1024 + 1)}\n3,z\n`
    const rows = await read(text, { size: 65_536 })
    expect(rows.map(({ problem }) => problem)).toEqual([undefined, 'columns', 'value-too-long', undefined])
  })

  test.each([
    ['a quote that never ends', 'id,note\n1,"b\n2,x\n', 'A quoted cell never ends. Its row is the last one.'],
    ['a row over 4 MiB', `id\n1\n${'x'.repeat(5_000_000)}\n2\n`, 'The row of line 3 is over 4 MiB.'],
    ['200,000 separators', `id\n1\n${','.repeat(200_000)}\n2\n`, 'The row of line 3 is over 4 MiB.'],
  ])('reject for %s', async (_, text, message) => {
    const reading = read(text, { size: 65_536 })
    await expect(reading).rejects.toMatchObject({ code: 'ERR_MIGRATE_INPUT', message })
  })

  test('of a file whose writer escapes no quotes are read with all of them', async () => {
    const rows = await read('a,"b"c"\n', { plain: true })
    expect(rows.map(({ cells }) => cells)).toEqual([['a', '"b"c"']])
  })
})
