/** A function of a framework, whose types the tests do not read: some of them do not compile beside those of Node alone. */
export type Call = (...given: readonly unknown[]) => unknown

/** Loads a function that a module of a framework exports. */
export async function loadFunction(module: string, name = 'default'): Promise<Call> {
  return functionOf(await import(/* @vite-ignore */ module), name)
}

/** Makes an object of a class that a module of a framework exports. */
export async function construct(module: string, name: string, given: readonly unknown[]): Promise<unknown> {
  const found = read(await import(/* @vite-ignore */ module), name)
  if (typeof found !== 'function') throw new TypeError(`${name} is no class.`)
  const made: unknown = Reflect.construct(found, given)
  return made
}

/** A function that an object holds, bound to the object. */
export function functionOf(holder: unknown, name: string): Call {
  const found = read(holder, name)
  if (typeof found !== 'function') throw new TypeError(`${name} is no function.`)
  return (...given) => {
    const answer: unknown = Reflect.apply(found, holder, given)
    return answer
  }
}

/** A property of a value of any type; undefined where there is none. */
export function read(holder: unknown, name: string): unknown {
  const isHolder = (typeof holder === 'object' && holder !== null) || typeof holder === 'function'
  return isHolder ? Reflect.get(holder, name) : undefined
}

/** A JSON request as a browser sends it. */
export function post(url: string, body: unknown, headers: Readonly<Record<string, string>> = {}): Request {
  return new Request(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', origin: new URL(url).origin, ...headers },
    body: JSON.stringify(body),
  })
}
