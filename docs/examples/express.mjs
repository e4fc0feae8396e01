import express from 'express'
import { rateLimit } from 'express-rate-limit'
import { createResetToken, resetPassword, signIn, toResponse } from './users.mjs'

const app = express()
app.use(express.json({ limit: '10kb' }))

// The limit stands in front of the check, so that a guess costs nothing here.
app.post('/sign-in', rateLimit({ windowMs: 60_000, limit: 30 }), async (request, response) => {
  const { email, password } = request.body ?? {}
  if (typeof email !== 'string') return response.sendStatus(401)
  // A password that is missing, or is no text, is a wrong one.
  const account = await signIn(email, typeof password === 'string' ? password : null)
  if (account === null) return response.sendStatus(401)
  return response.json(toResponse(account))
})

app.post('/reset-password', rateLimit({ windowMs: 60_000, limit: 30 }), async (request, response) => {
  const { token, password } = request.body ?? {}
  if (typeof token !== 'string' || typeof password !== 'string' || password.length < 8) {
    return response.sendStatus(400)
  }
  return response.sendStatus((await resetPassword(token, password)) ? 204 : 400)
})

app.use((error, request, response, next) => {
  if (error.code === 'ERR_OVERLOADED') return response.set('Retry-After', '1').sendStatus(503)
  if (error.code?.startsWith('ERR_PASSWORD_')) return response.sendStatus(400)
  return next(error)
})

const server = app.listen(Number(process.env.PORT ?? 3000), '127.0.0.1', () => {
  console.log(`http://127.0.0.1:${server.address().port} ${createResetToken('ada@example.com')}`)
})
