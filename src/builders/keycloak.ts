import { PassliftError } from '../errors.js'
import { MAX_DIGEST_LENGTH } from '../formats/bounds.js'
import { textOf } from '../formats/fields.js'
import { isRecord, readOption } from '../options.js'
import { openColumns } from './columns.js'
import type { ColumnType } from './columns.js'

/** A row of the table `credential`, or a credential of an export. Its other members, as `id`, are left out. */
export interface KeycloakColumns {
  /** JSON, as the column holds it. */
  readonly secretData: string
  /** JSON, as the column holds it. */
  readonly credentialData: string
}

const COLUMNS = ['secretData', 'credentialData']
const JSON_OBJECT: ColumnType = {
  is: (field) => parseObject(textOf(field)) !== undefined,
  expected: 'an object in JSON',
}
// A text of JSON, and whether it is the name of a member; or a bracket.
const TOKENS = /"(?:[^"\\]|\\.)*"(\s*:)?|[[\]{}]/g

/**
 * A digest of a row of Keycloak's table `credential`, or of a credential in an export of a realm, for the hashers `keycloak` and
 * `keycloak_argon2`. Members that say nothing of the digest are left out.
 *
 * @param credential the row or the credential; or the JSON of it, in any order and with white space
 * @throws PassliftError `ERR_BUILDER_FIELD`, which names the column
 */
export function keycloak(credential: KeycloakColumns | string): string {
  const row = typeof credential === 'string' ? parseObject(credential) : credential
  if (row === undefined) {
    throw new PassliftError('ERR_BUILDER_FIELD', 'keycloak: the credential must be an object in JSON.')
  }
  const { text } = openColumns('keycloak', isRecord(row) ? pick(row, COLUMNS) : row, COLUMNS)
  const secret = parseObject(text('secretData', JSON_OBJECT))
  const data = parseObject(text('credentialData', JSON_OBJECT))
  return JSON.stringify({
    secretData: JSON.stringify(pick(secret, ['value', 'salt', 'additionalParameters'])),
    credentialData: JSON.stringify(pick(data, ['hashIterations', 'algorithm', 'additionalParameters'])),
  })
}

function pick(object: unknown, names: readonly string[]): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    names.map((name) => [name, isRecord(object) ? readOption(object, name) : undefined]),
  )
}

/** Parses an object in JSON; undefined where the text is none, is too long, or has a member twice. */
function parseObject(text: string): object | undefined {
  if (text.length > MAX_DIGEST_LENGTH) return undefined
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined
    return hasMemberTwice(text) ? undefined : value
  } catch {
    // The error's message would show some of the text.
    return undefined
  }
}

/** Whether an object in JSON has a member twice, of which `JSON.parse` would give the last. Inner objects are not looked at. */
function hasMemberTwice(text: string): boolean {
  const names: unknown[] = []
  let depth = 0
  for (const [token, colon] of text.matchAll(TOKENS)) {
    if (token === '{' || token === '[') depth++
    else if (token === '}' || token === ']') depth--
    else if (depth === 1 && colon !== undefined) names.push(JSON.parse(token.slice(0, -colon.length)))
  }
  return new Set(names).size < names.length
}
