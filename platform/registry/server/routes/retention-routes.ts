import { type Static, Type } from 'typebox'
import { NOTHING_PERSONAL, type Route, route, words } from '#runtime'
import type { LoadParts } from '../loading/run-load.ts'
import { pastRetention } from '../retention/past-retention.ts'
import { answersFor } from '../rows/access.ts'
import { Words } from './schemas.ts'

const Past = Type.Object({
  dataset: Type.String(),
  title: Words,
  source: Type.String(),
  years: Type.Integer(),
  /** Rows that have not changed for so long, and earlier versions that ended so long ago. */
  rows: Type.Integer(),
  versions: Type.Integer(),
  countedAt: Type.String({ format: 'date-time' }),
})

/** What is kept longer than its dataset says, for those who answer for it. */
export const retentionRoutes = ({ app, catalogue }: LoadParts): Route[] => [
  route({
    method: 'GET',
    path: '/api/registry/past-retention',
    title: words('保存期满的数据', 'Data past their retention'),
    right: 'registry.read',
    audit: NOTHING_PERSONAL,
    response: Type.Object({ rows: Type.Array(Past) }),
    example: { rows: [{ dataset: 'air.finding', years: 10, rows: 3, versions: 0 }] },
    handler: async ({ scope, work }) => {
      const rows: Static<typeof Past>[] = []
      for (const { dataset: id, countedAt, ...counts } of await pastRetention(work.tx)) {
        const dataset = catalogue.find(id)?.dataset
        if (!dataset || dataset.retention === 'permanent') continue
        const { title, source, retention } = dataset
        if (scope.reach !== 'city' && !(await answersFor(app, work.tx, scope, source))) continue
        rows.push({ dataset: id, title, source, years: retention.years, ...counts, countedAt: countedAt.toISOString() })
      }
      return { rows }
    },
  }),
]
