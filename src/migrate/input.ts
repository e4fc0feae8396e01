import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { createGunzip } from 'node:zlib'
import { PassliftError } from '../index.js'

const GIBIBYTE = 1024 ** 3
const MAX_RATIO = 200

export interface InputOptions {
  /** Whether to read more than 1 GiB that gzip packed at more than 200 to 1; default false. */
  readonly large?: boolean
  /** Called with the bytes of the file that were read, before gzip is undone. */
  readonly onBytes?: (bytes: number) => void
}

/** The text of an export, in pieces: a file in UTF-8, plain or packed with gzip, or any bytes. */
export interface Input {
  readonly text: AsyncIterable<string>
  /** The size of the file in bytes; undefined where it is no file. */
  readonly size: number | undefined
}

/**
 * Opens an export.
 *
 * @param source a path, or bytes
 * @throws PassliftError `ERR_MIGRATE_INPUT` for what cannot be read, is no file, is in UTF-16, or is damaged or hostile gzip; while
 *   the text is read, too
 */
export async function openInput(
  source: string | AsyncIterable<Uint8Array>,
  options: InputOptions = {},
): Promise<Input> {
  if (typeof source !== 'string') return { text: decode(unpack(source, options)), size: undefined }
  let size
  try {
    const found = await stat(source)
    if (found.isDirectory()) throw inputError('The file is a folder.')
    size = found.isFile() ? found.size : undefined
  } catch (error) {
    throw asInputError(error)
  }
  return { text: decode(unpack(createReadStream(source, { highWaterMark: 256 * 1024 }), options)), size }
}

export function inputError(message: string, cause?: unknown): PassliftError {
  return new PassliftError('ERR_MIGRATE_INPUT', message, cause)
}

function asInputError(error: unknown): PassliftError {
  if (isOwn(error)) return error
  const code: unknown = typeof error === 'object' && error !== null ? Reflect.get(error, 'code') : undefined
  const isPacked = typeof code === 'string' && code.startsWith('Z_')
  return inputError(
    isPacked ? 'The file is damaged: gzip cannot be undone.' : 'The file could not be read.',
    error,
  )
}

function isOwn(error: unknown): error is PassliftError {
  return error instanceof PassliftError
}

async function* unpack(source: AsyncIterable<Uint8Array>, options: InputOptions): AsyncGenerator<Uint8Array> {
  try {
    const counted = count(source, options)
    const first = await counted.next()
    if (first.done === true) return
    const isPacked = first.value[0] === 0x1f && first.value[1] === 0x8b
    yield* isPacked ? gunzip(first.value, counted, options) : prepend(first.value, counted)
  } catch (error) {
    throw asInputError(error)
  }
}

async function* count(
  source: AsyncIterable<Uint8Array>,
  { onBytes }: InputOptions,
): AsyncGenerator<Uint8Array, undefined> {
  let read = 0
  for await (const chunk of source) {
    if (chunk.byteLength === 0) continue
    read += chunk.byteLength
    onBytes?.(read)
    yield chunk
  }
  return undefined
}

async function* prepend(first: Uint8Array, rest: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  yield first
  yield* rest
}

async function* gunzip(
  first: Uint8Array,
  rest: AsyncIterable<Uint8Array>,
  { large = false }: InputOptions,
): AsyncGenerator<Uint8Array> {
  const stream = createGunzip({ chunkSize: 256 * 1024 })
  let packed = 0
  let unpacked = 0
  const feed = async (): Promise<void> => {
    for await (const chunk of prepend(first, rest)) {
      packed += chunk.byteLength
      if (stream.destroyed) return
      if (!stream.write(chunk)) await new Promise((resolve) => stream.once('drain', resolve))
    }
    stream.end()
  }
  feed().catch((error: unknown) => stream.destroy(error instanceof Error ? error : undefined))
  const chunks: AsyncIterable<Buffer> = stream
  for await (const chunk of chunks) {
    unpacked += chunk.byteLength
    if (!large && unpacked > GIBIBYTE && unpacked > MAX_RATIO * packed) {
      stream.destroy()
      throw inputError(
        'The file unpacks to more than 200 times its size, over 1 GiB. If it should, read it with `large`.',
      )
    }
    yield chunk
  }
  // zlib stops at bytes behind the last member that are no gzip, and says nothing.
  if (stream.bytesWritten < packed) throw inputError('Bytes that are no gzip follow the packed file.')
}

async function* decode(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder('utf-8')
  let isFirst = true
  for await (const chunk of bytes) {
    if (isFirst && isUtf16(chunk)) throw inputError('The file is in UTF-16. Save it as UTF-8.')
    isFirst = false
    yield decoder.decode(chunk, { stream: true })
  }
  yield decoder.decode()
}

/** Whether bytes begin with the byte order mark of UTF-16, or have NULs at every other place. */
function isUtf16(bytes: Uint8Array): boolean {
  const [first, second, third, fourth] = bytes
  const hasMark = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)
  return hasMark || (bytes.length > 3 && ((second === 0 && fourth === 0) || (first === 0 && third === 0)))
}
