import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { DuckDBInstance } from '@duckdb/node-api'
import type { DatasetExtract } from '#platform/registry'
import { firmFeatures } from '../domains/regulation/legal-persons/declarations/features.ts'

/** A firm's code, 18 characters, and the day that is so many days before the last of 2026. */
const code = (n: string) => `'91370900' || lpad((${n})::varchar, 10, '0')`
const ago = (n: string) => `(date '2026-11-28' - (${n})::integer)`
/** Spread evenly over `below`, and different for every `salt`. */
const pick = (n: string, salt: number, below: number | string) => `(hash(${n}, ${salt}) % ${below})::bigint`

/** How many rows each table has for one firm; in sum 71 a firm, 50 million for 0.7 million. */
const EACH = { taxReturn: 26, employee: 30, inspection: 9, licence: 3, penalty: 1 } as const

/** One statement a table, whose columns are those of its dataset's table. Firms are numbered from 0. */
export function factsSql(firms: number): Readonly<Record<string, string>> {
  const of = (rows: number) => `range(${Math.round(firms * rows)}) r(n)`
  const firm = (salt: number) => pick('n', salt, firms)
  const industries = `['0111','0610','1311','2710','3011','3412','3922','4411','4790','5011','5112','5219','5438','6110','6210','6513','7010','7291','7340','8310','8421','8810']`
  const kinds = `['食品经营许可证','食品生产许可证','安全生产许可证','建筑业企业资质证书','医疗机构执业许可证','民办学校办学许可证','特种行业许可证']`
  const inspection = (
    salt: number,
  ) => `select 'J${salt}' || n as inspection, '企业' || n as name, ${code(firm(salt))} as code,
    ${ago(pick('n', salt + 1, 1500))} as inspected_on, case when ${pick('n', salt + 2, 10)} = 0 then '不合格' else '合格' end as result,
    '台账不全' as finding from ${of(EACH.inspection / 3)}`
  return {
    'base.firm': `select ${code('n')} as code, '泰安企业' || n || '有限公司' as name,
      case when ${pick('n', 1, 50)} = 0 then '旧名' || n end as former_name,
      case when n % 3 = 0 then '有限责任公司' when n % 100 = 1 then '农民专业合作社' else '个体工商户' end as kind,
      '张' || (n % 9973) as representative, md5('r' || ${pick('n', 2, `${firms} * 8 / 10`)}) as representative_number_index,
      [10, 50, 100, 200, 500, 1000, 5000][${pick('n', 3, 7)} + 1]::double as capital,
      ${ago(pick('n', 4, 9000))} as established_on, case when ${pick('n', 5, 7)} = 0 then '注销' else '在营' end as state,
      case when ${pick('n', 5, 7)} = 0 then ${ago(pick('n', 6, 800))} end as closed_on,
      ${industries}[${pick('n', 7, 22)} + 1] as industry, '泰安市某路' || ${pick('n', 8, `${firms} * 9 / 10`)} || '号' as address,
      '0538' || n as phone, case when ${pick('n', 9, 900)} = 0 then ${code(firm(10))} end as merged_into from ${of(1)}`,
    'base.shareholding': `select ${code('n * 3 // 2 * 2')} as code, '' as firm_name,
      case when n % 9 = 0 then '泰安企业' || ${firm(11)} || '有限公司' else '李' || n end as holder,
      case when n % 9 = 0 then '企业法人' else '自然人' end as holder_kind,
      md5('h' || n) as holder_number_index, (1 + ${pick('n', 12, 99)})::double as percent, ${ago(pick('n', 13, 6000))} as since from ${of(0.6)}`,
    'base.statistical-unit': `select ${code('n * 3')} as code, '泰安企业' || (n * 3) || '有限公司' as name, '370902001' as division,
      ${industries}[${pick('n * 3', 7, 22)} + 1] as industry, '202001' as opened_in, ${pick('n', 14, 400)} as staff, '' as phone from ${of(0.33)}`,
    'base.cooperative': `select ${code('n * 100 + 1')} as code, '合作社' || n as name, '王' as chair, null::varchar as chair_number_index,
      ${ago(pick('n', 15, 4000))} as established_on, null::date as first_year_on, '' as address, '' as phone from ${of(0.01)}`,
    'base.tax-return': `select ${code(`n % ${firms}`)} as code, (date '2020-10-01' + interval (3 * (n // ${firms})) month)::date as "from",
      (date '2020-10-01' + interval (3 * (n // ${firms}) + 3) month)::date - 1 as until, '' as name,
      ((date '2020-10-01' + interval (3 * (n // ${firms}) + 3) month)::date + ${pick('n', 16, 16)}::integer) as filed_on,
      (${pick(`n % ${firms}`, 17, 5000)} * 1000 + ${pick('n', 18, 900_000)})::double as revenue, ${pick(`n % ${firms}`, 19, 60)} as staff
      from ${of(EACH.taxReturn)}`,
    'base.employee': `select md5('e' || n) as number_index, ${code(firm(20))} as employer, '' as name, '' as employer_name,
      ${ago(pick('n', 21, 4000))} as since, (4000 + ${pick('n', 22, 7000)})::double as base, ${pick('n', 23, 13)} as months from ${of(EACH.employee)}`,
    'base.licence': `select 'X' || n as licence, ${kinds}[${pick('n', 24, 7)} + 1] as kind, '' as name, ${code(firm(25))} as code, '' as authority,
      ${ago(`400 + ${pick('n', 26, 1500)}`)} as "from", ${ago(`400 + ${pick('n', 26, 1500)}`)} + 1500 as until, '' as address from ${of(EACH.licence)}`,
    'base.transport-operator': `select 'Y' || n as licence, '' as name, ${code(firm(27))} as code, '' as head, null::varchar as head_number_index,
      '' as phone, ${ago(`400 + ${pick('n', 28, 1500)}`)} as "from", ${ago(`400 + ${pick('n', 28, 1500)}`)} + 1400 as until from ${of(0.03)}`,
    'base.penalty': `select 'P' || n as decision, '' as name, ${code(firm(29))} as code, ['台账不全','消防通道堵塞','标签不合规'][${pick('n', 30, 3)} + 1] as fact,
      [0.05, 0.1, 0.5, 1, 5][${pick('n', 31, 5)} + 1]::double as fine, ${ago(pick('n', 32, 2500))} as decided_on,
      ['应急管理局','消防救援支队'][${pick('n', 33, 2)} + 1] as office from ${of(EACH.penalty)}`,
    'base.safety-inspection': inspection(40),
    'base.environment-inspection': inspection(50),
    'base.fire-inspection': inspection(60),
  }
}

/** The order in which the product lays a copy down: by the member whom features see its rows of. */
const sortedBy = (dataset: string): string | undefined =>
  firmFeatures.flatMap(({ sources }) => sources).find((source) => source.dataset === dataset && source.by)?.by

type Run = (sql: string) => Promise<number>

/** Runs `work` with an engine of its own, which writes files. */
export async function withEngine<T>(work: (run: Run) => Promise<T>): Promise<T> {
  const instance = await DuckDBInstance.create(':memory:', { threads: '2', memory_limit: '6GiB' })
  const connection = await instance.connect()
  try {
    return await work(async (sql) => (await connection.run(sql)).rowsChanged)
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

const quoted = (path: string) => `'${path}'`

/**
 * Lays tables down as their copies: the state that a refresh leaves. Of a part of the rows, picked by `changed`, a
 * delta with a value that was changed is laid beside.
 */
export async function layTables(dataDir: string, extracts: readonly DatasetExtract[], firms: number): Promise<number> {
  const facts = factsSql(firms)
  return withEngine(async (run) => {
    let rows = 0
    for (const { dataset, columns } of extracts) {
      const table = dataset.id.replace(/[.-]/g, '_')
      const folder = join(dataDir, 'analytics', table)
      await mkdir(folder, { recursive: true })
      const listed = columns.map(({ name }) => `"${name}"`).join(', ')
      const select = `select row_number() over () as _id, 1::bigint as _version, now() as _since, ${listed} from (${facts[dataset.id]})`
      const sorted = sortedBy(dataset.id)
      const inOrder = sorted ? `select * from (${select}) order by ${sorted}` : select
      const laid = await run(
        `copy (${inOrder}) to ${quoted(join(folder, 'base-0.parquet'))} (format parquet, compression zstd)`,
      )
      rows += laid
      await lay(folder, table, dataset.id, columns, laid)
    }
    return rows
  })
}

/** Changes one row in a hundred of the facts: their copies get a delta. */
export async function changeTables(dataDir: string, extracts: readonly DatasetExtract[]): Promise<number> {
  const change: Readonly<Record<string, string>> = {
    'base.tax-return': 'revenue * 3 as revenue',
    'base.employee': 'months + 1 as months',
    'base.penalty': 'fine + 5 as fine',
    'base.licence': 'until - 300 as until',
    'base.safety-inspection': `'不合格' as result`,
    'base.environment-inspection': `'不合格' as result`,
    'base.fire-inspection': `'不合格' as result`,
  }
  return withEngine(async (run) => {
    let rows = 0
    for (const { dataset, columns } of extracts.filter(({ dataset }) => dataset.id in change)) {
      const table = dataset.id.replace(/[.-]/g, '_')
      const folder = join(dataDir, 'analytics', table)
      const base = quoted(join(folder, 'base-0.parquet'))
      // Neighbouring rows: changes come in by department and day, not evenly over all firms.
      const changed = `from ${base} where _id % 100000 < 1000`
      const select = `select *, true as _removed ${changed}
        union all select * replace (${change[dataset.id]}), false as _removed ${changed}`
      const laid = await run(
        `copy (${select}) to ${quoted(join(folder, 'delta-1.parquet'))} (format parquet, compression zstd)`,
      )
      rows += laid / 2
      await lay(folder, table, dataset.id, columns, 0, 'delta-1.parquet')
    }
    return rows
  })
}

async function lay(
  folder: string,
  table: string,
  dataset: string,
  columns: DatasetExtract['columns'],
  rows: number,
  delta?: string,
): Promise<void> {
  const named = [
    { name: '_id', type: 'BIGINT' },
    { name: '_version', type: 'BIGINT' },
    { name: '_since', type: 'TIMESTAMP WITH TIME ZONE' },
    ...columns.map(({ name }) => ({ name, type: 'VARCHAR' })),
  ]
  const manifest = { table, dataset, sources: [dataset], rows, at: new Date().toISOString(), columns: named }
  const sorted = sortedBy(dataset)
  const files = {
    base: 'base-0.parquet',
    baseRows: rows,
    before: [],
    ...(sorted ? { sorted } : {}),
    ...(delta ? { delta } : {}),
  }
  await writeFile(join(folder, 'manifest.json'), JSON.stringify({ ...manifest, ...files }))
}
