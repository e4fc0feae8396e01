import { readFileSync } from 'node:fs'
import os from 'node:os'

/** A line with the date, the machine, its load, and the versions of the packages that compute. */
export function describeMachine() {
  const [{ model }] = os.cpus()
  const memory = (os.totalmem() / 2 ** 30).toFixed(0)
  const { node, v8, openssl } = process.versions
  return [
    new Date().toISOString().slice(0, 10),
    `${model.trim()}, ${os.availableParallelism()} cores, ${memory} GiB`,
    `load average ${os.loadavg()[0].toFixed(1)} beforehand`,
    `Node ${node}, V8 ${v8}, OpenSSL ${openssl}`,
    `bcryptjs ${versionOf('bcryptjs')}, argon2 ${versionOf('argon2')}`,
  ].join('; ')
}

function versionOf(name) {
  const path = new URL(`../../node_modules/${name}/package.json`, import.meta.url)
  return JSON.parse(readFileSync(path, 'utf8')).version
}
