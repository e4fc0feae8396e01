/** The style of the page. The colours of charts differ from the card by 3 to 1 at least, those of text by 4.5 to 1. */
export const STYLE = `
:root {
  color-scheme: light dark;
  --page: #f3f5f8; --card: #ffffff; --line: #dde3ea; --text: #17202b; --soft: #505e6d; --track: #e6ebf1;
  --good: #17795a; --fair: #8a5a00; --bad: #b3261e; --none: #76828f; --odd: #6d4fc2;
  --good-tint: #e3f4ec; --fair-tint: #fdf1d8; --bad-tint: #fdeae8;
}
@media screen and (prefers-color-scheme: dark) {
  :root {
    --page: #0e141b; --card: #17202a; --line: #2b3947; --text: #e9eef3; --soft: #a9b6c3; --track: #273440;
    --good: #4fc793; --fair: #e6b84d; --bad: #ff8b80; --none: #8796a5; --odd: #b39df3;
    --good-tint: #14352a; --fair-tint: #3a2e12; --bad-tint: #43211f;
  }
}
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; text-size-adjust: 100%; }
body {
  margin: 0; background: var(--page); color: var(--text);
  font: 16px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif;
  overflow-wrap: anywhere;
}
main { max-width: 66rem; margin: 0 auto; padding: clamp(1.25rem, 4vw, 3rem) clamp(1rem, 4vw, 2.5rem); }
h1, h2, h3, p, dl, dd, ul { margin: 0; }
h1 { font-size: clamp(1.7rem, 1.2rem + 2.2vw, 2.5rem); line-height: 1.15; letter-spacing: -0.02em; }
h2 { font-size: 1.2rem; line-height: 1.3; letter-spacing: -0.01em; }
h3 { font-size: 1rem; line-height: 1.4; }
header { margin-bottom: 1.75rem; }
.kicker { color: var(--soft); font-size: 0.8rem; font-weight: 600; letter-spacing: 0.08em; text-transform: uppercase; }
.lede { margin-top: 0.75rem; max-width: 46rem; font-size: 1.1rem; }
.soft, .note { color: var(--soft); font-size: 0.9rem; }
header .soft { margin-top: 0.5rem; }
.note { margin-top: 0.25rem; max-width: 46rem; }
data, td.n { font-variant-numeric: tabular-nums; }
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 9.5rem), 1fr)); gap: 0.75rem; }
section { margin-top: 1rem; }
.card, .figures > div {
  background: var(--card); border: 1px solid var(--line); border-radius: 14px; padding: clamp(1rem, 2.5vw, 1.6rem);
}
.figures > div { display: flex; flex-direction: column; padding: 1rem 1.1rem; }
.figures dt { color: var(--soft); font-size: 0.85rem; }
.figures .big { font-size: clamp(1.5rem, 1.2rem + 1.2vw, 2rem); font-weight: 650; line-height: 1.2; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: 1rem; }
.chart { display: block; width: 100%; margin: 1.1rem 0 0.6rem; border-radius: 6px; }
.bar { display: block; width: 100%; height: 8px; margin-top: 0.45rem; border-radius: 4px; }
.stack { height: 22px; }
.track { fill: var(--track); }
.good { fill: var(--good); } .fair { fill: var(--fair); } .bad { fill: var(--bad); }
.none { fill: var(--none); } .odd { fill: var(--odd); } .gap { fill: var(--card); }
.key { display: inline-block; width: 0.75em; height: 0.75em; margin-right: 0.5em; border-radius: 3px; }
table { width: 100%; border-collapse: collapse; margin-top: 0.5rem; }
caption { text-align: left; color: var(--soft); font-size: 0.9rem; padding-bottom: 0.35rem; }
th, td { padding: 0.6rem 0 0.6rem 0.9rem; text-align: left; vertical-align: top; border-top: 1px solid var(--line); }
th:first-child, td:first-child { padding-left: 0; width: 100%; }
thead th { border-top: 0; padding-top: 0; color: var(--soft); font-size: 0.8rem; font-weight: 600; }
tbody th { font-weight: 600; }
tbody th .soft { display: block; font-weight: 400; }
th.n, td.n { text-align: right; white-space: nowrap; overflow-wrap: normal; }
.badge {
  display: inline-block; margin-left: 0.5em; padding: 0 0.6em; border-radius: 1em;
  font-size: 0.75rem; font-weight: 600; line-height: 1.6; white-space: nowrap;
}
.badge.sound { background: var(--good-tint); color: var(--good); }
.badge.dated { background: var(--fair-tint); color: var(--fair); }
.badge.insecure { background: var(--bad-tint); color: var(--bad); }
.damage { list-style: none; padding: 0; }
.damage > li { padding: 1rem 0; border-top: 1px solid var(--line); }
.damage > li:first-child { margin-top: 0.75rem; }
.damage > li:last-child { padding-bottom: 0; }
.damage .head { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 0 1rem; }
.damage .advice { margin-top: 0.25rem; }
.facts > div { padding: 0.7rem 0; border-top: 1px solid var(--line); }
.facts > div:first-child { margin-top: 0.75rem; }
.facts > div:last-child { padding-bottom: 0; }
.facts dt { font-weight: 600; }
.facts dd + dd { color: var(--soft); font-size: 0.9rem; }
code { font: 0.92em ui-monospace, SFMono-Regular, Menlo, Consolas, monospace; }
footer { margin-top: 1.5rem; color: var(--soft); font-size: 0.85rem; }
@media print {
  :root { --page: #ffffff; --soft: #404a55; }
  @page { margin: 15mm; }
  body { font-size: 10.5pt; }
  main { max-width: none; padding: 0; }
  .figures { grid-template-columns: repeat(4, 1fr); }
  .card, .figures > div { border-radius: 0; border-width: 1px 0 0; padding: 0.8rem 0; }
  .figures > div, tr, li, .facts > div, .chart { break-inside: avoid; }
  h2, h3, thead { break-after: avoid; }
  .badge { border: 1px solid currentColor; background: none; }
}
`
