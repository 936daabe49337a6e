import { sql } from 'kysely'
import { type App, type ServerPart, system, words } from '#runtime'

/** Counts what it hears, and orders a job for each event. */
export const server = (app: App): ServerPart => ({
  subscribers: [
    {
      id: 'faults.tally',
      topics: ['loops.instance.moved'],
      handle: async (work, { id, key }) => {
        await sql`insert into faults.heard as h (event, instance) values (${Number(id)}, ${Number(key)})
          on conflict (event) do update set times = h.times + 1`.execute(work.tx)
        work.enqueue('faults.note', { event: Number(id) })
      },
    },
  ],
  jobs: [
    {
      id: 'faults.note',
      title: words('记录事件', 'Note an event'),
      concurrency: 4,
      run: async (data) => {
        const { event } = data as { event: number }
        await app.work(system('faults.note'), ({ tx }) =>
          sql`insert into faults.noted (event) values (${event}) on conflict do nothing`.execute(tx),
        )
      },
    },
  ],
})
