import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

// The tests of documents share these functions.

export const ROOT = join(import.meta.dirname, '../..')

export interface Document {
  /** The path relative to the repository, with slashes. */
  readonly path: string
  readonly text: string
}

export interface Block {
  readonly path: string
  readonly heading: string
  readonly code: string
  /** The text of the document behind the block. */
  readonly after: string
}

export function read(path: string): string {
  return readFileSync(join(ROOT, path), 'utf8')
}

export function open(path: string): Document {
  return { path, text: read(path) }
}

/** The pages of a folder, sorted by name. */
export function listPages(folder = 'docs'): readonly Document[] {
  const names = readdirSync(join(ROOT, folder)).filter((name) => name.endsWith('.md'))
  return names.toSorted().map((name) => open(`${folder}/${name}`))
}

/** The fenced blocks of a language. */
export function findBlocks({ path, text }: Document, language: string): readonly Block[] {
  const pattern = new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, 'gm')
  return [...text.matchAll(pattern)].map(({ 0: whole, 1: code = '', index }) => {
    const heading = [...text.slice(0, index).matchAll(/^#+ (.+)$/gm)].at(-1)?.[1] ?? ''
    return { path, heading, code, after: text.slice(index + whole.length) }
  })
}

/** The cells of each row of the first table behind `mark`, a heading or a comment. The head of the table is left out. */
export function findRows({ text }: Document, mark: string): readonly (readonly string[])[] {
  const [, section = ''] = text.split(mark)
  const [, body = ''] = /^\|[ :-]+\|.*\n((?:\|.*\n)*)/m.exec(section) ?? []
  const cellsOf = (line: string): readonly string[] =>
    line
      .slice(1, line.lastIndexOf('|'))
      .split(/(?<!\\)\|/)
      .map((cell) => cell.trim().replaceAll('\\|', '|'))
  return body.split('\n').filter(Boolean).map(cellsOf)
}
