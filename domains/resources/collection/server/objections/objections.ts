import type { TSchema } from 'typebox'
import type { Proof } from '#platform/identity'
import { loops } from '#platform/loops'
import { type AnyDataset, fieldMeta, type Mark, type MarkSource, rowMarks, rowSight } from '#platform/registry'
import { type App, Conflict, type Db, InvalidInput, NotFound, type Work, words } from '#runtime'
import { collectionTables } from '../tables.ts'

export interface Claim {
  readonly dataset: AnyDataset
  readonly row?: number
  /** Title of what it is about. */
  readonly field?: string
  readonly claim: string
  readonly asSubject: boolean
  /** The row was found by the subject's number; whether there is one must not be told. */
  readonly hidesRow?: boolean
}

/** Opens the matter and marks the row until it ends. @throws Conflict for one's own open objection to the same row */
export async function object(app: App, work: Work, about: Claim): Promise<string> {
  const { dataset, row, field, claim, asSubject, hidesRow = false } = about
  const version = row === undefined ? undefined : await versionOf(app, work, dataset, row)
  await refuseTwice(work, dataset.id, hidesRow ? undefined : row)
  const matter = await app.use(loops).open(work, {
    definition: 'collection.objection',
    key: `${dataset.id}:${row ?? 'none'}:${work.actor.id}:${work.at.getTime()}`,
    data: {
      dataset: dataset.id,
      title: { ...dataset.title },
      source: dataset.source,
      claim,
      asSubject,
      ...(row === undefined || hidesRow ? {} : { row }),
      ...(field ? { field } : {}),
    },
  })
  await collectionTables(work.tx)
    .insertInto('collection.objection')
    .values({
      loop: matter.id,
      dataset: dataset.id,
      row: row ?? null,
      version: version ?? null,
      source: dataset.source,
      by: work.actor.id,
      opened_at: work.at,
      ended_at: null,
    })
    .execute()
  if (row !== undefined) await app.use(rowMarks).changed(work, dataset.id, [row])
  work.audit({
    event: 'collection.objection.made',
    subject: { kind: 'dataset', id: row === undefined ? dataset.id : `${dataset.id}/${row}` },
    details: { loop: matter.id, asSubject },
  })
  return matter.id
}

/** One open objection for each row; where it is hidden for each table, so that the answer does not depend on what is found. */
async function refuseTwice(work: Work, dataset: string, row: number | undefined): Promise<void> {
  let query = collectionTables(work.tx)
    .selectFrom('collection.objection')
    .select('loop')
    .where('dataset', '=', dataset)
    .where('by', '=', work.actor.id)
    .where('ended_at', 'is', null)
  if (row !== undefined) query = query.where('row', '=', row)
  const open = await query.executeTakeFirst()
  if (open)
    throw new Conflict(
      'objection-open',
      words(
        `您对这项数据的异议（事项 ${open.loop}）还在办理`,
        `Your objection to it (matter ${open.loop}) is still open`,
      ),
    )
}

/** Version of a row as it is now. @throws NotFound */
async function versionOf(app: App, work: Work, dataset: AnyDataset, row: number): Promise<number> {
  const version = await app.use(rowSight).version(work, dataset.id, row)
  if (version === undefined) throw new NotFound()
  return version
}

/** Whether the row that an objection is about has changed since that was made, or ordered, or is gone. */
export async function hasChanged(app: App, work: Work, loop: string): Promise<boolean> {
  const one = await rowOf(work, loop)
  if (!one || one.row === null) return true
  return (await app.use(rowSight).version(work, one.dataset, one.row)) !== one.version
}

/** The correction is ordered: the row as it is now has to change. */
export async function noteOrder(app: App, work: Work, loop: string): Promise<void> {
  const one = await rowOf(work, loop)
  if (!one || one.row === null) return
  const version = (await app.use(rowSight).version(work, one.dataset, one.row)) ?? null
  await collectionTables(work.tx)
    .updateTable('collection.objection')
    .set({ version })
    .where('loop', '=', loop)
    .execute()
}

/** The matter has ended: the row bears the mark no longer, and may be objected to again. */
export async function endObjection(app: App, work: Work, loop: string): Promise<void> {
  const ended = await collectionTables(work.tx)
    .updateTable('collection.objection')
    .set({ ended_at: work.at })
    .where('loop', '=', loop)
    .returning(['dataset', 'row'])
    .execute()
  for (const { dataset, row } of ended) if (row !== null) await app.use(rowMarks).changed(work, dataset, [Number(row)])
}

const rowOf = (work: Work, loop: string) =>
  collectionTables(work.tx).selectFrom('collection.objection').selectAll().where('loop', '=', loop).executeTakeFirst()

/** Says of rows that somebody objects to them, wherever they are shown or handed out. */
export const objectionMarks: MarkSource = {
  of: markObjections,
  any: async (db, dataset) => {
    const found = await collectionTables(db)
      .selectFrom('collection.objection')
      .select('row')
      .where('dataset', '=', dataset)
      .where('row', 'is not', null)
      .where('ended_at', 'is', null)
      .limit(1)
      .execute()
    return found.length > 0
  },
}

async function markObjections(db: Db, dataset: string, rows: readonly number[]): Promise<ReadonlyMap<number, Mark>> {
  const found = await collectionTables(db)
    .selectFrom('collection.objection')
    .select(['row', 'loop', 'opened_at'])
    .where('dataset', '=', dataset)
    .where('row', 'in', [...rows])
    .where('ended_at', 'is', null)
    .execute()
  return new Map(
    found.map(({ row, loop, opened_at: openedAt }) => [
      Number(row),
      {
        code: 'under-objection',
        title: words('有异议，核实中', 'Under objection'),
        since: openedAt.toISOString(),
        path: `/loops/${loop}`,
      },
    ]),
  )
}

/** Rows of a table about the person or firm. @throws InvalidInput for a table that names no such subject */
export async function rowsAbout(
  app: App,
  work: Work,
  dataset: AnyDataset,
  { kind, number }: Pick<Proof, 'kind' | 'number'>,
): Promise<readonly number[]> {
  const field = subjectField(dataset, kind)
  if (!field)
    throw new InvalidInput('no-subject', words('此表不能按本人查找', 'This table cannot be searched by subject'))
  return app.use(rowSight).find(work, dataset.id, { [field]: number })
}

/** The field of a table that holds the number of its subject, if that is a person, or a firm. */
export function subjectField({ schema }: AnyDataset, kind: Proof['kind']): string | undefined {
  const fields = Object.entries(schema.properties).map(
    ([name, each]) => [name, fieldMeta(each as TSchema)?.kind] as const,
  )
  const [name, is] = fields.find(([, each]) => each === 'identity' || each === 'uscc') ?? []
  return is === (kind === 'firm' ? 'uscc' : 'identity') ? name : undefined
}
