// Loaded before a program: its random bytes, and those of its packages, are the same in every run.
import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'

let drawn = 0
const draw = (length) =>
  crypto.createHash('shake256', { outputLength: length }).update(`sample ${drawn++}`).digest()

crypto.randomBytes = (length, done) => {
  if (done === undefined) return draw(length)
  process.nextTick(done, null, draw(length))
}
syncBuiltinESMExports()
Object.defineProperty(globalThis.crypto, 'getRandomValues', {
  value: (array) => {
    array.set(draw(array.byteLength))
    return array
  },
})
