import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import ts from 'typescript'
import { findBlocks, ROOT } from './documents.fixture.js'
import type { Document } from './documents.fixture.js'

// The tests of documents with code share these functions.

export interface Module {
  readonly title: string
  /** The path of the code block, at the package's root, where `passlift` is the package itself. No file is written there. */
  readonly path: string
  readonly code: string
}

export interface Compiled {
  /** The JavaScript of the module at a path. */
  readonly emit: (path: string) => string
  /** What the compiler says of all modules; empty where they are right. */
  readonly diagnostics: string
}

/** The code blocks of a document. */
export function findModules(document: Document): readonly Module[] {
  return findBlocks(document, 'ts').map(({ path, heading, code }, place) => ({
    title: `${path}, ${heading}`,
    path: join(ROOT, `${path.replaceAll('/', '-')}-${place + 1}.ts`),
    code,
  }))
}

/** Compiles code blocks with the types of the package. */
export function compileModules(modules: readonly Module[]): Compiled {
  const config = ts.readConfigFile(join(ROOT, 'tsconfig.json'), (path) => ts.sys.readFile(path))
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, ROOT)
  const compilerOptions = { ...options, noEmit: false, skipLibCheck: true }
  const files = new Map(modules.map(({ path, code }) => [path, code]))
  const disk = ts.createCompilerHost(compilerOptions)
  const host: ts.CompilerHost = {
    ...disk,
    getSourceFile: (path, language, ...rest) => {
      const code = files.get(path)
      if (code === undefined) return disk.getSourceFile(path, language, ...rest)
      return ts.createSourceFile(path, code, language)
    },
    fileExists: (path) => files.has(path) || disk.fileExists(path),
  }
  const program = ts.createProgram([...files.keys()], compilerOptions, host)
  return {
    emit: (path) => {
      let code = ''
      program.emit(program.getSourceFile(path), (_, text) => {
        code = text
      })
      return code
    },
    diagnostics: ts.formatDiagnostics(ts.getPreEmitDiagnostics(program), ts.createCompilerHost({})),
  }
}

/** Runs a module in a process of its own. In the package's folder, `passlift` is the built package. */
export function runModule(
  code: string,
  cwd: string,
): Promise<{ readonly stdout: string; readonly stderr: string }> {
  const run = promisify(execFile)
  return run(process.execPath, ['--input-type=module', '--eval', code], { cwd })
}

/** The text after `// ` on each line that prints. */
export function findExpectedLines(code: string): readonly string[] {
  return [...code.matchAll(/console\.log\(.*\) \/\/ (.+)$/gm)].map(([, expected = '']) => expected)
}
