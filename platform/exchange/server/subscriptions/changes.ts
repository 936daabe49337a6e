import { type ChangePlace, type Mark, rowMarks, type SharedChange, sharedRows } from '#platform/registry'
import { type App, InvalidInput, words } from '#runtime'
import type { KnownGrant } from '../grants/grant-store.ts'

const PAGE = 500

/** Up to where a consumer is: still in the rows that were there at the beginning (`row`), then in what changed since. */
interface Cursor extends ChangePlace {
  readonly grant: string
  readonly row?: number
}

/** A change with what one has to know of the row as it is now. */
interface MarkedChange extends SharedChange {
  readonly marks?: readonly Pick<Mark, 'code' | 'title' | 'since'>[]
}

export interface ChangesPage {
  /** All rows follow from here: what the reader had before is to be replaced. Absent when it goes on. */
  readonly begins?: true
  readonly changes: readonly MarkedChange[]
  readonly next: string
  /** There are more at once. */
  readonly more: boolean
}

/**
 * The next changes under a grant. Without a cursor it begins with every row that there is; what is written meanwhile
 * comes again afterwards, so that nothing is missed. @throws InvalidInput for a cursor that is not of this grant
 */
export async function nextChanges(app: App, grant: KnownGrant, after: string | undefined): Promise<ChangesPage> {
  const cursor = after === undefined ? await beginning(app, grant) : read(after, grant.id)
  if (cursor.row === undefined) {
    const { changes, place, more } = await grant.plan.changes(app.db, cursor, PAGE)
    return { changes: await marked(app, grant, changes), more, next: written({ ...place, grant: grant.id }) }
  }
  const rows = await grant.plan.rows(app.db, { after: cursor.row, limit: PAGE })
  const last = rows.at(-1)
  const { row: _, ...place } = cursor
  const changes = rows.map(({ id, value }) => ({ row: id, change: 'put' as const, value }))
  return {
    ...(after === undefined ? { begins: true } : {}),
    changes: await marked(app, grant, changes),
    more: rows.length === PAGE,
    next: written(rows.length === PAGE && last ? { ...place, row: last.id } : place),
  }
}

/** Read after the rows, and always: whoever is told of a change too early is not told again. */
async function marked(app: App, { dataset }: KnownGrant, changes: readonly SharedChange[]): Promise<MarkedChange[]> {
  const rows = changes.flatMap(({ row, change }) => (change === 'put' ? [row] : []))
  const found = await app.use(rowMarks).of(app.db, dataset, rows)
  return changes.map((each) => {
    const marks = found.get(each.row)?.map(({ code, title, since }) => ({ code, title, since }))
    return marks ? { ...each, marks } : each
  })
}

/** Up to where a cursor that was written here has read. */
export const placeOf = (cursor: string): ChangePlace => {
  const { xid, id } = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as Cursor
  return { xid, id }
}

const beginning = async (app: App, grant: KnownGrant): Promise<Cursor> => ({
  ...(await app.use(sharedRows).place(app.db)),
  grant: grant.id,
  row: 0,
})

const written = (cursor: Cursor): string => Buffer.from(JSON.stringify(cursor)).toString('base64url')

function read(text: string, grant: string): Cursor {
  try {
    const cursor = JSON.parse(Buffer.from(text, 'base64url').toString()) as Cursor
    const isNumber = (value: unknown) => value === undefined || Number.isSafeInteger(value)
    if (cursor.grant === grant && /^\d{1,20}$/.test(cursor.xid) && isNumber(cursor.id) && isNumber(cursor.row))
      return cursor
  } catch {
    // said below
  }
  throw new InvalidInput(
    'wrong-cursor',
    words('游标无效或不属于此授权，请不带游标从头开始', 'Not a cursor of this grant; begin without one'),
  )
}
