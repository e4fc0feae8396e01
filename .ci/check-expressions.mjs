// Does passlift read `expr` and `pre` as Python's hashlib does? Random expressions are computed by both, each with its password and
// another; near misses of every rule must be refused for the right reason; hostile texts must be refused at once.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { createRegistry, bcryptTarget } from '../dist/index.js'
import { createDescriptor } from '../dist/hashers/index.js'

const { values } = parseArgs({
  options: {
    cases: { type: 'string', default: '100000' },
    misses: { type: 'string', default: '20000' },
    seed: { type: 'string', default: '1' },
  },
})
const venv = 'vectors/generators/.venv/bin/python'
const python = existsSync(venv) ? venv : 'python3'
const program = 'vectors/generators/descriptor_cases.py'
const child = spawn(python, [program, values.cases, values.misses, values.seed], {
  stdio: ['ignore', 'pipe', 'inherit'],
})

const failures = []
const counts = { match: 0, mismatch: 0, malformed: 0 }
const plain = registryOf([])
const running = new Set()
for await (const line of createInterface({ input: child.stdout })) {
  const task = checkLine(JSON.parse(line)).finally(() => running.delete(task))
  running.add(task)
  // A few at once keep the threads busy.
  if (running.size >= 32) await Promise.race(running)
}
await Promise.all(running)
checkHostile()

const total = counts.match + counts.mismatch + counts.malformed
console.log(
  `Seed ${values.seed}: ${counts.match} expressions matched, ${counts.mismatch} had no value, ${counts.malformed} near misses were refused.`,
)
for (const failure of failures.slice(0, 20)) console.error(failure)
if (failures.length > 0 || total !== Number(values.cases) + Number(values.misses)) {
  console.error(`${failures.length} of ${total} are wrong.`)
  process.exitCode = 1
}

function registryOf(siteKeyFor) {
  const { expr, pre } = createDescriptor({ siteKeyFor })
  return createRegistry({ hashers: [expr, pre], target: bcryptTarget(), equalize: false })
}

async function checkLine({ digest, password: text, context = {}, siteKeyFor = [], ...expected }) {
  const password = Buffer.from(text, 'base64')
  const registry = siteKeyFor.length === 0 ? plain : registryOf(siteKeyFor)
  const verdict = await registry.evaluate(password, digest, { context })
  if (!Object.entries(expected).every(([name, value]) => verdict[name] === value)) {
    failures.push(`${digest}\n  expected ${JSON.stringify(expected)}, got ${JSON.stringify(verdict)}`)
    return
  }
  counts[expected.outcome]++
  if (expected.outcome === 'malformed') return
  const other = await registry.evaluate(Buffer.concat([password, Buffer.from('x')]), digest, { context })
  if (other.outcome !== 'mismatch') failures.push(`${digest}\n  another password gives ${other.outcome}`)
}

/** Texts that are made to take long: deep, wide, unclosed, and of signs that mean something in the language. */
function checkHostile() {
  const random = createRandom(Number(values.seed))
  const pick = (list) => list[Math.floor(random() * list.length)]
  const tokens = [
    'hex(',
    'md5(',
    'sha256*2147483647(',
    'hmac-sha1(',
    'pbkdf2-sha512*2147483647:1024(',
    'scrypt*1048576:8:1:64(',
  ]
  tokens.push(
    'p',
    's',
    'd',
    '|',
    ',',
    '.',
    ')',
    '[0:8]',
    "'",
    '%41',
    '*',
    'nfkc(',
    'rep(',
    'pad(',
    '$',
    '=',
    '1024)',
    '\0',
    'é',
  )
  const length = () => 1 + Math.floor(random() * 120)
  const makers = [
    () => Array.from({ length: length() }, () => pick(tokens)).join(''),
    () => pick(tokens).repeat(length() * 20),
    () => `hex(${'sha512('.repeat(length())}p`,
    () => `hex(sha256*2147483647(${'p.'.repeat(length())}p))`,
    () => `hex(sha1(${"'a'.p.".repeat(length())}p))`,
    () => `${'nfkc('.repeat(11)}p${')'.repeat(11)}`,
    // What a digest holds is decoded when it is read.
    () => `hex(md5*2147483647(p${'.unhex(s)'.repeat(20)}))`,
    () => `hex(md5*2147483647(p.${'unhex(hex('.repeat(4)}rep(s,512)${'))'.repeat(4)}))`,
    () => `hex(md5*2147483647(p.unb64(${'hex('.repeat(7)}rep('a',1024)${')'.repeat(7)})))`,
  ]
  let slowest = 0
  let took = 0
  for (let place = 0; place < 10_000; place++) {
    const inputs = pick([
      '',
      's=salt',
      `s=${'%41'.repeat(length() * 8)}`,
      `s=${'0a'.repeat(512)}`,
      's=a,'.repeat(length() * 6),
    ])
    const digest = `${pick(['expr', 'pre'])}$${pick(makers)()}$${inputs}$${'0'.repeat(64)}`.slice(0, 4_096)
    const { outcome, admitted } = plain.parse(digest)
    // The least of three is the time of the text, and not of what else the machine does.
    const microseconds = Math.min(...[1, 2, 3].map(() => measureParse(digest)))
    took += microseconds
    slowest = Math.max(slowest, microseconds)
    if (outcome !== 'malformed' && admitted !== false)
      failures.push(`${digest}\n  a hostile text is ${outcome}`)
  }
  console.log(
    `10000 hostile texts: ${(took / 10_000).toFixed(1)} µs each, the slowest ${slowest.toFixed(0)} µs.`,
  )
}

function measureParse(digest) {
  const before = process.hrtime.bigint()
  plain.parse(digest)
  return Number(process.hrtime.bigint() - before) / 1_000
}

/** Numbers that look random and are the same for one seed (mulberry32). */
function createRandom(seed) {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
