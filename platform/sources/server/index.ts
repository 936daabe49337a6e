import { keys } from '#platform/crypto'
import { dataDesk } from '#platform/registry'
import { type App, type ServerPart, type Subscriber, system, words } from '#runtime'
import { sources } from '../contract.ts'
import { discover, discoverAll } from './discover.ts'
import { Egress } from './egress.ts'
import { forgetBytes } from './keeping/forget-bytes.ts'
import type { SourcesParts } from './parts.ts'
import { sourcesRoutes } from './routes/sources-routes.ts'
import { advance } from './runs/advance.ts'
import { orderStep } from './runs/run-store.ts'
import { takeUp, tick } from './schedule/tick.ts'
import { Secrets } from './secrets.ts'
import { lookAfterAllSlots, lookAfterSlots } from './slots/look-after-slots.ts'
import { sourcesService } from './sources-service.ts'
import { sourcesTables } from './tables.ts'
import { tellStewards } from './tell-stewards.ts'

const HOUR = 3600

export const server = (app: App): ServerPart => {
  const secrets = new Secrets(app)
  const parts: SourcesParts = { app, desk: app.use(dataDesk), egress: new Egress(app.config.sourceHosts), secrets }
  app.provide(sources, sourcesService(parts))
  app.use(keys).reseals(secrets.resealer())
  return {
    routes: sourcesRoutes(parts),
    jobs: [
      {
        id: 'sources.run',
        title: words('数据采集', 'Collect data'),
        concurrency: 2,
        expireSeconds: 24 * HOUR,
        run: (data, signal) => advance(parts, (data as { run: number }).run, signal),
      },
      {
        id: 'sources.discover',
        title: words('查看来源的表', 'Look at the tables of a source'),
        run: (data) => discover(parts, (data as { source: string }).source),
      },
      {
        id: 'sources.discover-all',
        title: words('每日查看所有来源的表', 'Look at the tables of all sources each day'),
        schedule: '10 3 * * *',
        run: () => discoverAll(parts),
      },
      {
        id: 'sources.slots',
        title: words('查看来源的复制槽', 'Look after the replication slots of a source'),
        run: (data) => lookAfterSlots(parts, (data as { source: string }).source),
      },
      {
        id: 'sources.slots-all',
        title: words('每小时查看所有复制槽', 'Look after all replication slots each hour'),
        schedule: '25 * * * *',
        run: () => lookAfterAllSlots(app),
      },
      {
        id: 'sources.keeping',
        title: words('删除保存期满的采集原始数据', 'Delete raw data of runs at the end of their term'),
        schedule: '50 3 * * *',
        expireSeconds: HOUR,
        run: (_data, signal) => forgetBytes(parts, signal),
      },
      {
        id: 'sources.tick',
        title: words('按计划采集、检查是否逾期', 'Start what is due, say what is late'),
        schedule: '* * * * *',
        run: () => tick(parts),
      },
    ],
    subscribers: [whenLoadEnds, tellStewards(app)],
    start: () => app.work(system('sources.schedule'), takeUp),
  }
}

/** An import that has ended lets its run go on. */
const whenLoadEnds: Subscriber = {
  id: 'sources.load-ended',
  topics: ['registry.load.ended'],
  handle: async (work, { key }) => {
    const part = await sourcesTables(work.tx)
      .selectFrom('sources.part')
      .select('run')
      .where('load', '=', Number(key))
      .executeTakeFirst()
    if (part) orderStep(work, part.run, { isUrgent: true })
  },
}
