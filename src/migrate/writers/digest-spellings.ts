import { ALGORITHMS, algorithmOf, readPart, makePart, SIZES } from './parts.js'
import type { Order, Parts, Salted, Spelling, Read } from './parts.js'

function digest(name: string, { salt, checksum }: Salted, order: Order): Parts | undefined {
  const algorithm = algorithmOf(name)
  if (algorithm === undefined) return undefined
  return { kind: 'digest', algorithm, salt, checksum, order: salt === '' ? 'none' : order }
}

/** The digests of LDAP: base64 of the checksum and of the salt behind it; without a salt hexadecimal, too, as Dovecot has it. */
function ldap(name: string, text: string, isSalted: boolean): Parts | undefined {
  const algorithm = algorithmOf(name === 'sha' ? 'sha1' : name)
  if (algorithm === undefined) return undefined
  const isHex = !isSalted && text.length === 2 * SIZES[algorithm] && /^[\da-f]+$/i.test(text)
  const bytes = Buffer.from(text, isHex ? 'hex' : 'base64')
  if (isSalted !== bytes.length > SIZES[algorithm]) return undefined
  const [checksum, salt] = [bytes.subarray(0, SIZES[algorithm]), bytes.subarray(SIZES[algorithm])]
  return digest(algorithm, { salt: makePart(salt), checksum: makePart(checksum) }, 'password first')
}

const bareHex: Read = ([whole = '']) => {
  const algorithm = ALGORITHMS.find((one) => SIZES[one] * 2 === whole.length)
  return algorithm === undefined
    ? undefined
    : digest(algorithm, { salt: '', checksum: readPart(whole, 'hex') }, 'none')
}
const bareSpelling: Spelling = [/^[\da-f]+$/i, bareHex]
const ldapSpelling: Spelling = [
  /^\{(S?)(MD5|SHA|SHA\d{3})\}([\w+/]+=*)$/,
  ([, salted = '', name = '', text = '']) => ldap(name.toLowerCase(), text, salted !== ''),
]
const saltedText: Spelling = [
  /^(md5|sha1)\$([^$]*)\$([\da-f]+)$/i,
  ([, name = '', salt = '', checksum = '']) =>
    digest(name, { salt: readPart(salt, 'utf8'), checksum: readPart(checksum, 'hex') }, 'salt first'),
]
const hmacText: Spelling = [
  /^(\w+)\$([^$]+)\$([\da-f]+)$/i,
  ([, name = '', key = '', checksum = '']) => {
    const algorithm = algorithmOf(name)
    if (algorithm === undefined) return undefined
    return { kind: 'hmac', algorithm, key: readPart(key, 'utf8'), checksum: readPart(checksum, 'hex') }
  },
]

const TEMPLATES: ReadonlyMap<string, Order> = new Map([
  ['{PASSWORD}', 'none'],
  ['{SALT}{PASSWORD}', 'salt first'],
  ['{PASSWORD}{SALT}', 'password first'],
])
const kratos: Spelling = [
  /^\$(md5|sha1|sha256|sha512)\$pf=([^$]+)\$([^$]*)\$([^$]+)$/,
  ([, name = '', template = '', salt = '', checksum = '']) => {
    const order = TEMPLATES.get(Buffer.from(template, 'base64').toString('latin1'))
    if (order === undefined) return undefined
    const bytes = order === 'none' ? '' : readPart(salt, 'base64')
    return digest(name, { salt: bytes, checksum: readPart(checksum, 'base64') }, order)
  },
]
const kratosMd5: Spelling = [
  /^\$md5\$(?:pf=.*|([\w+/]+=*))$/,
  ([text = '', bare]) => {
    if (bare !== undefined) return digest('md5', { salt: '', checksum: readPart(bare, 'base64') }, 'none')
    const fields = kratos[0].exec(text)
    return fields === null ? undefined : kratos[1](fields)
  },
]
const kratosHmac: Spelling = [
  /^\$hmac-(\w+)\$([^$]+)\$([^$]*)$/,
  ([, name = '', checksum = '', key = '']) => {
    const algorithm = algorithmOf(name)
    if (algorithm === undefined) return undefined
    // The base64 is that of the hexadecimal text.
    const hex = Buffer.from(checksum, 'base64').toString('latin1')
    return { kind: 'hmac', algorithm, key: readPart(key, 'base64'), checksum: readPart(hex, 'hex') }
  },
]

const SPELLINGS: ReadonlyMap<string, Spelling> = new Map<string, Spelling>([
  ...ALGORITHMS.map((name): [string, Spelling] => [name, bareSpelling]),
  ['md5_django', saltedText],
  ['sha1_django', saltedText],
  ['hmac_werkzeug', hmacText],
  ...['smd5', 'md5', 'sha1', 'ssha', 'sha256', 'ssha256', 'sha384', 'ssha384', 'sha512', 'ssha512'].map(
    (name): [string, Spelling] => [`ldap_${name}`, ldapSpelling],
  ),
  ['md5_kratos', kratosMd5],
  ['sha1_kratos', kratos],
  ['sha256_kratos', kratos],
  ['sha512_kratos', kratos],
  ['hmac_kratos', kratosHmac],
])

/** How the single digests of a hasher are spelled. */
export function findDigestSpelling(hasher: string): Spelling | undefined {
  return SPELLINGS.get(hasher)
}
