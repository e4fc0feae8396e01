import { describe, expect, test } from 'vitest'
import { isMalformed } from '../../formats/problem.js'
import type { Hasher, Reading } from '../../hasher/contract.js'
import type { Job } from '../../compute/kind.js'
import { bcryptAdonis, bcryptPeppered } from './spelled.js'

import { bcryptSymfony, bcryptWordpress } from './prehashed.js'

describe('bcrypt_wordpress', () => {
  test.each([
    ['an ordinary password', 'harbour', 1],
    ['a quote', "o'brien", 2],
    ['a backslash', 'a\\b', 2],
    ['spaces at both ends', ' harbour ', 1],
    ['spaces and a quote', ' it"s ', 2],
    ['a NUL at the end, which is cut off without a form', 'a\0', 2],
    ['only a NUL, which is nothing without a form', '\0', 1],
  ])('is given %s in each form that differs', async (_, password, count) => {
    const reading = readingOf(bcryptWordpress)
    expect(await keysOf(reading, password)).toHaveLength(count)
    const { milliseconds } = reading.cost(8)
    expect(reading.costOfCheck(Buffer.from(password)).milliseconds).toBe(count * milliseconds)
  })

  test('is given the same without the spaces', async () => {
    const reading = readingOf(bcryptWordpress)
    expect(await keysOf(reading, '\t harbour\r\n')).toEqual(await keysOf(reading, 'harbour'))
  })

  test('never takes white space for the empty password', async () => {
    const reading = readingOf(bcryptWordpress)
    const [empty] = await keysOf(reading, '')
    for (const password of [' ', '\t\n', ' \0']) expect(await keysOf(reading, password)).not.toContain(empty)
  })
})

test('bcrypt_symfony gives bcrypt a password of 72 bytes as it is, and no longer one', async () => {
  const reading = readingOf(bcryptSymfony)
  const password = 'x'.repeat(72)
  expect(await keysOf(reading, password)).toEqual([password])
  const [longer = ''] = await keysOf(reading, `${password}x`)
  expect(longer).toMatch(/^[A-Za-z0-9+/]{86}==$/)
  expect(reading.truncates(Buffer.from(`${password}x`))).toBe(false)
})

test('bcrypt_peppered reads a password of up to 72 bytes, with or without all of the pepper', async () => {
  const reading = readingOf(bcryptPeppered)
  expect(await keysOf(reading, 'harbour')).toEqual(['harbourpepper'])
  expect([72, 73].map((length) => reading.truncates(new Uint8Array(length).fill(97)))).toEqual([false, true])
})

test('bcrypt_adonis has the second key of a long password under version 97, and without a version, alone', async () => {
  const { example } = bcryptAdonis
  const password = Array.from({ length: 80 }, (_, number) => `${number},`)
    .join('')
    .slice(0, 200)
    .padEnd(260, 'x')
  for (const version of ['$v=97', '']) {
    const keys = await keysOf(readingOf(bcryptAdonis, example.replace('$v=98', version)), password)
    expect(keys).toEqual([password, '0,1,2'.repeat(15).slice(0, 72)])
  }
  expect(await keysOf(readingOf(bcryptAdonis), password)).toEqual([password])
})

function readingOf(hasher: Hasher, digest = hasher.example): Reading {
  const readings = hasher.parse(digest)
  if (isMalformed(readings)) throw new Error('The example must parse.')
  return readings[0]
}

/** What bcrypt is given. */
async function keysOf(reading: Reading, password: string): Promise<readonly string[]> {
  const keys: string[] = []
  const run = (job: Job): Promise<Uint8Array> => {
    if (job.kind === 'bcrypt') keys.push(Buffer.from(job.password).toString())
    return Promise.resolve(new Uint8Array(23))
  }
  await reading.verify(Uint8Array.from(Buffer.from(password)), run)
  return keys
}
