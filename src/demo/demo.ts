import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createRegistry, createSignIn, hash, parse } from '../index.js'
import type { SignIn } from '../index.js'
import { audit, convert, openInput, readAccounts, renderText } from '../migrate/index.js'
import type { Account } from '../migrate/index.js'
import { escapeUnprintable } from '../cli/printable.js'
import { print } from './print.js'
import type { Row } from './print.js'
import { createUserStore } from './store.js'
import type { User } from './store.js'

// npm run demo works through the week of a move: an export is audited, converted and loaded into a data base; every user signs
// in, once with a wrong password and twice with the right one; and the data base is audited again.

// The demo uses evaluate without equal time, since its table shows the reasons; an ordinary sign-in needs true or false.
const auditor = createRegistry({ equalize: false })

const exports = 'vectors/exports'
const WRONG_PASSWORD = 'not the password of anybody'

const passwords: ReadonlyMap<string, unknown> = new Map(
  Object.entries(readObject(JSON.parse(await readFile(`${exports}/passwords.json`, 'utf8')))),
)

const folder = await mkdtemp(join(tmpdir(), 'passlift-'))
const store = await createUserStore()
try {
  await say('Monday: what do I have?', openExport(`${exports}/users.ndjson`))

  const out = join(folder, 'accounts.ndjson')
  const { written, rejected } = await convert(openExport(`${exports}/users.ndjson`), { to: 'ndjson', out })
  for await (const batch of openExport(out)) {
    for (const { login = '', digest, hasher = null } of batch)
      await store.add({ email: login, digest, hasher })
  }
  const users = await store.list()
  console.log(
    `\nTuesday: how does it get over?\n\n${written} accounts converted and loaded, ${rejected} rejected`,
  )

  console.log('\nWednesday: everybody signs in\n')
  const signIn = createSignIn({ find: store.find, replaceDigest: store.replace })
  const rows: Row[] = []
  for (const user of users) rows.push(await signInUser(user, signIn))
  const left = list(await store.list())
  rows.push(await loseToAnotherSignIn(), await loseToPasswordReset())
  print(rows)

  await say('Friday: what is left?', left)
} finally {
  await store.close()
  await rm(folder, { recursive: true })
}

async function* openExport(path: string): AsyncGenerator<readonly Account[]> {
  const { text } = await openInput(path)
  yield* (await readAccounts(text)).batches
}

/** The rows of the data base, as an export has them. */
async function* list(users: readonly User[]): AsyncGenerator<readonly Account[]> {
  yield await Promise.resolve(
    users.map(({ email, digest, hasher }, index) => ({
      ...{ line: index + 1, id: email, login: email, digest },
      ...(hasher !== null && { hasher }),
    })),
  )
}

async function say(title: string, accounts: AsyncIterable<readonly Account[]>): Promise<void> {
  const lines = renderText(await audit(accounts), { from: 'ndjson' })
  console.log(`\n${title}\n\n${lines.map(escapeUnprintable).join('\n')}`)
}

async function signInUser(user: User, signIn: SignIn<string, User>): Promise<Row> {
  const password = passwords.get(user.email)
  const given = typeof password === 'string' ? password : WRONG_PASSWORD
  const wrong = await signIn(user.email, WRONG_PASSWORD)
  const verdict = await auditor.evaluate(given, user.digest, { hasher: user.hasher })
  const first = await time(() => signIn(user.email, given))
  const second = await time(() => signIn(user.email, given))
  const stored = await store.find(user.email)

  const faults: string[] = []
  const expect = (holds: boolean, fault: string): void => {
    if (!holds) faults.push(fault)
  }
  const expected = expectedOutcome(user)
  const canSignIn = expected === 'match'
  const isRight = verdict.outcome === 'match'
  const isInsecure = isRight && verdict.insecure
  const isReplaced = stored?.digest !== user.digest
  expect(wrong === null, 'a wrong password signed in')
  expect((first.value !== null) === canSignIn, 'the first sign-in')
  expect((second.value !== null) === canSignIn, 'the second sign-in')
  expect(verdict.outcome === expected, `the verdict is not ${expected}`)
  expect(isInsecure === (canSignIn && /md5|sha256sum|php\.sha256/.test(user.email)), 'insecure')
  const hasReasons = isRight && verdict.rehash.length > 0
  expect(
    isReplaced === hasReasons,
    hasReasons ? 'the digest was not replaced' : 'a digest that may stay was replaced',
  )
  const isLong = user.email.includes('.long')
  expect(!canSignIn || (isRight && verdict.truncated === isLong), 'truncated')
  expect(!isReplaced || (stored?.hasher === 'bcrypt' && isBcrypt12(stored)), 'the replacement is not bcrypt')
  return {
    user: escapeUnprintable(user.email),
    hasher: escapeUnprintable(user.hasher ?? '-'),
    outcome: isRight && verdict.truncated ? 'match (truncated)' : verdict.outcome,
    isRight,
    isInsecure,
    isReplaced,
    stored: stored?.digest === null ? '-' : isReplaced ? 'bcrypt, cost 12' : 'unchanged',
    first: first.milliseconds,
    second: second.milliseconds,
    faults,
  }
}

/** The rows that the export's README describes. */
function expectedOutcome({ email }: User): 'match' | 'malformed' | 'unusable' {
  if (email.startsWith('damaged.')) return 'malformed'
  return email.includes('.no.password') ? 'unusable' : 'match'
}

/** Two sign-ins check the same MD5 digest, and the other replaces it first. Both match. */
async function loseToAnotherSignIn(): Promise<Row> {
  const password = 'signed in twice at once'
  const { account, row } = await loseSwap({
    email: 'two.sign-ins.at.once@example.com',
    // The digest is MD5 of the password above, as PHP's md5() writes it.
    digest: '729ce4c97b1722ee8af43cada7ea9d8c',
    password,
    rivalDigest: await hash(password),
  })
  return account === null ? { ...row, faults: [...row.faults, 'the sign-in was lost with the swap'] } : row
}

/** The password is reset while the old one is being checked, and the old one does not sign in. */
async function loseToPasswordReset(): Promise<Row> {
  const { account, row } = await loseSwap({
    email: 'reset.meanwhile@example.com',
    // The digest is MD5 of the password below.
    digest: '55fe34b992d4d8406c927f00d5508b20',
    password: 'the old password',
    rivalDigest: await hash('the new password'),
  })
  return account === null ? row : { ...row, faults: [...row.faults, 'a password that was reset signed in'] }
}

async function loseSwap({
  email,
  digest,
  password,
  rivalDigest,
}: {
  readonly email: string
  readonly digest: string
  readonly password: string
  /** The write of another sign-in or of a reset between the check and the replacement. */
  readonly rivalDigest: string
}): Promise<{ readonly account: User | null; readonly row: Row }> {
  await store.add({ email, hasher: 'md5', digest })
  const signIn = createSignIn({
    find: store.find,
    replaceDigest: async (account: User, next) =>
      (await store.replace(account, { digest: rivalDigest, hasher: 'bcrypt' })) &&
      store.replace(account, next),
  })
  const { value: account, milliseconds } = await time(() => signIn(email, password))
  const now = await store.find(email)
  const isTheRivals = now?.hasher === 'bcrypt' && now.digest === rivalDigest
  return {
    account,
    row: {
      user: email,
      hasher: 'md5',
      outcome: account === null ? 'lost swap: refused' : 'lost swap: match',
      isRight: account !== null,
      isInsecure: true,
      // Another sign-in has replaced the digest.
      isReplaced: false,
      stored: isTheRivals ? 'what the other wrote' : 'not what the other wrote',
      first: milliseconds,
      second: '-',
      faults: isTheRivals ? [] : ['a lost swap overwrote what the other wrote'],
    },
  }
}

function isBcrypt12({ digest }: User): boolean {
  const parsed = parse(digest)
  return parsed.outcome === 'parsed' && parsed.hasher === 'bcrypt' && parsed.params['cost'] === 12
}

async function time<T>(
  step: () => Promise<T>,
): Promise<{ readonly value: T; readonly milliseconds: string }> {
  const start = performance.now()
  const value = await step()
  return { value, milliseconds: (performance.now() - start).toFixed(0) }
}

function readObject(value: unknown): object {
  return typeof value === 'object' && value !== null ? value : {}
}
