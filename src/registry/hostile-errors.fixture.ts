const refuse = (): never => {
  throw new Error('correct horse')
}

const throwingGetters = { get: refuse, enumerable: true } as const

/** Objects that an engine or a callback may throw, and that throw themselves when a property is read. Each is made anew. */
export const hostileThings: readonly [string, () => object][] = [
  [
    'a proxy whose traps all throw',
    (): object =>
      new Proxy(new Error('correct horse'), {
        get: refuse,
        has: refuse,
        getPrototypeOf: refuse,
        getOwnPropertyDescriptor: refuse,
        ownKeys: refuse,
      }),
  ],
  [
    'a function behind such a proxy',
    (): object =>
      new Proxy(() => undefined, { get: refuse, has: refuse, getPrototypeOf: refuse, apply: refuse }),
  ],
  [
    'a proxy that was revoked',
    (): object => {
      const { proxy, revoke } = Proxy.revocable({}, {})
      revoke()
      return proxy
    },
  ],
  [
    'an error with throwing getters',
    (): object =>
      Object.defineProperties(new Error('correct horse'), {
        name: throwingGetters,
        code: throwingGetters,
        message: throwingGetters,
        constructor: throwingGetters,
        [Symbol.toStringTag]: throwingGetters,
      }),
  ],
]
