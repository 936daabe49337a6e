import { sql } from 'kysely'
import type { DeclaredField, Inventory } from '../../contract.ts'

const MOST = 500

/** Declared fields of an element: those whose unit says so, and those that bear one of its titles. */
export const fieldsLike: Inventory['fieldsLike'] = async (db, { element, titles }) => {
  const { rows } = await sql<DeclaredField>`
    select f.system, s.name as "systemName", f."table", f.name, f.title, f.owner, f.element is not null as "isSaid"
    from collection.system_field f join collection.system s on s.code = f.system
    where f.element = ${element} or (f.element is null and f.title = any(${[...titles]}))
    order by f.owner, f.system, f."table", f.name limit ${MOST}`.execute(db)
  return rows
}
