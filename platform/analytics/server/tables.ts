import type { Generated } from 'kysely'
import { type Db, tables } from '#runtime'

interface AnalyticsTables {
  'analytics.question': {
    id: Generated<number>
    account: string
    sql: string
    digest: string
    tables: string[]
    purpose: string
    asked_at: Date
    exported: boolean
  }
}

export const analyticsTables = (db: Db) => tables<AnalyticsTables>(db)
