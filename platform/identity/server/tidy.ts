import { sql } from 'kysely'
import { type App, type Job, words } from '#runtime'

/** Ended sessions stay as long for the administration pages; the audit log keeps what happened for good. */
const KEEP = '30 days'

/** Removes what has lost its meaning: old sessions and forgotten failures. */
export const tidyJob = (app: App): Job => ({
  id: 'identity.tidy',
  title: words('清理过期的登录记录', 'Remove sessions long ended'),
  schedule: '40 3 * * *',
  run: async () => {
    const at = app.now()
    await sql`delete from identity.session where greatest(seen_at, coalesce(ended_at, seen_at)) < ${at}::timestamptz - ${KEEP}::interval`.execute(
      app.db,
    )
    await sql`delete from identity.sign_in_failure where first_at < ${at}::timestamptz - interval '1 day'`.execute(
      app.db,
    )
  },
})
