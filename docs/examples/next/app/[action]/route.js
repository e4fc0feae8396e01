import { RateLimiterMemory } from 'rate-limiter-flexible'
import { createResetToken, resetPassword, signIn, toResponse } from '../../users.mjs'

const MAX_BODY = 10_000
const limiter = new RateLimiterMemory({ points: 30, duration: 60 })
const actions = { 'sign-in': signUserIn, 'reset-password': reset, 'request-reset': requestReset }

export async function POST(request, { params }) {
  const { action } = await params
  if (!Object.hasOwn(actions, action)) return answer(404)
  // The limit stands in front of the check, so that a guess costs nothing here.
  const isAllowed = await limiter.consume(addressOf(request)).then(
    () => true,
    () => false,
  )
  if (!isAllowed) return answer(429)
  const length = request.headers.get('content-length')
  if (length === null || !(Number(length) <= MAX_BODY)) return answer(413)
  const body = await request.json().catch(() => null)
  try {
    return await actions[action](body ?? {})
  } catch (error) {
    if (error.code === 'ERR_OVERLOADED') return answer(503, { 'retry-after': '1' })
    if (error.code?.startsWith('ERR_PASSWORD_')) return answer(400)
    throw error
  }
}

async function signUserIn({ email, password }) {
  if (typeof email !== 'string') return answer(401)
  // A password that is missing, or is no text, is a wrong one.
  const account = await signIn(email, typeof password === 'string' ? password : null)
  return account === null ? answer(401) : Response.json(toResponse(account))
}

async function requestReset({ email }) {
  // In place of the e-mail, which alone has the token.
  if (typeof email === 'string') console.log(`token ${createResetToken(email)}`)
  return answer(204)
}

async function reset({ token, password }) {
  const isWhole = typeof token === 'string' && typeof password === 'string' && password.length >= 8
  return answer(isWhole && (await resetPassword(token, password)) ? 204 : 400)
}

/** The last address is what the proxy in front of Next saw; the ones before it are the client's own words. */
function addressOf(request) {
  return request.headers.get('x-forwarded-for')?.split(',').at(-1)?.trim() ?? ''
}

function answer(status, headers = {}) {
  return new Response(null, { status, headers })
}
