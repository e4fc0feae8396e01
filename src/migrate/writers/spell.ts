import { lengthOf, makePart } from './parts.js'
import type { PartsOf } from './parts.js'

/** A digest in the spelling of a system, and the hasher that reads that spelling. */
export interface Spelled {
  readonly hasher: string
  readonly text: string
}

/** The bytes of a part in base64 with padding. */
export function pad(part: string): string {
  return part.padEnd(Math.ceil(part.length / 4) * 4, '=')
}

export function hexOf(part: string): string {
  return Buffer.from(part, 'base64').toString('hex')
}

/** The text of bytes that are printable ASCII and no `$`, which would end their field; undefined of others. */
export function plainText(part: string): string | undefined {
  const text = Buffer.from(part, 'base64').toString('latin1')
  return /^[!-#%-~]+$/.test(text) ? text : undefined
}

export function spellBcrypt({ text }: PartsOf<'bcrypt'>): Spelled {
  return { hasher: 'bcrypt', text }
}

export function spellArgon2({ text }: PartsOf<'argon2'>): Spelled {
  return { hasher: text.slice(1, text.indexOf('$', 1)), text }
}

export function spellPhpass({ text }: PartsOf<'phpass'>): Spelled {
  return { hasher: 'phpass', text }
}

/** PBKDF2 as Ory Kratos and Auth0 read it. */
export function spellPbkdf2Phc({ algorithm, iterations, salt, checksum }: PartsOf<'pbkdf2'>): Spelled {
  const numbers = `i=${iterations},l=${lengthOf(checksum)}`
  return {
    hasher: 'pbkdf2_kratos',
    text: `$pbkdf2-${algorithm}$${numbers}$${salt}$${checksum}`,
  }
}

/** PBKDF2 as passlib and Zitadel read it. */
export function spellPbkdf2Passlib({ algorithm, iterations, salt, checksum }: PartsOf<'pbkdf2'>): Spelled {
  const fields = [salt, checksum].map((part) => part.replaceAll('+', '.'))
  const id = algorithm === 'sha1' ? 'pbkdf2' : `pbkdf2-${algorithm}`
  return {
    hasher: `pbkdf2_${algorithm}_passlib`,
    text: `$${id}$${iterations}$${fields.join('$')}`,
  }
}

export function spellKeycloak({ algorithm, iterations, salt, checksum }: PartsOf<'pbkdf2'>): Spelled {
  const name = algorithm === 'sha1' ? 'pbkdf2' : `pbkdf2-${algorithm}`
  // The numbers are written as they were read.
  const data = `{"hashIterations":${iterations},"algorithm":"${name}","additionalParameters":{}}`
  return {
    hasher: 'keycloak',
    text: JSON.stringify({
      secretData: `{"value":"${pad(checksum)}","salt":"${pad(salt)}","additionalParameters":{}}`,
      credentialData: data,
    }),
  }
}

/** scrypt as a PHC string: log2 of N, and base64 without padding. */
export function spellScryptPhc({ logN, r, p, salt, checksum }: PartsOf<'scrypt'>): Spelled {
  return {
    hasher: 'scrypt_passlib',
    text: `$scrypt$ln=${logN},r=${r},p=${p}$${salt}$${checksum}`,
  }
}

/** scrypt as Ory Kratos reads it: N itself, and base64 with padding. */
export function spellScryptKratos({ logN, r, p, salt, checksum }: PartsOf<'scrypt'>): Spelled {
  return {
    hasher: 'scrypt_kratos',
    text: `$scrypt$ln=${2 ** logN},r=${r},p=${p}$${pad(salt)}$${pad(checksum)}`,
  }
}

/** A checksum alone, in hexadecimal of small letters: not every system says that it reads capitals. */
export function spellBareHex({ algorithm, order, checksum }: PartsOf<'digest'>): Spelled | undefined {
  return order === 'none' ? { hasher: algorithm, text: hexOf(checksum) } : undefined
}

/** The systems that read Firebase's scrypt, each with its own spelling. */
export function spellFirebase(
  parts: PartsOf<'firebase'>,
  system: 'clerk' | 'supabase' | 'kratos' | 'workos',
): Spelled {
  const { rounds, memoryCost } = parts
  const [hash = '', salt = '', key = '', separator = ''] = [
    ...[parts.checksum, parts.salt, parts.signerKey, parts.saltSeparator],
  ].map(pad)
  switch (system) {
    case 'clerk':
      return {
        hasher: 'scrypt_firebase',
        text: [hash, salt, key, separator, rounds, memoryCost].join('$'),
      }
    case 'supabase':
      return {
        hasher: 'scrypt_supabase',
        text: `$fbscrypt$v=1,n=${memoryCost},r=${rounds},p=1,ss=${separator},sk=${key}$${salt}$${hash}`,
      }
    case 'kratos':
      return {
        hasher: 'scrypt_kratos_firebase',
        text: `$firescrypt$ln=${memoryCost},r=${rounds},p=1$${salt}$${hash}$${separator}$${key}`,
      }
    case 'workos':
      return {
        hasher: 'scrypt_workos',
        text: `$firebase-scrypt$hash=${hash}$salt=${salt}$sk=${key}$ss=${separator}$r=${rounds}$m=${memoryCost}`,
      }
  }
}

/** A single digest as LDAP has it, where the salt stands behind the password or there is none. */
export function spellLdap({ algorithm, order, salt, checksum }: PartsOf<'digest'>): Spelled | undefined {
  if (order === 'salt first' || algorithm === 'sha224') return undefined
  const scheme = algorithm === 'md5' ? 'md5' : algorithm === 'sha1' ? 'sha' : algorithm
  const isSalted = order === 'password first'
  return {
    hasher: `ldap_${isSalted ? 's' : ''}${isSalted && algorithm === 'sha1' ? 'sha' : algorithm}`,
    text: `{${isSalted ? 'S' : ''}${scheme.toUpperCase()}}${pad(isSalted ? joinParts(checksum, salt) : checksum)}`,
  }
}

function joinParts(...parts: readonly string[]): string {
  return makePart(Buffer.concat(parts.map((part) => Buffer.from(part, 'base64'))))
}
