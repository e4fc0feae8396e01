import type { Arguments, OptionName } from './arguments.js'

/** 0 yes; 1 no; 2 nothing to answer: the digest, the password or the call; 3 an engine failed. */
export type ExitCode = 0 | 1 | 2 | 3

/** What a command came to. Neither form holds a password or a digest, but for a new digest. */
export interface Answer {
  readonly exitCode: ExitCode
  /** For people. */
  readonly lines: readonly string[]
  /** For programs: one object, with an `outcome`. */
  readonly json: object
}

/** One command of `passlift`. */
export interface Command {
  readonly name: string
  readonly help: string
  /** Beside `--json` and `--help`, which all take. */
  readonly options: readonly OptionName[]
  /**
   * @throws MisuseError where the call or what was typed makes no sense
   * @throws PassliftError where there is no answer
   */
  readonly run: (given: Arguments) => Promise<Answer>
}
