import { type RawBuilder, sql } from 'kysely'
import { type Db, InvalidInput, type Issue, words } from '#runtime'
import type { Disclosure, Totals, TotalsQuestion } from '../../contract.ts'
import { within } from '../rows/search-quickly.ts'
import { quoted, type StoredField } from '../storage.ts'
import { both, type Selected } from './selected.ts'

const SECONDS = 10
const MOST_GROUPS = 1000
const NUMBERS = new Set(['bigint', 'double precision'])

/**
 * Totals of groups of rows; of the rows themselves nothing is shown, nor how many groups are not. Groups of fewer rows than
 * `least` are left out. A count is off by at most two, a sum by a half to the whole of its largest value, so that two
 * totals that differ by one row do not tell that row; the same rows are always off by the same, so that asking again
 * tells no more (perturbation by cell keys, as the Australian Bureau of Statistics does in TableBuilder). Null is a sum or
 * average of which one row makes more than the share `dominance`.
 * @throws InvalidInput naming each field that does not fit; `too-many-groups`, `too-long-to-count`
 */
export async function totalRows(
  db: Db,
  selected: Selected,
  { by, measures }: TotalsQuestion,
  conditions: readonly RawBuilder<unknown>[],
  { least, dominance }: Disclosure,
): Promise<Totals> {
  check(selected, by, measures)
  const seed = selected.secret('totals')
  const groups = by.map((name) => sql.raw(columnOf(selected, name)))
  const values = measures.map((measure) => {
    const column = measure.of === 'count' ? sql`_id` : sql.raw(columnOf(selected, measure.field))
    const drawn = drawnOf(column, seed, measure.of === 'count' ? '' : measure.field)
    if (measure.of === 'count') return sql`count(*) + floor(${drawn} * 5) - 2`
    const off = sql`(${drawn} + case when ${drawn} < 0.5 then -1 else 0 end) * max(abs(${column}))`
    const total = sql`(sum(${column}) + ${off})::double precision`
    const isMany = sql`count(${column}) >= ${least} and max(abs(${column})) <= ${dominance} * sum(abs(${column}))`
    return sql`case when ${isMany} then ${measure.of === 'sum' ? total : sql`${total} / count(${column})`} end`
  })
  const statement = sql<Group>`
    select json_build_array(${sql.join(groups.length > 0 ? groups : [sql`null`])}) as by,
      json_build_array(${sql.join(values)}) as values
    from ${sql.raw(quoted(selected.storage.table))} where ${both(conditions)}
    group by ${groups.length > 0 ? sql.join(groups) : sql`()`} having count(*) >= ${least}
    order by ${groups.length > 0 ? sql.join(groups) : sql`count(*)`} limit ${MOST_GROUPS + 1}`
  const { rows } = await db
    .transaction()
    .execute((tx) => within(tx, SECONDS * 1000, () => statement.execute(tx), tooLong))
  if (rows.length > MOST_GROUPS) throw tooManyGroups()
  return {
    groups: rows.map((group) => ({
      by: Object.fromEntries(by.map((name, at) => [name, group.by[at] ?? null])),
      values: group.values,
    })),
  }
}

interface Group {
  readonly by: readonly (string | number | boolean | null)[]
  readonly values: readonly (number | null)[]
}

/** A number from 0 to 1 that the rows of a group with a value draw together: another one when a single row is another. */
const drawnOf = (column: RawBuilder<unknown>, seed: bigint, field: string): RawBuilder<unknown> =>
  sql`(mod(coalesce(sum(hashtextextended(_id || ${`/${field}`}, ${seed.toString()}::bigint) & 65535)
    filter (where ${column} is not null), 0), 65536)::double precision / 65536)`

function columnOf({ storage }: Selected, name: string): string {
  return quoted(storage.fields.find((field) => field.name === name)?.columns[0]?.name ?? name)
}

function check(selected: Selected, by: readonly string[], measures: TotalsQuestion['measures']): void {
  const issues: Issue[] = []
  const find = (name: string, path: string): StoredField | undefined => {
    const field = selected.fields.find((each) => each.name === name)
    if (!field) issues.push({ path, message: words(`没有字段“${name}”`, `There is no field "${name}"`) })
    return field
  }
  for (const [at, name] of by.entries()) {
    const field = find(name, `/by/${at}`)
    if (field && (field.meta.sealed || isMasked(selected, field) || field.columns.length !== 1))
      issues.push({
        path: `/by/${at}`,
        message: words(`脱敏或加密的字段“${name}”不能用来分组`, `The masked or sealed field "${name}" makes no groups`),
      })
  }
  for (const [at, measure] of measures.entries()) {
    if (measure.of === 'count') continue
    const field = find(measure.field, `/measures/${at}/field`)
    if (field && (field.meta.sealed || !NUMBERS.has(field.columns[0]?.type ?? '') || field.columns.length !== 1))
      issues.push({
        path: `/measures/${at}/field`,
        message: words(`“${measure.field}”不是数值字段`, `"${measure.field}" is no field of numbers`),
      })
  }
  if (issues.length > 0)
    throw new InvalidInput(
      'wrong-totals',
      words('统计的字段有误，请更正', 'Some fields of the totals are wrong'),
      issues,
    )
}

const isMasked = ({ whole }: Selected, { name, meta }: StoredField): boolean =>
  Boolean(meta.personal || meta.mask) && !whole.has(name)

const tooLong = (): InvalidInput =>
  new InvalidInput(
    'too-long-to-count',
    words(
      `${SECONDS} 秒内算不完，请用 where 缩小范围`,
      `Not counted within ${SECONDS} seconds; say fewer rows in "where"`,
    ),
  )

const tooManyGroups = (): InvalidInput =>
  new InvalidInput(
    'too-many-groups',
    words(`分组超过 ${MOST_GROUPS} 个，请减少分组字段`, `More than ${MOST_GROUPS} groups; group by fewer fields`),
  )
