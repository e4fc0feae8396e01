// util.inspect.custom, without loading node:util for it.
const INSPECT = /* @__PURE__ */ Symbol.for('nodejs.util.inspect.custom')

/**
 * Keeps an object's secrets out of logs: printing it or turning it into JSON shows `shown` alone. The properties stay
 * as they are for whoever reads them by name, or spreads them.
 */
export function conceal<T extends object>(secretive: T, shown: Readonly<Record<string, unknown>>): T {
  Object.defineProperty(secretive, 'toJSON', { value: () => shown })
  Object.defineProperty(secretive, INSPECT, { value: () => shown })
  return Object.freeze(secretive)
}
