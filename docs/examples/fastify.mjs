import rateLimit from '@fastify/rate-limit'
import fastify from 'fastify'
import { createResetToken, resetPassword, signIn, toResponse } from './users.mjs'

const app = fastify({ bodyLimit: 10_000 })
// The limit stands in front of the check, so that a guess costs nothing here.
await app.register(rateLimit, { timeWindow: 60_000, max: 30 })

app.setErrorHandler((error, request, reply) => {
  if (error.code === 'ERR_OVERLOADED') return reply.header('retry-after', '1').code(503).send()
  if (error.code?.startsWith('ERR_PASSWORD_')) return reply.code(400).send()
  return reply.send(error)
})

app.post('/sign-in', async (request, reply) => {
  const { email, password } = request.body ?? {}
  if (typeof email !== 'string') return reply.code(401).send()
  // A password that is missing, or is no text, is a wrong one.
  const account = await signIn(email, typeof password === 'string' ? password : null)
  return account === null ? reply.code(401).send() : toResponse(account)
})

app.post('/reset-password', async (request, reply) => {
  const { token, password } = request.body ?? {}
  if (typeof token !== 'string' || typeof password !== 'string' || password.length < 8) {
    return reply.code(400).send()
  }
  return reply.code((await resetPassword(token, password)) ? 204 : 400).send()
})

const url = await app.listen({ port: Number(process.env.PORT ?? 3000), host: '127.0.0.1' })
console.log(`${url} ${createResetToken('ada@example.com')}`)
