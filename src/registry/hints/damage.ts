import { isCutShort, hasMore } from './length.js'
import {
  isBcryptWithoutSalt,
  isCryptWithoutSalt,
  isRestOfBcrypt,
  isRestOfCrypt,
  isRestOfFirebase,
  isRestOfNamed,
  isRestOfParameters,
} from './shell.js'
import type { Row } from './row.js'
import { hasAny, hasUpper, isCryptText } from './text.js'
import {
  endsInDots,
  hasBase64Checksum,
  hasForeign,
  hasLostDigit,
  isGroupedHex,
  hasFieldsInFront,
  hasHexInFirebase,
  hasInvisible,
  hasNulsBetween,
  hasPadding,
  hasPairedCharacters,
  isBcryptWithoutDollars,
  isLongBase64,
  isLongHex,
  isMarkedHex,
  isMasked,
  isQuoted,
} from './wrapping.js'

const PERCENT = ['%24', '%2F', '%2f', '%2B', '%2b', '%3D', '%3d', '%7B', '%7b']
const ENTITIES = ['&amp;', '&quot;', '&lt;', '&gt;', '&apos;', '&dollar;', '&sol;', '&equals;', '&#']
const NOTHING = [
  'null',
  '<null>',
  '(null)',
  '[null]',
  'undefined',
  'none',
  'nil',
  'nan',
  'n/a',
  '#n/a',
  '\\n',
]
// What digests begin with, written in hexadecimal and in base64.
const HEX_STARTS = [
  '24326124',
  '24326224',
  '24327924',
  '246172676f6e',
  '245024',
  '244824',
  '243124',
  '243524',
  '243624',
  '70626b646632',
  '7363727970743a',
  '62637279',
  '7b53534841',
  '7b62637279',
  '7368613124',
  '24777024',
]
const BASE64_STARTS = [
  'JDJh',
  'JDJi',
  'JDJ5',
  'JGFyZ29u',
  'JFAk',
  'JEgk',
  'JDEk',
  'JDUk',
  'JDYk',
  'JHdwJD',
  'cGJrZGYy',
  'c2NyeXB0',
  'YmNyeXB0',
  'e1NTSEF',
  'e1NIQX',
  'e2JjcnlwdH0',
  'e0NSWVBUf',
  'c2hhMS',
]
const UPPER_STARTS = ['$2A$', '$2B$', '$2X$', '$2Y$', '$ARGON2', 'PBKDF2_SHA', 'PBKDF2:SHA', 'BCRYPT_SHA256$']
const WITHOUT_DOLLAR = [
  '2a$',
  '2b$',
  '2x$',
  '2y$',
  'argon2id$v=',
  'argon2i$v=',
  'argon2id$m=',
  'bcrypt_sha256$2',
]

/** What became of a digest on its way here. Ordered: what lies around the others comes first. */
export const DAMAGE: readonly Row[] = [
  { looksLike: 'byte-order-mark', prefixes: ['\ufeff', '\u00ef\u00bb\u00bf'] },
  { looksLike: 'utf-16', prefixes: ['\ufffe', '\u00ff\u00fe', '\u00fe\u00ff'] },
  { looksLike: 'utf-16', matches: (text) => hasNulsBetween(text, 0) || hasNulsBetween(text, 1) },
  { looksLike: 'utf-16', matches: hasPairedCharacters },
  { looksLike: 'nul-padding', matches: (text) => text.length > 1 && text.endsWith('\0') },
  { looksLike: 'nul-padding', matches: (text) => text.length > 1 && text.startsWith('\0') },
  { looksLike: 'two-lines', matches: (text) => hasAny(text.trim(), ['\n', '\r', '\u2028', '\u2029']) },
  { looksLike: 'white-space', matches: (text) => text !== text.trim() },
  { looksLike: 'invisible-characters', matches: (text) => hasInvisible(text) && !hasTextSalt(text) },
  { looksLike: 'null-as-text', matches: (text) => NOTHING.includes(text.toLowerCase()) },
  { looksLike: 'masked', matches: isMasked },
  { looksLike: 'python-bytes', prefixes: ["b'", 'b"'], matches: (text) => isQuoted(text.slice(1)) },
  { looksLike: 'quoted', matches: isQuoted },
  { looksLike: 'quoted', prefixes: ['"$', "'$", '`$', '"{', "'{"] },
  { looksLike: 'quoted', prefixes: ["N'", "E'"], matches: (text) => isQuoted(text.slice(1)) },
  { looksLike: 'hex-encoded', prefixes: ['0x', '0X', '\\x'], matches: isMarkedHex },
  { looksLike: 'hex-encoded', prefixes: HEX_STARTS, matches: isLongHex },
  { looksLike: 'base64-encoded', prefixes: BASE64_STARTS, matches: isLongBase64 },
  { looksLike: 'backslashes', matches: (text) => hasAny(text, ['\\$', '\\/', '\\u0024', '\\x24']) },
  { looksLike: 'doubled-dollars', prefixes: ['$$2', '$$argon2', '$$P$$', '$$H$$', '$$5$$', '$$6$$', '$$wp'] },
  { looksLike: 'url-encoded', matches: (text) => text.includes('%') && hasAny(text, PERCENT) },
  { looksLike: 'html-escaped', matches: (text) => text.includes('&') && hasAny(text, ENTITIES) },
  { looksLike: 'passwd-line', matches: hasFieldsInFront },
  { looksLike: 'passwd-line', prefixes: ['userPassword:'] },
  { looksLike: 'ellipsis', matches: (text) => text.includes('\u2026') || endsInDots(text) },
  { looksLike: 'case-changed', prefixes: UPPER_STARTS },
  {
    looksLike: 'case-changed',
    prefixes: ['$p$', '$h$'],
    matches: (text) => text.length === 34 && !hasUpper(text),
  },
  {
    looksLike: 'case-changed',
    prefixes: ['$2', '$argon2'],
    matches: (text) => text.length > 59 && !hasUpper(text),
  },
  { looksLike: 'shell-ate-dollars', matches: isRestOfBcrypt },
  { looksLike: 'shell-ate-dollars', matches: isRestOfParameters },
  { looksLike: 'shell-ate-dollars', matches: isRestOfNamed },
  { looksLike: 'shell-ate-dollars', matches: isRestOfCrypt },
  { looksLike: 'shell-ate-dollars', matches: isRestOfFirebase },
  { looksLike: 'shell-ate-dollars', matches: isBcryptWithoutSalt },
  { looksLike: 'shell-ate-dollars', matches: isCryptWithoutSalt },
  { looksLike: 'dollars-missing', prefixes: WITHOUT_DOLLAR },
  {
    looksLike: 'dollars-missing',
    prefixes: ['P$', 'H$'],
    matches: (text) => text.length === 33 && isCryptText(text, 2),
  },
  { looksLike: 'dollars-missing', prefixes: ['2a', '2b', '2y'], matches: isBcryptWithoutDollars },
  { looksLike: 'hex-in-base64', matches: hasHexInFirebase },
  { looksLike: 'argon2-padding', prefixes: ['$argon2'], matches: hasPadding },
  { looksLike: 'base64-in-hex', prefixes: ['pbkdf2_sha512$', 'pbkdf2_sha1$'], matches: hasBase64Checksum },
  { looksLike: 'digit-lost', matches: hasLostDigit },
  { looksLike: 'hex-grouped', matches: (text) => isGroupedHex(text, ':') || isGroupedHex(text, '-') },
  { looksLike: 'not-ascii', prefixes: ['$2', '$argon2', '$P$', '$H$'], matches: hasForeign },
  { looksLike: 'cut-short', matches: isCutShort },
  { looksLike: 'more-follows', matches: hasMore },
]

/** Whether it begins as formats do whose salt is text, which may hold such characters. */
function hasTextSalt(text: string): boolean {
  return ['pbkdf2_', 'pbkdf2:', 'scrypt:', 'scrypt$'].some((prefix) => text.startsWith(prefix))
}
