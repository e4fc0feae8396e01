/** An account without the columns that belong in no session, token or response. */
export type WithoutDigest<A extends object> = Omit<A, 'digest' | 'hasher'>

/** A copy of an account without its digest and hasher. */
export function dropDigest<A extends object>(account: A): WithoutDigest<A> {
  const copy = { ...account }
  Reflect.deleteProperty(copy, 'digest')
  Reflect.deleteProperty(copy, 'hasher')
  return copy
}

/** Whether a password is empty or nothing but NULs, which bcrypt, PBKDF2 and scrypt cannot tell from the empty one. */
export function isEmpty(password: string): boolean {
  return /^\0*$/.test(password)
}
