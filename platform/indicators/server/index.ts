import { sql } from 'kysely'
import { type App, type ServerPart, system, words } from '#runtime'
import { type Indicators, indicators } from '../contract.ts'
import type { Measured } from '../indicator.ts'
import { Hooks } from './hooks.ts'
import { countedOver, countJob, fieldsOf, followRows, orderCount, tellUses } from './over-rows.ts'
import { getIndicator, publishValues } from './publish.ts'
import { readValues } from './read-values.ts'
import { indicatorRoutes } from './routes-indicators.ts'
import { warningRoutes } from './routes-warnings.ts'
import { toWarning, type WarningRow } from './warnings.ts'

interface Span {
  readonly indicator: string
  readonly from: string
  readonly to: string
  readonly members?: readonly string[]
}

export const server = (app: App): ServerPart => {
  const hooks = new Hooks()
  const service: Indicators = {
    hooks: hooks.register,
    publish: (work, id, values) => publishValues(app, hooks, work, id, values),
    compute: (work, id, { from, to, members }) => {
      const { id: indicator, compute } = getIndicator(app, id)
      if (typeof compute !== 'string') return orderCount(work, compute.dataset)
      const span: Span = { indicator, from: from.toISOString(), to: to.toISOString(), ...(members ? { members } : {}) }
      work.enqueue('indicators.compute', span, { key: JSON.stringify(span) })
    },
    values: (id, query) => readValues(app.db, getIndicator(app, id).id, query),
    over: (dataset) => countedOver(app, dataset).map((indicator) => ({ indicator, fields: fieldsOf(indicator) })),
    openWarnings: async ({ rule = null, member = null }) => {
      const { rows } = await sql<WarningRow>`select * from indicators.warning where cleared_at is null
        and (${rule}::text is null or rule = ${rule}) and (${member}::text is null or member = ${member})
        order by opened_at desc, id desc`.execute(app.db)
      return rows.map(toWarning)
    },
  }
  app.provide(indicators, service)
  tellUses(app)
  const publish = async (indicator: string, values: readonly Measured[]) => {
    await app.work(system('indicators.compute'), (work) => service.publish(work, indicator, values))
  }
  return {
    routes: [...indicatorRoutes(app, hooks, service), ...warningRoutes(app, hooks)],
    jobs: [
      {
        id: 'indicators.compute',
        title: words('计算指标', 'Compute a measure'),
        run: async (data) => {
          const { indicator, from, to, members } = data as Span
          const { compute } = getIndicator(app, indicator)
          const span = { from: new Date(from), to: new Date(to), ...(members ? { members } : {}) }
          const values = typeof compute === 'string' ? await hooks.compute.get(compute)?.(app, span) : undefined
          await publish(indicator, values ?? [])
        },
      },
      countJob(app, publish),
    ],
    subscribers: [followRows(app)],
    start: async () => hooks.check(app),
  }
}
