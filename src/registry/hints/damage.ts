import { once } from '../../once.js'
import { hasMore, isCutShort } from './length.js'
import { row } from './row.js'
import type { Row } from './row.js'
import { isEaten } from './shell.js'
import { hasAny, hasCode, hasUpper, isCryptText } from './text.js'
import {
  endsInDots,
  hasBase64Checksum,
  hasFieldsInFront,
  hasHexInFirebase,
  hasInvisible,
  hasLostDigit,
  hasPadding,
  isBcryptWithoutDollars,
  isGroupedHex,
  isLongBase64,
  isLongHex,
  isMarkedHex,
  isMasked,
  isQuoted,
  isUtf16,
} from './wrapping.js'

/** Damage that a digest took on its way here. Ordered: damage around the whole digest comes first. */
export const readDamage: () => readonly Row[] = /* @__PURE__ */ once(() => {
  const PERCENT = '%24 %2f %2b %3d %7b'.split(' ')
  const ENTITIES = '&amp; &quot; &lt; &gt; &apos; &dollar; &sol; &equals; &#'.split(' ')
  const NOTHING = 'null <null> (null) [null] undefined none nil nan n/a #n/a \\n'.split(' ')
  // Beginnings of digests, written in hexadecimal and in base64.
  const HEX_STARTS =
    '24326124 24326224 24327924 246172676f6e 245024 244824 243124 243524 243624 70626b646632 7363727970743a 62637279 7b53534841 7b62637279 7368613124 24777024'
  const BASE64_STARTS =
    'JDJh JDJi JDJ5 JGFyZ29u JFAk JEgk JDEk JDUk JDYk JHdwJD cGJrZGYy c2NyeXB0 YmNyeXB0 e1NTSEF e1NIQX e2JjcnlwdH0 e0NSWVBUf c2hhMS'

  return [
    row('byte-order-mark', '\ufeff \u00ef\u00bb\u00bf'),
    row('utf-16', '\ufffe \u00ff\u00fe \u00fe\u00ff'),
    row('utf-16', '', isUtf16),
    row('nul-padding', '', (text) => text.length > 1 && (text.startsWith('\0') || text.endsWith('\0'))),
    row('two-lines', '', (text) => hasAny(text.trim(), ['\n', '\r', '\u2028', '\u2029'])),
    row('white-space', '', (text) => text !== text.trim()),
    row('invisible-characters', '', hasInvisible),
    row('null-as-text', '', (text) => NOTHING.includes(text.toLowerCase())),
    row('masked', '', isMasked),
    row('python-bytes', 'b\' b"', (text) => isQuoted(text.slice(1))),
    row('quoted', '', isQuoted),
    row('quoted', '"$ \'$ `$ "{ \'{'),
    row('quoted', "N' E'", (text) => isQuoted(text.slice(1))),
    row('hex-encoded', '0x 0X \\x', isMarkedHex),
    row('hex-encoded', HEX_STARTS, isLongHex),
    row('base64-encoded', BASE64_STARTS, isLongBase64),
    row('backslashes', '', (text) => hasAny(text, ['\\$', '\\/', '\\u0024', '\\x24'])),
    row('doubled-dollars', '$$2 $$argon2 $$P$$ $$H$$ $$5$$ $$6$$ $$wp'),
    row(
      'url-encoded',
      '',
      (text) => text.includes('%') && !isExpression(text) && hasAny(text.toLowerCase(), PERCENT),
    ),
    row('html-escaped', '', (text) => hasAny(text, ENTITIES)),
    row('passwd-line', '', hasFieldsInFront),
    row('passwd-line', 'userPassword:'),
    row('ellipsis', '', (text) => text.includes('\u2026') || endsInDots(text)),
    row('case-changed', '$2A$ $2B$ $2X$ $2Y$ $ARGON2 PBKDF2_SHA PBKDF2:SHA BCRYPT_SHA256$'),
    row('case-changed', '$p$ $h$', (text) => text.length === 34 && !hasUpper(text)),
    row('case-changed', '$2 $argon2', (text) => text.length > 59 && !hasUpper(text)),
    row('shell-ate-dollars', '', isEaten),
    row('dollars-missing', '2a$ 2b$ 2x$ 2y$ argon2id$v= argon2i$v= argon2id$m= bcrypt_sha256$2'),
    row('dollars-missing', 'P$ H$', (text) => text.length === 33 && isCryptText(text, 2)),
    row('dollars-missing', '2a 2b 2y', isBcryptWithoutDollars),
    row('hex-in-base64', '', hasHexInFirebase),
    row('argon2-padding', '$argon2', hasPadding),
    row('base64-in-hex', 'pbkdf2_sha512$ pbkdf2_sha1$', hasBase64Checksum),
    row('digit-lost', '', hasLostDigit),
    row('hex-grouped', '', (text) => isGroupedHex(text, ':') || isGroupedHex(text, '-')),
    row('not-ascii', '$2 $argon2 $P$ $H$', (text) => hasCode(text, (code) => code > 0x7e)),
    row('cut-short', '', isCutShort),
    row('more-follows', '', hasMore),
  ]
})

/** Whether a text is a digest of `expr` or `pre`, whose inputs have percent signs of their own. */
function isExpression(text: string): boolean {
  return text.startsWith('expr$') || text.startsWith('pre$')
}
