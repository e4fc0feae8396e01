import { serve } from '@hono/node-server'
import { getConnInfo } from '@hono/node-server/conninfo'
import { Auth } from '@auth/core'
import { CredentialsSignin } from '@auth/core/errors'
import Credentials from '@auth/core/providers/credentials'
import { Hono } from 'hono'
import { rateLimiter } from 'hono-rate-limiter'
import { createAuthorize } from 'passlift/adapters/auth-js'
import { createResetToken, resetPassword, signIn } from './users.mjs'

/** What the page of the sign-in is told where too many wait: ?error=CredentialsSignin&code=overloaded */
class Overloaded extends CredentialsSignin {
  code = 'overloaded'
}

const check = createAuthorize(signIn, 'email')
const authorize = (credentials) =>
  check(credentials).catch((error) => {
    throw error.code === 'ERR_OVERLOADED' ? new Overloaded() : error
  })

/** A refused sign-in is no error of the application, and its stack would let a guesser fill the log. */
const logger = {
  error: (error) => {
    if (!(error instanceof CredentialsSignin)) console.error(error)
  },
}

const config = {
  secret: process.env.AUTH_SECRET,
  trustHost: true,
  logger,
  basePath: '/auth',
  providers: [Credentials({ credentials: { email: {}, password: { type: 'password' } }, authorize })],
}

const app = new Hono()
// The limit stands in front of the check, so that a guess costs nothing here.
const keyGenerator = (context) => getConnInfo(context).remote.address ?? ''
app.use('/reset-password', rateLimiter({ windowMs: 60_000, limit: 30, keyGenerator }))
app.use('/auth/callback/*', rateLimiter({ windowMs: 60_000, limit: 30, keyGenerator }))
app.use('/auth/*', async (context) => {
  const response = await Auth(context.req.raw, config)
  // Auth.js answers every error by a page. A program that signs in is told to come again.
  const isOverloaded = response.headers.get('location')?.includes('code=overloaded') === true
  return isOverloaded ? context.body(null, 503, { 'Retry-After': '1' }) : response
})

app.post('/reset-password', async (context) => {
  const { token, password } = Object(await context.req.json().catch(() => null))
  const isWhole = typeof token === 'string' && typeof password === 'string' && password.length >= 8
  try {
    return context.body(null, isWhole && (await resetPassword(token, password)) ? 204 : 400)
  } catch (error) {
    if (error.code === 'ERR_OVERLOADED') return context.body(null, 503, { 'Retry-After': '1' })
    if (error.code?.startsWith('ERR_PASSWORD_')) return context.body(null, 400)
    throw error
  }
})

serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000), hostname: '127.0.0.1' }, ({ port }) => {
  console.log(`http://127.0.0.1:${port} ${createResetToken('ada@example.com')}`)
})
