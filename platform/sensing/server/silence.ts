import { sql } from 'kysely'
import { type App, system } from '#runtime'
import type { Catalogue } from './catalogue.ts'

/** Finds devices in use that have fallen silent and says so, once for each silence. */
export async function findSilent(app: App, catalogue: Catalogue): Promise<void> {
  await app.work(system('sensing.silence'), async (work) => {
    for (const kind of catalogue.all()) {
      const { rows } = await sql<{ code: string }>`
        update sensing.last_seen s set silent_since = s.received_at from sensing.device d
        where s.kind = ${kind.id} and d.no = s.device and d.status = 'in-use' and s.silent_since is null
          and s.received_at < ${work.at}::timestamptz - ${kind.silence} * interval '1 second'
        returning d.code`.execute(work.tx)
      for (const { code } of rows)
        work.emit({
          topic: 'sensing.device.silent',
          key: code,
          data: { kind: kind.id },
          audience: { right: 'sensing.device.read' },
        })
    }
  })
}

/** Makes the partitions of this month and the three ahead, so that intake never waits for one. */
export async function makeMonthsAhead(app: App): Promise<void> {
  await sql`select sensing.make_month(${app.now()}::timestamptz + n * interval '1 month') from generate_series(0, 3) n`.execute(
    app.db,
  )
}
