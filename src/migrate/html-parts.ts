import { formatCount, formatShare } from './report-words.js'

/** A colour of the page, by what it means. */
export type Tone = 'good' | 'fair' | 'bad' | 'none' | 'odd'

/** A part of a whole, in a chart. */
export interface Slice {
  readonly label: string
  readonly count: number
  readonly tone: Tone
}

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}
// Control characters, marks of direction and lone surrogates: they could reorder or hide what stands beside them.
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu

/** A text for HTML, in elements and in attributes between double quotes. */
export function escapeHtml(text: string): string {
  return text
    .replace(UNPRINTABLE, '\ufffd')
    .replace(/[&<>"']/g, (character) => ENTITIES[character] ?? character)
}

/** Advice, in which code stands between backticks. */
export function renderAdvice(text: string): string {
  return escapeHtml(text).replace(/`([^`]*)`/g, '<code>$1</code>')
}

/** A number of the audit. `path` is where the object has it, so that a program finds it in the page. */
export function renderNumber(path: string, value: number, text = formatCount(value)): string {
  return `<data value="${value}" data-of="${path}">${escapeHtml(text)}</data>`
}

/** The mark of a colour in a table, so that the table explains the chart. */
export function renderKey(tone: Tone): string {
  return `<svg class="key" viewBox="0 0 1 1" aria-hidden="true"><rect class="${tone}" width="1" height="1"/></svg>`
}

const WIDTH = 1_000
const GAP = 3
// What is there is seen, however little it is.
const LEAST = 4

/** A bar of all slices, one beside another. */
export function renderStack(id: string, title: string, slices: readonly Slice[]): string {
  const total = slices.reduce((sum, { count }) => sum + count, 0)
  const shown = slices.filter(({ count }) => count > 0)
  const room = WIDTH - GAP * Math.max(shown.length - 1, 0) - LEAST * shown.length
  const description = shown.map(({ label, count }) => `${label} ${formatShare(count, total)}`).join(', ')
  let at = 0
  const rects = shown.map(({ count, tone }) => {
    const width = LEAST + (room * count) / total
    const rect = `<rect class="${tone}" x="${at.toFixed(2)}" width="${width.toFixed(2)}" height="22"/>`
    at += width + GAP
    return rect
  })
  const name = `${title}: ${description === '' ? 'none' : description}`
  return renderSvg({ id, name, className: 'chart stack', height: 22 }, [
    ...(shown.length === 0 ? [`<rect class="track" width="${WIDTH}" height="22"/>`] : []),
    ...rects,
  ])
}

/** One bar for a share of all rows. */
export function renderBar(id: string, { label, count, tone }: Slice, rows: number): string {
  const width = count === 0 ? 0 : Math.max(LEAST, (WIDTH * count) / Math.max(rows, 1))
  return renderSvg({ id, name: `${label}: ${formatShare(count, rows)}`, className: 'bar', height: 8 }, [
    `<rect class="track" width="${WIDTH}" height="8"/>`,
    `<rect class="${tone}" width="${width.toFixed(2)}" height="8"/>`,
  ])
}

interface Picture {
  readonly id: string
  readonly name: string
  readonly className: string
  readonly height: number
}

function renderSvg({ id, name, className, height }: Picture, shapes: readonly string[]): string {
  return [
    `<svg class="${className}" role="img" aria-labelledby="${id}" viewBox="0 0 ${WIDTH} ${height}" preserveAspectRatio="none">`,
    `<title id="${id}">${escapeHtml(name)}</title>`,
    ...shapes,
    '</svg>',
  ].join('')
}

export function renderCard(title: string, parts: readonly string[]): string {
  return `<section class="card"><h2>${title}</h2>${parts.join('\n')}</section>`
}

export function renderTable(heads: readonly string[], rows: readonly string[]): string {
  const cells = heads.map((head, place) => `<th scope="col"${place === 0 ? '' : ' class="n"'}>${head}</th>`)
  return `<table><thead><tr>${cells.join('')}</tr></thead><tbody>${rows.join('')}</tbody></table>`
}

export interface Row {
  readonly head: string
  readonly note: string
  /** Where the object of the audit has the count. */
  readonly of: string
  readonly bar?: string
}

export function renderRow({ head, note, of, bar = '' }: Row, count: number, total: number): string {
  return `<tr><th scope="row">${head}<span class="soft">${note}</span>${bar}</th><td class="n">${renderNumber(of, count)}</td><td class="n">${escapeHtml(formatShare(count, total))}</td></tr>`
}

export function renderList(facts: readonly (readonly [term: string, value: string, note: string])[]): string {
  const items = facts.map(
    ([term, value, note]) => `<div><dt>${term}</dt><dd>${value}</dd><dd>${note}</dd></div>`,
  )
  return `<dl class="facts">${items.join('')}</dl>`
}
