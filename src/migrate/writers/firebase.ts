import { algorithmOf, readPart, lengthOf } from './parts.js'
import type { Parts } from './parts.js'
import { pad } from './spell.js'
import { isEmail, NO_EMAIL, NO_ID } from './writer.js'
import type { Import, Refusal, Writer } from './writer.js'

const MAX_ID = 128
const MAX_ITERATIONS = 120_000

/** A password as Firebase takes it. The options belong to the whole file. */
interface Password {
  readonly checksum: string
  readonly salt: string
  readonly options: readonly string[]
  readonly key?: string
}

function passwordOf(parts: Parts): Password | Refusal | undefined {
  switch (parts.kind) {
    case 'bcrypt':
      return {
        ...{ checksum: readPart(parts.text, 'utf8'), salt: '' },
        options: ['--hash-algo=BCRYPT'],
      }
    case 'firebase': {
      const { checksum, salt, rounds, memoryCost } = parts
      const separator = pad(parts.saltSeparator)
      return {
        ...{ checksum, salt, key: pad(parts.signerKey) },
        options: [
          ...['--hash-algo=SCRYPT', `--salt-separator=${separator}`],
          ...[`--rounds=${rounds}`, `--mem-cost=${memoryCost}`],
        ],
      }
    }
    case 'scrypt': {
      const { checksum, salt, logN, r, p } = parts
      return {
        ...{ checksum, salt },
        options: [
          ...['--hash-algo=STANDARD_SCRYPT', `--mem-cost=${2 ** logN}`, `--block-size=${r}`],
          ...[`--parallelization=${p}`, `--dk-len=${lengthOf(checksum)}`],
        ],
      }
    }
    case 'pbkdf2': {
      const { algorithm, checksum, salt, iterations } = parts
      if (algorithm !== 'sha1' && algorithm !== 'sha256') return undefined
      if (Number(iterations) > MAX_ITERATIONS) {
        return { refused: `firebase takes no PBKDF2 of over ${MAX_ITERATIONS} iterations` }
      }
      const name = algorithm === 'sha1' ? 'PBKDF_SHA1' : 'PBKDF2_SHA256'
      return { checksum, salt, options: [`--hash-algo=${name}`, `--rounds=${iterations}`] }
    }
    case 'digest': {
      const { algorithm, order, checksum, salt } = parts
      if (algorithm !== 'sha1' && algorithm !== 'sha256' && algorithm !== 'sha512') return undefined
      const first = order === 'password first' ? 'PASSWORD_FIRST' : 'SALT_FIRST'
      const name = `--hash-algo=${algorithm.toUpperCase()}`
      return { checksum, salt, options: [name, '--rounds=1', `--hash-input-order=${first}`] }
    }
    case 'argon2':
    case 'hmac':
    case 'phpass':
      return undefined
  }
}

interface Written {
  readonly passwordHash: string
  readonly salt: string
  readonly options: readonly string[]
  readonly key: string | undefined
}

/** The parts of a password, as Firebase reads a user with the options of its file. */
function readPassword({ passwordHash, salt: saltText, options, key = '' }: Written): Parts | undefined {
  const [checksum, salt, signerKey] = [passwordHash, saltText, key].map((text) => readPart(text, 'base64'))
  if (checksum === undefined || salt === undefined || signerKey === undefined) return undefined
  const valueOf = (name: string): string =>
    options.find((option) => option.startsWith(`--${name}=`))?.slice(name.length + 3) ?? ''
  const name = valueOf('hash-algo')
  const [rounds, memoryCost] = [valueOf('rounds'), valueOf('mem-cost')]
  switch (name) {
    case 'BCRYPT':
      return { kind: 'bcrypt', text: Buffer.from(checksum, 'base64').toString('latin1') }
    case 'SCRYPT': {
      const saltSeparator = readPart(valueOf('salt-separator'), 'base64')
      return { kind: 'firebase', checksum, salt, signerKey, saltSeparator, rounds, memoryCost }
    }
    case 'STANDARD_SCRYPT': {
      if (valueOf('dk-len') !== String(lengthOf(checksum))) return undefined
      const [r, p] = [valueOf('block-size'), valueOf('parallelization')]
      return { kind: 'scrypt', checksum, salt, logN: Math.log2(Number(memoryCost)), r, p }
    }
    case 'PBKDF_SHA1':
    case 'PBKDF2_SHA256': {
      const algorithm = name === 'PBKDF_SHA1' ? 'sha1' : 'sha256'
      return { kind: 'pbkdf2', algorithm, iterations: rounds, checksum, salt }
    }
    default: {
      const algorithm = algorithmOf(name)
      if (algorithm === undefined || rounds !== '1') return undefined
      const isSaltFirst = valueOf('hash-input-order') === 'SALT_FIRST'
      const order = salt === '' ? 'none' : isSaltFirst ? 'salt first' : 'password first'
      return { kind: 'digest', algorithm, checksum, salt, order }
    }
  }
}

/**
 * The users of `firebase auth:import`, a file for each algorithm with its settings, since the command takes these for a whole file.
 *
 * @see https://firebase.google.com/docs/cli/auth#authimport
 */
export const firebaseWriter: Writer = {
  ...{ name: 'firebase', begin: '{"users":[\n', between: ',\n', end: '\n]}\n', isCsv: false },
  write: ({ id, login }, digest) => {
    if (id === '') return NO_ID
    if (id.length > MAX_ID) return { refused: `firebase takes no id over ${MAX_ID} characters` }
    const user = { localId: id, ...(isEmail(login) && { email: login }) }
    if (digest === undefined) return { value: JSON.stringify(user), group: '' }
    if (!isEmail(login)) return NO_EMAIL
    const parts = digest.parts()
    const password = parts === undefined ? undefined : passwordOf(parts)
    if (password === undefined) return { refused: `firebase takes no ${digest.hasher}` }
    if ('refused' in password) return password
    const { checksum, salt, options, key } = password
    const passwordHash = pad(checksum)
    const value = JSON.stringify({
      ...user,
      passwordHash,
      ...(salt !== '' && { salt: pad(salt) }),
    })
    const rewritten = readPassword({ passwordHash, salt: pad(salt), options, key })
    if (rewritten === undefined) return { refused: `firebase takes no such ${digest.hasher}` }
    return { value, group: [...options, key ?? ''].join(' '), rewritten }
  },
  importBy: (group): Import => {
    const options = group === '' ? [] : group.split(' ')
    const key = options.pop() ?? ''
    return {
      command: ['firebase', 'auth:import'],
      options,
      ...(key !== '' && { key: { option: '--hash-key', text: key } }),
    }
  },
}
