// This symbol is util.inspect.custom, without the cost of loading node:util.
const INSPECT = /* @__PURE__ */ Symbol.for('nodejs.util.inspect.custom')

/**
 * Keeps an object's secrets out of logs: `util.inspect`, and so `console.log`, shows `shown` alone. Otherwise the object
 * stays plain: stores write through JSON, spread and structuredClone, which keep every property.
 */
export function conceal<T extends object>(secretive: T, shown: Readonly<Record<string, unknown>>): T {
  // A descriptor with a prototype would inherit fields of a polluted Object.prototype.
  const descriptor = { value: () => shown }
  Object.setPrototypeOf(descriptor, null)
  Object.defineProperty(secretive, INSPECT, descriptor)
  return Object.freeze(secretive)
}
