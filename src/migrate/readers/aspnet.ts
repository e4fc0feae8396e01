import { aspnetMembership } from '../../builders/index.js'
import { checkMembershipAlgorithm } from '../composers.js'
import type { Reader } from '../contract.js'
import { join } from '../fields.js'
import { defineReader } from '../reader.js'
import type { Form } from '../records.js'

const TABLES: readonly Form[] = ['csv', 'tsv', 'json', 'ndjson']
const HASHED = '1'

/** ASP.NET Identity's `AspNetUsers`. */
export const aspnet: Reader = defineReader({
  name: 'aspnet',
  forms: TABLES,
  known: [['PasswordHash', 'SecurityStamp']],
  parts: { id: ['Id'], login: ['Email', 'UserName'], digest: ['PasswordHash'] },
  hasherOf: () => 'aspnet_identity',
})

/** `aspnet_Membership` of SqlMembershipProvider, whose rows do not say the algorithm. */
export const membership: Reader = defineReader({
  name: 'aspnet-membership',
  forms: TABLES,
  known: [['Password', 'PasswordSalt', 'PasswordFormat']],
  parts: { id: ['UserId'], login: ['Email'], digest: ['Password'] },
  check: ({ algorithm }) => {
    checkMembershipAlgorithm(algorithm)
  },
  digest: (get, { algorithm: hashAlgorithmType = '' }) =>
    get('PasswordFormat') === HASHED
      ? join(get, ['Password', 'PasswordSalt'], ([password = '', passwordSalt = '']) =>
          aspnetMembership({ password, passwordSalt, hashAlgorithmType }),
        )
      : { problem: 'not-hashed' },
  hasherOf: () => 'aspnet_membership',
})
