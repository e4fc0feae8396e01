import router from '@adonisjs/core/services/router'
import { RateLimiterMemory } from 'rate-limiter-flexible'
import { resetPassword, signIn, toResponse } from '../users.mjs'

const limiter = new RateLimiterMemory({ points: 30, duration: 60 })

/** The limit stands in front of the check, so that a guess costs nothing here. */
async function limit({ request, response }, next) {
  const isAllowed = await limiter.consume(request.ip()).then(
    () => true,
    () => false,
  )
  return isAllowed ? next() : response.status(429).send('')
}

router
  .group(() => {
    router.post('/sign-in', async ({ request, response }) => {
      const { email, password } = request.body()
      if (typeof email !== 'string') return response.status(401).send('')
      // A password that is missing, or is no text, is a wrong one.
      const account = await signIn(email, typeof password === 'string' ? password : null)
      return account === null ? response.status(401).send('') : toResponse(account)
    })

    router.post('/reset-password', async ({ request, response }) => {
      const { token, password } = request.body()
      const isWhole = typeof token === 'string' && typeof password === 'string' && password.length >= 8
      return response.status(isWhole && (await resetPassword(token, password)) ? 204 : 400).send('')
    })
  })
  .use(limit)
