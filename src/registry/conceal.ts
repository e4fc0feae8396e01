// The symbol is util.inspect.custom, got without loading node:util.
const INSPECT = /* @__PURE__ */ Symbol.for('nodejs.util.inspect.custom')

/**
 * Keeps an object's secrets out of logs: `util.inspect`, and so `console.log`, shows `shown` alone. Otherwise it stays
 * plain data: stores write through JSON, spread and structuredClone, which keep every property.
 */
export function conceal<T extends object>(secretive: T, shown: Readonly<Record<string, unknown>>): T {
  // It has no prototype, from which a descriptor would inherit what somebody put there.
  const descriptor = { value: () => shown }
  Object.setPrototypeOf(descriptor, null)
  Object.defineProperty(secretive, INSPECT, descriptor)
  return Object.freeze(secretive)
}
