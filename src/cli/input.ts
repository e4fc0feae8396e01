import { createReadStream } from 'node:fs'
import type { Arguments } from './arguments.js'
import { askHidden } from './hidden-prompt.js'
import { looksLikeDigest } from './misplaced-digest.js'
import { describeSystemError, MisuseError } from './misuse-error.js'

const LINE_FEED = 0x0a
const CARRIAGE_RETURN = 0x0d

// This is far above the 4096 bytes that a password or a digest may have, and far below the size of a wrong file.
const MAX_BYTES = 64 * 1024

/**
 * Reads a password: the line of standard input, or on a terminal the answer to a hidden prompt.
 *
 * @throws MisuseError
 */
export async function readPassword(): Promise<Uint8Array> {
  if (process.stdin.isTTY) {
    const [password] = await askHidden(['Password: '])
    return password ?? new Uint8Array()
  }
  return readPasswordLine(await readStandardInput())
}

/**
 * Reads a new password. A terminal asks for it twice.
 *
 * @throws MisuseError
 */
export async function readNewPassword(): Promise<Uint8Array> {
  if (!process.stdin.isTTY) return readPassword()
  const [password, again] = await askHidden(['New password: ', 'The same again: '])
  if (password === undefined || again === undefined || Buffer.compare(password, again) !== 0) {
    throw new MisuseError('The two passwords differ.')
  }
  return password
}

/**
 * Reads the digest of --digest or --digest-file, or else that of standard input or the terminal.
 *
 * @throws MisuseError
 */
export async function readDigest(given: Arguments): Promise<string> {
  const digest = await readGivenDigest(given)
  if (digest !== undefined) return digest
  if (process.stdin.isTTY) {
    const [typed] = await askHidden(['Digest: '])
    return decodeDigest(typed ?? new Uint8Array())
  }
  const bytes = await readStandardInput()
  if (bytes.byteLength === 0) throw new MisuseError('Standard input is empty. It should hold the digest.')
  return decodeDigest(stripLineEnding(bytes))
}

/**
 * Reads the digest of --digest or --digest-file and then a password, or else both from standard input or the terminal.
 *
 * @throws MisuseError
 */
export async function readDigestAndPassword(
  given: Arguments,
): Promise<{ readonly digest: string; readonly password: Uint8Array }> {
  const digest = await readGivenDigest(given)
  if (digest !== undefined) return { digest, password: await readPassword() }
  if (process.stdin.isTTY) {
    const [typed, password] = await askHidden(['Digest: ', 'Password: '])
    return { digest: decodeDigest(typed ?? new Uint8Array()), password: password ?? new Uint8Array() }
  }
  const bytes = await readStandardInput()
  if (bytes.byteLength === 0) {
    throw new MisuseError(
      'Standard input is empty. Without --digest-file or --digest it should hold the digest on its first line ' +
        'and the password on the next.',
    )
  }
  const end = bytes.indexOf(LINE_FEED) + 1
  if (end === 0 || end === bytes.byteLength) {
    throw new MisuseError(
      'Standard input ends after its first line, the digest. The password should follow on the next; ' +
        'the empty password is an empty line.',
    )
  }
  return {
    digest: decodeDigest(stripLineEnding(bytes.subarray(0, end))),
    password: readPasswordLine(bytes.subarray(end)),
  }
}

async function readGivenDigest({ values }: Arguments): Promise<string | undefined> {
  const path = values.get('digest-file')
  const digest = values.get('digest')
  if (path === undefined) return digest
  if (digest !== undefined) {
    throw new MisuseError('--digest and --digest-file exclude each other.', { needsHelp: true })
  }
  const hint = looksLikeDigest(path) ? ` ${DIGEST_AS_NAME}` : ''
  const bytes = await readAll(() => createReadStream(path), 'The file of --digest-file', hint)
  return decodeDigest(stripLineEnding(bytes))
}

const DIGEST_AS_NAME =
  'Its name looks like a digest: a digest goes to --digest DIGEST, in single quotes, or into a file whose name goes to ' +
  '--digest-file.'

function readPasswordLine(bytes: Uint8Array): Uint8Array {
  if (bytes.byteLength === 0) {
    throw new MisuseError(
      'Standard input is empty. It should hold the password; the empty password is an empty line.',
    )
  }
  return stripLineEnding(bytes)
}

function readStandardInput(): Promise<Uint8Array> {
  return readAll(() => process.stdin, 'Standard input')
}

/** Reads a stream to its end. `hint` is added to the message of the error where the stream cannot be read. */
async function readAll(open: () => AsyncIterable<Buffer>, what: string, hint = ''): Promise<Uint8Array> {
  const chunks: Buffer[] = []
  let length = 0
  try {
    for await (const chunk of open()) {
      chunks.push(chunk)
      length += chunk.byteLength
      if (length > MAX_BYTES) break
    }
  } catch (error) {
    throw new MisuseError(`${what} could not be read (${describeSystemError(error)}).${hint}`)
  }
  if (length > MAX_BYTES) throw new MisuseError(`${what} holds over ${MAX_BYTES} bytes.`)
  return Buffer.concat(chunks)
}

/** Removes exactly one line ending, LF or CR LF: everything before it is part of the line. */
function stripLineEnding(bytes: Uint8Array): Uint8Array {
  if (bytes.at(-1) !== LINE_FEED) return bytes
  return bytes.subarray(0, bytes.at(-2) === CARRIAGE_RETURN ? -2 : -1)
}

function decodeDigest(bytes: Uint8Array): string {
  try {
    // A decoder drops a leading byte order mark by default, but no byte of a digest may be dropped.
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    throw new MisuseError('The digest is not text in UTF-8.')
  }
}
