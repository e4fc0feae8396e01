import { constants } from 'node:fs'
import { access, lstat, open, unlink } from 'node:fs/promises'
import { dirname } from 'node:path'
import { describeSystemError, MisuseError } from './misuse-error.js'
import { OutputError } from './output.js'

const TAKEN =
  'The report was not written: there is something of that name. Name another file, or move that one away first.'

/**
 * Says before the work whether a report can be written.
 *
 * @throws MisuseError where the name is taken, or its folder takes no file
 */
export async function expectReport(path: string): Promise<void> {
  if (await exists(path)) throw new MisuseError(TAKEN)
  try {
    await access(dirname(path), constants.W_OK)
  } catch (error) {
    throw new MisuseError(`The folder of the report takes no file (${describeSystemError(error)}).`)
  }
}

/**
 * Writes a report that only its owner may read. It overwrites nothing and follows no symbolic link.
 *
 * @throws MisuseError where the name was taken meanwhile
 * @throws OutputError where the report could not be written whole; then nothing of it is left
 */
export async function writeReport(path: string, text: string): Promise<void> {
  let file
  try {
    // With `x` the name is made here or not at all, so that no link at its place is followed.
    file = await open(path, 'wx', 0o600)
  } catch (error) {
    throw isTaken(error) ? new MisuseError(TAKEN) : new OutputError(error)
  }
  try {
    await file.writeFile(text)
    await file.sync()
  } catch (error) {
    await unlink(path)
    throw new OutputError(error)
  } finally {
    await file.close()
  }
}

async function exists(path: string): Promise<boolean> {
  try {
    await lstat(path)
    return true
  } catch {
    return false
  }
}

function isTaken(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'EEXIST'
}
