import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { copyFile, mkdir, readdir, rename } from 'node:fs/promises'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import { identity } from '#platform/identity'
import { sources } from '#platform/sources'
import { type App, type Job, system, type Work, words } from '#runtime'
import { baseTables } from '../tables.ts'
import type { CityTask } from './city-worker.ts'

export const DEMONSTRATION_JOB = 'base.demonstration'

/**
 * The demonstration's departments hand over their files: the city is made once, each department's files are put into its
 * folder of the inbox, and each file is collected as a real one would be. Killed at any instant, it goes on where it was.
 */
export const demonstrationJob = (app: App): Job => ({
  id: DEMONSTRATION_JOB,
  title: words('载入演示城市', 'Load the demonstration city'),
  run: async () => {
    const { demo, demoResidents } = app.config
    if (!demo || demoResidents === 0) return
    const files = await madeFiles(app)
    for (const { dataset, file } of baseTables) await handOver(app, files, dataset.source, file)
    await app.work(system(DEMONSTRATION_JOB), (work) => defineFeeds(app, work))
    await app.work(system(DEMONSTRATION_JOB), (work) => collectNew(app, work))
  },
})

/** Folder with the files of the city, made in threads of its own the first time. */
async function madeFiles({ config }: App): Promise<string> {
  const out = join(config.dataDir, 'demonstration-city')
  if (!existsSync(join(out, 'manifest.json'))) {
    const task: CityTask = { residents: config.demoResidents, out }
    const worker = new Worker(new URL('./city-worker.ts', import.meta.url), { workerData: task })
    try {
      await once(worker, 'message')
    } finally {
      await worker.terminate()
    }
  }
  return join(out, 'files')
}

/** What a department says of a file, beside it. */
const CONTROL = '.check'

/** Puts a file into its department's folder, with what is said of it, whole or not at all. */
async function handOver({ config }: App, files: string, department: string, file: string): Promise<void> {
  const names = await readdir(files)
  const name = names.find((each) => each.startsWith(`${file}.`) && !each.endsWith(CONTROL))
  const folder = join(config.inbox, department)
  if (!name || existsSync(join(folder, name))) return
  await mkdir(folder, { recursive: true })
  // The figures lie there before the file that they are about.
  if (names.includes(`${name}${CONTROL}`))
    await copyFile(join(files, `${name}${CONTROL}`), join(folder, `${name}${CONTROL}`))
  await copyFile(join(files, name), join(folder, `.${name}`))
  await rename(join(folder, `.${name}`), join(folder, name))
}

const sourceOf = (department: string): string => `${department.replaceAll('.', '-')}-files`
const feedOf = (department: string, file: string): string => `${sourceOf(department)}.${file}`

const HOURLY = { everyMinutes: 60 } as const
const FRESH_HOURS = 31 * 24

/** A source for each department, a feed for each of its files; what a steward has changed since stays. */
async function defineFeeds(app: App, work: Work): Promise<void> {
  const service = app.use(sources)
  const known = new Set((await service.sources()).map(({ id }) => id))
  for (const [department, tables] of Map.groupBy(baseTables, ({ dataset }) => dataset.source)) {
    const source = sourceOf(department)
    if (known.has(source)) continue
    const name = (await app.use(identity).organisation(department, work.tx))?.name ?? words(department, department)
    const title = words(`${name.zh}交换目录`, `Exchange folder of ${name.en}`)
    const connection = { kind: 'folder', path: department } as const
    await service.define(work, { id: source, title, organisation: department, connection, isOn: true })
    for (const { dataset, file } of tables)
      await service.defineFeed(work, {
        id: feedOf(department, file),
        source,
        title: dataset.title,
        dataset: dataset.id,
        from: `${file}.*`,
        mode: 'snapshot',
        deletes: 'missing',
        schedule: HOURLY,
        freshHours: FRESH_HOURS,
        isOn: true,
      })
  }
}

/** Starts what has never run; a run that was cut short is taken up by the sources themselves. */
async function collectNew(app: App, work: Work): Promise<void> {
  const service = app.use(sources)
  const byId = new Map((await service.feeds()).map((feed) => [feed.id, feed]))
  for (const { dataset, file } of baseTables) {
    const feed = byId.get(feedOf(dataset.source, file))
    if (feed?.isOn && !feed.lastRun) await service.start(work, feed.id)
  }
}
