import type { ColumnType } from 'kysely'
import type { RulePack } from '../rule-pack.ts'

export interface RulesTables {
  'rules.pack': {
    rule: string
    id: string
    content: ColumnType<RulePack, string, never>
    author: string
    drafted_at: Date
    reviewer: string | null
    published_at: Date | null
  }
}
