// `node peers-memory.mjs CONTENDER DIGEST PASSWORD` checks one argon2id digest and prints the peak memory in MiB.
import { keepInFlight, requireTrue } from './measure.mjs'

const IN_FLIGHT = 8
const CALLS = 16

// Each contender loads itself alone.
const CONTENDERS = {
  passlift: async () => {
    const { createRegistry } = await import('passlift')
    return verifierOf(createRegistry({ equalize: false }))
  },
  'passlift with @node-rs/argon2': async () => {
    const { createRegistry, nodeRsArgon2 } = await import('passlift')
    const module = await import('./peers/node_modules/@node-rs/argon2/index.js')
    return verifierOf(createRegistry({ equalize: false, engines: { argon2: nodeRsArgon2(module.default) } }))
  },
  argon2: async () => {
    const { default: argon2 } = await import('./peers/node_modules/argon2/argon2.cjs')
    return (password, digest) => argon2.verify(digest, password)
  },
  '@node-rs/argon2': async () => {
    const { default: argon2 } = await import('./peers/node_modules/@node-rs/argon2/index.js')
    return (password, digest) => argon2.verify(digest, password)
  },
}

const [, , contender, digest, password] = process.argv
if (contender === undefined) {
  console.log(Object.keys(CONTENDERS).join('\n'))
} else {
  const verify = await CONTENDERS[contender]()
  let left = CALLS
  await keepInFlight(IN_FLIGHT, () => (left-- > 0 ? verify(password, digest).then(requireTrue) : undefined))
  console.log(process.resourceUsage().maxRSS / 1_024)
}

function verifierOf({ verify }) {
  return (password, digest) => verify(password, digest, { hasher: 'argon2id' })
}
