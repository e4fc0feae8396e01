import { addCosts, costOfBcrypt } from '../../compute/cost.js'
import { BCRYPT, bcryptJob } from '../../compute/kinds/bcrypt.js'
import { formatBcrypt } from '../../formats/bcrypt.js'
import { writeOver } from '../../formats/blank.js'
import { makeHasher } from '../../hasher/hasher.js'
import type { Hasher } from '../../hasher/contract.js'
import { CHECKSUM_LENGTH, isTruncated, parseBare, STANDARD_PREFIXES, toAscii } from './define.js'
import type { Params } from './define.js'

/**
 * bcrypt of WoltLab Suite before 5.4 and Burning Board 4: over the string that bcrypt makes of the password with the same salt, where
 * a row names it.
 *
 *     $2a$  08  $  <22 characters of salt>  <31 of checksum>      (spaces added)
 *
 * @see https://github.com/WoltLab/WCF/blob/5.3/wcfsetup/install/files/lib/util/PasswordUtil.class.php
 */
export const bcryptWbb4: Hasher = /* @__PURE__ */ makeHasher<Params>({
  name: 'bcrypt_wbb4',
  standing: 'sound',
  why: 'bcrypt, twice',
  writtenBy: 'WoltLab Suite before 5.4, Burning Board 4',
  example: '$2a$04$abcdefghijklmnopqrstuuHeMOeY/CJO2whB3AgGA176d7uVwG26.',
  onlyNamed: true,
  prehashed: true,
  prefixes: STANDARD_PREFIXES,
  parse: parseBare,
  describe: ({ version, cost }) => ({ version, cost }),
  kind: BCRYPT,
  cost: ({ params }) => addCosts(costOfBcrypt(params), costOfBcrypt(params)),
  derive: async (password, { params: { version, cost }, salt }, run) => {
    const job = { variant: 'standard', salt, cost } as const
    const checksum = await run(bcryptJob({ ...job, password }))
    const text = toAscii(formatBcrypt({ version, cost, salt, checksum }))
    return run(bcryptJob({ ...job, password: text }))
  },
  truncates: isTruncated,
  blank: (digest) => writeOver(digest, digest.length - CHECKSUM_LENGTH, '.'),
})
