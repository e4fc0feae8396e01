import { none } from 'stream-chain/defs.js'
import { jsonParser } from 'stream-json/core/parser.js'
import type { Token } from 'stream-json/core/parser.js'
import { BOUNDS } from './account.js'
import type { Problem } from './account.js'
import { inputError } from './errors.js'

/** A number of JSON, by its text: as a number of JavaScript a large id would be another user's. */
export interface NumberText {
  readonly number: string
}

export type JsonValue =
  string | boolean | null | NumberText | readonly JsonValue[] | ReadonlyMap<string, JsonValue>

/** A member of the list of accounts. */
export interface Member {
  /** Its place in the list, from 1. */
  readonly place: number
  readonly value: JsonValue | undefined
  readonly problem: Problem | undefined
}

/** Where the members stand in a file of JSON. */
export interface Place {
  /** The names of members of the outermost object that hold the list, where the file is not a list itself. */
  readonly names?: readonly string[]
  /** Whether the lists under `data` of the tables in the outermost list are meant, as in an export of phpMyAdmin. */
  readonly inTables?: boolean
}

// Whoever nests deeper than this has no accounts to read, and the stack of stream-json would grow with them.
const MAX_NESTING = 1_000
const PIECE = 256 * 1024

/**
 * Reads the members of a list in JSON one at a time: of the outermost list, or of the first list under one of the names.
 *
 * @throws PassliftError `ERR_MIGRATE_INPUT` where the text is no JSON, or holds no such list
 */
export async function* readMembers(
  text: AsyncIterable<string>,
  place: Place = {},
): AsyncGenerator<readonly Member[]> {
  const parse = jsonParser({ packValues: true, streamValues: false, packStrings: false, streamStrings: true })
  const walker = createWalker(place)
  // stream-json keeps keys, numbers and a value's beginning until it gives their tokens.
  let pending = 0
  for await (const chunk of text) {
    for (let at = 0; at < chunk.length; at += PIECE) {
      const piece = chunk.slice(at, at + PIECE)
      const tokens = tokensOf(() => parse(piece))
      pending = tokens.length > 0 || piece.trim() === '' ? 0 : pending + piece.length
      if (pending > BOUNDS.record) throw inputError('A key or a number of the file is over 4 MiB.')
      yield walker.take(tokens)
    }
  }
  yield walker.take(tokensOf(() => Reflect.apply(parse, undefined, [none])))
  walker.end()
}

function tokensOf(parse: () => unknown): readonly Token[] {
  try {
    const given = parse()
    return isMany(given) ? given.values : []
  } catch {
    // The error's message would show some of the text.
    throw inputError(
      'The file is no JSON, or it is cut off. Where each line is an object of its own, it is NDJSON: --from ndjson.',
    )
  }
}

function isMany(given: unknown): given is { readonly values: readonly Token[] } {
  return typeof given === 'object' && given !== null && Array.isArray(Reflect.get(given, 'values'))
}

interface Walker {
  readonly take: (tokens: readonly Token[]) => readonly Member[]
  readonly end: () => void
}

// A table of phpMyAdmin is an object in the outermost list.
const TABLE_DEPTH = 2

function tooDeep(): Error {
  return inputError('The file is nested more than 1,000 levels deep.')
}

/** Follows the tokens to the list, and then builds each of its members. */
function createWalker({ names = [], inTables = false }: Place): Walker {
  let key = ''
  let depth = 0
  let listDepth = 0
  let place = 0
  let isDone = false
  let builder: Builder | undefined
  const members: Member[] = []

  const startsList = (): boolean =>
    listDepth === 0 &&
    (inTables
      ? depth === TABLE_DEPTH && key === 'data'
      : !isDone && (names.length === 0 ? depth === 0 : depth === 1 && names.includes(key)))

  const outside = (token: Token): void => {
    if (token.name === 'keyValue' && depth === (inTables ? TABLE_DEPTH : 1)) key = token.value
    if (token.name === 'startArray' && startsList()) {
      listDepth = depth + 1
    }
    if (token.name === 'startArray' || token.name === 'startObject') depth++
    if (depth > MAX_NESTING) throw tooDeep()
    if (token.name === 'endArray' || token.name === 'endObject') {
      depth--
      if (listDepth > depth) {
        listDepth = 0
        isDone = true
      }
    }
  }

  const step = (token: Token): void => {
    const isInList = listDepth > 0 && depth === listDepth
    if (builder === undefined && isInList && token.name !== 'endArray') builder = createBuilder()
    if (builder === undefined) {
      outside(token)
      return
    }
    const built = builder.take(token)
    if (built === undefined) return
    place++
    members.push({ place, ...built })
    builder = undefined
  }
  return {
    take: (tokens) => {
      for (const token of tokens) step(token)
      return members.splice(0)
    },
    end: () => {
      if (!isDone) throw inputError('The file holds no list of accounts.')
    },
  }
}

type Built = Pick<Member, 'value' | 'problem'>

interface Builder {
  /** Takes a token; gives the member when it is whole. */
  readonly take: (token: Token) => Built | undefined
}

/** Builds one value of its tokens. Of a value that is over a bound, nothing more is kept. */
function createBuilder(): Builder {
  const stack: (JsonValue[] | Map<string, JsonValue>)[] = []
  const keys: string[] = []
  let depth = 0
  let size = 0
  let string = ''
  let problem: Problem | undefined
  let whole: JsonValue | undefined

  const fail = (found: Problem): void => {
    problem ??= found
    stack.length = 0
    string = ''
  }
  const put = (value: JsonValue): void => {
    if (problem !== undefined) return
    const parent = stack.at(-1)
    if (parent === undefined) whole = value
    else if (Array.isArray(parent)) parent.push(value)
    else parent.set(keys.pop() ?? '', value)
  }
  const open = (container: JsonValue[] | Map<string, JsonValue>): void => {
    depth++
    if (depth > MAX_NESTING) throw tooDeep()
    grow(0)
    if (depth > BOUNDS.depth) fail('depth')
    if (problem === undefined) stack.push(container)
  }
  const close = (): void => {
    depth--
    const container = problem === undefined ? stack.pop() : undefined
    if (container !== undefined) put(container)
  }
  const grow = (length: number): void => {
    size += length + BOUNDS.overhead
    if (size > BOUNDS.record) fail('record-too-long')
  }
  const use = (token: Token): void => {
    switch (token.name) {
      case 'startObject':
        open(new Map())
        break
      case 'startArray':
        open([])
        break
      case 'endObject':
      case 'endArray':
        close()
        break
      case 'keyValue': {
        grow(token.value.length)
        const parent = stack.at(-1)
        if (parent instanceof Map && parent.has(token.value)) fail('duplicate-key')
        if (problem === undefined) keys.push(token.value)
        break
      }
      case 'stringChunk':
        grow(token.value.length)
        if (problem !== undefined) break
        string += token.value
        if (string.length > BOUNDS.value) fail('value-too-long')
        break
      case 'endString':
        grow(0)
        put(string)
        string = ''
        break
      case 'numberValue':
        grow(token.value.length)
        put({ number: token.value })
        break
      case 'nullValue':
      case 'trueValue':
      case 'falseValue':
        grow(0)
        put(token.value)
        break
      case 'startString':
      case 'startKey':
      case 'endKey':
      case 'startNumber':
      case 'numberChunk':
      case 'endNumber':
      case 'stringValue':
      case 'whitespace':
    }
  }
  return {
    take: (token) => {
      use(token)
      const isStarting =
        token.name.startsWith('start') || token.name === 'keyValue' || token.name.endsWith('Chunk')
      return depth === 0 && !isStarting ? { value: whole, problem } : undefined
    },
  }
}
