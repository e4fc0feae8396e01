// Rows of an export as they are made, in pieces. Run with a form and a count, prints them.
import { once } from 'node:events'
import { builtinHashers } from 'passlift'

const PIECE = 64 * 1024
const HASHERS = ['bcrypt', 'phpass', 'md5', 'pbkdf2_sha256_django']
const DIGITS = 8

const examples = HASHERS.map((name) => builtinHashers.find((hasher) => hasher.name === name).example)

const FORMS = {
  csv: {
    before: 'id,email,password\n',
    row: ({ id, login, digest }) => `${id},${login},${digest}\n`,
    after: '',
  },
  json: {
    before: '[',
    row: ({ id, login, digest }) =>
      `${id === 1 ? '' : ',\n'}${JSON.stringify({ id, email: login, password: digest })}`,
    after: ']',
  },
  ndjson: {
    before: '',
    row: ({ id, login, digest }) => `${JSON.stringify({ id, email: login, password: digest })}\n`,
    after: '',
  },
}

/** The bytes of an export of so many rows. No two digests are equal. */
export function* piecesOf(form, count) {
  const { before, row, after } = FORMS[form]
  let text = before
  for (let id = 1; id <= count; id++) {
    const example = examples[id % examples.length]
    // Eight hexadecimal digits amid the checksum are valid in each of these formats.
    const at = example.length - 2 * DIGITS
    const digest = example.slice(0, at) + id.toString(16).padStart(DIGITS, '0') + example.slice(at + DIGITS)
    text += row({ id, login: `user${id}@example.com`, digest })
    if (text.length < PIECE) continue
    yield Buffer.from(text)
    text = ''
  }
  yield Buffer.from(text + after)
}

if (process.argv[1] === import.meta.filename) {
  const [form, count] = process.argv.slice(2)
  for (const piece of piecesOf(form, Number(count))) {
    if (!process.stdout.write(piece)) await once(process.stdout, 'drain')
  }
}
