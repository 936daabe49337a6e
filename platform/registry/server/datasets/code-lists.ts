import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { type Words, words } from '#runtime'
import type { CodeList } from '../../dataset.ts'
import { cellsOf } from '../reading/read-csv.ts'

const FOLDER = join(import.meta.dirname, '../../../../data/codes')

const LISTS: readonly (readonly [id: string, file: string, title: Words, source: string])[] = [
  ['gbt2261.1', 'gender', words('性别', 'Sex'), 'GB/T 2261.1-2003'],
  ['gbt2261.2', 'marital-status', words('婚姻状况', 'Marital status'), 'GB/T 2261.2-2003'],
  ['gbt2261.3', 'health-state', words('健康状况', 'State of health'), 'GB/T 2261.3-2003'],
  ['gbt2261.4', 'employment', words('从业状况', 'Employment'), 'GB/T 2261.4-2003'],
  ['gbt3304', 'ethnic-group', words('民族', 'Ethnic group'), 'GB/T 3304-1991'],
  ['gbt4658', 'education', words('学历', 'Education'), 'GB/T 4658-2006'],
  ['gbt4762', 'political-status', words('政治面貌', 'Political status'), 'GB/T 4762-1984'],
  ['gbt4761', 'family-relation', words('家庭关系', 'Family relation'), 'GB/T 4761-2008'],
  ['gbt4754', 'industry', words('国民经济行业', 'Industry'), 'GB/T 4754-2017'],
  ['hj212-2017.pollutant', 'hj212-2017-pollutant', words('污染物', 'Pollutant'), 'HJ 212-2017'],
  ['hjt212-2005.pollutant', 'hjt212-2005-pollutant', words('污染物（2005 版）', 'Pollutant (2005)'), 'HJ/T 212-2005'],
]

/** The national code lists of `data/codes`; their sources give Chinese names only. */
export const nationalCodeLists: readonly CodeList[] = LISTS.map(([id, file, title, source]) => ({
  id,
  title,
  source,
  codes: readCodes(file),
}))

function readCodes(file: string): Readonly<Record<string, Words>> {
  const [head = '', ...lines] = readFileSync(join(FOLDER, `${file}.csv`), 'utf8')
    .trimEnd()
    .split(/\r?\n/)
  const header = cellsOf(head, ',')
  const [code, name] = [header.indexOf('code'), header.indexOf('name')]
  return Object.fromEntries(
    lines.map((line) => {
      const cells = cellsOf(line, ',')
      const text = cells[name] ?? ''
      return [cells[code] ?? '', words(text, text)]
    }),
  )
}
