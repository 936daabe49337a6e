import type { AnyDataset, FieldUse, QualityCheck } from '#platform/registry'
import { type Db, words } from '#runtime'
import { collectionTables } from '../tables.ts'

const KIND = words('质量规则', 'Rule of quality')

/** Rules of stewards in force that look at fields of a dataset. */
export async function rulesOfFields(db: Db, { id }: AnyDataset): Promise<FieldUse[]> {
  const rules = await collectionTables(db)
    .selectFrom('collection.rule')
    .select(['title', 'check'])
    .where('dataset', '=', id)
    .where('state', '=', 'published')
    .orderBy('id')
    .execute()
  return rules.map(({ title, check }) => ({ kind: KIND, title, page: `/quality/${id}`, fields: fieldsOf(check) }))
}

/** The fields that a check names; of a condition every word that may be a column. */
function fieldsOf(check: QualityCheck): readonly string[] {
  switch (check.kind) {
    case 'unique':
      return check.fields
    case 'compare':
      return [check.field, check.other]
    case 'fresh':
      return check.field ? [check.field] : []
    case 'condition':
      return check.sql.match(/[a-z_][a-z0-9_]*/g) ?? []
    default:
      return [check.field]
  }
}
