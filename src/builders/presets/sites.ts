import { textOf } from '../../formats/fields.js'
import { openColumns } from '../columns.js'
import type { ColumnType } from '../columns.js'
import {
  ARGON2,
  BCRYPT,
  CRYPT,
  digestOnly,
  keyed,
  MD5,
  MD5_AND_SALT,
  PHPASS,
  salted,
  SHA1,
  SHA256,
  SHA256_AND_SALT,
  SHA512,
  SHA512_AND_SALT,
  unsalted,
} from './forms.js'
import { repeat, TEXT, writeDigest } from './preset.js'
import type { NamedColumns } from './preset.js'

// Forums, shops and other sites. presets.fixture.json has the answers of each, and says where they come from. Passwords of all are
// hashed as they were typed; where a system changes some characters first, its comment says so, and such a password does not match.

const MYBB = 'hex(md5(hex(md5(s)).hex(md5(p))))'
const PUNBB = 'hex(sha1(s.hex(sha1(p))))'
const WBB3 = 'hex(sha1(s.hex(sha1(s.hex(sha1(p))))))'

const VBULLETIN = 'hex(md5(hex(md5(p)).s))'

/** vBulletin 3 and 4, and the column `token` of vBulletin 5, which has the salt of old rows too. */
export const vbulletin = /* @__PURE__ */ salted('vbulletin', () => [
  { ...MD5, expression: VBULLETIN },
  {
    shape: /^(?<checksum>[\da-f]{32}) (?<salt>[!-~]+)$/,
    words: 'MD5 in hexadecimal, a space and the salt',
    expression: VBULLETIN,
  },
  ...[BCRYPT, ARGON2].map((shape) => ({ ...shape, expression: 'hex(md5(p))', isInner: true })),
])

/** MyBB 1.2 to 1.8. */
export const mybb = /* @__PURE__ */ salted('mybb', () => [{ ...MD5, expression: MYBB }])

/** Invision Power Board 2 and 3, which write some punctuation of a password as entities of HTML, and the bcrypt of 4. */
export const ipb = /* @__PURE__ */ salted('ipb', () => [{ ...MD5, expression: MYBB }, BCRYPT])

/** What `pre` takes in front of a password: bcrypt reads 72 bytes, and none of them would be left. */
const SMF_NAME: ColumnType = {
  is: (field) => TEXT.is(field) && new TextEncoder().encode(textOf(field).toLowerCase()).length <= 40,
  expected: 'text of 1 to 40 bytes',
}

/**
 * Simple Machines Forum 1.1 and 2. The user's name is hashed in lower case, before bcrypt that of all letters and in SHA-1 that of ASCII.
 *
 * @throws PassliftError `ERR_BUILDER_FIELD`, which names the column
 */
export function smf(row: NamedColumns): string {
  const columns = openColumns('smf', row, ['digest', 'username'])
  const isSha1 = SHA1.shape.test(columns.text('digest', TEXT))
  const username = columns.text('username', isSha1 ? TEXT : SMF_NAME)
  const forms = [
    { ...SHA1, expression: 'hex(sha1(lower(u).p))' },
    { ...BCRYPT, expression: 'lower(u).p', isInner: true },
  ]
  return writeDigest(columns, forms, { u: isSha1 ? username : username.toLowerCase() })
}

/** phpBB 2, which puts a backslash in front of quotes and backslashes of a password. */
export const phpbb2 = /* @__PURE__ */ digestOnly('phpbb2', () => [{ ...MD5, expression: 'hex(md5(p))' }])

/** PunBB and FluxBB. Rows of PunBB 1.2 have no salt. */
export const punbb = /* @__PURE__ */ salted('punbb', () => [
  unsalted({ ...SHA1, expression: 'hex(sha1(p))' }),
  unsalted({ ...MD5, expression: 'hex(md5(p))' }),
  { ...SHA1, expression: PUNBB },
])

/** WoltLab Burning Board 3. Board 4 is the hasher `bcrypt_wbb4`. */
export const wbb3 = /* @__PURE__ */ salted('wbb3', () => [{ ...SHA1, expression: WBB3 }])

/** XenForo before 1.2: `hash` and `salt` of the serialized column `data`. */
export const xenforo = /* @__PURE__ */ salted('xenforo', () => [
  { ...SHA256, expression: 'hex(sha256(hex(sha256(p)).s))' },
  { ...SHA1, expression: 'hex(sha1(hex(sha1(p)).s))' },
])

/** Joomla, from the MD5 of 1.0 on. A row without a salt may have the colon all the same. */
export const joomla = /* @__PURE__ */ digestOnly('joomla', () => [
  { ...MD5_AND_SALT, expression: 'hex(md5(p.s))' },
  { shape: /^(?<checksum>[\da-f]{32}):?$/, words: MD5.words, expression: 'hex(md5(p))' },
  {
    shape: /^\{SHA256\}(?<checksum>[\da-f]{64}):(?<salt>[^:]+)$/,
    words: '{SHA256}, SHA-256 in hexadecimal, a colon and the salt',
    expression: 'hex(sha256(p.s))',
  },
  ...[PHPASS, BCRYPT, ARGON2],
])

/** OpenCart, from the MD5 of 1.4 to the bcrypt of 4. It writes `& < > "` of a password as entities of HTML. */
export const opencart = /* @__PURE__ */ salted('opencart', () => [
  { ...SHA1, expression: WBB3 },
  { ...MD5, expression: 'hex(md5(p))' },
  BCRYPT,
])

/** osCommerce, xt:Commerce and Zen Cart, and the phpass and bcrypt of later releases. */
export const oscommerce = /* @__PURE__ */ digestOnly('oscommerce', () => [
  { ...MD5_AND_SALT, expression: 'hex(md5(s.p))' },
  { ...SHA256_AND_SALT, expression: 'hex(sha256(s.p))' },
  { ...MD5, expression: 'hex(md5(p))' },
  ...[PHPASS, BCRYPT],
])

/** PrestaShop, from the MD5 of 1.6 with `_COOKIE_KEY_`, its site key, to bcrypt. */
export const prestashop = /* @__PURE__ */ digestOnly('prestashop', () => [
  { ...MD5, expression: 'hex(md5(k.p))' },
  BCRYPT,
])

/** Magento 1 and its Enterprise Edition. Magento 2 is the hasher `magento2`. */
export const magento1 = /* @__PURE__ */ digestOnly('magento1', () => [
  { ...MD5_AND_SALT, expression: 'hex(md5(s.p))' },
  { ...MD5, expression: 'hex(md5(p))' },
  { ...SHA256_AND_SALT, expression: 'hex(sha256(s.p))' },
  { ...SHA256, expression: 'hex(sha256(p))' },
  { ...SHA512_AND_SALT, expression: 'hex(sha512(s.p))' },
  { ...SHA512, expression: 'hex(sha512(p))' },
  BCRYPT,
])

/** Shopware 5 and 6. The rounds of SHA-256 are one more than the number in the column says. */
export const shopware = /* @__PURE__ */ digestOnly('shopware', () => [
  {
    shape: /^(?<count>0|[1-9]\d{0,8}):(?<salt>[^:]+):(?<checksum>[\da-f]{64})$/,
    words: 'rounds, a salt and SHA-256 in hexadecimal between colons',
    expression: (count) => `hex(${repeat('sha256', count + 1, 'p.s', 'hex(d).p.s')})`,
  },
  { ...MD5_AND_SALT, expression: 'hex(md5(p.s))' },
  { ...MD5, expression: 'hex(md5(p))' },
  ...[BCRYPT, ARGON2],
])

/**
 * Moodle: MD5 until 2.4, with `passwordsaltmain` as its site key, then bcrypt, since 4.3 SHA-512 of crypt(3), with a pepper as its site
 * key. `siteKey` says whether a row was made with one: not those that are older than it. Of MD5, Moodle also took passwords with
 * backslashes in front of quotes, and the keys that a site had before.
 */
export const moodle = /* @__PURE__ */ keyed('moodle', (hasKey) => [
  { ...MD5, expression: hasKey ? 'hex(md5(p.k))' : 'hex(md5(p))' },
  BCRYPT,
  hasKey ? { ...CRYPT, expression: 'p.k', isInner: true } : CRYPT,
])

/** CakePHP 1 and 2, with `Security.salt` as their site key, and bcrypt. */
export const cakephp = /* @__PURE__ */ digestOnly('cakephp', () => [
  { ...SHA1, expression: 'hex(sha1(k.p))' },
  BCRYPT,
])

/** Redmine. Rows of releases before 1.2 have no salt. */
export const redmine = /* @__PURE__ */ salted('redmine', () => [
  unsalted({ ...SHA1, expression: 'hex(sha1(p))' }),
  { ...SHA1, expression: PUNBB },
])

const SIXTEEN: ColumnType = {
  is: (field) => TEXT.is(field) && /^[!-~]{16}$/.test(field.text),
  expected: '16 characters of ASCII',
}

/** Question2Answer: `passcheck` in hexadecimal with `passsalt`, and the bcrypt of 1.8. */
export const question2answer = /* @__PURE__ */ salted(
  'question2answer',
  () => [{ ...SHA1, expression: 'hex(sha1(s[0:8].p.s[8:16]))' }, BCRYPT],
  SIXTEEN,
)

/** nopCommerce, whose `HashedPasswordFormat` is SHA1, SHA256, SHA384 or SHA512. */
export const nopcommerce = /* @__PURE__ */ salted('nopcommerce', () =>
  Object.entries({ sha1: 40, sha256: 64, sha384: 96, sha512: 128 }).map(([hash, digits]) => ({
    shape: new RegExp(`^[\\dA-F]{${digits}}$`),
    words: `${digits} digits of hexadecimal in upper case`,
    expression: `HEX(${hash}(p.s))`,
  })),
)

const WSO2 = { shape: /^[+/\dA-Za-z]{43}=$/, words: 'SHA-256 in base64' }

/** The JDBC user stores of WSO2: `UM_USER_PASSWORD` and `UM_SALT_VALUE`. */
export const wso2 = /* @__PURE__ */ salted('wso2', () => [
  unsalted({ ...WSO2, expression: 'b64(sha256(p))' }),
  { ...WSO2, expression: 'b64(sha256(p.s))' },
])

/** CodeIgniter Shield before 1.0, and Myth:Auth. What later releases write is bcrypt or Argon2 of the password itself. */
export const codeigniterShield = /* @__PURE__ */ digestOnly('codeigniterShield', () =>
  [BCRYPT, ARGON2].map((shape) => ({ ...shape, expression: 'b64(sha384(p))', isInner: true })),
)

/** SuiteCRM and SugarCRM: MD5 alone, or before crypt(3) or bcrypt. */
export const suitecrm = /* @__PURE__ */ digestOnly('suitecrm', () => [
  { ...MD5, expression: 'hex(md5(p))' },
  ...[BCRYPT, CRYPT].map((shape) => ({ ...shape, expression: 'hex(md5(p))', isInner: true })),
])

/** Matrix Synapse, with `password_config.pepper` as its site key where that is set. */
export const synapse = /* @__PURE__ */ keyed('synapse', (hasKey) => [
  { ...BCRYPT, expression: hasKey ? 'nfkc(p).k' : 'nfkc(p)', isInner: true },
])
