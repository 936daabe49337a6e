import { sql } from 'kysely'
import { type Guard, type Hooks, loops } from '#platform/loops'
import { type App, dayAt, formatDay, type Words, type Work, words } from '#runtime'
import { officers } from '../officers.ts'
import { countUnits, findZombies, type UnitCounts } from './completeness.ts'

/** Opens the yearly matter of each unit that has systems; what is open already stays. Returns how many there are. */
export async function renewInventory(app: App, work: Work): Promise<number> {
  const year = Number(todayOf(work).slice(0, 4))
  const units = await countUnits(work.tx, undefined, todayOf(work))
  const since = `${year - 1}-01-01`
  for (const unit of units)
    await app.use(loops).open(work, {
      definition: 'collection.inventory',
      key: `${unit.unit}:${year}`,
      data: { unit: unit.unit, year, since, ...(await stateOf(app, work, unit, since)) },
    })
  return units.length
}

const todayOf = (work: Work): string => formatDay(dayAt(work.at.getTime()))

async function stateOf(app: App, work: Work, unit: UnitCounts, since: string) {
  const zombies = (await findZombies(app, work.tx, [unit.unit])).map(({ name }) => name)
  return { changes: await changesSince(work, unit.unit, since), gaps: gapsOf(unit, zombies) }
}

const KINDS = [
  { table: 'collection.system', title: words('系统', 'systems') },
  { table: 'collection.system_table', title: words('数据表', 'tables') },
  { table: 'collection.system_field', title: words('字段', 'fields') },
] as const

const joined = (parts: readonly Words[], none: Words): Words =>
  parts.length === 0 ? none : words(parts.map(({ zh }) => zh).join('；'), parts.map(({ en }) => en).join('; '))

/** What a unit has added and changed since a day, in words. */
async function changesSince(work: Work, unit: string, since: string): Promise<Words> {
  const parts: Words[] = []
  for (const { table, title } of KINDS) {
    const { rows } = await sql<{ all: number; added: number; changed: number }>`
      select count(*)::int as all, count(*) filter (where _since >= ${since}::date and _version = 1)::int as added,
        count(*) filter (where _since >= ${since}::date and _version > 1)::int as changed
      from ${sql.table(table)} where owner = ${unit}`.execute(work.tx)
    const { all = 0, added = 0, changed = 0 } = rows[0] ?? {}
    parts.push(
      words(
        `${title.zh} ${all} 个：新增 ${added}，修改 ${changed}`,
        `${all} ${title.en}: ${added} new, ${changed} changed`,
      ),
    )
  }
  return joined(parts, words('无', 'none'))
}

function gapsOf({ systems, duty, item, table, silent, late }: UnitCounts, zombies: readonly string[]): Words {
  const counted: readonly (readonly [number, string, string])[] = [
    [silent, '张数据表既未汇聚也未说明原因', 'tables neither collected nor explained'],
    [late, '张数据表计划日期已过', 'tables whose planned day is over'],
    [systems - table, '个系统没有申报数据表', 'systems without tables'],
    [systems - duty, '个系统没有对应职责', 'systems without a duty'],
    [systems - item, '个系统没有对应事项', 'systems without an item'],
    [zombies.length, `个疑似僵尸系统：${zombies.join('、')}`, `systems that nobody uses: ${zombies.join(', ')}`],
  ]
  const parts = counted.filter(([n]) => n > 0).map(([n, zh, en]) => words(`${n} ${zh}`, `${n} ${en}`))
  return joined(parts, words('无', 'none'))
}

/** A unit cannot say that its inventory is whole while it is not. */
const noGaps: Guard = async (work, { data }) => {
  const [unit] = await countUnits(work.tx, [String(data.unit)], todayOf(work))
  if (!unit || unit.silent + unit.late + (unit.systems - unit.table) === 0) return null
  return words(
    `清单还不完整：${unit.silent} 张表未说明，${unit.late} 张计划已过期，${unit.systems - unit.table} 个系统没有数据表`,
    `The inventory is not whole: ${unit.silent} tables unexplained, ${unit.late} plans overdue, ${unit.systems - unit.table} systems without tables`,
  )
}

export const inventoryHooks = (app: App): Hooks => ({
  guards: { 'no-gaps': noGaps },
  effects: {
    'compare-inventory': async (work, { data }) => {
      const [unit] = await countUnits(work.tx, [String(data.unit)], todayOf(work))
      return unit && stateOf(app, work, unit, String(data.since))
    },
  },
  finders: { 'unit-officers': officers(app, 'unit', 'collection.declare') },
  titles: {
    'unit-officers': words('单位数据专员', 'Data officer of the unit'),
    'no-gaps': words('清单完整', 'The inventory is whole'),
    'compare-inventory': words('重新比较变化', 'Compares again'),
  },
})
