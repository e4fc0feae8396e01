import { lengthOf } from './parts.js'
import type { PartsOf } from './parts.js'
import { pad, spellKeycloak } from './spell.js'
import type { Spelled } from './spell.js'
import { isEmail, isRefusal, JSON_LIST, rewrittenOf, take } from './writer.js'
import type { Spellings, Writer } from './writer.js'

const MAX_ID = 36
const KEPT: ReadonlyMap<string, RegExp> = new Map([
  ['keycloak', /^/],
  ['keycloak_argon2', /^/],
])
const SPELLINGS: Spellings = {
  argon2: spellKeycloakArgon2,
  pbkdf2: (parts) => (/^sha(?:1|256|512)$/.test(parts.algorithm) ? spellKeycloak(parts) : undefined),
}

function spellKeycloakArgon2({ text }: PartsOf<'argon2'>): Spelled | undefined {
  const fields = /^\$argon2(id|i|d)\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([\w+/]+)\$([\w+/]+)$/.exec(text)
  if (fields === null) return undefined
  const [, type = '', memory = '', iterations = '', lanes = '', salt = '', checksum = ''] = fields
  const additionalParameters = {
    ...{ hashLength: [String(lengthOf(checksum))], memory: [memory], type: [type] },
    ...{ version: ['1.3'], parallelism: [lanes] },
  }
  return {
    hasher: 'keycloak_argon2',
    text: JSON.stringify({
      secretData: JSON.stringify({ value: pad(checksum), salt: pad(salt), additionalParameters: {} }),
      credentialData: JSON.stringify({
        ...{ hashIterations: Number(iterations), algorithm: 'argon2', additionalParameters },
      }),
    }),
  }
}

/**
 * The users of a partial import of Keycloak, whose account is left alone where a realm has it. Argon2 needs Keycloak 25.
 *
 * @see https://www.keycloak.org/docs-api/latest/rest-api/index.html, partialImport
 */
export const keycloakWriter: Writer = {
  ...JSON_LIST,
  name: 'keycloak',
  begin: '{"ifResourceExists":"SKIP","users":[\n',
  end: '\n]}\n',
  write: ({ id, login }, digest) => {
    if (id.length > MAX_ID) return { refused: `keycloak takes no id over ${MAX_ID} characters` }
    const username = login ?? id
    if (username === '') return { refused: 'no login' }
    const taken =
      digest === undefined ? undefined : take(digest, { name: 'keycloak', kept: KEPT, spellings: SPELLINGS })
    if (taken !== undefined && isRefusal(taken)) return taken
    const credentials = taken === undefined ? [] : [{ type: 'password', ...objectOf(taken.spelled.text) }]
    const user = {
      ...(id !== '' && { id }),
      username,
      ...(isEmail(username) && { email: username }),
      enabled: true,
      credentials,
    }
    return { value: JSON.stringify(user), rewritten: rewrittenOf(taken) }
  },
}

function objectOf(text: string): object {
  const value: unknown = JSON.parse(text)
  return typeof value === 'object' && value !== null ? value : {}
}
