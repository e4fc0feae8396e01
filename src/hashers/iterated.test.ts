import { describe, expect, test } from 'vitest'
import { createRegistry } from '../default.js'

const registry = createRegistry({ equalize: false })

const SALT = '00112233445566778899001122334455'

describe('the standing of a digest of digests', () => {
  test.each([
    ['8,191 rounds', 8_191, 'insecure'],
    ['as many rounds as phpass has', 8_192, 'dated'],
  ])('of %s follows from their number', (_, iterations, standing) => {
    const digest = `{SHA-256}${SALT}-${iterations}-${'0'.repeat(64)}`
    expect(registry.parse(digest)).toMatchObject({ hasher: 'oak', params: { iterations }, standing })
  })

  test('of Magento 2 follows from its last step', () => {
    expect(registry.parse(`${'0'.repeat(64)}:salt:0:1`)).toMatchObject({ standing: 'insecure' })
    expect(registry.parse(`${'0'.repeat(64)}:salt:0:2`)).toMatchObject({ standing: 'sound' })
  })
})

describe('the text that Tomcat writes of two algorithms', () => {
  const digest = `${SALT}$1$${'0'.repeat(64)}`

  test('belongs to nobody where no row names one of them', () => {
    expect(registry.identify(digest)).toEqual([])
    expect(registry.parse(digest)).toMatchObject({ outcome: 'unknown', looksLike: 'tomcat' })
  })

  test.each([
    ['tomcat', 40, 'SHA-1'],
    ['tomcat', 128, 'SHA-512'],
    ['tomcat_pbkdf2', 40, 'SHA-1'],
    ['tomcat_pbkdf2', 64, 'SHA-256'],
    ['tomcat_pbkdf2', 128, 'SHA-512'],
  ])('is read by %s with a checksum of %i digits as %s first', (hasher, digits, algorithm) => {
    expect(registry.parse(`${SALT}$1$${'0'.repeat(digits)}`, { hasher })).toMatchObject({
      hasher,
      params: { algorithm, iterations: 1 },
    })
  })

  test('is no backup code: a code without dollar signs is not taken for it', async () => {
    expect(await registry.matchBackupCode('7c1f-99ab', ['7c1f-99ab'])).toBe(0)
  })
})
