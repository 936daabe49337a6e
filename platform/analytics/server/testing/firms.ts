import { type AnyDataset, type DatasetDefinition, dataDesk, datasetExtracts, registry } from '#platform/registry'
import { type App, system, words } from '#runtime'

const definition: DatasetDefinition = {
  name: 'firm',
  title: words('企业', 'Firms'),
  about: words('只用于测试', 'For tests only'),
  source: 'city.market',
  fields: [
    { name: 'code', kind: 'text', title: words('编号', 'Code'), required: true, max: 20 },
    { name: 'name', kind: 'longText', title: words('名称', 'Name') },
    { name: 'openedOn', kind: 'date', title: words('成立日期', 'Opened on') },
    { name: 'capital', kind: 'decimal', title: words('注册资本', 'Capital') },
    { name: 'staff', kind: 'integer', title: words('从业人数', 'Staff') },
    { name: 'isLarge', kind: 'boolean', title: words('规模以上', 'Large') },
    { name: 'seenAt', kind: 'instant', title: words('核查时间', 'Seen at') },
    { name: 'contact', kind: 'text', title: words('联系人', 'Contact'), personal: true, mask: 'name', max: 60 },
    { name: 'phone', kind: 'phone', title: words('联系电话', 'Telephone') },
  ],
  key: ['code'],
  level: 'internal',
  sharing: 'conditional',
  opening: 'closed',
  retentionYears: 0,
}

export type Firm = Readonly<Record<string, string | number | boolean>>

/** A dataset as a steward would define it, with what is hard to copy: line breaks, quotes, empty and missing text. */
export async function firms(app: App, count: number) {
  const actor = system('testing.firms')
  const id = await app.work(actor, (work) => app.use(dataDesk).define(work, definition))
  const { dataset } = app.use(datasetExtracts).get(id)
  const write = (rows: readonly Firm[]) => app.work(actor, (work) => app.use(registry).write(work, dataset, rows))
  await write(Array.from({ length: count }, (_, n) => firm(n)))
  return {
    id,
    table: id.replace('.', '_'),
    dataset: dataset as AnyDataset,
    write,
    remove: (codes: readonly string[]) =>
      app.work(actor, (work) =>
        app.use(registry).remove(
          work,
          dataset,
          codes.map((code) => ({ code })),
        ),
      ),
  }
}

const NAMES = ['泰山茶业', '岱庙“老店”', 'a,b', 'say "hi"', 'two\nlines', '']

export const firm = (n: number, more: Firm = {}): Firm => ({
  code: `F${n}`,
  ...(n % 7 ? { name: NAMES[n % NAMES.length] ?? '' } : {}),
  openedOn: `20${String(10 + (n % 15))}-0${1 + (n % 9)}-11`,
  ...(n % 5 ? { capital: n / 3 } : {}),
  staff: n,
  isLarge: n % 3 === 0,
  contact: '王伟',
  seenAt: `2026-03-01T08:00:${String(n % 60).padStart(2, '0')}.5Z`,
  phone: '13800138000',
  ...more,
})
