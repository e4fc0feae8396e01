import { malformed } from '../../formats/problem.js'
import type { Malformed } from '../../formats/problem.js'

/** Refuses bcrypt's oldest variant, and the one with a bug, which no system wrote that puts a name in front of bcrypt's string. */
export function refuseOld({ version }: Readonly<Record<string, number | string>>): Malformed | undefined {
  return version === '2' || version === '2x' ? malformed('version', 'version') : undefined
}
