import { care } from './declarations/care.ts'
import { firmTables } from './declarations/firms.ts'
import { livelihood } from './declarations/livelihood.ts'
import { people } from './declarations/people.ts'
import { supervision } from './declarations/supervision.ts'
import type { Table } from './declarations/tables.ts'

/** All tables of the two bases, each with the file that the demonstration's departments hand over for it. */
export const baseTables: readonly Table[] = [...people, ...care, ...livelihood, ...firmTables, ...supervision]
