// The accounts of the load benchmark are any number of each case, told apart by a number, so that there are always some
// whose digest was not replaced yet.
import { caseOf, cases } from './cases.mjs'

const rowsOf = (kind) => (kind.endsWith('bcrypt only') ? [caseOf('bcrypt')] : cases)

/** The address and a password of account `number`. Three of ten passwords are wrong, of every case in turn. */
export function credentials(kind, number) {
  const rows = rowsOf(kind)
  const { email, password } = rows[number % rows.length]
  const isRight = ![1, 4, 8].includes(number % 10)
  return { email: `${number}.${email}`, password: isRight ? password : `${password}?`, isRight }
}

/** The account of an address. */
export function findUser(kind, email) {
  const original = email.slice(email.indexOf('.') + 1)
  const { digest, hasher } = rowsOf(kind).find((row) => row.email === original)
  return { email, digest, hasher }
}
