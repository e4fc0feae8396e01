import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { createDescriptor } from '../../hashers/index.js'
import { createRegistry, PassliftError } from '../../index.js'
import { isRecord } from '../../options.js'
import * as presets from './index.js'

interface Example {
  readonly preset: string
  /** What made the digest; vectors/generators/presets.py has the commands. */
  readonly source: string
  readonly password: string
  readonly siteKey: string | null
  readonly columns: Readonly<Record<string, unknown>>
}

const PRESETS: Readonly<Record<string, unknown>> = presets
const EXAMPLES = readExamples()
const TITLED = EXAMPLES.map(
  (example, place) => [`${example.preset}, row ${place}: ${example.source}`, example] as const,
)
const plain = createRegistry({ equalize: false })

function readExamples(): readonly Example[] {
  const rows: unknown = JSON.parse(readFileSync(join(import.meta.dirname, 'presets.fixture.json'), 'utf8'))
  if (!Array.isArray(rows) || !rows.every(isExample)) throw new Error('presets.fixture.json has other rows.')
  return rows
}

function isExample(row: unknown): row is Example {
  return isRecord(row) && typeof row['preset'] === 'string' && isRecord(row['columns'])
}

function build(name: string, columns: unknown): string {
  const preset = PRESETS[name]
  if (typeof preset !== 'function') throw new Error(`There is no preset ${name}.`)
  const digest: unknown = Reflect.apply(preset, undefined, [columns])
  if (typeof digest !== 'string') throw new Error(`${name} gave no text.`)
  return digest
}

function messageOf(name: string, columns: unknown): string {
  try {
    build(name, columns)
  } catch (error) {
    if (!(error instanceof PassliftError)) throw error
    expect(error.code).toBe('ERR_BUILDER_FIELD')
    return error.message
  }
  return ''
}

/** A registry that gives the site key to the expression of a digest, as an application configures it. */
function keyedRegistry(digest: string): ReturnType<typeof createRegistry> {
  const [, expression = ''] = digest.split('$')
  const { expr, pre } = createDescriptor({ siteKeyFor: [expression] })
  return createRegistry({ hashers: [expr, pre], equalize: false })
}

test('every preset has examples', () => {
  const tested = new Set(EXAMPLES.map(({ preset }) => preset))
  expect(Array.from(tested).toSorted()).toEqual(Object.keys(PRESETS).toSorted())
})

test('the table of expressions has every preset, with an expression that it makes', () => {
  const table = readFileSync(join(import.meta.dirname, '../../../docs/expressions.md'), 'utf8').replaceAll(
    '\\|',
    '|',
  )
  const missing = Object.keys(PRESETS).filter((preset) => {
    const row = table.split('\n').find((line) => line.includes(`| \`${preset}\``)) ?? ''
    const made = EXAMPLES.filter((example) => example.preset === preset).map(({ columns }) =>
      build(preset, columns),
    )
    return !made.some((digest) => row.includes(`\`${digest.split('$')[1] ?? ''}\``))
  })
  expect(missing).toEqual([])
})

describe('the digest of a row', () => {
  test.each(TITLED)(
    'is matched by its password alone: %s',
    async (_, { preset, columns, password, siteKey }) => {
      const digest = build(preset, columns)
      const { verify } = siteKey === null ? plain : keyedRegistry(digest)
      const context = siteKey === null ? {} : { siteKey }
      expect(await verify(password, digest, { context })).toBe(true)
      for (const other of [`${password}x`, password.slice(1), password.toUpperCase(), '']) {
        expect(await verify(other, digest, { context })).toBe(false)
      }
    },
  )

  test.each(TITLED.filter(([, { siteKey }]) => siteKey !== null))(
    'is matched with its site key alone: %s',
    async (_, { preset, columns, password, siteKey }) => {
      const digest = build(preset, columns)
      const { verify } = keyedRegistry(digest)
      expect(digest).not.toContain(siteKey)
      expect(await verify(password, digest, { context: { siteKey: `${siteKey}x` } })).toBe(false)
      await expect(verify(password, digest)).rejects.toMatchObject({ code: 'ERR_CONTEXT_MISSING' })
      // A registry whose application names no expression hands out no key.
      expect(await plain.evaluate(password, digest, { context: { siteKey: siteKey ?? '' } })).toMatchObject({
        outcome: 'malformed',
      })
    },
  )
})

describe('a wrong column', () => {
  const FIRST = Array.from(new Map(EXAMPLES.map((example) => [example.preset, example])).values())
  const NULLABLE = ['salt', 'salt-before', 'salt-after']
  // Errors list what these may be.
  const LISTED = ['type', 'provider', 'algorithm']

  test.each(TITLED)('is named, and its value is not repeated: %s', (_, { preset, columns }) => {
    for (const name of Object.keys(columns)) {
      const values = NULLABLE.includes(name)
        ? [7, {}, ['salt'], '\ud800salt']
        : [
            undefined,
            null,
            7.5,
            0,
            -1,
            {},
            ['text'],
            '',
            'not what the column holds',
            '\ud800',
            '\u0000'.repeat(40),
          ]
      for (const value of values.filter((one) => one !== columns[name])) {
        // Any text is the name of a user, and the stretches of most gems have a default.
        if (name === 'username' && typeof value === 'string' && value.isWellFormed() && value !== '') continue
        if (name === 'stretches' && preset !== 'deviseEncryptable' && (value ?? undefined) === undefined)
          continue
        const message = messageOf(preset, { ...columns, [name]: value })
        expect(message).toContain(`${preset}: ${name} must be `)
        for (const [other, secret] of Object.entries(columns)) {
          if (typeof secret === 'string' && secret.length > 8 && !LISTED.includes(other))
            expect(message).not.toContain(secret)
        }
        expect(message).not.toContain('not what the column holds')
      }
    }
  })

  test.each(FIRST.map((example) => [example.preset, example] as const))(
    'that the preset does not take is refused: %s',
    (preset, { columns }) => {
      expect(messageOf(preset, { ...columns, pepper: 'x' })).toContain('there is no such column')
      for (const row of [undefined, null, 'text', [columns]]) {
        expect(messageOf(preset, row)).toContain('must be an object of ')
      }
      const polluted: unknown = Object.create(columns)
      expect(messageOf(preset, polluted)).toContain(' must be ')
    },
  )

  test('that makes a digest longer than any hasher reads is refused', () => {
    const salt = '$'.repeat(1_400)
    const digest = '0'.repeat(32)
    expect(messageOf('vbulletin', { digest, salt })).toContain('must be at most 4096 characters long')
    expect(messageOf('vbulletin', { digest, salt: salt.slice(0, 1_300) })).toBe('')
  })

  test('is a salt that is missing, where no row of the system has none', () => {
    expect(messageOf('mybb', { digest: '0'.repeat(32), salt: null })).toBe(
      'mybb: salt must be text that is not empty.',
    )
    expect(messageOf('question2answer', { digest: '0'.repeat(40), salt: 'short' })).toBe(
      'question2answer: salt must be 16 characters of ASCII.',
    )
  })

  test("is a name that would leave nothing of bcrypt's 72 bytes to the password", () => {
    const digest = '$2y$10$WTM5g/fgvJULmERFBpuv1.zqupDwav0/orAot5gWTpZ0xSCkW6tkq'
    const longest = build('smf', { digest, username: 'Ö'.repeat(20) })
    expect(plain.parse(longest).outcome).toBe('parsed')
    expect(messageOf('smf', { digest, username: `a${'Ö'.repeat(20)}` })).toBe(
      'smf: username must be text of 1 to 40 bytes.',
    )
    expect(messageOf('smf', { digest: '0'.repeat(40), username: 'Ö'.repeat(40) })).toBe('')
  })

  test('is a digest of another shape, and the shapes of the system are said', () => {
    expect(messageOf('vbulletin', { digest: 'short', salt: '308' })).toBe(
      "vbulletin: digest must be MD5 in hexadecimal, or MD5 in hexadecimal, a space and the salt, or bcrypt's string, or Argon2's string.",
    )
  })
})
