import type { Hasher } from '../../hasher/contract.js'
import { MadeHasher } from '../../hasher/made-hasher.js'
import { openOptions } from '../../options.js'
import type { OptionType } from '../../options.js'
import { argon2d, argon2i, argon2id } from '../argon2.js'
import { bcrypt } from '../bcrypt/bcrypt.js'
import { md5crypt } from '../crypt-md5.js'
import { sha256crypt, sha512crypt } from '../crypt-sha.js'
import { pbkdf2Sha1Passlib, pbkdf2Sha256Passlib, pbkdf2Sha512Passlib, pbkdf2Werkzeug } from '../pbkdf2/mcf.js'
import { pbkdf2Sha1Django, pbkdf2Sha256Django, pbkdf2Sha512 } from '../pbkdf2/text.js'
import { phpass, sha512Drupal7 } from '../phpass.js'
import { scryptAdonis, scryptPasslib } from '../scrypt/phc.js'
import { scryptWerkzeug } from '../scrypt/text.js'
import { defineExpr } from './expr.js'
import { parseExpression } from './parser.js'
import { makePre } from './pre.js'
import { takesKeyApart } from './rules.js'

export interface DescriptorOptions {
  /** The expressions that get the site key of the call's context, as they stand in the digests; default none. */
  readonly siteKeyFor?: readonly string[]
  /** The hashers of the digests inside of `pre`; default bcrypt, Argon2, scrypt, PBKDF2, phpass and crypt(3)'s MD5 and SHA-2. */
  readonly hashers?: readonly Hasher[]
}

const NO_EXPRESSIONS: ReadonlySet<string> = /* @__PURE__ */ new Set()
// Each digest is claimed by one of them. A hasher of another family is added here.
const INNERS: readonly Hasher[] = [
  ...[bcrypt, argon2id, argon2i, argon2d, scryptPasslib, scryptAdonis, scryptWerkzeug],
  ...[pbkdf2Sha1Django, pbkdf2Sha256Django, pbkdf2Sha512, pbkdf2Werkzeug],
  ...[pbkdf2Sha1Passlib, pbkdf2Sha256Passlib, pbkdf2Sha512Passlib, phpass, sha512Drupal7],
  ...[md5crypt, sha256crypt, sha512crypt],
]

/** The value of an expression, which is the password of another digest: {@link createDescriptor} with its defaults. */
export const pre: Hasher = /* @__PURE__ */ makePre(INNERS, NO_EXPRESSIONS)

/**
 * Makes `expr` and `pre` for digests whose expressions need the site key of the context. Whoever can write rows chooses the expressions
 * in them, so only those that are given here get the key.
 *
 * @throws RegistryError `ERR_REGISTRY_OPTION` for an expression that is malformed, has no `k` or takes the key apart; for a hasher
 *   without prefixes, or of pre-hashed passwords
 * @example
 * const { expr, pre } = createDescriptor({ siteKeyFor: ['hex(md5(k.p))'] })
 * const registry = createRegistry({ hashers: [expr, pre, bcrypt] })
 */
export function createDescriptor(options: DescriptorOptions = {}): {
  readonly expr: Hasher
  readonly pre: Hasher
} {
  const { read } = openOptions('createDescriptor', options, ['siteKeyFor', 'hashers'])
  const expressions = read('siteKeyFor', EXPRESSIONS) ?? []
  const inners = read('hashers', PREFIXED) ?? INNERS
  const siteKeyFor = new Set(expressions)
  return { expr: defineExpr(siteKeyFor), pre: makePre([...inners], siteKeyFor) }
}

const EXPRESSIONS: OptionType<readonly string[]> = {
  is: (value): value is readonly string[] => Array.isArray(value) && value.every(takesKey),
  expected: 'a list of expressions with k, which stands under no decoder, case, pad or rep',
}

const PREFIXED: OptionType<readonly Hasher[]> = {
  is: (value): value is readonly Hasher[] => Array.isArray(value) && value.every(mayStandInside),
  expected: 'a list of hashers with prefixes that hash the typed password',
}

function takesKey(text: unknown): boolean {
  const syntax = typeof text === 'string' ? parseExpression(text) : 'shape'
  return typeof syntax !== 'string' && syntax.names.includes('k') && !takesKeyApart(syntax.expression)
}

function mayStandInside(hasher: unknown): boolean {
  if (!MadeHasher.is(hasher)) return false
  const { prefixes, prehashed, onlyNamed, neverRenamed, delegates } = hasher
  return prefixes.length > 0 && !prehashed && !onlyNamed && !neverRenamed && !delegates
}
