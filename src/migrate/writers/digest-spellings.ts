import { ALGORITHMS, algorithmOf, bytesOf, partOf, SIZES } from './parts.js'
import type { Order, Parts, Salted, Spelling, Read } from './parts.js'

function digest(name: string, { salt, checksum }: Salted, order: Order): Parts | undefined {
  const algorithm = algorithmOf(name)
  if (algorithm === undefined) return undefined
  return { kind: 'digest', algorithm, salt, checksum, order: salt === '' ? 'none' : order }
}

/** The digests of LDAP: base64 of the checksum and of the salt behind it. */
function ldap(name: string, base64: string): Parts | undefined {
  const algorithm = algorithmOf(name === 'sha' ? 'sha1' : name)
  if (algorithm === undefined) return undefined
  const bytes = Buffer.from(base64, 'base64')
  const [checksum, salt] = [bytes.subarray(0, SIZES[algorithm]), bytes.subarray(SIZES[algorithm])]
  return digest(algorithm, { salt: partOf(salt), checksum: partOf(checksum) }, 'password first')
}

const bareHex: Read = ([whole = '']) => {
  const algorithm = ALGORITHMS.find((one) => SIZES[one] * 2 === whole.length)
  return algorithm === undefined
    ? undefined
    : digest(algorithm, { salt: '', checksum: bytesOf(whole, 'hex') }, 'none')
}
const bareSpelling: Spelling = [/^[\da-f]+$/i, bareHex]
const ldapSpelling: Spelling = [
  /^\{S?(MD5|SHA|SHA\d{3})\}([\w+/]+=*)$/,
  ([, name = '', text = '']) => ldap(name.toLowerCase(), text),
]
const saltedText: Spelling = [
  /^(md5|sha1)\$([^$]*)\$([\da-f]+)$/i,
  ([, name = '', salt = '', checksum = '']) =>
    digest(name, { salt: bytesOf(salt, 'utf8'), checksum: bytesOf(checksum, 'hex') }, 'salt first'),
]
const hmacText: Spelling = [
  /^(\w+)\$([^$]+)\$([\da-f]+)$/i,
  ([, name = '', key = '', checksum = '']) => {
    const algorithm = algorithmOf(name)
    if (algorithm === undefined) return undefined
    return { kind: 'hmac', algorithm, key: bytesOf(key, 'utf8'), checksum: bytesOf(checksum, 'hex') }
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
    const bytes = order === 'none' ? '' : bytesOf(salt, 'base64')
    return digest(name, { salt: bytes, checksum: bytesOf(checksum, 'base64') }, order)
  },
]
const kratosMd5: Spelling = [
  /^\$md5\$(?:pf=.*|([\w+/]+=*))$/,
  ([text = '', bare]) => {
    if (bare !== undefined) return digest('md5', { salt: '', checksum: bytesOf(bare, 'base64') }, 'none')
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
    return { kind: 'hmac', algorithm, key: bytesOf(key, 'base64'), checksum: bytesOf(hex, 'hex') }
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
