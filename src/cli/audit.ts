import { audit as auditAccounts, renderHtml, renderText } from '../migrate/index.js'
import type { Answer, Command } from './command.js'
import { AUDIT_HELP } from './help.js'
import { EXPORT_OPTIONS, openExport } from './open-export.js'
import { expectReport, writeReport } from './write-report.js'

export const audit: Command = {
  name: 'audit',
  help: AUDIT_HELP,
  options: [...EXPORT_OPTIONS, 'html', 'logins'],
  takesFile: true,
  run: async (given): Promise<Answer> => {
    const { values, flags } = given
    const page = values.get('html')
    if (page !== undefined) await expectReport(page)
    const { from, batches, columns } = await openExport(given)
    const found = await auditAccounts(batches, { logins: flags.has('logins') })
    const said = { from, columns }
    if (page !== undefined) await writeReport(page, renderHtml(found, { ...said, date: new Date() }))
    const isWhole = found.unknown + found.malformed + found.tooCostly === 0
    return {
      exitCode: isWhole ? 0 : 1,
      lines: renderText(found, said),
      json: { outcome: 'audited', from, ...found },
    }
  },
}
