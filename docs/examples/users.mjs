// The users of the examples, in memory. In an application these functions are statements of SQL; see docs/sign-in.md.
import { randomBytes } from 'node:crypto'
import { bcryptTarget, createRegistry, createRuntime, createSignIn } from 'passlift'

const users = [
  { id: 7, name: 'Ada', email: 'ada@example.com', digest: '5f4dcc3b5aa765d61d8327deb882cf99', hasher: 'md5' },
]
const tokens = new Map()

/** Two checks run at once, and four wait. Whoever comes then is told to come again. */
export const registry = createRegistry({
  target: bcryptTarget({ cost: 12 }),
  runtime: createRuntime({ concurrency: 2, maxQueue: 4 }),
})

export const signIn = createSignIn({
  registry,
  find: async (email) => {
    const user = users.find((other) => other.email === email)
    return user === undefined ? null : { ...user }
  },
  replaceDigest: async ({ id }, { digest, hasher, replaces }) => {
    const user = users.find((other) => other.id === id)
    if (user?.digest !== replaces) return false
    Object.assign(user, { digest, hasher })
    return true
  },
})

/** What a response may hold of an account: the columns that are named here, and no other. */
export function toResponse({ id, name }) {
  return { id, name }
}

/** Makes the token of an e-mail. */
export function createResetToken(email) {
  const token = randomBytes(16).toString('base64url')
  tokens.set(token, email)
  return token
}

/** Stores a new password for a token, which is spent. Whatever sign-in is under way finds the new digest, and ends. */
export async function resetPassword(token, password) {
  const digest = await registry.hash(password)
  const email = tokens.get(token)
  tokens.delete(token)
  const user = users.find((other) => other.email === email)
  if (user === undefined) return false
  Object.assign(user, { digest, hasher: null })
  return true
}
