// Sets passwords of users of mongoose by passport-local-mongoose, and prints the documents as mongoexport writes them: relaxed
// extended JSON. No server is asked. Standard input: { options, users: [{ _id, username, password?, … }] }.
import { text } from 'node:stream/consumers'
import mongoose from 'mongoose'
import plugin from 'passport-local-mongoose'
import { version } from './version.mjs'

const { options, users } = JSON.parse(await text(process.stdin))
const schema = new mongoose.Schema({ email: String, about: String, created: Date })
schema.plugin(plugin.default ?? plugin, options)
const User = mongoose.model('User', schema)
const lines = []
for (const { password, ...fields } of users) {
  const user = new User({ ...fields, created: new Date('2024-03-01T09:30:00Z') })
  if (password !== undefined) {
    await user.setPassword(password)
    const right = await user.authenticate(password)
    const wrong = await user.authenticate(`?${password}`)
    if (right.user !== user || wrong.user !== false)
      throw new Error('The package does not take its own digest.')
  }
  lines.push(mongoose.mongo.BSON.EJSON.stringify({ ...user.toObject(), __v: 0 }, { relaxed: true }))
}
console.log(
  JSON.stringify({ version: version('passport-local-mongoose'), mongoose: mongoose.version, lines }),
)
