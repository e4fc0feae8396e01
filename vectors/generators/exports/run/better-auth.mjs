// Signs users up at Better Auth, whose tables are kept in memory, and prints them. Standard input: [{ email, name, password }, …].
import { text } from 'node:stream/consumers'
import { betterAuth } from 'better-auth'
import { memoryAdapter } from 'better-auth/adapters/memory'
import { version } from './version.mjs'

const tables = { user: [], account: [], session: [], verification: [] }
const auth = betterAuth({
  baseURL: 'http://127.0.0.1',
  secret: 'a secret of this sample, which signs nothing that lasts',
  database: memoryAdapter(tables),
  emailAndPassword: { enabled: true },
  telemetry: { enabled: false },
  rateLimit: { enabled: false },
})
for (const body of JSON.parse(await text(process.stdin))) {
  await auth.api.signUpEmail({ body })
  await auth.api.signInEmail({ body: { email: body.email, password: body.password } })
}
console.log(JSON.stringify({ version: version('better-auth'), user: tables.user, account: tables.account }))
