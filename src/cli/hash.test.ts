import { describe, expect, test } from 'vitest'
import { shareOf } from '../conformance/share.fixture.js'
import { parse, verify } from '../index.js'
import { readJson, run } from './run-built.js'

describe.concurrent('passlift hash', () => {
  test('prints a digest of the password and nothing else', async () => {
    const { code, stdout, stderr } = await run(['hash'], { input: 'password\r\n' })
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    expect(stdout).toMatch(/^\$2b\$12\$[./0-9A-Za-z]{53}\n$/)
    expect(await verify('password', stdout.trimEnd())).toBe(true)
  })

  test.each(['10', '11'])('makes a bcrypt digest of the cost that --cost %s names', async (cost) => {
    const { stdout } = await run(['hash', '--cost', cost], { input: 'password' })
    expect(parse(stdout.trimEnd())).toMatchObject({ hasher: 'bcrypt', params: { cost: Number(cost) } })
  })

  test.each(shareOf(['9', '16', '012', '1e1', '', ' 12', '12.0', '-12', '１２'], 2))(
    'refuses --cost=%j',
    async (cost) => {
      const { code, stdout, stderr } = await run(['hash', `--cost=${cost}`], { input: 'password' })
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' })
      expect(stderr).toMatch(
        /^passlift hash: --cost must be a number from 10 to 15\.\npasslift help hash explains it\.\n$/,
      )
    },
  )

  const odd = [
    ['bytes that are not UTF-8', Uint8Array.of(0xff, 0xfe)],
    ['a NUL', Buffer.from('a\0b')],
    ['more than 72 bytes', Buffer.alloc(73, 'x')],
  ] as const

  test.each(shareOf(odd, 3))(
    'makes a digest of a password with %s, which no shorter password matches',
    async (_, input) => {
      const made = readJson(await run(['hash', '--json', '--cost', '10'], { input }))
      expect(made).toMatchObject({ outcome: 'hashed', hasher: 'bcrypt_sha256_django' })
      const digest: unknown = Object.getOwnPropertyDescriptor(made, 'digest')?.value
      if (typeof digest !== 'string') throw new Error('There is no digest.')
      expect(await run(['verify', '--digest', digest], { input })).toMatchObject({ code: 0 })
      expect(
        await run(['verify', '--digest', digest], { input: input.subarray(0, 72).subarray(0, -1) }),
      ).toMatchObject({ code: 1 })
    },
  )

  test('accepts the empty password, and warns of it', async () => {
    const { code, stdout, stderr } = await run(['hash', '--cost', '10'], { input: '\n' })
    expect({ code, stderr }).toEqual({
      code: 0,
      stderr: 'passlift hash: this is the digest of the empty password.\n',
    })
    expect(await verify('', stdout.trimEnd())).toBe(true)
  })

  test('refuses standard input without a line', async () => {
    expect(await run(['hash'])).toMatchObject({ code: 2, stdout: '' })
  })

  test('refuses a password over 4096 bytes without repeating it', async () => {
    const { code, stdout, stderr } = await run(['hash', '--json'], { input: 'hunter2'.repeat(600) })
    expect(code).toBe(2)
    expect(JSON.parse(stdout)).toMatchObject({ outcome: 'error', code: 'ERR_PASSWORD_TOO_LONG' })
    expect(stdout + stderr).not.toContain('hunter2')
  })
})
