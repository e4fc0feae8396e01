// Audits standard input, or converts it to the form that is named, and prints what that took.
import { createWriteStream } from 'node:fs'
import { audit, convert, openInput, readAccounts } from 'passlift/migrate'

const [to] = process.argv.slice(2)
const start = performance.now()
const { text } = await openInput(process.stdin)
const { batches } = await readAccounts(text)
const rows =
  to === undefined
    ? (await audit(batches)).verifiable
    : (await convert(batches, { to, out: createWriteStream('/dev/null') })).rows
const seconds = (performance.now() - start) / 1_000
console.log(JSON.stringify({ rows, seconds, mebibytes: process.resourceUsage().maxRSS / 1024 }))
