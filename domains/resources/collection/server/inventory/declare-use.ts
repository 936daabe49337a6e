import { registry } from '#platform/registry'
import { type App, Conflict, InvalidInput, localDateAt, NotFound, type Scope, type Work, words } from '#runtime'
import { systems, systemTables } from '../../declarations/datasets.ts'
import { collectionTables, type UseKind } from '../tables.ts'
import { lastUses } from './last-use.ts'
import { mustReachUnit } from './reach.ts'

export interface Saying {
  readonly system: string
  /** Of what is read; without it the system is meant. */
  readonly table?: string
  readonly kind: UseKind
  readonly on: string
}

/** Notes what somebody says of the last use of what the platform does not see. @throws NotFound, Forbidden, Conflict, InvalidInput */
export async function declareUse(app: App, work: Work, scope: Scope, { system, table, kind, on }: Saying) {
  const store = app.use(registry)
  const found = table
    ? await store.find(work, systemTables, { system, name: table })
    : await store.find(work, systems, { code: system })
  if (!found) throw new NotFound()
  await mustReachUnit(app, work, scope, found.value.owner)
  if ((kind === 'read') !== (table !== undefined) || on > localDateAt(work.at))
    throw new InvalidInput(
      'wrong-use',
      words(
        '数据表只登记读取日期，系统只登记使用和调用日期，且不晚于今天',
        'Of a table say when it was read, of a system when it was used or called, and no day to come',
      ),
    )
  if ((await lastUses(app, work.tx)).of(kind, system, table).isSeen)
    throw new Conflict(
      'seen-by-platform',
      words('平台已有记录，不能手工填报', 'The platform sees this itself; it cannot be declared'),
    )
  const saying = { on, by: work.actor.id, at: work.at }
  await collectionTables(work.tx)
    .insertInto('collection.declared_use')
    .values({ system, table: table ?? '', kind, ...saying })
    .onConflict((conflict) => conflict.columns(['system', 'table', 'kind']).doUpdateSet(saying))
    .execute()
  work.audit({
    event: 'collection.inventory.changed',
    subject: table
      ? { kind: 'collection.system-table', id: `${system}/${table}` }
      : { kind: 'collection.system', id: system },
    details: { [kind]: on },
  })
}
