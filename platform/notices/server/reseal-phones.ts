import { sql } from 'kysely'
import { type DataKey, type Resealer, sealedWithOther } from '#platform/crypto'
import type { App } from '#runtime'
import { openPhone, sealPhone } from './phone.ts'

/** Seals phone numbers again when their key rotates. */
export function phoneResealer(app: App): Resealer {
  const old = (current: DataKey) => sealedWithOther(sql`phone`, current)
  return {
    id: 'notices.setting.phone',
    purpose: 'notices.phone',
    remaining: async (work, current) => {
      const { rows } = await sql<{ count: number }>`select count(*) as count from notices.setting
        where ${old(current)}`.execute(work.tx)
      return rows[0]?.count ?? 0
    },
    reseal: async (work, current, limit) => {
      const { rows } = await sql<{ account: string; phone: Buffer }>`select account, phone from notices.setting
        where ${old(current)} limit ${limit} for update`.execute(work.tx)
      for (const { account, phone } of rows) {
        const sealed = sealPhone(current, openPhone(app, phone) ?? '')
        await sql`update notices.setting set phone = ${sealed} where account = ${account}`.execute(work.tx)
      }
      return rows.length
    },
  }
}
