import { sql } from 'kysely'
import type { AnyDataset, FieldUse } from '#platform/registry'
import { type Db, words } from '#runtime'
import type { Meta } from '../declarations/meta.ts'

const KIND = words('开放数据', 'Open data')

/** Open datasets in force that release fields of a dataset. */
export async function openOfFields(db: Db, { id }: AnyDataset): Promise<FieldUse[]> {
  const { rows } = await sql<{ id: string; meta: Meta }>`
    select id, meta from open_data.entry where source = ${id} and state = 'published' order by id`.execute(db)
  return rows.map(({ id: entry, meta: { title, fields } }) => ({
    ...{ kind: KIND, title, page: `/open-data/datasets/${entry}` },
    fields,
  }))
}
