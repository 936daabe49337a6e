import { analytics, type Batch } from '#platform/analytics'
import type { App } from '#runtime'
import type { Tag, TagSource } from '../declaration.ts'
import { evidenceOf, evidenceSql, LIMITS } from './reading.ts'
import { name, tableOf } from './run/sql.ts'

/** More rows of a source than this are not named one by one. */
const MOST = 2_000

/** Evidence of a tag for a member, as it was answered. */
interface Answered {
  readonly tag: Tag
  readonly key: string
  readonly day: string
  readonly answer: Batch
}

/**
 * Numbers of the rows of a source of which evidence tells: those that say what its lines say, or else all of the member.
 * @returns undefined when it may tell of others, or of too many
 */
export const rowsBehind = async (app: App, answered: Answered, source: TagSource): Promise<number[] | undefined> =>
  (await sameRows(app, answered, source)) ?? (await rowsOfMember(app, answered, source))

/**
 * Rows that say the same as a line, where the evidence has columns of its sources only, by their own names, and each line
 * is found. Lines without the column by which rows are a member's are looked for among the rows of this member.
 */
async function sameRows(app: App, answered: Answered, { dataset, by, columns }: TagSource) {
  const { tag, day, answer } = answered
  const known = new Set(tag.sources.flatMap((source) => [...source.columns, ...(source.by ? [source.by] : [])]))
  const told = answer.columns.map((column) => column.name)
  const shared = told.filter((column) => columns.includes(column) || column === by)
  if (answer.cut || shared.length === 0 || !told.every((column) => known.has(column))) return undefined
  const text = (from: string, column: string) => `cast(${from}.${name(column)} as varchar)`
  const same = shared.map((column) => `${text('said', column)} is not distinct from ${text('source', column)}`)
  const own = by && !shared.includes(by) ? ` where ${name(by)} = $1` : ''
  const source = `(select * from main.${tableOf(dataset)}${own}) as source`
  return numbers(
    app,
    answered,
    `with said as materialized (${evidenceSql(app, tag, day)} limit ${LIMITS.rows})
      select _id from (select source._id from ${source} semi join said on ${same.join(' and ')}
      union all select null where exists (select 1 from said anti join ${source} on ${same.join(' and ')})) as found`,
  )
}

/** All rows of the member, where the evidence would be the same if there were no others. */
async function rowsOfMember(app: App, answered: Answered, source: TagSource) {
  const { tag, key, day, answer } = answered
  if (!source.by || answer.cut) return undefined
  const alone = await evidenceOf(app, tag, key, day, { own: source })
  const lines = ({ rows }: Batch) => JSON.stringify(rows.map((row) => JSON.stringify(row)).toSorted())
  if (lines(alone) !== lines(answer)) return undefined
  return numbers(app, answered, `select _id from main.${tableOf(source.dataset)} where ${name(source.by)} = $1`)
}

/** Numbers that a statement gives; undefined when one is missing or there are too many. */
async function numbers(app: App, { tag, key }: Answered, sql: string): Promise<number[] | undefined> {
  const tables = tag.sources.map(({ dataset }) => tableOf(dataset))
  const found: unknown[] = []
  let isCut = false
  for await (const { rows, cut } of app
    .use(analytics)
    .ask({ sql, values: [key], tables, limits: { ...LIMITS, rows: MOST } })) {
    found.push(...rows.map(([id]) => id))
    isCut = cut
  }
  return isCut || found.includes(null) ? undefined : found.map(Number)
}
