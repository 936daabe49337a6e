import { keys } from '#platform/crypto'
import { type App, type Job, type ServerPart, system, tables, words } from '#runtime'
import { notices } from '../contract.ts'
import { channelsOf } from './channels.ts'
import { deliverJob } from './deliver.ts'
import { listNoticesRoute } from './list-notices.ts'
import { markReadRoute } from './mark-read.ts'
import { phoneResealer } from './reseal-phones.ts'
import { noticeSender } from './send.ts'
import { settingsRoutes } from './settings.ts'
import type { NoticesTables } from './tables.ts'

const DAYS_KEPT = 365

export function server(app: App): ServerPart {
  const channels = channelsOf(app.config)
  app.provide(notices, noticeSender(app))
  app.use(keys).reseals(phoneResealer(app))
  return {
    routes: [listNoticesRoute(), markReadRoute(), ...settingsRoutes(app, channels)],
    jobs: [deliverJob(app, channels) as Job, forgetJob(app)],
  }
}

const forgetJob = (app: App): Job => ({
  id: 'notices.forget',
  title: words('清理旧通知', 'Forget old notices'),
  schedule: '40 3 * * *',
  run: async () => {
    const before = new Date(app.now().getTime() - DAYS_KEPT * 86_400_000)
    await app.work(system('notices.forget'), ({ tx }) =>
      tables<NoticesTables>(tx).deleteFrom('notices.notice').where('at', '<', before).execute(),
    )
  },
})
