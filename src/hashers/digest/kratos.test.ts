import { createHash, createHmac } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { createRegistry } from '../../default.js'

const registry = createRegistry({ equalize: false })
const PASSWORD = 'orchid-17'

function encode(text: string): string {
  return Buffer.from(text).toString('base64')
}

function sha1Of(message: string): string {
  return createHash('sha1').update(message).digest('base64')
}

/** A digest of Kratos: SHA-1 of a message, under a template and a salt. */
function digestOf(template: string, salt: string, message: string): string {
  return `$sha1$pf=${encode(template)}$${encode(salt)}$${sha1Of(message)}`
}

describe("templates of Kratos's digests", () => {
  test.each([
    ['a salt that the template does not name counts for nothing', '{PASSWORD}', 'seasalt', PASSWORD],
    ['each place of the password is one', '{PASSWORD}.{PASSWORD}', '', `${PASSWORD}.${PASSWORD}`],
    ['a place in the salt is text', '{SALT}{PASSWORD}', '{PASSWORD}', `{PASSWORD}${PASSWORD}`],
    ['what is cut short or unknown is text', '{SALT{PEPPER}{PASSWORD}{', '', `{SALT{PEPPER}${PASSWORD}{`],
  ])('are filled in at once: %s', async (_, template, salt, message) => {
    const digest = digestOf(template, salt, message)
    expect(await registry.evaluate(PASSWORD, digest)).toMatchObject({
      outcome: 'match',
      hasher: 'sha1_kratos',
    })
    expect(await registry.verify('orchid-18', digest)).toBe(false)
  })

  test('are not read where every password would match', () => {
    for (const template of ['{SALT}', '{password}', 'static']) {
      expect(registry.parse(digestOf(template, 'seasalt', 'static'))).toMatchObject({
        outcome: 'malformed',
        problem: 'shape',
        field: 'template',
      })
    }
  })

  test('are not shown, since they may hold a secret', () => {
    const parsed = registry.parse(digestOf('pepper-4711{PASSWORD}', '', PASSWORD))
    expect(parsed).toMatchObject({ outcome: 'parsed', hasher: 'sha1_kratos' })
    expect(JSON.stringify(parsed)).not.toContain('4711')
  })
})

describe('prefixes that crypt(3) shares', () => {
  test.each([
    ['crypt-sunmd5', '$md5$vR3mK0cTq1$$gbUzQA4BWf1BIdSnGE1dB.'],
    ['crypt-sunmd5', '$md5,rounds=904$vR3mK0cT$gbUzQA4BWf1BIdSnGE1dB.'],
  ])('%s is claimed by no hasher, and told (case %#)', (looksLike, digest) => {
    expect(registry.identify(digest)).toEqual([])
    expect(registry.parse(digest)).toMatchObject({ outcome: 'unknown', looksLike })
  })

  test("MD5 with Kratos's template is Kratos's, damaged too", () => {
    expect(registry.parse('$md5$pf=e1NBTFR9e1BBU1NXT1JEfQ==$MTIz$q+RdKCgc+ipCAcm5ChQ')).toMatchObject({
      outcome: 'malformed',
      field: 'checksum',
    })
  })
})

test('HMAC of Kratos takes keys of every length, with MD5 too', async () => {
  for (const length of [0, 1, 63, 64, 65, 128, 129, 200]) {
    const key = Buffer.alloc(length, 'key')
    for (const algorithm of ['md5', 'sha1', 'sha512']) {
      const mac = createHmac(algorithm, key).update(PASSWORD).digest('hex')
      const digest = `$hmac-${algorithm}$${encode(mac)}$${key.toString('base64')}`
      expect(await registry.verify(PASSWORD, digest)).toBe(true)
      expect(await registry.verify('orchid-18', digest)).toBe(false)
    }
  }
})
