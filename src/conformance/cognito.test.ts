import { execFile } from 'node:child_process'
import { createServer } from 'node:http'
import type { Server } from 'node:http'
import { promisify } from 'node:util'
import { text } from 'node:stream/consumers'
import ts from 'typescript'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { findBlocks, open, ROOT } from './documents.fixture.js'

// The delegate for Cognito that docs/own-hashers.md shows asks a server of this test, which answers as Cognito documents it:
// https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_InitiateAuth.html

const asked: unknown[] = []
let server: Server
let endpoint = ''

beforeAll(async () => {
  server = createServer((request, response) => {
    text(request).then(
      (body) => {
        const sent: unknown = JSON.parse(body)
        asked.push({ target: request.headers['x-amz-target'], body: sent })
        const problem = problemOf(body)
        response.statusCode = problem === undefined ? 200 : 400
        response.end(
          JSON.stringify(problem === undefined ? { AuthenticationResult: {} } : { __type: problem }),
        )
      },
      () => response.destroy(),
    )
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  endpoint = `http://127.0.0.1:${typeof address === 'object' && address !== null ? address.port : 0}/`
})

afterAll(() => {
  server.close()
})

test('the delegate for Cognito takes its yes and its no, rejects without an answer, and asks for nobody else', async () => {
  const [block] = findBlocks(open('docs/own-hashers.md'), 'ts').filter(
    ({ heading }) => heading === 'Amazon Cognito',
  )
  const checks = `
    const row = (user) => 'awscognito#eu-west-1_abc#client#' + user
    const check = (password, digest) =>
      registry.evaluate(password, digest, { hasher: 'awscognito' }).then(
        (verdict) => verdict.outcome + (verdict.outcome === 'match' ? ' ' + verdict.rehash : ''),
        (error) => error.code,
      )
    for (const [password, digest] of [
      ['harbour', row('ada')],
      ['harbor', row('ada')],
      ['harbour', row('nobody')],
      ['harbour', row('throttled')],
      ['harbour', row('unconfirmed')],
      [Buffer.from([0xff]), row('ada')],
      ['harbour', 'awscognito#eu-west-1_abc#client#'],
    ]) console.log(await check(password, digest))`
  const options = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2022 }
  const code = ts.transpile(`${block?.code ?? ''}${checks}`, options)
  const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', code], {
    cwd: ROOT,
    env: { ...process.env, COGNITO_ENDPOINT: endpoint },
  })
  expect(stdout.trim().split('\n')).toEqual([
    'match insecure',
    'mismatch',
    'mismatch',
    'ERR_ENGINE_FAILED',
    'mismatch',
    'mismatch',
    'mismatch',
  ])
  expect(asked).toHaveLength(5)
  expect(asked[0]).toEqual({
    target: 'AWSCognitoIdentityProviderService.InitiateAuth',
    body: {
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: 'client',
      AuthParameters: { USERNAME: 'ada', PASSWORD: 'harbour' },
    },
  })
})

function problemOf(body: string): string | undefined {
  if (body.includes('"USERNAME":"throttled"')) return 'TooManyRequestsException'
  if (body.includes('"USERNAME":"unconfirmed"')) return 'UserNotConfirmedException'
  if (!body.includes('"USERNAME":"ada"')) return 'UserNotFoundException'
  return body.includes('"PASSWORD":"harbour"') ? undefined : 'NotAuthorizedException'
}
