// This program is a sign-in on any runtime: accounts in a Map, digests that are replaced with bcrypt, slow work beside a
// timer. It prints one line of JSON: the engines, how many checks there were and which did not hold. `no-kernels` removes
// WebAssembly, so that bcryptjs, node:crypto and the argon2 package compute; two accounts are then enough for every engine.
// `no-addon` says that the runtime may not load the argon2 package either: one account signs in, and argon2 must be an
// error that says what to do.
import bcryptjs from 'bcryptjs'
import { argon2idTarget, bcryptTarget, createRegistry, createSignIn } from 'passlift'

const modes = process.argv.slice(2)
const hasKernels = !modes.includes('no-kernels')
if (!hasKernels) WebAssembly.validate = () => false

// Users of the sample export, whose address says which system made the digest. All of them are to be replaced.
const ACCOUNTS = [
  { email: 'php.md5', digest: '7c6b3404868f43ebef84dc750c164d05', password: 'snoopy1987' },
  {
    email: 'django.pbkdf2',
    digest: 'pbkdf2_sha256$36000$d0PqLm7RsNvX$7N5qxYAXtFUawlfCym3KcXbSkEDoxbHxpkvRdpy7eIY=',
    password: 'Pineapple1962',
  },
  { email: 'wordpress.phpass', digest: '$P$BwX7mK2.qzP2n/aER8AxAtN4vGKfLQ1', password: 'Giraffe&Umbrella' },
]
const ARGON2I = {
  email: 'argon2.argon2i',
  digest: '$argon2i$v=19$m=4096,t=3,p=1$dzhMcTJaclg1dFZiTjFtSw$w3JGOXEkAlyWzhWMdoyo8mvMQ7RpSos2jN9+sE50A2M',
  password: 'Saffron+Harvest+5',
}
const WERKZEUG = {
  digest:
    'scrypt:32768:8:1$vjRk2Yt9QwLx7Bn4$8d1a3ea6fcd0c5d8528e3882fb76e8a8eb38f4e45d1f960d411b2d077244ced40f58b657f6b58a80d45078c544c0635f24ccb955c371444d3fabcf959d7bff1a',
  password: 'velvet_Thunder_12',
}
const WRONG = 'not the password of anybody'
const COST = 10
const TICK_MILLISECONDS = 5
const MIN_TICKS = 5

let checks = 0
const faults = []
const expect = (holds, fault) => {
  checks++
  if (!holds) faults.push(fault)
}

const registry = createRegistry({ target: bcryptTarget({ cost: COST }) })
const hasAddon = !modes.includes('no-addon')
const accounts = hasKernels ? ACCOUNTS : ACCOUNTS.slice(-1)
await Promise.all((hasAddon ? [...accounts, ARGON2I] : accounts).map(checkSignIn))
if (hasAddon) await checkThreads()
else await checkMissingAddon()
if (hasKernels) {
  const { ok, checks: engineChecks } = await registry.selfTest()
  expect(ok && engineChecks.length > 0, 'an engine does not give the known answers')
}
const engines = await listEngines()
expect(
  'WebAssembly kernel' in engines === hasKernels,
  'kernels compute where they should not, or the reverse',
)
console.log(JSON.stringify({ engines, checks, faults }))

async function checkSignIn({ email, digest, password }) {
  const users = new Map([[email, { email, digest, hasher: null }]])
  const signIn = createSignIn({
    registry,
    find: (key) => users.get(key) ?? null,
    replaceDigest: (user, next) => {
      if (users.get(user.email).digest !== user.digest) return false
      users.set(user.email, { ...user, ...next })
      return true
    },
  })
  expect((await signIn(email, WRONG)) === null, `${email}: a wrong password signed in`)
  expect((await signIn('nobody', password)) === null, `${email}: nobody signed in`)
  expect(users.get(email).digest === digest, `${email}: a wrong password replaced the digest`)
  expect((await signIn(email, password))?.email === email, `${email}: the right password was refused`)

  const replaced = users.get(email)
  expect(replaced.hasher === 'bcrypt', `${email}: the digest was not replaced`)
  expect(replaced.digest.startsWith(`$2b$${COST}$`), `${email}: what replaced it is not of the target`)
  expect(bcryptjs.compareSync(password, replaced.digest), `${email}: bcryptjs refuses the new digest`)
  expect((await signIn(email, password))?.email === email, `${email}: the new digest was refused`)
  expect((await signIn(email, WRONG)) === null, `${email}: a wrong password matched the new digest`)
  expect(users.get(email).digest === replaced.digest, `${email}: the new digest was replaced again`)
}

/** Runs heavy jobs, two at a time, during which a timer of this thread must go on. */
async function checkThreads() {
  const memory = { memory: 65_536, iterations: 3, parallelism: 1 }
  const argon2id = createRegistry({ target: argon2idTarget(memory), equalize: false })
  const jobs = {
    scrypt: async () => {
      const { digest, password } = WERKZEUG
      const verify = (text) => argon2id.verify(text, digest)
      return { answers: await Promise.all([verify(password), verify(WRONG)]) }
    },
    bcrypt: async () => ({
      answers: await Promise.all(
        [bcryptTarget({ cost: 12 }), bcryptTarget({ cost: 12 })].map(async (target) => {
          const digest = await createRegistry({ target }).hash('a')
          return digest.startsWith('$2b$12$')
        }),
      ),
      expected: [true, true],
    }),
    argon2id: async () => {
      const digest = await argon2id.hash(ARGON2I.password)
      const verify = (text) => argon2id.verify(text, digest)
      return { answers: await Promise.all([verify(ARGON2I.password), verify(WRONG)]) }
    },
  }
  for (const [name, run] of Object.entries(jobs)) {
    let ticks = 0
    const timer = setInterval(() => ticks++, TICK_MILLISECONDS)
    const { answers, expected = [true, false] } = await run()
    clearInterval(timer)
    expect(answers.join() === expected.join(), `${name}: ${answers.join()} in place of ${expected.join()}`)
    expect(ticks >= MIN_TICKS, `${name}: a timer of the main thread ran ${ticks} times meanwhile`)
  }
}

/** Checks that an application which may not load the addon gets an error that names it, and no wrong answer. */
async function checkMissingAddon() {
  const error = await registry.verify(ARGON2I.password, ARGON2I.digest).catch((reason) => reason)
  expect(error?.code === 'ERR_ENGINE_UNAVAILABLE', 'without its addon argon2 gave an answer')
  expect(/--allow-ffi/.test(error?.message), 'the error does not say what permission is missing')
}

/** The hashers by their engine: `{ 'WebAssembly kernel': [hashers], ... }`. */
async function listEngines() {
  const found = {}
  for (const { hasher, engine } of await registry.engines()) (found[engine] ??= []).push(hasher)
  return found
}
