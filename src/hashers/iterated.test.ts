import { describe, expect, test } from 'vitest'
import { createRegistry } from '../default.js'

const registry = createRegistry({ equalize: false })

const SALT = '00112233445566778899001122334455'

describe('the standing of an iterated digest', () => {
  test.each([
    ['8,191 rounds', 8_191, 'insecure'],
    ['8,192 rounds, as many as phpass has', 8_192, 'dated'],
  ])('depends on the number of rounds: %s', (_, iterations, standing) => {
    const digest = `{SHA-256}${SALT}-${iterations}-${'0'.repeat(64)}`
    expect(registry.parse(digest)).toMatchObject({ hasher: 'oak', params: { iterations }, standing })
  })

  test('depends on the last step in Magento 2', () => {
    expect(registry.parse(`${'0'.repeat(64)}:salt:0:1`)).toMatchObject({ standing: 'insecure' })
    expect(registry.parse(`${'0'.repeat(64)}:salt:0:2`)).toMatchObject({ standing: 'sound' })
  })
})

test('the cost of a digest of Magento 2 that was upgraded from version 2 is that of both steps', () => {
  const costOf = (versions: string) => {
    const parsed = registry.parse(`${'0'.repeat(64)}:salt:${versions}`)
    return parsed.outcome === 'parsed' ? parsed.cost : undefined
  }
  const [old, small] = [costOf('2'), costOf('3_32_1_8192')]
  expect(costOf('1:2:3_32_1_8192')).toEqual({
    ...{ milliseconds: (old?.milliseconds ?? NaN) + (small?.milliseconds ?? NaN), bytes: 2 ** 26, lanes: 1 },
  })
})

describe('a digest of Tomcat, whose two hashers write the same text,', () => {
  const digest = `${SALT}$1$${'0'.repeat(64)}`

  test('is claimed by no hasher where no row names one', () => {
    expect(registry.identify(digest)).toEqual([])
    expect(registry.parse(digest)).toMatchObject({ outcome: 'unknown', looksLike: 'tomcat' })
  })

  test.each([
    ['tomcat', 40, 'SHA-1'],
    ['tomcat', 128, 'SHA-512'],
    ['tomcat_pbkdf2', 40, 'SHA-1'],
    ['tomcat_pbkdf2', 64, 'SHA-256'],
    ['tomcat_pbkdf2', 128, 'SHA-512'],
  ])('is read by %s with a checksum of %i digits first as %s', (hasher, digits, algorithm) => {
    expect(registry.parse(`${SALT}$1$${'0'.repeat(digits)}`, { hasher })).toMatchObject({
      hasher,
      params: { algorithm, iterations: 1 },
    })
  })

  test('is not found in a backup code without dollar signs', async () => {
    expect(await registry.matchBackupCode('7c1f-99ab', ['7c1f-99ab'])).toBe(0)
  })
})
