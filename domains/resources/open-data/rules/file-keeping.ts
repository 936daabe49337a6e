import { type Static, Type } from 'typebox'
import { type RulePack, rule } from '#platform/rules'
import { words } from '#runtime'

interface KeepingTables {
  /** Days for which the files of every version stay. */
  readonly allDays: number
  /** Days for which those of the newest version of each day stay; those of the newest of each month stay for good. */
  readonly dailyDays: number
}

const facts = Type.Object({
  refreshed: Type.Boolean({ title: '是否由系统更新形成' }),
  ageDays: Type.Integer({ minimum: 0, title: '发布后天数' }),
  newestOfDay: Type.Boolean({ title: '是否当日最后一版' }),
  newestOfMonth: Type.Boolean({ title: '是否当月最后一版' }),
})
export type KeepingFacts = Static<typeof facts>

const Keeping = Type.Object({ kept: Type.Boolean() })
export type Keeping = Static<typeof Keeping>

const passing = { refreshed: true, ageDays: 3, newestOfDay: false, newestOfMonth: false }

const local2026: RulePack<KeepingTables, KeepingFacts> = {
  id: 'open-data-file-keeping-2026',
  title: words('开放数据版本文件保存（本地方案）', 'How long files of versions are kept, local scheme'),
  source: { document: '公共数据开放版本文件保存本地方案', clause: 'keeping' },
  validFrom: '2026-01-01',
  validTo: null,
  locality: 'CN',
  notes: [
    {
      text: words(
        '保存天数为本地运行参数，待确认；说明信息、摘要和引用不受影响，永久保存。',
        'Days are operational, to be confirmed; metadata, digest and citation are not touched and stay for good.',
      ),
      clause: null,
      verified: false,
    },
  ],
  tables: { allDays: 2, dailyDays: 30 },
  vectors: [
    { title: 'approved by a person', facts: { ...passing, refreshed: false, ageDays: 900 }, expected: { kept: true } },
    { title: 'an hour of the day before', facts: { ...passing, ageDays: 1 }, expected: { kept: true } },
    { title: 'an hour of three days ago', facts: passing, expected: { kept: false } },
    {
      title: 'the last of a day, a month ago',
      facts: { ...passing, ageDays: 29, newestOfDay: true },
      expected: { kept: true },
    },
    {
      title: 'the last of a day, longer ago',
      facts: { ...passing, ageDays: 30, newestOfDay: true },
      expected: { kept: false },
    },
    {
      title: 'the last of a month, years ago',
      facts: { ...passing, ageDays: 1500, newestOfDay: true, newestOfMonth: true },
      expected: { kept: true },
    },
  ],
}

export const fileKeepingRule = rule({
  id: 'open-data.file-keeping',
  title: words('开放数据版本文件保存', 'How long files of versions are kept'),
  facts,
  result: Keeping,
  packs: [local2026],
  names: {
    allDays: words('全部版本保存天数', 'Days for which every version keeps its files'),
    dailyDays: words('每日最后一版保存天数', 'Days for which the last version of a day keeps its files'),
  },
  evaluate: (tables: KeepingTables, given) => ({
    result: { kept: reasonOf(tables, given) !== undefined },
    explanation: [reasonOf(tables, given) ?? words('不再保存文件', 'The files are not kept any longer')],
  }),
})

function reasonOf(
  { allDays, dailyDays }: KeepingTables,
  { refreshed, ageDays, newestOfDay, newestOfMonth }: KeepingFacts,
) {
  if (!refreshed) return words('经人工审核，永久保存', 'Approved by a person: kept for good')
  if (newestOfMonth) return words('当月最后一版，永久保存', 'The last of its month: kept for good')
  if (ageDays < allDays) return words(`发布不满 ${allDays} 天`, `Published less than ${allDays} days ago`)
  if (newestOfDay && ageDays < dailyDays)
    return words(`当日最后一版，不满 ${dailyDays} 天`, `The last of its day, less than ${dailyDays} days ago`)
  return undefined
}
