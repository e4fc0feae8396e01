import { expect, test } from 'vitest'
import { createRegistry } from '../../default.js'

const registry = createRegistry({ equalize: false })
// passlib's test suite has this digest of `mypass` for the user postgres.
const DIGEST = 'md55fba2ea04fd36069d2574ea71c8efe9d'

test("PostgreSQL's md5 is verified with the user name of the context", async () => {
  expect(await registry.verify('mypass', DIGEST, { context: { username: 'postgres' } })).toBe(true)
  expect(await registry.verify('mypass', DIGEST, { context: { username: 'Postgres' } })).toBe(false)
})

test.each([[undefined], [{}], [{ username: '' }]])(
  "PostgreSQL's md5 is read without a user name, and a check says that it is missing: %j",
  async (context) => {
    expect(registry.parse(DIGEST)).toMatchObject({ outcome: 'parsed', hasher: 'postgres_md5' })
    await expect(registry.verify('mypass', DIGEST, { context })).rejects.toMatchObject({
      name: 'ContextError',
      code: 'ERR_CONTEXT_MISSING',
      message: 'postgres_md5: this digest needs the username of the context.',
    })
  },
)

test('a user name is not shown among the parameters of a digest', () => {
  expect(registry.parse(DIGEST)).toMatchObject({ params: { algorithm: 'MD5' } })
})
