import { sql } from 'kysely'
import { type Guard, type Hooks, loops } from '#platform/loops'
import { type App, dayAt, formatDay, type Words, type Work, words } from '#runtime'
import { officers } from '../officers.ts'
import { countUnits, findZombies, type UnitCounts } from './completeness.ts'
import { type Scan, scansOf, undeclaredOf } from './scan/scans.ts'

/** Opens the yearly matter of each unit that has something in a running system; what is open already stays. Returns how many there are. */
export async function renewInventory(app: App, work: Work): Promise<number> {
  const year = Number(todayOf(work).slice(0, 4))
  const scans = await scansOf(app, work.tx)
  const units = await countUnits(work.tx, { units: undefined, today: todayOf(work), scans })
  const since = `${year - 1}-01-01`
  for (const unit of units)
    await app.use(loops).open(work, {
      definition: 'collection.inventory',
      key: `${unit.unit}:${year}`,
      data: { unit: unit.unit, year, since, ...(await stateOf(app, work, { unit, scans, since })) },
    })
  return units.length
}

const todayOf = (work: Work): string => formatDay(dayAt(work.at.getTime()))

interface UnitState {
  readonly unit: UnitCounts
  readonly scans: readonly Scan[]
  readonly since: string
}

async function stateOf(app: App, work: Work, { unit, scans, since }: UnitState) {
  const zombies = (await findZombies(app, work.tx, [unit.unit])).map(({ name }) => name)
  return {
    changes: await changesSince(work, unit.unit, since),
    gaps: gapsOf(unit, { zombies, undeclared: undeclaredOf(scans, unit.unit) }),
  }
}

/** Counts and scans of one unit as they are now; none once all that it has belongs to systems that have ended. */
async function unitNow(app: App, work: Work, unit: string) {
  const scans = await scansOf(app, work.tx, { units: [unit] })
  const [counts] = await countUnits(work.tx, { units: [unit], today: todayOf(work), scans })
  return counts && { unit: counts, scans }
}

const KINDS = [
  { table: 'collection.system', title: words('系统', 'systems') },
  { table: 'collection.system_table', title: words('数据表', 'tables') },
  { table: 'collection.system_field', title: words('字段', 'fields') },
] as const

const NONE = words('无', 'none')

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
  return joined(parts, NONE)
}

const MOST_NAMED = 20

interface Named {
  readonly zombies: readonly string[]
  readonly undeclared: readonly string[]
}

function gapsOf({ systems, duty, item, table, silent, late }: UnitCounts, { zombies, undeclared }: Named): Words {
  const found = undeclared.slice(0, MOST_NAMED)
  const [andZh, andEn] = undeclared.length > MOST_NAMED ? [' 等', ' and others'] : ['', '']
  const counted: readonly (readonly [number, string, string])[] = [
    [
      undeclared.length,
      `张数据表在来源中发现但没有申报：${found.join('、')}${andZh}`,
      `tables found at the source but not declared: ${found.join(', ')}${andEn}`,
    ],
    [silent - undeclared.length, '张数据表既未汇聚也未说明原因', 'tables neither collected nor explained'],
    [late, '张数据表计划日期已过', 'tables whose planned day is over'],
    [systems - table, '个系统没有申报数据表', 'systems without tables'],
    [systems - duty, '个系统没有对应职责', 'systems without a duty'],
    [systems - item, '个系统没有对应事项', 'systems without an item'],
    [zombies.length, `个疑似僵尸系统：${zombies.join('、')}`, `systems that nobody uses: ${zombies.join(', ')}`],
  ]
  const parts = counted.filter(([n]) => n > 0).map(([n, zh, en]) => words(`${n} ${zh}`, `${n} ${en}`))
  return joined(parts, NONE)
}

/** A unit cannot say that its inventory is whole while it is not. */
const noGaps =
  (app: App): Guard =>
  async (work, { data }) => {
    const now = await unitNow(app, work, String(data.unit))
    if (!now) return null
    const { silent, undeclared, late, systems, table } = now.unit
    if (silent + late + (systems - table) === 0) return null
    return words(
      `清单还不完整：${undeclared} 张表发现但未申报，${silent - undeclared} 张表未说明，${late} 张计划已过期，${systems - table} 个系统没有数据表`,
      `The inventory is not whole: ${undeclared} tables found but not declared, ${silent - undeclared} unexplained, ${late} plans overdue, ${systems - table} systems without tables`,
    )
  }

export const inventoryHooks = (app: App): Hooks => ({
  guards: { 'no-gaps': noGaps(app) },
  effects: {
    'compare-inventory': async (work, { data }) => {
      const [unit, since] = [String(data.unit), String(data.since)]
      const now = await unitNow(app, work, unit)
      return now
        ? stateOf(app, work, { ...now, since })
        : { changes: await changesSince(work, unit, since), gaps: NONE }
    },
  },
  finders: { 'unit-officers': officers(app, 'unit', 'collection.declare') },
  titles: {
    'unit-officers': words('单位数据专员', 'Data officer of the unit'),
    'no-gaps': words('清单完整', 'The inventory is whole'),
    'compare-inventory': words('重新比较变化', 'Compares again'),
  },
})
