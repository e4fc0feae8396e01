import { serve } from '@hono/node-server'
import { getConnInfo } from '@hono/node-server/conninfo'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import { HTTPException } from 'hono/http-exception'
import { rateLimiter } from 'hono-rate-limiter'
import { createResetToken, resetPassword, signIn, toResponse } from './users.mjs'

const app = new Hono()
app.use(bodyLimit({ maxSize: 10_000 }))
// The limit stands in front of the check, so that a guess costs nothing here.
const keyGenerator = (context) => getConnInfo(context).remote.address ?? ''
app.use(rateLimiter({ windowMs: 60_000, limit: 30, keyGenerator }))

app.post('/sign-in', async (context) => {
  const { email, password } = Object(await context.req.json())
  if (typeof email !== 'string') return context.body(null, 401)
  // A password that is missing, or is no text, is a wrong one.
  const account = await signIn(email, typeof password === 'string' ? password : null)
  return account === null ? context.body(null, 401) : context.json(toResponse(account))
})

app.post('/reset-password', async (context) => {
  const { token, password } = Object(await context.req.json())
  if (typeof token !== 'string' || typeof password !== 'string' || password.length < 8) {
    return context.body(null, 400)
  }
  return context.body(null, (await resetPassword(token, password)) ? 204 : 400)
})

app.onError((error, context) => {
  if (error instanceof HTTPException) return error.getResponse()
  if (error.code === 'ERR_OVERLOADED') return context.body(null, 503, { 'Retry-After': '1' })
  if (error.code?.startsWith('ERR_PASSWORD_') || error instanceof SyntaxError) return context.body(null, 400)
  return context.body(null, 500)
})

serve({ fetch: app.fetch, port: Number(process.env.PORT ?? 3000), hostname: '127.0.0.1' }, ({ port }) => {
  console.log(`http://127.0.0.1:${port} ${createResetToken('ada@example.com')}`)
})
