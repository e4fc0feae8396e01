import type { Audit, HasherCount } from './audit.js'
import type { Damage, Owner } from './damages.js'
import {
  escapeHtml,
  renderAdvice,
  renderBar,
  renderCard,
  renderKey,
  renderList,
  renderNumber,
  renderRow,
  renderStack,
  renderTable,
} from './html-parts.js'
import type { Slice, Tone } from './html-parts.js'
import { POLICIES } from './policies.js'
import {
  describeOwner,
  describeParameters,
  describeRepeats,
  formatCount,
  formatHours,
  formatShare,
} from './report-words.js'

const TONES = { sound: 'good', dated: 'fair', insecure: 'bad' } as const
const STANDINGS = {
  sound: 'Fit to stay.',
  dated: 'Slow to try once, and no longer slow enough.',
  insecure: 'So fast to try that whoever has the table finds most passwords.',
} as const
const POLICY_NOTES = {
  insecure: 'What is insecure, or of too low a cost.',
  dated: 'What is dated, too.',
  converge: 'Every digest of another hasher than the target: one format is left.',
} as const
const OUTCOMES = [
  {
    of: 'verifiable',
    label: 'Can be verified',
    tone: 'good',
    note: 'Their users sign in with the passwords that they have.',
  },
  {
    of: 'withoutPassword',
    label: 'Without a password',
    tone: 'none',
    note: 'Their users sign in another way, or not at all.',
  },
  { of: 'unknown', label: 'Unknown', tone: 'fair', note: 'No hasher claims these digests.' },
  {
    of: 'malformed',
    label: 'Malformed',
    tone: 'bad',
    note: 'Damaged digests, and rows that could not be read.',
  },
  {
    of: 'tooCostly',
    label: 'Over the limits',
    tone: 'odd',
    note: 'One check would take more time or memory than is allowed.',
  },
] as const

/** What became of every row. */
export function renderOutcomes(audit: Audit): string {
  const slices = OUTCOMES.map(({ of, label, tone }) => ({ label, tone, count: audit[of] }))
  return renderCard('Can everybody sign in?', [
    renderStack('outcomes', 'All accounts', slices),
    renderTable(
      ['Accounts', 'Count', 'Share'],
      OUTCOMES.map(({ of, label, tone, note }) =>
        renderRow({ head: renderKey(tone) + label, note, of }, audit[of], audit.rows),
      ),
    ),
  ])
}

/** How safe the digests are that a hasher reads. */
export function renderStandings({ hashers }: Audit): string {
  const sums = (['sound', 'dated', 'insecure'] as const).map((standing) => ({
    standing,
    tone: TONES[standing],
    label: `${standing.charAt(0).toUpperCase()}${standing.slice(1)}`,
    count: hashers.reduce((sum, one) => (one.standing === standing ? sum + one.count : sum), 0),
  }))
  const total = sums.reduce((sum, { count }) => sum + count, 0)
  return renderCard('How safe are the digests?', [
    renderStack('standings', 'Digests that a hasher reads', sums),
    renderTable(
      ['Digests', 'Count', 'Share'],
      sums.map(({ standing, tone, label, count }) =>
        renderRow(
          { head: renderKey(tone) + label, note: STANDINGS[standing], of: `standing.${standing}` },
          count,
          total,
        ),
      ),
    ),
  ])
}

/** What each policy replaces. */
export function renderPolicies({ rehash, verifiable }: Audit): string {
  return renderCard('What is replaced at sign-in?', [
    renderTable(
      ['Policy', 'Count', 'Share'],
      POLICIES.map((policy) => {
        const slice: Slice = { label: policy, count: rehash[policy], tone: 'odd' }
        return renderRow(
          {
            head: `<code>${policy}</code>`,
            note: POLICY_NOTES[policy],
            of: `rehash.${policy}`,
            bar: renderBar(`policy-${policy}`, slice, verifiable),
          },
          rehash[policy],
          verifiable,
        )
      }),
    ),
    `<p class="note">Of the ${formatCount(verifiable)} that can be verified.</p>`,
  ])
}

/** The hashers, the commonest first. */
export function renderHashers({ hashers, rows }: Audit): string {
  if (hashers.length === 0) return ''
  return renderCard('Which hashers made them?', [
    renderTable(
      ['Hasher', 'Count', 'Share'],
      hashers.map((hasher, place) => {
        const { name, standing, count } = hasher
        const tone: Tone = TONES[standing]
        return renderRow(
          {
            head: `${escapeHtml(name).replaceAll('_', '_<wbr>')}<span class="badge ${standing}">${standing}</span>`,
            note: describeHasher(hasher, place),
            of: `hashers.${place}.count`,
            bar: renderBar(`hasher-${place}`, { label: name, count, tone }, rows),
          },
          count,
          rows,
        )
      }),
    ),
  ])
}

function describeHasher(hasher: HasherCount, place: number): string {
  const parameters = escapeHtml(describeParameters(hasher))
  const row = `row ${renderNumber(`hashers.${place}.line`, hasher.line, String(hasher.line))}`
  return `${parameters === '' ? 'As in' : `${parameters}; as in`} ${row}${renderOwner(hasher.account)}.`
}

/** What cannot be verified, and what to do about it. */
export function renderDamage({ damage, rows }: Audit): string {
  if (damage.length === 0) return ''
  const items = damage.map(
    (one, place) => `<li>
<div class="head"><h3>${escapeHtml(one.kind)}</h3><p class="soft">${renderNumber(`damage.${place}.count`, one.count)} ${one.count === 1 ? 'row' : 'rows'}, ${formatShare(one.count, rows)}</p></div>
<p class="soft">${describeLength(one, place)}${listRows(one, place)}</p>
${one.advice === undefined ? '' : `<p class="advice">${renderAdvice(one.advice)}</p>`}
</li>`,
  )
  return renderCard('What cannot be read, and what to do', [`<ul class="damage">${items.join('')}</ul>`])
}

function describeLength({ characters }: Damage, place: number): string {
  if (characters === undefined) return ''
  return `Cut at ${renderNumber(`damage.${place}.characters`, characters)} characters, perhaps by a column. `
}

function listRows({ lines, count, accounts = [] }: Damage, place: number): string {
  const rows = lines.map(
    (line, index) =>
      renderNumber(`damage.${place}.lines.${index}`, line, String(line)) + renderOwner(accounts[index]),
  )
  const more = count > lines.length ? ` and ${formatCount(count - lines.length)} more` : ''
  return `${count === 1 ? 'Row' : 'Rows'} ${rows.join(', ')}${more}`
}

function renderOwner(owner: Owner | undefined): string {
  const text = owner === undefined ? '' : describeOwner(owner)
  return text === '' ? '' : ` (${escapeHtml(text)})`
}

/** What is shared, what names say, and what it costs. */
export function renderFacts({ equalDigests, repeatedSalts, names, coreHours }: Audit): string {
  return `<div class="pair">
${renderCard('Shared and named', [
  renderList([
    [
      'Equal digests',
      renderRepeats('equalDigests', equalDigests),
      'Without a salt, equal passwords have equal digests.',
    ],
    [
      'Repeated salts',
      renderRepeats('repeatedSalts', repeatedSalts),
      'A salt is to be random, and never the same twice.',
    ],
    [
      'Names that no hasher has',
      renderNumber('names.other', names.other),
      'Rows that name a hasher which does not exist.',
    ],
    [
      'Names that the digest denies',
      renderNumber('names.denied', names.denied),
      'Rows whose digest is of another hasher.',
    ],
  ]),
])}
${renderCard('Hours of one core, estimated', [
  renderList([
    [
      'To sign everybody in once',
      renderNumber('coreHours.signIn', coreHours.signIn, formatHours(coreHours.signIn)),
      'Each check, and the new digest where the policy <code>insecure</code> asks for one.',
    ],
    [
      'To replace what is insecure',
      renderNumber('coreHours.harden', coreHours.harden, formatHours(coreHours.harden)),
      'A new digest of each, without waiting for its user.',
    ],
  ]),
])}
</div>`
}

function renderRepeats(of: string, repeats: Audit['equalDigests']): string {
  const text = describeRepeats(repeats)
  return `<data value="${repeats.accounts}/${repeats.groups}" data-of="${of}">${text}</data>`
}
