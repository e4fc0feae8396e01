// Audits standard input, and prints what that took.
import { audit, openInput, readAccounts } from 'passlift/migrate'

const start = performance.now()
const { text } = await openInput(process.stdin)
const { batches } = await readAccounts(text)
const { verifiable } = await audit(batches)
const seconds = (performance.now() - start) / 1_000
console.log(JSON.stringify({ verifiable, seconds, mebibytes: process.resourceUsage().maxRSS / 1024 }))
