import type { Arguments, OptionName } from './arguments.js'

/** The exit code of a command: 0 yes; 1 no; 2 no answer, because of the digest, the password or the call; 3 an engine failed. */
export type ExitCode = 0 | 1 | 2 | 3

/** The answer of a command. Neither its lines nor its object hold a password or a digest, except a new digest. */
export interface Answer {
  readonly exitCode: ExitCode
  /** The lines for people. */
  readonly lines: readonly string[]
  /** The object for programs, with an `outcome`. */
  readonly json: object
}

/** One command of `passlift`. */
export interface Command {
  readonly name: string
  readonly help: string
  /** The options of the command beside `--json` and `--help`, which all commands take. */
  readonly options: readonly OptionName[]
  /** Whether the name of a file stands among the options, or `-`. */
  readonly takesFile?: boolean
  /**
   * @throws MisuseError where the call or what was typed makes no sense
   * @throws PassliftError where there is no answer
   */
  readonly run: (given: Arguments) => Promise<Answer>
}
