import { execFile, spawnSync } from 'node:child_process'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { describe, expect, test } from 'vitest'

// These tests start processes that use the built package, and look at their ends.

const ENTRY = join(import.meta.dirname, '../../dist/index.js')
const IMPORTS = `import { createRegistry, createRuntime } from ${JSON.stringify(pathToFileURL(ENTRY).href)}
const bare = (options) => createRegistry({ equalize: false, runtime: createRuntime(options) })`

const DIGESTS = {
  bcrypt: ['a', '$2b$04$dLUN5fvDh9vaWmiRSUp5puhSnUQ7VygbIKLumNbYA8oUZ.GcS/NEe'],
  phpass: ['test12345', '$P$9IQRaTwmfeRo7ud9Fh4E2PdI0S3r.L0'],
  pbkdf2: ['password', 'pbkdf2_sha256$1000$c2FsdA==$YywoEuRtRgQQK6dhjp1tfS+BKPYma0oDJk0qBGC33LM='],
  argon2: [
    'password',
    '$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4',
  ],
} as const

interface Ended {
  /** The exit code; null where a signal had to end the process. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

function runNode(args: readonly string[], cwd = tmpdir()): Promise<Ended> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, args, { cwd, timeout: 30_000 }, (_, stdout, stderr) => {
      resolve({ code: child.exitCode, stdout: stdout.trim(), stderr })
    })
  })
}

const runModule = (code: string, flags: readonly string[] = []): Promise<Ended> =>
  runNode([...flags, '--input-type=module', '--eval', `${IMPORTS}\n${code}`])

describe('a process that checks passwords', () => {
  test.each(Object.entries(DIGESTS))(
    'lives until its check has ended, even with no other work: %s',
    async (_, [password, digest]) => {
      const ended = await runModule(
        `bare().verify(${JSON.stringify(password)}, ${JSON.stringify(digest)}).then(console.log)`,
      )
      expect(ended).toEqual({ code: 0, stdout: 'true', stderr: '' })
    },
  )

  test('lives until the checks in the queue have ended', async () => {
    const ended = await runModule(
      `const { verify } = bare({ concurrency: 1 })
      for (const [password, digest] of ${JSON.stringify(Object.values(DIGESTS))})
        for (const guess of [password, 'wrong']) verify(guess, digest).then((is) => console.log(is))`,
    )
    expect(ended.stdout.split('\n').toSorted()).toEqual([
      ...Array<string>(4).fill('false'),
      ...Array<string>(4).fill('true'),
    ])
    expect(ended).toMatchObject({ code: 0, stderr: '' })
  })

  test('ends at once where its threads are idle', async () => {
    const ended = await runModule(
      `const { verify } = bare({ concurrency: 3 })
      const checks = [1, 2, 3].map(() => verify('a', '${DIGESTS.bcrypt[1]}'))
      let answered
      Promise.all(checks).then(() => (answered = performance.now()))
      process.on('exit', () => console.log(performance.now() - answered))`,
    )
    expect(ended).toMatchObject({ code: 0, stderr: '' })
    expect(Number(ended.stdout)).toBeLessThan(1_000)
  })

  test('starts threads with the first check that needs a thread', async () => {
    const ended = await runModule(
      `const { verify } = bare()
      const hasThread = () => process.getActiveResourcesInfo().includes('MessagePort')
      const before = [hasThread(), await verify('password', '5f4dcc3b5aa765d61d8327deb882cf99'), hasThread()]
      const checking = verify('a', '${DIGESTS.bcrypt[1]}')
      let during = false
      const watch = setInterval(() => (during ||= hasThread()), 1)
      console.log(before.join(), await checking, during)
      clearInterval(watch)`,
    )
    expect(ended).toEqual({ code: 0, stdout: 'false,true,false true true', stderr: '' })
  })

  test('may make its checks in a thread of the application', async () => {
    const thread = `${IMPORTS}
      const { verify } = bare()
      for (const [password, digest] of ${JSON.stringify(Object.values(DIGESTS))})
        console.log(await verify(password, digest))`
    const ended = await runModule(
      `import { Worker } from 'node:worker_threads'
      new Worker(new URL('data:text/javascript,' + encodeURIComponent(${JSON.stringify(thread)})))`,
    )
    expect(ended).toEqual({ code: 0, stdout: 'true\ntrue\ntrue\ntrue', stderr: '' })
  })

  test('can be ended while jobs of every engine are pending', async () => {
    const ended = await runModule(
      `const { verify } = bare({ concurrency: 2 })
      for (const [password, digest] of ${JSON.stringify(Object.values(DIGESTS))})
        for (let count = 0; count < 20; count++) verify(password, digest)
      verify('a', '${DIGESTS.bcrypt[1]}').then(() => process.exit(3))`,
    )
    expect(ended).toEqual({ code: 3, stdout: '', stderr: '' })
  })

  // The name of Node's option changed with Node 23.5.
  const permission = process.allowedNodeEnvironmentFlags.has('--permission')
    ? '--permission'
    : '--experimental-permission'

  // A thread runs the code of its engines, which none of these options forbids.
  test.each([
    ['a ban on code from strings', ['--disallow-code-generation-from-strings']],
    [
      'a permission to start threads and read files alone',
      [permission, '--allow-worker', '--allow-fs-read=*'],
    ],
    [
      'the ban and the permission together',
      [permission, '--allow-worker', '--allow-fs-read=*', '--disallow-code-generation-from-strings'],
    ],
  ])('checks with every kernel and with OpenSSL under %s', async (_, flags) => {
    const ended = await runModule(
      `const { verify } = bare()
      const digests = ${JSON.stringify(Object.values(DIGESTS))}
      for (const [password, digest] of digests) console.log(await verify(password, digest))
      for (const [, digest] of digests) console.log(await verify('wrong', digest))`,
      ['--no-warnings', ...flags],
    )
    const stdout = 'true\ntrue\ntrue\ntrue\nfalse\nfalse\nfalse\nfalse'
    expect(ended).toEqual({ code: 0, stdout, stderr: '' })
  })

  test('gets an error where it may start no threads, and checks digests that need no thread', async () => {
    const ended = await runModule(
      `const { verify } = bare()
      console.log(await verify('password', '5f4dcc3b5aa765d61d8327deb882cf99'))
      console.log(await verify('a', '${DIGESTS.bcrypt[1]}').catch((error) => error.code + ' ' + error.message))`,
      ['--no-warnings', permission, '--allow-fs-read=*'],
    )
    const message =
      'Worker threads cannot be started here. Threads are not allowed: start Node with --allow-worker. Only what needs no thread is checked without them.'
    expect(ended).toEqual({ code: 0, stdout: `true\nERR_ENGINE_UNAVAILABLE ${message}`, stderr: '' })
  })

  test('checks MD5 where OpenSSL refuses it on the main thread', async () => {
    // On the main thread createHash refuses MD5, as under FIPS. In the thread node:crypto is unchanged.
    const ended = await runModule(
      `import crypto from 'node:crypto'
      import { syncBuiltinESMExports } from 'node:module'
      const { createHash } = crypto
      crypto.createHash = (algorithm) => {
        if (algorithm !== 'md5') return createHash(algorithm)
        throw Object.assign(new Error('digital envelope routines::unsupported'), { code: 'ERR_OSSL_EVP_UNSUPPORTED' })
      }
      syncBuiltinESMExports()
      const { verify } = bare()
      console.log(await verify('password', '5f4dcc3b5aa765d61d8327deb882cf99'))
      console.log(await verify('passwore', '5f4dcc3b5aa765d61d8327deb882cf99'))
      console.log(await verify('test', '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'))`,
    )
    expect(ended).toEqual({ code: 0, stdout: 'true\nfalse\ntrue', stderr: '' })
  })
})

const canLimitAddresses =
  process.platform === 'linux' && spawnSync('bash', ['-c', 'ulimit -v 40000000']).status === 0
const withFewAddresses = canLimitAddresses
  ? 'with few addresses'
  : 'with few addresses (skipped: it needs bash)'

describe.skipIf(!canLimitAddresses)(`a process ${withFewAddresses}`, () => {
  // V8 would reserve ten gigabytes of addresses for each kernel of each thread.
  test.each([12_000_000, 20_000_000, 50_000_000])('computes with the stand-ins: %i KiB', (kibibytes) => {
    const code = `import { engines } from ${JSON.stringify(pathToFileURL(ENTRY).href)}
        ${IMPORTS}
        const { verify } = bare({ concurrency: 2 })
        const checks = ${JSON.stringify(Object.values(DIGESTS))}.flatMap((check) => [check, check])
        console.log(...(await Promise.all(checks.map(([password, digest]) => verify(password, digest)))))
        console.log((await engines()).find(({ hasher }) => hasher === 'argon2id').engine)`
    const command = `ulimit -v ${kibibytes} && exec "$0" --input-type=module --eval "$1"`
    const { status, stdout } = spawnSync('bash', ['-c', command, process.execPath, code], {
      encoding: 'utf8',
    })
    expect({ status, stdout }).toEqual({
      status: 0,
      stdout: `${Array(8).fill(true).join(' ')}\nargon2\n`,
    })
  })
})
