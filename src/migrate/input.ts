import { open, stat } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import { PassliftError } from '../index.js'
import { inputError } from './errors.js'
import { decodePieces } from './utf8.js'

const GIBIBYTE = 1024 ** 3
const MAX_RATIO = 200
// A piece of a file, and of what gzip unpacks. All that is read of a file at once grows with it.
const PIECE = 64 * 1024
// By so many bytes gzip and UTF-16 are told.
const HEAD = 4

export interface InputOptions {
  /** Whether to read more than 1 GiB that gzip packed at more than 200 to 1; default false. */
  readonly large?: boolean
  /** Called with the bytes of the file that were read, before gzip is undone. */
  readonly onBytes?: (bytes: number) => void
}

/** The text of an export, in pieces: a file in UTF-8, plain or packed with gzip, or any bytes. */
export interface Input {
  /** Where bytes are no UTF-8, U+FDD0 stands for them. */
  readonly text: AsyncIterable<string>
  /** The size of the file in bytes; undefined where it is no file. */
  readonly size: number | undefined
}

/**
 * Opens an export.
 *
 * @param source a path, or bytes
 * @throws PassliftError `ERR_MIGRATE_INPUT` for what cannot be read, is no file, is in UTF-16, or is damaged or hostile gzip; while
 *   the text is read, too, and where the file is changed meanwhile
 */
export async function openInput(
  source: string | AsyncIterable<Uint8Array>,
  options: InputOptions = {},
): Promise<Input> {
  if (typeof source !== 'string') return { text: decode(source, options), size: undefined }
  let size
  try {
    const found = await stat(source)
    if (found.isDirectory()) throw inputError('The file is a folder.')
    size = found.isFile() ? found.size : undefined
  } catch (error) {
    throw asInputError(error)
  }
  return { text: decode(readFile(source), options), size }
}

// Why a file cannot be read, by the code of the system's error.
const REASONS: ReadonlyMap<unknown, string> = new Map([
  ['ENOENT', 'There is no such file.'],
  ['ENOTDIR', 'There is no such file.'],
  ['ENAMETOOLONG', 'There is no such file.'],
  ['EACCES', 'The file may not be read by this user.'],
  ['EPERM', 'The file may not be read by this user.'],
  ['EISDIR', 'The file is a folder.'],
])

function asInputError(error: unknown): PassliftError {
  if (isOwn(error)) return error
  const code: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : undefined
  if (typeof code === 'string' && code.startsWith('Z_')) {
    return inputError('The file is damaged: gzip cannot be undone.', error)
  }
  return inputError(REASONS.get(code) ?? 'The file could not be read.', error)
}

function isOwn(error: unknown): error is PassliftError {
  return error instanceof PassliftError
}

/** The bytes of a file. A pipe or a device is read to its end, a file must stay as it was. */
async function* readFile(path: string): AsyncGenerator<Uint8Array> {
  const file = await open(path)
  try {
    const before = await file.stat()
    for (;;) {
      const { bytesRead, buffer } = await file.read({ buffer: Buffer.allocUnsafe(PIECE) })
      if (bytesRead === 0) break
      yield buffer.subarray(0, bytesRead)
    }
    const after = await file.stat()
    if (before.isFile() && (after.size !== before.size || after.mtimeMs !== before.mtimeMs)) {
      throw inputError('The file was changed while it was read.')
    }
  } finally {
    await file.close()
  }
}

async function* decode(source: AsyncIterable<Uint8Array>, options: InputOptions): AsyncGenerator<string> {
  const counted = count(source, options)
  try {
    const packed = await splitHead(counted)
    const isPacked = packed.head[0] === 0x1f && packed.head[1] === 0x8b
    const plain = isPacked ? await splitHead(gunzip(packed.whole, options)) : packed
    try {
      if (isUtf16(plain.head)) throw inputError('The file is in UTF-16. Save it as UTF-8.')
      yield* decodePieces(plain.whole)
    } finally {
      await plain.close()
    }
  } catch (error) {
    throw asInputError(error)
  } finally {
    await counted.return(undefined)
  }
}

async function* count(
  source: AsyncIterable<Uint8Array>,
  { onBytes }: InputOptions,
): AsyncGenerator<Uint8Array, undefined> {
  let read = 0
  for await (const piece of source) {
    read += piece.byteLength
    onBytes?.(read)
    yield piece
  }
  return undefined
}

interface Headed {
  readonly head: Uint8Array
  readonly whole: AsyncIterable<Uint8Array>
  /** Ends the source, which may not have been read to its end. */
  readonly close: () => Promise<unknown>
}

/** The first bytes of a source, which a pipe may give one by one, and all of its bytes. */
async function splitHead(source: AsyncGenerator<Uint8Array>): Promise<Headed> {
  let head = Buffer.alloc(0)
  while (head.length < HEAD) {
    const next = await source.next()
    if (next.done === true) break
    head = Buffer.concat([head, next.value])
  }
  return { head, whole: prepend(head, source), close: () => source.return(undefined) }
}

async function* prepend(head: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield head
  yield* rest
}

async function* gunzip(
  source: AsyncIterable<Uint8Array>,
  { large = false }: InputOptions,
): AsyncGenerator<Uint8Array> {
  const stream = createGunzip({ chunkSize: PIECE })
  let packed = 0
  let unpacked = 0
  const counted = async function* (): AsyncGenerator<Uint8Array> {
    for await (const piece of source) {
      packed += piece.byteLength
      yield piece
    }
  }
  // An error of the source ends the stream, whose reader has it from there.
  pipeline(counted, stream).catch(() => undefined)
  const pieces: AsyncIterable<Buffer> = stream
  for await (const piece of pieces) {
    unpacked += piece.byteLength
    if (!large && unpacked > GIBIBYTE && unpacked > MAX_RATIO * packed) {
      throw inputError(
        'The file unpacks to more than 200 times its size, over 1 GiB. If it should, read it with `large`.',
      )
    }
    yield piece
  }
  // zlib stops at bytes behind the last member that are no gzip, and says nothing.
  if (stream.bytesWritten < packed) throw inputError('Bytes that are no gzip follow the packed file.')
}

/** Whether bytes begin with the byte order mark of UTF-16, or with two characters of ASCII in it. */
function isUtf16([first, second, third, fourth]: Uint8Array): boolean {
  const hasMark = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)
  const isLittle = second === 0 && fourth === 0 && first !== 0 && third !== 0
  const isBig = first === 0 && third === 0 && second !== 0 && fourth !== 0
  return hasMark || (fourth !== undefined && (isLittle || isBig))
}
