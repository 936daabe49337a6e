import { readFile } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { parse } from 'csv-parse/sync'
import { identity } from '#platform/identity'
import { csvCell, type DatasetDefinition, type FieldDefinition } from '#platform/registry'
import type { App } from '#runtime'

const DATA = new URL('../../../../../data/', import.meta.url)

type Line = Readonly<Record<string, string>>

/** A dataset that the data bureau defines and loads as a steward would, from facts that ship with the product. */
export interface DemoSource {
  readonly definition: DatasetDefinition
  readonly lines: (app: App) => Promise<readonly Line[]>
}

const words = (zh: string, en: string) => ({ zh, en })
const text = (name: string, zh: string, en: string, required = false): FieldDefinition => ({
  ...{ name, kind: 'text', title: words(zh, en), aliases: [name] },
  ...(required ? { required } : {}),
})

const open = {
  source: 'city.big-data',
  level: 'public',
  sharing: 'unconditional',
  opening: 'open',
  retentionYears: 0,
} as const

const shipped = async (file: string): Promise<readonly Line[]> =>
  parse(await readFile(new URL(file, DATA)), { columns: true, bom: true }) as Line[]

/** Counties, towns and villages of the city with their English names. */
async function divisions(): Promise<readonly Line[]> {
  const english = new Map((await shipped('divisions/english-names.csv')).map(({ code, name }) => [code, name]))
  const files = ['taian-counties', 'taian-towns', 'taian-villages']
  const lists = await Promise.all(files.map((file) => shipped(`divisions/${file}.csv`)))
  return lists.flat().map(({ code = '', name = '', parent = '', level = '' }) => {
    const nameEn = english.get(code)
    return { code, name, ...(nameEn ? { nameEn } : {}), parent, level }
  })
}

/** Bodies of the city and its counties, without towns and villages, which are divisions. */
async function bodies(app: App): Promise<readonly Line[]> {
  const all = await app.use(identity).organisations()
  return all
    .filter(({ kind }) => ['city', 'body', 'county', 'zone'].includes(kind))
    .map(({ id, name, short, parent, division, kind }) => ({
      ...{ id, name: name.zh, nameEn: name.en, short, kind, division },
      ...(parent ? { parent } : {}),
    }))
}

const number = (name: string, zh: string, en: string): FieldDefinition => ({
  ...{ name, kind: 'decimal', title: words(zh, en), unit: 'ug/m3', aliases: [name] },
})

export const DEMO_SOURCES: readonly DemoSource[] = [
  {
    definition: {
      ...open,
      name: 'division',
      title: words('泰安市行政区划', "Divisions of Tai'an"),
      about: words('县（市、区）、乡镇街道和村居的代码与名称', 'Codes and names of counties, towns and villages'),
      fields: [
        text('code', '区划代码', 'Division code', true),
        text('name', '名称', 'Name', true),
        text('nameEn', '英文名称', 'English name'),
        text('parent', '上级代码', 'Code above'),
        text('level', '级别', 'Level', true),
      ],
      key: ['code'],
      indexed: ['parent'],
    },
    lines: divisions,
  },
  {
    definition: {
      ...open,
      name: 'government-body',
      title: words('泰安市机关单位名录', "Government bodies of Tai'an"),
      about: words(
        '市级和县级机关单位的名称、简称和上级',
        'Names of the bodies of city and counties, and what is above them',
      ),
      fields: [
        text('id', '编号', 'Id', true),
        text('name', '名称', 'Name', true),
        text('nameEn', '英文名称', 'English name'),
        text('short', '简称', 'Short name'),
        text('kind', '类别', 'Kind'),
        text('parent', '上级单位', 'Body above'),
        text('division', '区划代码', 'Division code'),
      ],
      key: ['id'],
    },
    lines: bodies,
  },
  {
    definition: {
      ...open,
      name: 'industry-class',
      title: words('国民经济行业分类', 'Industrial classification of the national economy'),
      about: words('GB/T 4754-2017 的门类、大类、中类和小类代码', 'Codes of GB/T 4754-2017: sections to classes'),
      fields: [
        text('code', '代码', 'Code', true),
        text('level', '层级', 'Level', true),
        text('parent', '上级代码', 'Code above'),
        text('name', '名称', 'Name', true),
      ],
      key: ['code'],
    },
    lines: async () =>
      (await shipped('codes/industry.csv')).map(({ code = '', level = '', parent = '', name = '' }) => ({
        ...{ code, level, parent, name },
      })),
  },
  {
    definition: {
      ...open,
      source: 'city.ecology',
      name: 'air-day',
      title: words('全省国控站日均值', 'Daily values of national stations'),
      about: words(
        '山东省国控站 2017-04-11 六项污染物日值',
        'Six pollutants at the stations of Shandong on 11 April 2017',
      ),
      fields: [
        text('code', '站点编码', 'Station code', true),
        { name: 'date', kind: 'date', title: words('日期', 'Day'), required: true, aliases: ['date'] },
        number('so2', '二氧化硫', 'SO2'),
        number('no2', '二氧化氮', 'NO2'),
        { ...number('co', '一氧化碳', 'CO'), unit: 'mg/m3' },
        number('o3', '臭氧', 'O3'),
        number('pm10', 'PM10', 'PM10'),
        number('pm25', 'PM2.5', 'PM2.5'),
      ],
      key: ['code', 'date'],
    },
    lines: () => shipped('air-quality/daily-20170411.csv'),
  },
]

/** The lines as the file that a steward would hand in. */
export function fileOf({ definition }: DemoSource, lines: readonly Line[]): Readable {
  const names = definition.fields.map(({ name }) => name)
  const rows = lines.map((line) => names.map((name) => csvCell(line[name] ?? '')).join(','))
  return Readable.from([`${names.join(',')}\r\n${rows.join('\r\n')}\r\n`], { objectMode: false })
}
