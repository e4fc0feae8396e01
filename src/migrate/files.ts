import { randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, linkSync, lstatSync, openSync, readdirSync, unlinkSync, write } from 'node:fs'
import { basename, dirname, join } from 'node:path'
import { promisify } from 'node:util'
import { PassliftError } from '../index.js'
import { codeOf, outputError } from './errors.js'

const ENDING = '.passlift-part'
const writeBytes = promisify(write)

/** A file that has a name of its own until all of a run is written. */
export interface PartFile {
  /** @throws PassliftError `ERR_MIGRATE_OUTPUT` where the disk refuses it */
  readonly append: (text: string) => Promise<void>
  /** @throws PassliftError `ERR_MIGRATE_OUTPUT` */
  readonly close: () => void
}

/** The files of one run, of which either all appear or none. */
export interface Files {
  /** Opens a file beside the others: nobody else can read it, and no link is followed. */
  readonly open: () => PartFile
  /**
   * Gives the files their names, in the order in which they were opened. A name that exists is an error, and then none appears.
   *
   * @throws PassliftError `ERR_MIGRATE_OUTPUT`
   */
  readonly publish: (paths: readonly string[]) => void
  /** Removes what has no name yet, at once, so that a signal may call it while a file is written. */
  readonly remove: () => void
  /** Removes it, and closes the files. */
  readonly discard: () => void
  /** The files that runs of before left, which were killed; or that another run writes now. */
  readonly leftovers: readonly string[]
}

/**
 * Opens the folder of an output.
 *
 * @throws PassliftError `ERR_MIGRATE_OUTPUT` where a name exists or the folder does not
 */
export function openFiles(path: string, reserved: readonly string[]): Files {
  const folder = dirname(path)
  const prefix = `.${basename(path)}.`
  const parts: { readonly path: string; readonly descriptor: number; isOpen: boolean }[] = []
  const leftovers = attempt('The folder of the output could not be opened', () =>
    readdirSync(folder).filter((name) => name.startsWith(prefix) && name.endsWith(ENDING)),
  )
  for (const name of [path, ...reserved]) if (exists(name)) throw existsError()

  const close = (part: (typeof parts)[number]): void => {
    if (!part.isOpen) return
    part.isOpen = false
    closeSync(part.descriptor)
  }
  const remove = (): void => {
    for (const { path: name } of parts) {
      quietly(() => {
        unlinkSync(name)
      })
    }
  }
  const discard = (): void => {
    remove()
    for (const part of parts.splice(0)) {
      quietly(() => {
        close(part)
      })
    }
  }
  return {
    leftovers,
    remove,
    discard,
    open: () => {
      const part = attempt('The output could not be made', () => {
        const name = join(folder, `${prefix}${randomBytes(9).toString('hex')}${ENDING}`)
        return { path: name, descriptor: openSync(name, 'wx', 0o600), isOpen: true }
      })
      parts.push(part)
      return {
        append: async (text) => {
          try {
            await writeAll(part.descriptor, Buffer.from(text))
          } catch (error) {
            throw outputError('The output could not be written', error)
          }
        },
        close: () => {
          attempt('The output could not be written', () => {
            fsyncSync(part.descriptor)
            close(part)
          })
        },
      }
    },
    publish: (paths) => {
      const linked: string[] = []
      try {
        for (const [place, part] of parts.entries()) {
          const name = paths[place]
          if (name === undefined) throw new TypeError('Every file has a name.')
          linkSync(part.path, name)
          linked.push(name)
        }
      } catch (error) {
        for (const name of linked) {
          quietly(() => {
            unlinkSync(name)
          })
        }
        throw codeOf(error) === 'EEXIST' ? existsError() : outputError('The output could not be named', error)
      }
      discard()
      // Not every system lets a folder be synchronised.
      quietly(() => {
        const descriptor = openSync(folder, 'r')
        fsyncSync(descriptor)
        closeSync(descriptor)
      })
    },
  }
}

async function writeAll(descriptor: number, bytes: Buffer): Promise<void> {
  for (let written = 0; written < bytes.length;) {
    const { bytesWritten } = await writeBytes(descriptor, bytes, written)
    written += bytesWritten
  }
}

/** Whether a name is taken; a link that leads nowhere takes one too. */
function exists(path: string): boolean {
  return attempt(
    'The folder of the output could not be opened',
    () => lstatSync(path, { throwIfNoEntry: false }) !== undefined,
  )
}

function attempt<T>(message: string, run: () => T): T {
  try {
    return run()
  } catch (error) {
    throw outputError(message, error)
  }
}

function quietly(run: () => void): void {
  try {
    run()
  } catch {
    // What is cleared away may be gone.
  }
}

function existsError(): PassliftError {
  return new PassliftError(
    'ERR_MIGRATE_OUTPUT',
    'A file of the name of the output, or of its rejected rows, exists. Nothing was written.',
  )
}
