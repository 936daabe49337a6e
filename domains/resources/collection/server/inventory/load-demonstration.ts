import { readFile } from 'node:fs/promises'
import { parse } from 'csv-parse/sync'
import type { Static } from 'typebox'
import { registry } from '#platform/registry'
import { type App, dayAt, formatDay, system } from '#runtime'
import { systemFields, systems, systemTables } from '../../declarations/datasets.ts'
import { collectionTables } from '../tables.ts'

const DATA = new URL('../../../../../data/demonstration/inventory/', import.meta.url)

type System = Static<typeof systems.schema>
type Table = Static<typeof systemTables.schema>
type Field = Static<typeof systemFields.schema>
type Line = Readonly<Record<string, string>>

async function lines(name: string): Promise<readonly Line[]> {
  return parse(await readFile(new URL(name, DATA)), { columns: true }) as Line[]
}

/** Puts the inventory of the demonstration city in, once. */
export async function loadInventory(app: App): Promise<void> {
  const today = dayAt(app.now().getTime())
  const daysAgo = (text: string | undefined) => (text ? formatDay(today - Number(text)) : undefined)
  const files = ['systems.csv', 'tables.csv', 'fields.csv', 'sources.csv']
  const [known, tables, fields, links] = await Promise.all(files.map(lines))
  await app.work(system('collection.demonstration'), async (work) => {
    const store = app.use(registry)
    if ((await store.list(work, systems, { limit: 1 })).rows.length > 0) return
    await store.write(
      work,
      systems,
      (known ?? []).map(({ usedDaysAgo: _u, calledDaysAgo: _c, ...row }) => filled<System>(row)),
    )
    await store.write(
      work,
      systemTables,
      (tables ?? []).map(({ readDaysAgo: _, ...row }) => filled<Table>(row)),
    )
    await store.write(
      work,
      systemFields,
      (fields ?? []).map((row) => filled<Field>(row)),
    )
    const { id: by } = work.actor
    await collectionTables(work.tx)
      .insertInto('collection.system_source')
      .values((links ?? []).map(({ source = '', system: of = '' }) => ({ source, system: of, by, at: work.at })))
      .execute()
    const said = [
      ...(known ?? []).flatMap(({ code = '', usedDaysAgo, calledDaysAgo }) => [
        { system: code, table: '', kind: 'used' as const, on: daysAgo(usedDaysAgo) },
        { system: code, table: '', kind: 'called' as const, on: daysAgo(calledDaysAgo) },
      ]),
      ...(tables ?? []).map(({ system: of = '', name = '', readDaysAgo }) => ({
        ...{ system: of, table: name, kind: 'read' as const, on: daysAgo(readDaysAgo) },
      })),
    ]
    await collectionTables(work.tx)
      .insertInto('collection.declared_use')
      .values(said.flatMap(({ on, ...use }) => (on === undefined ? [] : [{ ...use, on, by, at: work.at }])))
      .execute()
    work.audit({ event: 'collection.inventory.changed', details: { systems: known?.length ?? 0 } })
  })
}

/** Without what is empty; the registry checks the rest. */
const filled = <R>(row: Readonly<Record<string, string | undefined>>) =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined && value !== '')) as R
