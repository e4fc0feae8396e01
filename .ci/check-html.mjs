// Opens the page of `passlift audit --html` in a browser, at three widths, light and dark, and on paper. It takes
// Debian's Chromium, or the one that CHROMIUM names; `npm run check:html -- FOLDER` leaves screenshots there.
import { spawnSync } from 'node:child_process'
import { accessSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { chromium } from 'playwright-core'

const WIDTHS = [360, 768, 1280]
const SCHEMES = ['light', 'dark']
const CONTRAST = 4.5
const executablePath = process.env.CHROMIUM ?? '/usr/bin/chromium'
const [screenshots] = process.argv.slice(2)

try {
  accessSync(executablePath)
} catch {
  console.error(
    `There is no ${executablePath}. Install it with apt-get install chromium, or name one in CHROMIUM.`,
  )
  process.exit(1)
}

// It runs in the page: each text with its colour and the background that it stands on, and each chart with its name.
const READ_LAYOUT = `(() => {
  const isOpaque = (color) => !/^rgba\\(.*, 0\\)$/.test(color) && color !== 'transparent'
  const backgroundOf = (element) => {
    for (let one = element; one !== null; one = one.parentElement) {
      const { backgroundColor } = getComputedStyle(one)
      if (isOpaque(backgroundColor)) return backgroundColor
    }
    return 'rgb(255, 255, 255)'
  }
  const texts = new Map()
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode()) {
    const text = node.textContent.trim()
    const element = node.parentElement
    if (text === '' || element.closest('svg') !== null) continue
    const color = getComputedStyle(element).color
    const background = backgroundOf(element)
    texts.set(color + background, { text: text.slice(0, 30), color, background })
  }
  const wide = [...document.querySelectorAll('main *')].filter((one) => {
    const { left, right } = one.getBoundingClientRect()
    return left < -1 || right > innerWidth + 1
  })
  return {
    overflow: document.documentElement.scrollWidth - innerWidth,
    wide: wide.map((one) => one.tagName).slice(0, 5),
    texts: [...texts.values()],
    charts: [...document.querySelectorAll('svg:not([aria-hidden])')].map((chart) => {
      const { width, height } = chart.getBoundingClientRect()
      const name = document.getElementById(chart.getAttribute('aria-labelledby'))?.textContent ?? ''
      return { name, role: chart.getAttribute('role'), width, height }
    }),
  }
})()`

const folder = mkdtempSync(join(tmpdir(), 'passlift-html-'))
const problems = []
let browser
try {
  if (screenshots !== undefined) mkdirSync(screenshots, { recursive: true })
  // Chromium's sandbox does not run as root, and the page is our own.
  const args = process.getuid?.() === 0 ? ['--no-sandbox'] : []
  browser = await chromium.launch({ executablePath, args })
  for (const sample of makeSamples()) for (const scheme of SCHEMES) await checkScheme(sample, scheme)
} finally {
  await browser?.close()
  rmSync(folder, { recursive: true })
}
for (const problem of problems) console.error(problem)
console.log(problems.length === 0 ? 'The pages are as they should be.' : `${problems.length} problems.`)
process.exitCode = problems.length === 0 ? 0 : 1

/** Audits of the sample export, of a file with damage, long names and logins, and of an empty one. */
function makeSamples() {
  const whole = '$2y$10$Yx3nTqWbV0eKfL7sRz2HuOxy.vw9LXqfofGx3A9MS5uuaTpB5cSkG'
  const cut = Array.from({ length: 1_200 }, (_, index) => [
    index,
    `user${index}@example.com`,
    whole.slice(0, 40),
  ])
  const shared = Array.from({ length: 30 }, (_, index) => [
    `s${index}`,
    '',
    '5f4dcc3b5aa765d61d8327deb882cf99',
  ])
  const rows = [
    ...[...cut, ...shared],
    ['x', `${'long-name-without-a-space'.repeat(9)}@example.com`, ` ${whole}`],
    ['<script>alert(1)</script>', '<img src=x onerror=alert(1)>', 'hunter2'],
    ['y', 'y', `$2b$31$${whole.slice(7)}`],
    ['z', 'z', whole.replaceAll('$', '&#36;')],
  ]
  const csv = rows.map((row) => row.map((cell) => `"${cell}"`).join(',')).join('\n')
  const path = (name, text) => {
    writeFileSync(join(folder, name), text)
    return join(folder, name)
  }
  return [
    makeSample('sample', ['vectors/exports/users.ndjson']),
    makeSample('damaged', [
      path('damaged.csv', `id,email,pw\n${csv}\n`),
      '--column',
      'digest=pw',
      '--logins',
    ]),
    makeSample('empty', [path('empty.csv', 'id,email,password\n')]),
  ]
}

function makeSample(name, args) {
  const page = join(folder, `${name}.html`)
  const command = ['dist/cli/main.js', 'audit', ...args, '--json', '--html', page]
  const { stdout } = spawnSync(process.execPath, command, { encoding: 'utf8' })
  return { name, page, audit: JSON.parse(stdout) }
}

async function checkScheme({ name, page: path, audit }, scheme) {
  const context = await browser.newContext({ colorScheme: scheme })
  const page = await context.newPage()
  const at = `${name}, ${scheme}`
  const own = pathToFileURL(path).href
  page.on('request', (request) => {
    if (request.url() !== own) problems.push(`${at}: it asks for ${request.url()}.`)
  })
  page.on('console', (message) => problems.push(`${at}: the console says ${message.text()}.`))
  page.on('pageerror', (error) => problems.push(`${at}: ${error.message}.`))
  await page.goto(own)
  checkNumbers(at, await page.$$eval('data', readData), audit)
  for (const width of WIDTHS) {
    await page.setViewportSize({ width, height: 900 })
    await checkLayout(`${at}, ${width} px`, page)
    if (screenshots !== undefined)
      await page.screenshot({ path: join(screenshots, `${name}-${scheme}-${width}.png`), fullPage: true })
  }
  await page.emulateMedia({ media: 'print', colorScheme: scheme })
  // 180 mm, the width between the margins of A4.
  await page.setViewportSize({ width: 680, height: 900 })
  await checkLayout(`${at}, printed`, page)
  const background = await page.evaluate('getComputedStyle(document.body).backgroundColor')
  if (background !== 'rgb(255, 255, 255)') problems.push(`${at}: paper is ${background}.`)
  const pdf = await page.pdf({ format: 'A4' })
  if (pdf.subarray(0, 5).toString() !== '%PDF-') problems.push(`${at}: it cannot be printed.`)
  if (screenshots !== undefined) writeFileSync(join(screenshots, `${name}-${scheme}.pdf`), pdf)
  await context.close()
}

/** Runs in the page. */
function readData(elements) {
  return elements.map((one) => ({ of: one.dataset.of, value: one.value, text: one.textContent }))
}

/** Compares the numbers of a page with those of the object, in both directions. */
function checkNumbers(at, shown, audit) {
  const expected = numbersOf(audit)
  for (const { of, value, text } of shown) {
    if (expected.get(of) !== value) problems.push(`${at}: ${of} is ${value}, not ${expected.get(of)}.`)
    const isExact = !of.startsWith('coreHours.') && /^\d+$/.test(value)
    if (isExact && text.replaceAll(',', '') !== value) problems.push(`${at}: ${of} reads ${text}.`)
    const pair = /^(\d+)\/(\d+)$/.exec(value)
    for (const number of pair?.slice(1) ?? []) {
      if (number !== '0' && !text.replaceAll(',', '').includes(number))
        problems.push(`${at}: ${of} reads ${text}.`)
    }
  }
  const found = new Set(shown.map(({ of }) => of))
  for (const of of expected.keys()) if (!found.has(of)) problems.push(`${at}: ${of} is not there.`)
}

/** All numbers of the object by their paths, and those that the page adds up. */
function numbersOf(audit) {
  const { equalDigests, repeatedSalts, hashers, damage } = audit
  const counts = ['rows', 'withoutPassword', 'verifiable', 'unknown', 'malformed', 'tooCostly']
  const numbers = new Map(counts.map((name) => [name, audit[name]]))
  numbers.set('broken', audit.unknown + audit.malformed + audit.tooCostly)
  for (const group of ['rehash', 'names', 'coreHours'])
    for (const [name, value] of Object.entries(audit[group])) numbers.set(`${group}.${name}`, value)
  for (const standing of ['sound', 'dated', 'insecure']) {
    const those = hashers.filter((hasher) => hasher.standing === standing)
    numbers.set(
      `standing.${standing}`,
      those.reduce((sum, { count }) => sum + count, 0),
    )
  }
  hashers.forEach(({ count, line }, place) => {
    numbers.set(`hashers.${place}.count`, count).set(`hashers.${place}.line`, line)
  })
  damage.forEach(({ count, lines, characters }, place) => {
    numbers.set(`damage.${place}.count`, count)
    lines.forEach((line, index) => numbers.set(`damage.${place}.lines.${index}`, line))
    if (characters !== undefined) numbers.set(`damage.${place}.characters`, characters)
  })
  numbers.set('equalDigests', `${equalDigests.accounts}/${equalDigests.groups}`)
  numbers.set('repeatedSalts', `${repeatedSalts.accounts}/${repeatedSalts.groups}`)
  return new Map([...numbers].map(([of, value]) => [of, String(value)]))
}

async function checkLayout(at, page) {
  const { overflow, wide, texts, charts } = await page.evaluate(READ_LAYOUT)
  if (overflow > 0) problems.push(`${at}: it is ${overflow} px too wide.`)
  for (const one of wide) problems.push(`${at}: ${one} stands out of the page.`)
  for (const { text, color, background } of texts) {
    const contrast = contrastOf(color, background)
    if (contrast < CONTRAST) problems.push(`${at}: "${text}" has a contrast of ${contrast.toFixed(2)}.`)
  }
  if (texts.length === 0 || charts.length === 0) problems.push(`${at}: there is nothing to read.`)
  for (const { name, role, width, height } of charts) {
    if (role !== 'img' || name === '') problems.push(`${at}: a chart has no name or role.`)
    if (width < 40 || height < 4) problems.push(`${at}: the chart "${name}" is ${width} by ${height} px.`)
  }
}

/** The contrast of two colours (WCAG 2.2, relative luminance). */
function contrastOf(first, second) {
  const [light, dark] = [luminanceOf(first), luminanceOf(second)].toSorted((a, b) => b - a)
  return (light + 0.05) / (dark + 0.05)
}

function luminanceOf(color) {
  const [red, green, blue] = color.match(/[\d.]+/g).map((part) => {
    const share = part / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue
}
