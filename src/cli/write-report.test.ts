import { existsSync, mkdtempSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { MisuseError } from './misuse-error.js'
import { OutputError } from './output.js'
import { expectReport, writeReport } from './write-report.js'

const folder = mkdtempSync(join(tmpdir(), 'passlift-report-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

describe('a report in a file', () => {
  test('is whole, and only its owner may read it', async () => {
    const path = join(folder, 'new')
    await expectReport(path)
    await writeReport(path, 'counts')
    expect(readFileSync(path, 'utf8')).toBe('counts')
    expect(statSync(path).mode & 0o777).toBe(0o600)
  })

  test('is refused where its name was taken during the work', async () => {
    const path = join(folder, 'taken')
    await expectReport(path)
    writeFileSync(path, 'kept')
    await expect(writeReport(path, 'counts')).rejects.toBeInstanceOf(MisuseError)
    await expect(expectReport(path)).rejects.toBeInstanceOf(MisuseError)
    expect(readFileSync(path, 'utf8')).toBe('kept')
  })

  test('goes through no symbolic link, whether or not something is behind it', async () => {
    const path = join(folder, 'link')
    const target = join(folder, 'target')
    symlinkSync(target, path)
    await expect(expectReport(path)).rejects.toBeInstanceOf(MisuseError)
    await expect(writeReport(path, 'counts')).rejects.toBeInstanceOf(MisuseError)
    expect(existsSync(target)).toBe(false)
  })

  test('is an error of the output where its folder went away', async () => {
    await expect(writeReport(join(folder, 'none', 'report'), 'counts')).rejects.toBeInstanceOf(OutputError)
    await expect(expectReport(join(folder, 'none', 'report'))).rejects.toThrow('takes no file (ENOENT')
  })
})
