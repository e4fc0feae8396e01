import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readVectorFolder } from './vector-files.js'

const MINIMUM = { valid: 15, invalid: 10, malformed: 10 } as const
const files = await readVectorFolder('vectors')

test.each(Object.entries(MINIMUM))('every hasher has enough %s vectors: at least %i', (result, minimum) => {
  const counts = files.map(({ hasher, groups }) => ({
    hasher,
    count: groups.flatMap(({ tests }) => tests).filter((vector) => vector.result === result).length,
  }))
  expect(counts.filter(({ count }) => count < minimum)).toEqual([])
})

test.each(files.map(({ hasher }) => hasher))('vectors/%s.json has one test on each line', (hasher) => {
  const lines = readFileSync(`vectors/${hasher}.json`, 'utf8').split('\n')
  const tests = files.find((file) => file.hasher === hasher)?.groups.flatMap((group) => group.tests) ?? []
  const found = lines.filter((line) => line.trimStart().startsWith('{"tcId":'))
  expect(found.map((line): unknown => JSON.parse(line.replace(/,$/, '')))).toEqual(tests)
})

test('the table of vectors/README.md is the table that vectors/table.mjs writes', () => {
  const { status, stderr } = spawnSync(process.execPath, ['vectors/table.mjs', '--check'], {
    encoding: 'utf8',
  })
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
})
