import { describe, expect, test } from 'vitest'
import { roundsOf } from '../../conformance/share.fixture.js'
import { createMixer } from '../yescrypt-mixer.js'
import { SEED, crypt, hex, modules, pick, random, randomBytes } from './kernels.fixture.js'
import { deriveYescrypt } from './yescrypt-digests.js'
import type { YescryptInput } from './yescrypt-digests.js'
import { createYescryptKernel } from './yescrypt.js'

const kernel = createYescryptKernel(modules.yescrypt)
const ITOA64 = './0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

const base: YescryptInput = {
  password: Buffer.from('correct horse'),
  salt: Buffer.from('battery'),
  variant: 'rw',
  N: 64,
  r: 4,
  p: 1,
  t: 0,
}

describe("yescrypt's kernel agrees with this machine's crypt(), called by perl:", () => {
  const random0 = (): YescryptInput => ({
    password: Uint8Array.from({ length: random(120) }, () => 1 + random(255)),
    salt: randomBytes(1 + random(64)),
    variant: pick(['rw', 'worm']),
    N: 2 ** (4 + random(5)),
    r: 1 + random(9),
    p: 1 + random(4),
    t: random(4),
  })
  test.for<[string, readonly YescryptInput[]]>([
    ['random parameters', Array.from({ length: roundsOf(150, 30) }, random0)],
    ['the default of Debian', [{ ...base, N: 4_096, r: 32 }]],
    [
      'what begins with a 64th of the work, and what just does not',
      [
        { ...base, N: 16_384, r: 8 },
        { ...base, N: 8_192, r: 8 },
        { ...base, N: 256, r: 512 },
        { ...base, N: 16_384, r: 32, p: 3, t: 1 },
      ],
    ],
    ['the fewest rows for each lane', [1, 2, 4, 8].map((p) => ({ ...base, N: 4 * p, r: 1, p }))],
    ['lanes that share the rows unevenly', [3, 5, 6, 7, 9].map((p) => ({ ...base, N: 64, p, t: p % 3 }))],
    [
      'long times',
      [1, 2, 3, 17, 64].flatMap((t) => [
        { ...base, t },
        { ...base, t, variant: 'worm' as const },
      ]),
    ],
    [
      'every length of a salt',
      Array.from({ length: 65 }, (_, length) => ({ ...base, N: 16, salt: randomBytes(length) })),
    ],
  ])('%s', ([, inputs], { skip }) => {
    const asked = inputs.map((input) => ({ password: input.password, setting: settingOf(input) }))
    const [known] = crypt(asked.slice(0, 1))
    skip(known?.startsWith('$y$') !== true, 'no perl here, or a crypt() without $y$')
    const digests = inputs.map((input, place) => `${asked[place]?.setting}$${encode(kernel.derive(input))}`)
    expect(digests, `seed ${SEED}`).toEqual(crypt(asked))
  })
})

describe("yescrypt's kernel and its stand-in agree", () => {
  const standIn = (input: YescryptInput): string => hex(deriveYescrypt(input, createMixer(input)))

  test.each(['rw', 'worm'] as const)('on every small N, r, p and t of %s', (variant) => {
    for (const N of [4, 8, 32]) {
      for (const r of [1, 2, 5]) {
        for (const p of [1, 2, 3, 8].filter((lanes) => variant === 'worm' || N / lanes >= 4)) {
          for (const t of [0, 1, 2, 3]) {
            const input = { ...base, variant, N, r, p, t }
            expect(hex(kernel.derive(input)), `N=${N} r=${r} p=${p} t=${t}`).toBe(standIn(input))
          }
        }
      }
    }
  })

  test('on what begins with a 64th of the work', () => {
    const input = { ...base, N: 256, r: 512 }
    expect(hex(kernel.derive(input))).toBe(standIn(input))
  })
})

/** The setting of crypt(3), with numbers as yescrypt writes them. */
function settingOf({ variant, N, r, p, t, salt }: YescryptInput): string {
  const which = (p > 1 ? 1 : 0) + (t > 0 ? 2 : 0)
  const numbers = [
    Math.log2(N) - 1,
    r - 1,
    ...(which > 0 ? [which - 1] : []),
    ...(p > 1 ? [p - 2] : []),
    ...(t > 0 ? [t - 1] : []),
  ]
  return `$y$${variant === 'rw' ? 'j' : '/'}${numbers.map(writeNumber).join('')}$${encode(salt)}`
}

/** A number below 560, of one or two characters. */
function writeNumber(number: number): string {
  if (number < 48) return ITOA64.charAt(number)
  return ITOA64.charAt(48 + ((number - 48) >> 6)) + ITOA64.charAt((number - 48) & 63)
}

function encode(bytes: Uint8Array): string {
  const groups = Array.from({ length: Math.ceil(bytes.length / 3) }, (_, place) =>
    bytes.subarray(3 * place, 3 * place + 3),
  )
  return groups
    .map((group) => {
      const value = group.reduceRight((sum, byte) => sum * 256 + byte, 0)
      return Array.from({ length: group.length + 1 }, (_, place) =>
        ITOA64.charAt((value >> (6 * place)) & 63),
      ).join('')
    })
    .join('')
}
