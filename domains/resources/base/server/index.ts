import { type App, type ServerPart, system } from '#runtime'
import { DEMONSTRATION_JOB, demonstrationJob } from './demonstration.ts'

export const server = (app: App): ServerPart => ({
  jobs: [demonstrationJob(app)],
  start: async () => {
    if (!app.config.demo || app.config.demoResidents === 0) return
    await app.work(system(DEMONSTRATION_JOB), async (work) =>
      work.enqueue(DEMONSTRATION_JOB, {}, { key: DEMONSTRATION_JOB }),
    )
  },
})
