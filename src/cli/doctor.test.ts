import { expect, test } from 'vitest'
import { readJson, run } from './run-built.js'

test('doctor finds every engine of this machine right', async () => {
  const { code, stdout, stderr } = await run(['doctor'])
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
  expect(stdout).toContain(`Node ${process.versions.node}, ${process.platform} ${process.arch}`)
  expect(stdout).toMatch(/^bcrypt standard +right +WebAssembly kernel$/m)
  expect(stdout).toContain('Every engine computes what it should.')
})

test('doctor --json prints each check, and has exit code 3 where an engine fails its check', async () => {
  // Without WebAssembly no kernel runs, and bcryptjs stands in.
  const answer = await run(['doctor', '--json'], { preload: 'delete globalThis.WebAssembly' })
  expect(answer.code).toBe(3)
  const report = JSON.stringify(readJson(answer))
  expect(report).toContain('"outcome":"unhealthy"')
  expect(report).toMatch(
    /\{"work":"bcrypt sign-extended","engine":"bcryptjs","hashers":\["bcrypt","bcrypt_sha256_django",[^\]]*\],"outcome":"failed","problem":"[^"]*WebAssembly/,
  )
})
