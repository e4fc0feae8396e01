import { existsSync } from 'node:fs'
import { join, posix } from 'node:path'
import { describe, expect, test } from 'vitest'
import { listPages, open, ROOT } from './documents.fixture.js'
import type { Document } from './documents.fixture.js'

const MAX_LINE_LENGTH = 120
const MAX_README_WORDS = 2_400

const readme = open('README.md')
const pages = listPages()
const narrow = [
  readme,
  ...pages,
  ...listPages('docs/guides'),
  ...listPages('docs/recipes'),
  ...['CHANGELOG.md', 'CONTRIBUTING.md', 'SECURITY.md', 'bench/README.md'].map(open),
]
const linked = [
  ...narrow,
  ...['CHANGELOG.md', 'vectors/README.md', 'vectors/exports/README.md', 'src/compute/kernels/README.md'].map(
    open,
  ),
]

test(`the README has fewer than ${MAX_README_WORDS} words`, () => {
  expect(readme.text.split(/\s+/).length).toBeLessThan(MAX_README_WORDS)
})

describe(`no line is over ${MAX_LINE_LENGTH} characters, except links and what a command writes, in`, () => {
  test.each(narrow)('$path', ({ text }) => {
    const written = /<!-- table: [\s\S]*?<!-- \/table -->|^```text$[\s\S]*?^```$/gm
    const lines = text
      .replaceAll(written, '')
      .replaceAll(/\]\([^)\s]+\)/g, ']')
      .split('\n')
    expect(lines.filter((line) => Array.from(line).length > MAX_LINE_LENGTH)).toEqual([])
  })
})

describe('every page of docs/', () => {
  test.each(pages)('$path begins with the question that it answers', ({ text }) => {
    expect(text).toMatch(/^# .+\n\n[A-Z].+\?\n/)
  })

  test('is linked in the README with that question', () => {
    const list = readme.text.split('\n## Documentation\n')[1] ?? ''
    const named = [...list.matchAll(/^- \[.+\]\((docs\/[a-z-]+\.md)\): (.+\?)$/gm)].map(
      ([, path = '', question = '']) => ({ path, question: question.toLowerCase() }),
    )
    const questions = pages.map(({ path, text }) => ({
      path,
      question: (text.split('\n')[2] ?? '').toLowerCase(),
    }))
    expect(named.toSorted((first, second) => (first.path < second.path ? -1 : 1))).toEqual(questions)
  })
})

describe('links lead to a file and a heading that exist, in', () => {
  test.each(linked)('$path', (document) => {
    expect(findLinks(document).filter((link) => !leadsSomewhere(document, link))).toEqual([])
  })

  test('all documents, which have more than 50 links', () => {
    expect(linked.flatMap(findLinks).length).toBeGreaterThan(50)
  })
})

/** The links to files of the repository. Links to the web are left out: no test uses the network. */
function findLinks({ text }: Document): readonly string[] {
  const prose = text.replaceAll(/^```[\s\S]*?^```$/gm, '')
  return [...prose.matchAll(/\]\(([^)\s]+)\)/g)]
    .map(([, link = '']) => link)
    .filter((link) => !/^https?:/.test(link))
}

function leadsSomewhere({ path, text }: Document, link: string): boolean {
  const [file = '', anchor] = link.split('#')
  const target = file === '' ? path : posix.join(posix.dirname(path), file)
  if (!existsSync(join(ROOT, target))) return false
  if (anchor === undefined) return true
  return anchorsOf(file === '' ? text : open(target).text).includes(anchor)
}

/** The anchor that sites make of a heading in Markdown: lower case, no punctuation, dashes for spaces. */
function anchorsOf(text: string): readonly string[] {
  const headings = text.replaceAll(/^```[\s\S]*?^```$/gm, '').matchAll(/^#+ (.+)$/gm)
  return [...headings].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-'),
  )
}
