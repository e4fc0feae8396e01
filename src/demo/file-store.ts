import { mkdtemp, open, readFile, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** One row of a users table. */
export interface User {
  readonly email: string
  readonly hasher: string | null
  readonly digest: string | null
}

/** A users table in one file that is replaced atomically: a reader sees the old rows or the new ones. */
export interface UserStore {
  readonly find: (email: string) => Promise<User | null>
  /** Writes a user's row if its digest is still the one that was read. */
  readonly replace: (user: User, next: Pick<User, 'digest' | 'hasher'>) => Promise<boolean>
  /** Removes the file and its folder. */
  readonly remove: () => Promise<void>
}

/** Makes a store in a new folder that only its owner can read. */
export async function createUserStore(users: readonly User[]): Promise<UserStore> {
  const folder = await mkdtemp(join(tmpdir(), 'passlift-'))
  const path = join(folder, 'users.json')

  const write = async (rows: readonly User[]): Promise<void> => {
    const draft = `${path}.next`
    const file = await open(draft, 'w', 0o600)
    try {
      await file.writeFile(JSON.stringify(rows))
      await file.sync()
    } finally {
      await file.close()
    }
    await rename(draft, path)
  }

  const read = async (): Promise<readonly User[]> => {
    const rows: unknown = JSON.parse(await readFile(path, 'utf8'))
    return readUsers(rows)
  }

  await write(users)

  // Writes take turns, so that no write comes between the comparison and the write of another.
  let turn: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(step: () => Promise<T>): Promise<T> => {
    const mine = turn.then(step)
    turn = mine.catch(() => undefined)
    return mine
  }

  return {
    find: (email) => inTurn(async () => (await read()).find((user) => user.email === email) ?? null),
    replace: (user, next) =>
      inTurn(async () => {
        const rows = await read()
        const index = rows.findIndex(({ email, digest }) => email === user.email && digest === user.digest)
        if (index < 0) return false
        await write(rows.with(index, { email: user.email, digest: next.digest, hasher: next.hasher }))
        return true
      }),
    remove: () => rm(folder, { recursive: true }),
  }
}

/** @throws Error where a row is not a user */
export function readUsers(rows: unknown): readonly User[] {
  if (!Array.isArray(rows)) throw new Error('The users are not a list.')
  return rows.map((row: unknown, index) => {
    const email = readText(row, 'email')
    if (email === null) throw new Error(`User ${index + 1} has no e-mail address.`)
    return { email, hasher: readText(row, 'hasher'), digest: readText(row, 'digest') }
  })
}

function readText(row: unknown, name: string): string | null {
  if (typeof row !== 'object' || row === null) return null
  const value: unknown = Reflect.get(row, name)
  return typeof value === 'string' ? value : null
}
