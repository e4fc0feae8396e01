import { constants } from 'node:os'
import { describe, expect, test } from 'vitest'
import { verify } from '../index.js'
import { shareOf } from '../conformance/share.fixture.js'
import { hasTerminal, onTerminal, runOnTerminal } from './run-on-terminal.js'

// These digests are MD5 of `password` and of `pässword🔑`.
const PASSWORD = '5f4dcc3b5aa765d61d8327deb882cf99'
const ACCENTED = 'dd80b7b629cb10882a78161c61fb1587'

describe.skipIf(!hasTerminal)(onTerminal, () => {
  test.each([
    ['a password', 'password\r', PASSWORD],
    ['a password that is corrected with backspace', 'passs\x7fwort\x7fd\r', PASSWORD],
    ['a password that is begun anew with Ctrl-U', 'wrong\x15password\r', PASSWORD],
    ['a password in characters of several bytes', 'pä\x7fäß\x7fssword🔑\r', ACCENTED],
    ['a password that is pasted with a second line', 'password\rrm -rf everything\r', PASSWORD],
    ['a password that ends with Ctrl-D', 'password\x04', PASSWORD],
  ])('the prompt hides %s', async (_, type, digest) => {
    const seen = await runOnTerminal(['verify', '--digest', digest], ['Password: ', { type }])
    expect(seen).toMatchObject({ code: 0, echoBefore: true, echoAtPrompts: [false], isRestored: true })
    expect(seen.shown).toBe('Password: \r\n')
    expect(seen.stdout).toMatch(/^match: /)
  })

  test('the prompt of verify asks for the digest too, and hides both', async () => {
    const seen = await runOnTerminal(
      ['verify'],
      ['Digest: ', { type: `${PASSWORD}\r` }, 'Password: ', { type: 'password\r' }],
    )
    expect(seen).toMatchObject({ code: 0, echoAtPrompts: [false, false], isRestored: true })
    expect(seen.shown).toBe('Digest: \r\nPassword: \r\n')
  })

  test('the prompt of verify takes password and digest from one paste', async () => {
    const type = `${PASSWORD}\r\npassword\r\n`
    const seen = await runOnTerminal(['verify', '--json'], ['Digest: ', { type }])
    expect(seen).toMatchObject({ code: 0, isRestored: true, shown: 'Digest: \r\nPassword: \r\n' })
  })

  test('the prompt of identify asks for a digest', async () => {
    const seen = await runOnTerminal(['identify'], ['Digest: ', { type: `${PASSWORD}\r` }])
    expect(seen).toMatchObject({ code: 0, isRestored: true, shown: 'Digest: \r\n' })
  })

  test('the prompt of hash asks twice for a new password', async () => {
    const both = ['New password: ', { type: 'password\r' }, 'The same again: ', { type: 'password\r' }]
    const seen = await runOnTerminal(['hash', '--cost', '10'], both)
    expect(seen).toMatchObject({ code: 0, echoAtPrompts: [false, false], isRestored: true })
    expect(seen.shown).toBe('New password: \r\nThe same again: \r\n')
    expect(await verify('password', seen.stdout.trimEnd())).toBe(true)
  })

  test('the prompt of hash refuses two new passwords that differ', async () => {
    const both = ['New password: ', { type: 'hunter2\r' }, 'The same again: ', { type: 'hunter3\r' }]
    const seen = await runOnTerminal(['hash'], both)
    expect(seen).toMatchObject({ code: 2, stdout: '', isRestored: true })
    expect(seen.shown).toContain('The two passwords differ.')
    expect(seen.shown).not.toContain('hunter')
  })

  test('the prompt takes Ctrl-D on an empty line as no answer', async () => {
    const seen = await runOnTerminal(['verify', '--digest', PASSWORD], ['Password: ', { type: '\x04' }])
    expect(seen).toMatchObject({ code: 2, stdout: '', isRestored: true })
    expect(seen.shown).toContain('Nothing was typed.')
  })

  // An ignored key rings the bell, which shows that all keys before it have arrived.
  const sync = [{ type: '\x01' }, '\x07'] as const

  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP', 'SIGQUIT', 'SIGALRM', 'SIGUSR2', 'SIGXCPU'] as const

  test.each(shareOf(signals, 3))(
    'the terminal echoes again after %s, which ends the prompt',
    async (signal) => {
      const steps = ['Password: ', { type: 'passw' }, ...sync, { signal }]
      const seen = await runOnTerminal(['verify', '--digest', PASSWORD], steps)
      const code = -constants.signals[signal]
      expect(seen).toMatchObject({ code, echoAtPrompts: [false, false], isRestored: true })
      expect(seen.shown).toBe('Password: \x07\r\n')
      expect(seen.stdout).toBe('')
    },
  )

  test('the terminal echoes again after Ctrl-C, which ends the prompt as a signal would', async () => {
    const seen = await runOnTerminal(['hash'], ['New password: ', { type: 'passw\x03' }])
    expect(seen).toMatchObject({ code: -constants.signals.SIGINT, stdout: '', isRestored: true })
    expect(seen.shown).toBe('New password: \r\n')
  })

  test('the prompt hides what is typed after the process was stopped and the echo switched on', async () => {
    const before = ['Password: ', { type: 'pass' }, ...sync, { signal: 'SIGSTOP' }, { echo: true }] as const
    const after = [{ signal: 'SIGCONT' }, { echo: false }, { type: 'word\r' }] as const
    const seen = await runOnTerminal(['verify', '--digest', PASSWORD], [...before, ...after])
    expect(seen).toMatchObject({ code: 0, shown: 'Password: \x07\r\n', isRestored: true })
  })

  test('the terminal echoes while SIGTSTP stops the prompt, and hides again after SIGCONT', async () => {
    const before = ['Password: ', { type: 'pass' }, ...sync, { signal: 'SIGTSTP' }, { echoes: true }] as const
    const after = [{ signal: 'SIGCONT' }, { echo: false }, { type: 'word\r' }] as const
    const seen = await runOnTerminal(['verify', '--digest', PASSWORD], [...before, ...after])
    expect(seen).toMatchObject({ code: 0, shown: 'Password: \x07\r\n', isRestored: true })
  })

  test('the terminal is not changed where nothing has to be asked', async () => {
    const seen = await runOnTerminal(['identify', '--digest', PASSWORD], [])
    expect(seen).toMatchObject({ code: 0, shown: '', isRestored: true })
  })
})
