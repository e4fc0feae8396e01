import { describe, expect, test } from 'vitest'
import { createRegistry } from '../default.js'

const registry = createRegistry({ equalize: false })

// These digests are from dotnet/aspnetcore's PasswordHasherTest.cs and from hashcat's examples.
const VERSION_2 = 'ANXrDknc7fGPpigibZXXZFMX4aoqz44JveK6jQuwY3eH/UyPhvr5xTPeGYEckLxz9A=='
const VERSION_3_SHA1 = 'AQAAAAAAAAD6AAAAEAhftMyfTJylOlZT+eEotFXd1elee8ih5WsjXaR3PA9M'
const VERSION_3_SHA512 = 'AQAAAAIAAAAyAAAAEOMwvh3+FZxqkdMBz2ekgGhwQ4B6pZWND6zgESBuWiHw'
const UMBRACO_4 = '8uigXlGMNI7BzwLCJlDbcKR2FP4='

describe('the standing of ASP.NET Identity', () => {
  test.each([
    ['version 2', VERSION_2, { algorithm: 'SHA-1', iterations: 1_000 }, 'dated'],
    ['version 3 with SHA-1', VERSION_3_SHA1, { algorithm: 'SHA-1', iterations: 250 }, 'dated'],
    ['version 3 with SHA-512', VERSION_3_SHA512, { algorithm: 'SHA-512', iterations: 50 }, 'sound'],
  ])('depends on the parameters: %s', (_, digest, params, standing) => {
    expect(registry.parse(digest)).toMatchObject({ hasher: 'aspnet_identity', params, standing })
  })
})

describe('a password of ASP.NET membership', () => {
  const digestOf = (text: string): string => `aspnet_membership$SHA1$AAECAwQFBgcICQoLDA0ODw==$${text}`

  test('that is no UTF-8 does not match a digest of replacement characters', async () => {
    // The checksum is SHA-1 of the salt and of U+FFFD in UTF-16.
    const digest = digestOf('DeF7dRhQIMLDcoRan/V7pD5VJVI=')
    expect(await registry.verify('\ufffd', digest)).toBe(true)
    expect(await registry.verify(Uint8Array.of(0xff), digest)).toBe(false)
  })
})

describe('the digests of Umbraco 4', () => {
  test('are read in rows that name umbraco, like those of later versions', async () => {
    expect(await registry.evaluate('hashcat', UMBRACO_4, { hasher: 'umbraco' })).toMatchObject({
      outcome: 'match',
      hasher: 'umbraco_4',
    })
  })

  test('are claimed by no hasher without a name, since any SHA-1 in base64 looks like them', async () => {
    expect(registry.identify(UMBRACO_4)).toEqual([])
    expect(await registry.evaluate('hashcat', UMBRACO_4)).toMatchObject({ outcome: 'unknown' })
  })
})
