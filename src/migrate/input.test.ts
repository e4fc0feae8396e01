import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { openInput } from './input.js'
import type { InputOptions } from './input.js'

const folder = mkdtempSync(join(tmpdir(), 'passlift-input-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

let written = 0

function write(bytes: Uint8Array | string): string {
  const path = join(folder, `input-${++written}`)
  writeFileSync(path, bytes)
  return path
}

async function read(source: string, options?: InputOptions): Promise<string> {
  const { text } = await openInput(source, options)
  let whole = ''
  for await (const piece of text) whole += piece
  return whole
}

describe('an input', () => {
  const TEXT = 'id,login\n1,Grüße\n'

  test('is read as it stands, or unpacked from one or several members of gzip', async () => {
    expect(await read(write(TEXT))).toBe(TEXT)
    expect(await read(write(gzipSync(TEXT)))).toBe(TEXT)
    expect(await read(write(Buffer.concat([gzipSync('id,lo'), gzipSync('gin\n1,Grüße\n')])))).toBe(TEXT)
    expect(await read(write(''))).toBe('')
  })

  test('tells the size of a file, and the bytes of it that were read', async () => {
    const path = write(gzipSync(TEXT))
    const sizes: number[] = []
    const { size } = await openInput(path)
    await read(path, { onBytes: (bytes) => sizes.push(bytes) })
    expect(sizes).toEqual([size])
  })

  test.each<readonly [string, () => string, string]>([
    ['a folder', () => folder, 'The file is a folder.'],
    ['no file', () => join(folder, 'none'), 'The file could not be read.'],
    [
      'UTF-16',
      () => write(Buffer.from(`\uFEFF${TEXT}`, 'utf16le')),
      'The file is in UTF-16. Save it as UTF-8.',
    ],
    [
      'UTF-16 without a mark',
      () => write(Buffer.from(TEXT, 'utf16le')),
      'The file is in UTF-16. Save it as UTF-8.',
    ],
    [
      'gzip that is cut off',
      () => write(gzipSync(TEXT).subarray(0, -9)),
      'The file is damaged: gzip cannot be undone.',
    ],
    [
      'bytes behind gzip',
      () => write(Buffer.concat([gzipSync(TEXT), Buffer.alloc(8)])),
      'Bytes that are no gzip follow the packed file.',
    ],
  ])('of %s is refused', async (_, make, message) => {
    await expect(read(make())).rejects.toMatchObject({ code: 'ERR_MIGRATE_INPUT', message })
  })
})
