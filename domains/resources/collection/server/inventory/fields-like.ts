import { sql } from 'kysely'
import type { DeclaredField, ElementsAs, Inventory } from '../../contract.ts'
import { FIELDS } from './in-use.ts'

const MOST = 500

const isLike = ({ elements, titles }: ElementsAs) =>
  sql`(f.element = any(${[...elements]}) or (f.element is null and f.title = any(${[...titles]})))`

export const fieldsLike: Inventory['fieldsLike'] = async (db, of) => {
  const { rows } = await sql<DeclaredField>`
    select f.system, coalesce(s.name, f.system) as "systemName", f."table", f.name, f.title, f.owner,
      f.element is not null as "isSaid"
    from ${FIELDS} f left join collection.system s on s.code = f.system
    where ${isLike(of)} order by f.owner, f.system, f."table", f.name limit ${MOST}`.execute(db)
  return rows
}

export const ownersLike: Inventory['ownersLike'] = async (db, of) => {
  const { rows } = await sql<{ owner: string; fields: number }>`
    select f.owner, count(*)::int as fields from ${FIELDS} f where ${isLike(of)}
    group by f.owner order by f.owner`.execute(db)
  return rows
}
