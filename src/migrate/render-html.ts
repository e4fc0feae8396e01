import type { Audit } from './audit.js'
import { escapeHtml, renderNumber } from './html-parts.js'
import {
  renderDamage,
  renderFacts,
  renderHashers,
  renderOutcomes,
  renderPolicies,
  renderStandings,
} from './html-sections.js'
import { STYLE } from './html-style.js'
import { describeReading, formatCount, formatShare } from './report-words.js'
import type { ReportOptions } from './report-words.js'

/**
 * Renders an audit as a page of HTML: one file without a script, which asks the network for nothing. It holds no text of the
 * export but the columns in `options` and, where the audit was asked for logins, those; both escaped, in 64 characters at most.
 */
export function renderHtml(audit: Audit, options: ReportOptions): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<title>Password audit: ${countOf(audit.rows, 'account')}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
${renderHeader(audit, options)}
${renderFigures(audit)}
${renderOutcomes(audit)}
${renderDamage(audit)}
<div class="pair">
${renderStandings(audit)}
${renderPolicies(audit)}
</div>
${renderHashers(audit)}
${renderFacts(audit)}
<footer>
<p>${hasLogins(audit) ? LOGINS_INSIDE : NOTHING_INSIDE}</p>
<p>Whether a digest can be verified is read from its form: no password was tried.</p>
</footer>
</main>
</body>
</html>
`
}

const NOTHING_INSIDE = 'This page holds no digest, no salt, no login and no id of the export.'
const LOGINS_INSIDE =
  'This page holds logins and ids of the export, and no digest or salt. Keep it as safe as the export.'

function renderHeader(audit: Audit, options: ReportOptions): string {
  const { date } = options
  const day = date?.toLocaleDateString('en', { dateStyle: 'long' })
  const reading = describeReading(options)
  const meta = [`${reading.charAt(0).toUpperCase()}${reading.slice(1)}`, ...(day === undefined ? [] : [day])]
  return `<header>
<p class="kicker">passlift audit</p>
<h1>Password audit</h1>
<p class="lede">${escapeHtml(summarise(audit))}</p>
<p class="soft">${escapeHtml(meta.join(' · '))}</p>
</header>`
}

/** The audit in two sentences. */
function summarise({ rows, withoutPassword, verifiable, rehash }: Audit): string {
  const withPassword = rows - withoutPassword
  if (withPassword === 0) return `Of ${countOf(rows, 'account')}, none has a password.`
  const broken = withPassword - verifiable
  const first =
    broken === 0
      ? `All ${countOf(withPassword, 'password')} can be verified as they are stored.`
      : `${formatCount(verifiable)} of ${countOf(withPassword, 'password')} can be verified as they are stored; ${formatCount(broken)} cannot.`
  const weak = rehash.insecure
  const second =
    weak === 0
      ? 'None of them has to be replaced.'
      : weak === 1
        ? 'One is too weak to stay: it is replaced when its user signs in.'
        : `${formatCount(weak)} are too weak to stay: they are replaced when their users sign in.`
  return `${first} ${second}`
}

function renderFigures(audit: Audit): string {
  const { rows, withoutPassword, verifiable, rehash } = audit
  const withPassword = rows - withoutPassword
  const figure = (title: string, number: string, note: string): string =>
    `<div><dt>${title}</dt><dd class="big">${number}</dd><dd class="soft">${note}</dd></div>`
  return `<dl class="figures">
${figure('Accounts', renderNumber('rows', rows), `${formatCount(withoutPassword)} without a password`)}
${figure('Can be verified', renderNumber('verifiable', verifiable), `${formatShare(verifiable, withPassword)} of the passwords`)}
${figure('Cannot be verified', renderNumber('broken', withPassword - verifiable), `${formatShare(withPassword - verifiable, withPassword)} of the passwords`)}
${figure('Too weak to stay', renderNumber('rehash.insecure', rehash.insecure), `${formatShare(rehash.insecure, verifiable)} of what can be verified`)}
</dl>`
}

function countOf(count: number, noun: string): string {
  return `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`
}

function hasLogins({ hashers, damage }: Audit): boolean {
  return (
    hashers.some(({ account }) => account !== undefined) ||
    damage.some(({ accounts }) => accounts !== undefined)
  )
}
