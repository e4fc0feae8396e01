import { randomBytes } from 'node:crypto'
import {
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { openInput } from './input.js'
import type { InputOptions } from './input.js'
import { isUnicode } from './utf8.js'

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

async function* bytesOf(bytes: Uint8Array, size = 1): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += size) yield await Promise.resolve(bytes.subarray(at, at + size))
}

async function readBytes(source: AsyncIterable<Uint8Array>): Promise<string> {
  let whole = ''
  for await (const piece of (await openInput(source)).text) whole += piece
  return whole
}

/** Whether this process has a file open; false where the system does not tell. */
function isOpen(path: string): boolean {
  const descriptors = '/proc/self/fd'
  if (!existsSync(descriptors)) return false
  return readdirSync(descriptors).some((name) => {
    const link = join(descriptors, name)
    return lstatSync(link, { throwIfNoEntry: false }) !== undefined && readlinkSync(link) === path
  })
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

  test('is read alike where a pipe gives its bytes one by one', async () => {
    for (const bytes of [Buffer.from(`\uFEFF${TEXT}🔑`), gzipSync(`\uFEFF${TEXT}🔑`)]) {
      expect(await readBytes(bytesOf(bytes))).toBe(`${TEXT}🔑`)
    }
    await expect(readBytes(bytesOf(Buffer.from(TEXT, 'utf16le')))).rejects.toThrow('UTF-16')
  })

  test('keeps apart what is no UTF-8 and a replacement character that stands in it', async () => {
    const bytes = Buffer.concat([
      Buffer.from('\uFFFD,Grü'),
      Buffer.from([0xdf]),
      Buffer.from(',e\n\xe9', 'latin1'),
    ])
    for (const source of [bytesOf(bytes), bytesOf(bytes, 64)]) {
      const [first = '', second = '', ...others] = (await readBytes(source)).split(/[,\n]/)
      expect(first).toBe('\uFFFD')
      expect([second, ...others].map((one) => isUnicode(one))).toEqual([false, true, false])
    }
  })

  test('that is changed while it is read is refused at its end', async () => {
    const path = write('id,login\n'.repeat(100_000))
    const { text } = await openInput(path)
    const reading = async (): Promise<void> => {
      for await (const piece of text) if (piece !== '') truncateSync(path, 700_000)
    }
    await expect(reading()).rejects.toMatchObject({ message: 'The file was changed while it was read.' })
  })

  test('is closed where it is read in part', async () => {
    for (const path of [write('x'.repeat(1_000_000)), write(gzipSync(randomBytes(1_000_000)))]) {
      for await (const piece of (await openInput(path)).text) if (piece !== '') break
      expect(isOpen(path)).toBe(false)
    }
  })

  test.each<readonly [string, () => string, string]>([
    ['a folder', () => folder, 'The file is a folder.'],
    ['no file', () => join(folder, 'none'), 'There is no such file.'],
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
      'many bytes behind gzip',
      () => write(Buffer.concat([gzipSync(TEXT), Buffer.alloc(1_000_000, 'x')])),
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
