/** Also of another realm, as addons, test runners and vm contexts make. */
export function isUint8Array(value: unknown): value is Uint8Array {
  return process.getBuiltinModule('node:util').types.isUint8Array(value)
}
