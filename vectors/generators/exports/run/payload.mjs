// Makes the two columns of Payload's users by its own file, unchanged. Standard input: [password, …].
import { readFileSync } from 'node:fs'
import { text } from 'node:stream/consumers'

const folder = new URL('../../systems/downloads/payload/', import.meta.url)
const { generatePasswordSaltHash } = await import(
  new URL('auth/strategies/local/generatePasswordSaltHash.js', folder)
)
const users = []
for (const password of JSON.parse(await text(process.stdin))) {
  users.push(
    await generatePasswordSaltHash({ password, isPasswordAuthenticated: true, collection: {}, req: {} }),
  )
}
const { version } = JSON.parse(readFileSync(new URL('package.json', folder), 'utf8'))
console.log(JSON.stringify({ version, users }))
