import { PGlite } from '@electric-sql/pglite'

/** One row of a users table. */
export interface User {
  readonly email: string
  readonly hasher: string | null
  readonly digest: string | null
}

/** A users table in a PostgreSQL of this process. */
export interface UserStore {
  readonly add: (user: User) => Promise<void>
  readonly find: (email: string) => Promise<User | null>
  /** Writes a user's digest if it is still the one that was read. */
  readonly replace: (user: User, next: Pick<User, 'digest' | 'hasher'>) => Promise<boolean>
  /** All rows, in the order in which they were added. */
  readonly list: () => Promise<readonly User[]>
  readonly close: () => Promise<void>
}

export async function createUserStore(): Promise<UserStore> {
  const database = new PGlite()
  await database.exec(`CREATE TABLE users (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    email text UNIQUE NOT NULL, digest text, hasher varchar(64))`)
  const columns = 'SELECT email, digest, hasher FROM users'
  return {
    add: async ({ email, digest, hasher }) => {
      await database.query('INSERT INTO users (email, digest, hasher) VALUES ($1, $2, $3)', [
        ...[email, digest, hasher],
      ])
    },
    find: async (email) => {
      const { rows } = await database.query<User>(`${columns} WHERE email = $1`, [email])
      return rows[0] ?? null
    },
    replace: async ({ email, digest }, next) => {
      const { affectedRows } = await database.query(
        'UPDATE users SET digest = $1, hasher = $2 WHERE email = $3 AND digest IS NOT DISTINCT FROM $4',
        [next.digest, next.hasher, email, digest],
      )
      return affectedRows === 1
    },
    list: async () => (await database.query<User>(`${columns} ORDER BY id`)).rows,
    close: () => database.close(),
  }
}
