import { expect, test } from 'vitest'
import { createRegistry } from '../default.js'
import { argon2d } from './argon2.js'

// The example of argon2d is of the password "password", from the tests of Spring Security.
const { example } = argon2d

test.each([
  ['argon2_django', 'argon2'],
  ['ldap_argon2', '{ARGON2}'],
  ['shiro2', '$shiro2'],
])('%s reads Argon2d behind %s too', async (hasher, prefix) => {
  const { evaluate } = createRegistry({ equalize: false })
  expect(await evaluate('password', prefix + example)).toMatchObject({ outcome: 'match', hasher })
  expect(await evaluate('Password', prefix + example)).toMatchObject({ outcome: 'mismatch', hasher })
})

test('nextcloud, which never wrote Argon2d, does not read it', () => {
  for (const number of ['1|', '2|', '3|']) {
    const parsed = createRegistry().parse(number + example)
    expect(parsed).toMatchObject({ outcome: 'malformed', hasher: 'nextcloud', problem: 'shape' })
  }
})
