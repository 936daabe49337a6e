import { sql } from 'kysely'

/** Systems that have not ended. */
export const RUNNING = sql`(select * from collection.system where state <> 'stopped')`

const hasNotEnded = sql`not exists (select from collection.system s where s.code = x.system and s.state = 'stopped')`

/** Tables and fields that count, whoever owns them: those of a system that has ended do not. */
export const TABLES = sql`(select x.* from collection.system_table x where ${hasNotEnded})`
export const FIELDS = sql`(select x.* from collection.system_field x where ${hasNotEnded})`
