import type { Policy } from '../index.js'

/** The policies, the mildest first. */
export const POLICIES = ['insecure', 'dated', 'converge'] as const satisfies readonly Policy[]
