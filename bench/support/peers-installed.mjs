import { existsSync, readFileSync } from 'node:fs'

const folder = new URL('peers/', import.meta.url)
const readJson = (path) => JSON.parse(readFileSync(new URL(path, folder), 'utf8'))

export const INSTALL = 'npm ci --prefix bench/support/peers'

/** The packages installed in bench/support/peers, `bcrypt 6.0.0, ...`; undefined where one is missing. */
export function describePeers() {
  const names = Object.entries(readJson('package.json').dependencies)
  const isInstalled = ([name, version]) => {
    const path = `node_modules/${name}/package.json`
    return existsSync(new URL(path, folder)) && readJson(path).version === version
  }
  return names.every(isInstalled) ? names.map((pair) => pair.join(' ')).join(', ') : undefined
}
