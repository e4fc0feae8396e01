// This program puts the built passlift behind the line protocol: its hashers verify, and its targets make digests.
import { createInterface } from 'node:readline'
import { argon2idTarget, bcryptTarget, createRegistry } from '../../../dist/index.js'

const targets = { bcrypt: bcryptTarget({ cost: 10 }), argon2id: argon2idTarget() }
const registryOf = (target) => createRegistry({ equalize: false, target })
const registries = Object.fromEntries(
  Object.entries(targets).map(([name, target]) => [name, registryOf(target)]),
)
const bytes = (text) => Buffer.from(text, 'base64')

const operations = {
  version: () => ({ version: 'as built' }),
  hash: async ({ scheme, password }) => ({ digest: await registries[scheme].hash(bytes(password)) }),
  verify: async ({ scheme, password, digest, context }) => ({
    verified: await registries.bcrypt.verify(bytes(password), digest, { hasher: scheme, context }),
  }),
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
