/** The advice where to give a digest, for a call that has a digest in another place. */
export const DIGEST_PLACE =
  '`passlift verify` and `passlift identify` take a digest from --digest-file FILE, or from --digest DIGEST in ' +
  'single quotes.'

/**
 * Whether a text looks like a digest. It is a guess, for messages about texts in the wrong place: no hasher has to claim the
 * text, and a damaged digest counts.
 */
export function looksLikeDigest(text: string): boolean {
  const trimmed = text.trim()
  if (/\s/.test(trimmed)) return false
  const holdsFields = trimmed.length >= 20 && trimmed.includes('$')
  return holdsFields || SHAPES.some((shape) => shape.test(trimmed))
}

const SHAPES = [
  // crypt(3) and PHC strings: $2b$..., $argon2id$...
  /^\$[^$]+\$/,
  // BSDi's scheme of crypt(3), and Unix's first: its last two bits are zero, and it has both cases and a digit as no word has
  /^_[./\w]{19}$/,
  /^(?=.*[0-9])(?=.*[a-z])(?=.*[A-Z])[./0-9A-Za-z]{12}[.26AEIMQUYcgkosw]$/,
  // Unix's first scheme in Django, with nothing in the field of the salt: crypt$$...
  /^crypt\$\$/,
  // GRUB: grub.pbkdf2.sha512...
  /^grub\.pbkdf2\./,
  // A credential of Keycloak: {"secretData":...
  /^\{"secretData":/,
  // LDAP and FSHP: {SSHA}..., {FSHP1|8|4096}...
  /^\{[\w.|-]+\}./,
  // A name and fields between dollar signs, even cut short: sha1$salt$...
  /^[a-z][\w:-]*\$[^$]+\$/i,
  // Bare hexadecimal, with the prefixes of databases, and with a salt behind a colon
  /^(?:\*|0x)?[0-9a-f]{32,}(?::.*)?$/i,
  // PostgreSQL's md5, cut short too
  /^md5[0-9a-f]{12,}$/,
  // CouchDB: -hashed-..., -pbkdf2:sha256-...
  /^-(?:hashed|pbkdf2)[-:]/,
  // MediaWiki: :B:..., :pbkdf2:...
  /^:(?:A|B|argon2|bcrypt|pbkdf2[\w-]*):/,
  // A salt, a colon and a checksum in hexadecimal, as applications of Node write them
  /^(?:s2:)?[\da-z]{16,32}:[\da-f]{64,}$/i,
  // A salt in base64, directly followed by a checksum in base64
  /^[\w+/]{22}==[\w+/]{43}=$/,
  // Padded base64
  /^[\w+/-]{20,}={1,2}$/,
  // Base64 without padding: a digit, a small letter and a capital are required, and no dot or slash at the beginning, as of a path
  /^(?=.*[0-9])(?=.*[a-z])(?=.*[A-Z])[A-Za-z0-9][\w+/-]{39,}$/,
]
