import { sql } from 'kysely'
import type { SharedRows } from '../../contract.ts'
import type { LoadParts } from '../loading/run-load.ts'
import { tableOf } from '../rows/registry-service.ts'
import { cutChanges } from './cut-changes.ts'
import { sharedPlan } from './shared-plan.ts'

export const sharedRowsOf = (parts: Pick<LoadParts, 'keys' | 'catalogue'>): SharedRows => ({
  plan: (selection) => sharedPlan(parts, selection),
  follow: async (work, dataset) => {
    const { table } = tableOf(parts.catalogue.get(dataset))
    await sql`select registry.follow(${dataset}, ${table}::regclass)`.execute(work.tx)
  },
  cutChanges,
  place: async (db) => {
    const { rows } = await sql<{ xid: string }>`select pg_snapshot_xmin(pg_current_snapshot())::text as xid`.execute(db)
    return { xid: rows[0]?.xid ?? '0', id: 0 }
  },
})
