import { expect, test } from 'vitest'
import { createRegistry } from '../default.js'
import type { Target } from '../hasher/target.js'
import { bcryptTarget } from '../targets/bcrypt.js'
import { findRehashReasons } from './policy.js'
import type { DigestStanding } from './policy.js'

const TARGET_MILLISECONDS = 330

test.each([
  // Each row has a digest and its reasons under the policies insecure, dated and converge.
  ['sound and slow', {}, [], [], ['not-target']],
  ['sound and 10 ms', { milliseconds: 10 }, [], [], ['not-target']],
  ['sound and under 10 ms', { milliseconds: 9.99 }, ['low-cost'], ['low-cost'], ['low-cost', 'not-target']],
  ['costlier than the target', { milliseconds: 900 }, [], [], ['not-target']],
  [
    'insecure',
    { standing: 'insecure', milliseconds: 0.01 },
    ['insecure'],
    ['insecure'],
    ['insecure', 'not-target'],
  ],
  ['dated and slow', { standing: 'dated' }, [], ['dated'], ['dated', 'not-target']],
  [
    'dated and under 10 ms',
    { standing: 'dated', milliseconds: 9.9 },
    ['low-cost'],
    ['low-cost', 'dated'],
    ['low-cost', 'dated', 'not-target'],
  ],
  ['checked by another service', { milliseconds: 0, isComputedHere: false }, [], [], ['not-target']],
  ['an old variant', { oldVariant: true }, ['old-variant'], ['old-variant'], ['old-variant', 'not-target']],
  ["the target's form at its cost", { isTargetForm: true, milliseconds: TARGET_MILLISECONDS }, [], [], []],
  ["the target's form above its cost", { isTargetForm: true, milliseconds: 660 }, [], [], []],
  [
    "the target's form below its cost",
    { isTargetForm: true, milliseconds: 165 },
    ['low-cost'],
    ['low-cost'],
    ['low-cost'],
  ],
  [
    "an old variant of the target's form",
    { isTargetForm: true, oldVariant: true, milliseconds: 165 },
    ['low-cost', 'old-variant'],
    ['low-cost', 'old-variant'],
    ['low-cost', 'old-variant'],
  ],
] as const)(
  'the policies give the reasons of %s',
  (_, digest: Partial<Digest>, underInsecure, underDated, underConverge) => {
    expect(findRehashReasons('insecure', standingOf(digest))).toEqual(underInsecure)
    expect(findRehashReasons('dated', standingOf(digest))).toEqual(underDated)
    expect(findRehashReasons('converge', standingOf(digest))).toEqual(underConverge)
  },
)

interface Digest extends Omit<DigestStanding, 'isBelowTarget' | 'isOldVariant'> {
  readonly oldVariant: boolean
}

function standingOf({
  standing = 'sound',
  isTargetForm = false,
  milliseconds = 100,
  oldVariant = false,
  isComputedHere = true,
}: Partial<Digest>): DigestStanding {
  return {
    standing,
    milliseconds,
    isComputedHere,
    isOldVariant: oldVariant,
    isTargetForm,
    isBelowTarget: milliseconds < TARGET_MILLISECONDS,
  }
}

const BCRYPT_AT_12 = '$2b$12$abcdefghijklmnopqrstuuEoYkPRD0DRRnkhtuf9PKbMeCc8oTzM6'

test.each([
  ['throws', fail],
  ['gives no boolean', () => 'yes'],
])('an isWeaker of a target that %s leaves the estimate to decide', (_, isWeaker: unknown) => {
  const target: Target = { ...bcryptTarget() }
  Object.assign(target, { isWeaker })
  const registry = createRegistry({ target })
  expect(registry.needsRehash(BCRYPT_AT_12)).toBe(false)
  expect(registry.needsRehash(BCRYPT_AT_12.replace('$12$', '$11$'))).toBe(true)
})

test('a target does not take isWeaker from a polluted prototype', () => {
  Object.defineProperty(Object.prototype, 'isWeaker', { value: () => true, configurable: true })
  try {
    expect(createRegistry().needsRehash(BCRYPT_AT_12)).toBe(false)
  } finally {
    Reflect.deleteProperty(Object.prototype, 'isWeaker')
  }
})

function fail(): never {
  throw new Error('hunter2')
}
