import { spawn } from 'node:child_process'
import type { ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { readdirSync, statSync } from 'node:fs'
import { join, relative } from 'node:path'
import { createInterface } from 'node:readline'
import { afterEach, describe, expect, test } from 'vitest'
import { findBlocks, open, read, ROOT } from './documents.fixture.js'
import { shareOf } from './share.fixture.js'

// The tests start the examples of the recipes as their users do, and sign in to them over HTTP. NestJS, AdonisJS and Next, whose
// packages are many, are left to npm run check:adapters.

const EXAMPLES = readdirSync(join(ROOT, 'docs/examples'))
  .filter((name) => name !== 'users.mjs')
  .map((name) => [name.replace(/\.m[jt]s$/, ''), filesOf(name)] as const)
const PLAIN = ['express', 'fastify', 'hono']
const ADA = { email: 'ada@example.com', password: 'password' }
// Two checks run and four wait, in docs/examples/users.mjs. The limit is 30 requests.
const MORE_THAN_FIT = 12
const MORE_THAN_ALLOWED = 31

let running: ChildProcess | undefined

afterEach(() => {
  running?.kill()
})

/** Starts an example, and gives its address and the lines that it prints afterwards. */
async function start(name: string) {
  // Vitest's own variables would change what the frameworks do.
  const env = {
    PATH: process.env['PATH'],
    PORT: '0',
    AUTH_SECRET: 'a text',
    BETTER_AUTH_SECRET: 'abcdefghij'.repeat(4),
  }
  const child = spawn(process.execPath, [`docs/examples/${name}.mjs`], {
    cwd: ROOT,
    env,
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  running = child
  // What an example reports stands in the log of the tests, too.
  let errors = ''
  child.stderr.setEncoding('utf8').on('data', (part: string) => {
    errors += part
    process.stderr.write(part)
  })
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]()
  const readLine = async (): Promise<string> => {
    const line: IteratorResult<string, unknown> = await lines.next()
    return line.done === true ? '' : line.value
  }
  const [url = '', token = ''] = (await readLine()).split(' ')
  const send = (path: string, body: unknown, headers: Readonly<Record<string, string>> = {}) =>
    fetch(`${url}${path}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify(body),
    })
  /** Ends the example, and gives all that it reported. */
  const endAndReadErrors = async (): Promise<string> => {
    child.kill()
    await once(child, 'close')
    return errors
  }
  return { url, token, send, readLine, endAndReadErrors }
}

function statusesOf(answers: readonly Response[]): readonly number[] {
  return [...new Set(answers.map(({ status }) => status))].toSorted((first, second) => first - second)
}

/** The paths of an example, which is a file or a folder. */
function filesOf(name: string): readonly string[] {
  const path = join(ROOT, 'docs/examples', name)
  if (!statSync(path).isDirectory()) return [name]
  const found = readdirSync(path, { recursive: true, withFileTypes: true })
  return found
    .filter((entry) => entry.isFile())
    .map((entry) => relative(join(ROOT, 'docs/examples'), join(entry.parentPath, entry.name)))
}

test.each(EXAMPLES)('the recipe of %s begins with its question and shows its example', (name, files) => {
  const { text } = open(`docs/recipes/${name}.md`)
  expect(text).toMatch(/^# .+\n\n[A-Z].+\?\n/)
  expect(text.split('\n').filter(({ length }) => length > 120)).toEqual([])
  expect(files.length).toBeGreaterThan(0)
  for (const file of files) expect(text, file).toContain(`\n${read(`docs/examples/${file}`)}\`\`\`\n`)
})

test('the users of the examples stand in one recipe', () => {
  expect(findBlocks(open('docs/recipes/express.md'), 'js')[1]?.code).toBe(read('docs/examples/users.mjs'))
})

describe.each(shareOf(PLAIN, 3))('the example of %s', (name) => {
  test('signs in with the right password alone, and shows no digest', async () => {
    const { send } = await start(name)
    for (const body of [
      {},
      { email: ADA.email },
      { ...ADA, password: ['password'] },
      { ...ADA, password: '' },
    ]) {
      expect((await send('/sign-in', body)).status, JSON.stringify(body)).toBe(401)
    }
    expect((await send('/sign-in', { email: 'bob@example.com', password: 'password' })).status).toBe(401)
    expect((await send('/sign-in', { ...ADA, password: 'x'.repeat(20_000) })).status).toBe(413)
    // The second time, the digest is the new one.
    for (const answer of [await send('/sign-in', ADA), await send('/sign-in', ADA)]) {
      expect(answer.status).toBe(200)
      expect(await answer.json()).toEqual({ id: 7, name: 'Ada' })
    }
  })

  test('takes a new password with the token of a reset, once', async () => {
    const { send, token } = await start(name)
    const reset = { token, password: 'a new password' }
    expect((await send('/reset-password', { ...reset, password: '\ud83d'.repeat(8) })).status).toBe(400)
    expect((await send('/reset-password', { token })).status).toBe(400)
    expect((await send('/reset-password', reset)).status).toBe(204)
    expect((await send('/reset-password', reset)).status).toBe(400)
    expect((await send('/sign-in', ADA)).status).toBe(401)
    expect((await send('/sign-in', { ...ADA, password: 'a new password' })).status).toBe(200)
  })

  test('answers 503 where too many wait, and 429 before a check where one asks too often', async () => {
    const { send } = await start(name)
    const flood = await Promise.all(Array.from({ length: MORE_THAN_FIT }, () => send('/sign-in', ADA)))
    expect(statusesOf(flood)).toEqual([200, 503])
    expect(flood.find(({ status }) => status === 503)?.headers.get('retry-after')).toBe('1')
    const rest: Response[] = []
    for (let place = MORE_THAN_FIT; place < MORE_THAN_ALLOWED; place++) rest.push(await send('/sign-in', {}))
    expect(rest.at(-2)?.status).toBe(401)
    expect(rest.at(-1)?.status).toBe(429)
  })
})

describe('the example of better-auth', () => {
  test('signs in, resets, and answers 503 and 429', async () => {
    const { send, readLine } = await start('better-auth')
    // better-auth takes the address that it is configured with for its own.
    const post = (path: string, body: unknown) =>
      send(`/api/auth${path}`, body, { origin: 'http://127.0.0.1:3000' })
    expect((await post('/sign-in/email', { email: ADA.email })).status).toBe(400)
    expect((await post('/sign-in/email', { ...ADA, password: 'Password' })).status).toBe(401)
    const answer = await post('/sign-in/email', ADA)
    expect(answer.status).toBe(200)
    expect(await answer.text()).not.toMatch(/digest|hasher|\$2b/)
    expect((await post('/request-password-reset', { email: ADA.email })).status).toBe(200)
    const reset = { token: await readLine(), newPassword: 'a new password' }
    expect((await post('/reset-password', reset)).status).toBe(200)
    expect((await post('/sign-in/email', ADA)).status).toBe(401)
    const flood = await Promise.all(
      Array.from({ length: MORE_THAN_FIT }, () =>
        post('/sign-in/email', { ...ADA, password: 'a new password' }),
      ),
    )
    expect(statusesOf(flood)).toEqual([200, 503])
    expect(flood.find(({ status }) => status === 503)?.headers.get('retry-after')).toBe('1')
    const rest = await Promise.all(
      Array.from({ length: MORE_THAN_ALLOWED }, () => post('/sign-in/email', {})),
    )
    expect(rest.at(-1)?.status).toBe(429)
  })
})

describe('the example of Auth.js', () => {
  const cookiesOf = (answer: Response): string =>
    answer.headers
      .getSetCookie()
      .map((cookie) => cookie.split(';')[0])
      .join('; ')

  test('signs in, and answers a wrong password, a missing one and a full queue with a code', async () => {
    const { url, endAndReadErrors } = await start('auth-js')
    const asked = await fetch(`${url}/auth/csrf`)
    const answer: unknown = await asked.json()
    const csrfToken: unknown =
      typeof answer === 'object' && answer !== null && Reflect.get(answer, 'csrfToken')
    const signIn = (fields: Readonly<Record<string, string>>) =>
      fetch(`${url}/auth/callback/credentials`, {
        method: 'POST',
        headers: { cookie: cookiesOf(asked) },
        body: new URLSearchParams({ ...fields, csrfToken: typeof csrfToken === 'string' ? csrfToken : '' }),
        redirect: 'manual',
      })
    expect((await signIn({ email: ADA.email })).headers.get('location')).toContain('CredentialsSignin')
    expect((await signIn({ ...ADA, password: 'Password' })).headers.get('location')).toContain(
      'CredentialsSignin',
    )
    const right = await signIn(ADA)
    const session = await fetch(`${url}/auth/session`, { headers: { cookie: cookiesOf(right) } })
    expect(await session.text()).toMatch(/^\{"user":\{"name":"Ada","email":"ada@example.com"\}/)
    const flood = await Promise.all(Array.from({ length: MORE_THAN_FIT }, () => signIn(ADA)))
    const refused = flood.find(({ status }) => status === 503)
    expect(refused?.headers.get('retry-after')).toBe('1')
    expect(statusesOf(flood)).toEqual([302, 503])
    const rest = await Promise.all(Array.from({ length: MORE_THAN_ALLOWED }, () => signIn({})))
    expect(rest.at(-1)?.status).toBe(429)
    expect(await endAndReadErrors()).toBe('')
  })
})
