import { createServer } from 'node:http'
import { betterAuth } from 'better-auth'
import { memoryAdapter } from 'better-auth/adapters/memory'
import { toNodeHandler } from 'better-auth/node'
import { createBetterAuth } from 'passlift/adapters/better-auth'
import { registry } from './users.mjs'

const passlift = createBetterAuth(registry)
const now = { createdAt: new Date(), updatedAt: new Date() }

const auth = betterAuth({
  baseURL: process.env.BETTER_AUTH_URL ?? 'http://127.0.0.1:3000',
  secret: process.env.BETTER_AUTH_SECRET,
  // An application has a data base here. The import wrote one row of account for each user.
  database: memoryAdapter({
    user: [{ ...now, id: '7', name: 'Ada', email: 'ada@example.com', emailVerified: true }],
    account: [
      {
        ...now,
        id: '7',
        userId: '7',
        accountId: '7',
        providerId: 'credential',
        password: '5f4dcc3b5aa765d61d8327deb882cf99',
      },
    ],
    session: [],
    verification: [],
  }),
  emailAndPassword: {
    enabled: true,
    password: passlift.password,
    // Sessions that an old password opened end with it.
    revokeSessionsOnPasswordReset: true,
    // An application sends an e-mail here.
    sendResetPassword: async ({ token }) => console.log(token),
  },
  // Of its own, better-auth limits sign-ins to 3 in 10 seconds, but only where NODE_ENV is production.
  rateLimit: { enabled: true, customRules: { '/sign-in/*': { window: 60, max: 30 } } },
  // An application behind no proxy has no header with the address of the client, and sets it itself.
  advanced: { ipAddress: { ipAddressHeaders: ['x-client-address'] } },
  plugins: [passlift.plugin],
})

const handle = toNodeHandler(auth)
const server = createServer((request, response) => {
  request.headers['x-client-address'] = request.socket.remoteAddress
  return handle(request, response)
})
server.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port}`)
})
