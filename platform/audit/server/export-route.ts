import { Readable } from 'node:stream'
import { Type } from 'typebox'
import type { Keys } from '#platform/crypto'
import { type Actor, type App, type Route, route, type Scope, words } from '#runtime'
import { cursorOf, FILTERS, type Filter, findEntries, type ShownEntry } from './find-entries.ts'
import { ENTRY_KEYS } from './sink.ts'
import { subjectIds } from './subject.ts'

const PAGE = 2_000
const COLUMNS = [
  'id',
  'at',
  'event',
  'actorKind',
  'actor',
  'post',
  'onBehalfOf',
  'organisation',
  'session',
  'subjectKind',
  'subject',
  'purpose',
  'details',
] as const

/** The filtered log as a file, streamed page by page. */
export const exportRoute = (app: App, keys: Keys): Route =>
  route({
    method: 'GET',
    path: '/api/audit/export',
    title: words('导出审计日志（CSV）', 'Export the audit log (CSV)'),
    right: 'audit.read',
    audit: 'audit.log.exported',
    query: Type.Object(FILTERS),
    response: Type.String(),
    produces: 'text/csv; charset=utf-8',
    example: 'id,at,event,…\n',
    handler: async ({ query: { subject, ...filter }, actor, scope, reply }) => {
      reply.header('content-disposition', 'attachment; filename="audit.csv"')
      const subjects = subject ? { subjects: subjectIds(keys.of(ENTRY_KEYS), subject) } : {}
      return Readable.from(lines(app, { actor, scope }, { ...filter, ...subjects }))
    },
  })

async function* lines(app: App, reader: { actor: Actor; scope: Scope }, filter: Filter): AsyncGenerator<string> {
  yield `\ufeff${COLUMNS.join(',')}\r\n`
  let after: string | undefined
  for (;;) {
    const rows = await findEntries(app.db, reader, filter, after, PAGE)
    if (rows.length > 0) yield rows.map(lineOf).join('')
    const last = rows.at(-1)
    if (rows.length < PAGE || !last) return
    after = cursorOf(last)
  }
}

const lineOf = (row: ShownEntry): string => `${COLUMNS.map((column) => cell(row[column])).join(',')}\r\n`

/** Quoted, and with a leading apostrophe where a spreadsheet would take the text for a formula. */
function cell(value: unknown): string {
  if (value === null) return ''
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  const harmless = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text
  return /[",\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless
}
