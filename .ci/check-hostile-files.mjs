// npm run check:hostile-files: passlift audit on files that are made to hurt. Each is read by a process of its own, which may take
// 200 MiB of memory and a minute, and must end as its line says.
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { gzipSync } from 'node:zlib'

const MEBIBYTE = 1024 ** 2
const MAX_MEBIBYTES = 200
const MAX_SECONDS = 60

// Tells what the process took at the most, on a line behind what the command prints.
const MEASURE = `process.on('exit', () => console.error('kibibytes ' + process.resourceUsage().maxRSS))`

const big = Buffer.alloc(MEBIBYTE, 'x')
// The pieces are one and the same: a process begins with the peak of the memory of the one that starts it.
const times = (count, piece) => new Array(count).fill(Buffer.from(piece))
const around = (before, pieces, after) => [Buffer.from(before), ...pieces, Buffer.from(after)]
const gigabyte = new Array(1024).fill(big)

const TOO_LONG = 'is over 4 MiB.'
const NEXT = '{"id":2,"password":"x"}'

/** Name, pieces, exit code, and what the command must print. */
const CASES = [
  ['a line of 1 GiB in CSV', around('id,password\n1,', gigabyte, '\n'), 2, `The row of line 2 ${TOO_LONG}`],
  ['a line of 1 GiB in TSV', around('id\tpassword\n1\t', gigabyte, '\n'), 2, `The row of line 2 ${TOO_LONG}`],
  [
    'a quote that never ends',
    around('id,password\n1,"', times(1024, 'x\n'.repeat(MEBIBYTE / 2)), ''),
    2,
    TOO_LONG,
  ],
  [
    '1 GiB of commas',
    around('id,password\n', times(1024, ','.repeat(MEBIBYTE)), ''),
    2,
    `The row of line 2 ${TOO_LONG}`,
  ],
  [
    'a line of 1 GiB in NDJSON',
    around('{"id":1,"password":"x"}\n{"id":2,"password":"', gigabyte, `"}\n${NEXT}\n`),
    1,
    '"rows":3',
  ],
  [
    'a line of 2 million numbers in NDJSON',
    around(`${NEXT}\n{"id":1,"a":[`, times(20, '0,'.repeat(1e5 - 5)), '0]}\n'),
    1,
    'record-too-long',
  ],
  [
    'a first line of 60,000 objects in one another in NDJSON',
    [Buffer.from(`${'{"a":'.repeat(6e4)}1${'}'.repeat(6e4)}\n${NEXT}\n`)],
    1,
    '"rows":2',
  ],
  ['5 million lists in one another in JSON', around('[', times(5, '['.repeat(1e6)), ''), 2, 'nested'],
  ['a key of 1 GiB in JSON', around('[{"id":1,"', gigabyte, `":1},${NEXT}]`), 2, 'MiB'],
  ['a string of 1 GiB in JSON', around('[{"id":1,"password":"', gigabyte, `"},${NEXT}]`), 1, '"rows":2'],
  [
    '20 million escapes in JSON',
    around('[{"id":1,"a":"', times(20, '\\n'.repeat(1e6)), `"},${NEXT}]`),
    1,
    'record-too-long',
  ],
  [
    '20 million numbers in JSON',
    around('[{"id":1,"a":[', times(20, '0,'.repeat(1e6)), `0]},${NEXT}]`),
    1,
    'record-too-long',
  ],
  [
    '20 million empty lists in JSON',
    around('[{"id":1,"a":[', times(20, '[],'.repeat(1e6)), `0]},${NEXT}]`),
    1,
    'record-too-long',
  ],
  [
    'folded lines of 1 GiB in LDIF',
    around(
      'dn: uid=a\nuserPassword: x',
      times(1024, `\n ${'x'.repeat(1022)}`.repeat(1024)),
      '\n\ndn: uid=b\nuserPassword: y\n',
    ),
    1,
    '"rows":2',
  ],
  [
    '10 million lines of one letter in LDIF',
    around('dn: uid=a\nuserPassword: x\n', times(10, 'a\n'.repeat(1e6)), '\n\ndn: uid=b\nuserPassword: y\n'),
    1,
    '"rows":2',
  ],
  ['a line of 1 GiB in htpasswd', around('a:$apr1$x\nb:', gigabyte, '\nc:$apr1$y\n'), 1, '"rows":3'],
  [
    'blanks that several rules of LDIF allow',
    [Buffer.from(`version: 1${' '.repeat(64_000)}x`)],
    2,
    'names no column of digests',
  ],
  ['1 GiB of blanks', around('', new Array(1024).fill(Buffer.alloc(MEBIBYTE, ' ')), 'x'), 2, 'empty'],
  ['2 million quotes in a header', around('', times(30, '"",'.repeat(33_333)), `id\n1\n`), 2, ''],
  [
    'a header of 10,000 columns',
    [Buffer.from(`${Array.from({ length: 10_000 }, (_, place) => `c${place}`).join()}\n`)],
    2,
    'is no header',
  ],
  [
    'a header of a million columns',
    [Buffer.from(`${Array.from({ length: 1e6 }, (_, place) => place.toString(36)).join()}\n`)],
    2,
    'The ',
  ],
  ['zeros without an end', endlessly(Buffer.alloc(MEBIBYTE)), 2, `The row of line 1 ${TOO_LONG}`],
  [
    '10 GiB of zeros in gzip',
    times(10 * 1024, gzipSync(Buffer.alloc(MEBIBYTE))),
    2,
    `The row of line 1 ${TOO_LONG}`,
  ],
  [
    '10 GiB of rows in gzip',
    around(gzipSync('a:$apr1$x\n'), times(10 * 1024, gzipSync(`b:${'x'.repeat(MEBIBYTE - 3)}\n`)), ''),
    2,
    'unpacks to more than 200 times its size',
  ],
]

function* endlessly(piece) {
  for (;;) yield piece
}

let failed = 0
for (const [name, pieces, exitCode, text] of CASES) {
  const { code, output, mebibytes, seconds } = await audit(pieces)
  const isRight = code === exitCode && output.includes(text) && mebibytes <= MAX_MEBIBYTES
  if (!isRight) failed++
  const what = `${mebibytes.toFixed(0)} MiB, ${seconds.toFixed(1)} s, exit code ${code}`
  console.log(`${isRight ? 'right' : 'WRONG'}  ${name}: ${what}`)
  if (!isRight) console.log(`       ${output.slice(0, 300)}`)
}
console.log(
  `${CASES.length - failed} of ${CASES.length} hostile files end as they should, in ${MAX_MEBIBYTES} MiB.`,
)
if (failed > 0) process.exitCode = 1

/** Runs the built command on standard input. */
async function audit(pieces) {
  const started = performance.now()
  const measure = `data:text/javascript,${encodeURIComponent(MEASURE)}`
  const child = spawn(process.execPath, ['--import', measure, 'dist/cli/main.js', 'audit', '-', '--json'], {
    timeout: MAX_SECONDS * 1_000,
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr]) {
    stream.setEncoding('utf8').on('data', (part) => {
      output += part
    })
  }
  const closed = once(child, 'close')
  let isOpen = true
  // A command that has seen enough closes the pipe.
  child.stdin
    .on('error', () => undefined)
    .on('close', () => {
      isOpen = false
    })
  for (const piece of pieces) {
    if (!isOpen) break
    if (!child.stdin.write(piece))
      await Promise.race([once(child.stdin, 'drain').catch(() => undefined), closed])
  }
  child.stdin.end()
  const [code] = await closed
  const kibibytes = Number(/kibibytes (\d+)/.exec(output)?.[1] ?? Infinity)
  return { code, output, mebibytes: kibibytes / 1024, seconds: (performance.now() - started) / 1_000 }
}
