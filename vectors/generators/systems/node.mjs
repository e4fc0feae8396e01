// This program puts one package of npm behind the line protocol; its name is the argument.
import { createRequire } from 'node:module'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'

const require = createRequire(import.meta.url)
const name = process.argv[2]
// What is not the package's own entry, or is exported by no name.
const ENTRIES = {
  '@better-auth/utils': '@better-auth/utils/password',
  '@adonisjs/hash': '@adonisjs/hash/drivers/scrypt',
  'lucia-auth': './node_modules/lucia-auth/utils/crypto.js',
}
const system = require(ENTRIES[name] ?? name)
const bytes = (text) => Buffer.from(text, 'base64')
const checksum = (made) => ({ checksum: Buffer.from(made).toString('base64') })

const ARGON2 = { types: { d: 0, i: 1, id: 2 }, versions: { 16: 0, 19: 1 } }

const hashers = {
  bcrypt: ({ password, setting }) => ({ digest: system.hashSync(bytes(password), setting) }),
  '@node-rs/argon2': ({ password, type, version, m, t, p, salt, length }) =>
    checksum(
      system.hashRawSync(bytes(password), {
        algorithm: ARGON2.types[type],
        version: ARGON2.versions[version],
        memoryCost: m,
        timeCost: t,
        parallelism: p,
        outputLen: length,
        salt: bytes(salt),
      }),
    ),
  argon2: async ({ password, type, version, m, t, p, salt, length, data = '' }) =>
    checksum(
      await system.hash(bytes(password), {
        raw: true,
        type: ARGON2.types[type],
        version,
        memoryCost: m,
        timeCost: t,
        parallelism: p,
        hashLength: length,
        salt: bytes(salt),
        associatedData: bytes(data),
      }),
    ),
  'password-hash-and-salt': ({ password, salt }) =>
    promisify((done) => system(bytes(password)).hash(bytes(salt).toString('hex'), done))().then((digest) => ({
      digest,
    })),
  // The package refuses an empty string as a password, and takes an empty buffer.
  'firebase-scrypt': async ({ password, salt, signerKey, saltSeparator, rounds, memoryCost }) => {
    const project = new system.FirebaseScrypt({ memCost: memoryCost, rounds, saltSeparator, signerKey })
    return checksum(bytes(await project.hash(bytes(password), salt)))
  },
}

/** Uses the plugin on a schema that only keeps its methods, and a document that only has its two fields. */
async function verifyByPassport({ password, digest }) {
  const [, digestAlgorithm, iterations, salt, hash] = digest.split('$')
  const schema = { path: () => true, add: () => {}, pre: () => {}, methods: {}, statics: {} }
  const options = { digestAlgorithm, iterations: Number(iterations), keylen: hash.length / 2 }
  system.default(schema, options)
  const user = { get: (field) => ({ salt, hash })[field] }
  return { verified: (await schema.methods.authenticate.call(user, bytes(password))).user === user }
}

/** Node gives it 32 MiB, and the package at most what it is told. */
const adonis = (parameters) => new system.Scrypt({ maxMemory: 2 ** 30, ...parameters })

const verifiers = {
  'aspnetcore-identity-password-hasher': async ({ password, digest }) => ({
    verified: await system.verify(bytes(password), digest),
  }),
  '@better-auth/utils': async ({ password, digest }) => ({
    verified: await system.verifyPassword(digest, bytes(password).toString()),
  }),
  lucia: async ({ password, digest }) => ({
    verified: await new system.LegacyScrypt().verify(digest, bytes(password).toString()),
  }),
  'lucia-auth': async ({ password, digest }) => ({
    verified: await system.validateScryptHash(bytes(password).toString(), digest),
  }),
  'password-hash': ({ password, digest }) => ({
    verified: system.verify(bytes(password).toString(), digest),
  }),
  '@adonisjs/hash': async ({ scheme, password, digest }) => {
    if (scheme === 'scrypt_adonis')
      return { verified: await adonis({}).verify(digest, bytes(password).toString()) }
    const { Bcrypt } = require('@adonisjs/hash/drivers/bcrypt')
    return { verified: await new Bcrypt({}).verify(digest, bytes(password)) }
  },
  'passport-local-mongoose': verifyByPassport,
  'password-hash-and-salt': ({ password, digest }) =>
    promisify((done) => system(bytes(password)).verifyAgainst(digest, done))().then((verified) => ({
      verified,
    })),
  '@node-rs/bcrypt': ({ password, digest }) => ({ verified: system.verifySync(bytes(password), digest) }),
}

const operations = {
  version: () => ({ version: require(`./node_modules/${name}/package.json`).version }),
  hash: (ask) => hashers[name](ask),
  verify: (ask) => verifiers[name](ask),
}

for await (const line of createInterface({ input: process.stdin })) {
  const ask = JSON.parse(line)
  let answer
  try {
    answer = await operations[ask.op](ask)
  } catch (error) {
    answer = { error: String(error) }
  }
  process.stdout.write(`${JSON.stringify(answer)}\n`)
}
