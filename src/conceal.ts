// util.inspect.custom, without loading node:util for it.
const INSPECT = /* @__PURE__ */ Symbol.for('nodejs.util.inspect.custom')

/**
 * Keeps an object's secrets out of logs: `util.inspect`, and so `console.log`, shows `shown` alone. Otherwise it stays
 * plain data: stores write through JSON, spread and structuredClone, which keep every property.
 */
export function conceal<T extends object>(secretive: T, shown: Readonly<Record<string, unknown>>): T {
  Object.defineProperty(secretive, INSPECT, { value: () => shown })
  return Object.freeze(secretive)
}
