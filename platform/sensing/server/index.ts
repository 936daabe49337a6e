import type { App, ServerPart } from '#runtime'
import { words } from '#runtime'
import { sensing } from '../contract.ts'
import { Catalogue } from './catalogue.ts'
import { Months } from './months.ts'
import { Shares } from './rate.ts'
import { forgetRefused } from './refused.ts'
import { rollUpAll } from './roll-up.ts'
import { deviceRoutes } from './routes-devices.ts'
import { intakeRoutes } from './routes-intake.ts'
import { seriesRoutes } from './routes-series.ts'
import { sensingService } from './service.ts'
import { findSilent, makeMonthsAhead } from './silence.ts'

export const server = async (app: App): Promise<ServerPart> => {
  const catalogue = new Catalogue()
  await catalogue.load(app)
  const months = new Months()
  app.provide(sensing, sensingService(app, catalogue, months))
  return {
    routes: [
      ...deviceRoutes(app),
      ...seriesRoutes(app, catalogue),
      ...intakeRoutes({ catalogue, months, shares: new Shares() }),
    ],
    jobs: [
      {
        id: 'sensing.roll-up',
        title: words('汇总监测数据', 'Roll up measurements'),
        schedule: '* * * * *',
        run: (_data, signal) => rollUpAll(app, catalogue, signal),
      },
      {
        id: 'sensing.silence',
        title: words('检查离线设备', 'Look for silent devices'),
        schedule: '* * * * *',
        run: () => findSilent(app, catalogue),
      },
      {
        id: 'sensing.tidy',
        title: words('准备月分区，清理过期拒收记录', 'Make months ahead, forget old refusals'),
        schedule: '20 3 * * *',
        run: async () => {
          await makeMonthsAhead(app)
          await forgetRefused(app)
        },
      },
    ],
    start: () => makeMonthsAhead(app),
  }
}
