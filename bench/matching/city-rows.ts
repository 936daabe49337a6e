import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import type { PersonFacts } from '../../domains/resources/one-file/server/matching/people/intake.ts'

interface CityFile {
  readonly id: string
  readonly ending: 'csv' | 'jsonl'
  readonly encoding: 'gb18030' | 'gbk' | 'utf-8'
  facts(cells: readonly string[]): PersonFacts
}

const day = (text: string): string | undefined => {
  const [, year, month, date] = /^(\d{4})\D?(\d{1,2})\D?(\d{1,2})\D?$/.exec(text) ?? []
  return year && month && date ? `${year}-${month.padStart(2, '0')}-${date.padStart(2, '0')}` : undefined
}
const some = (text: string | undefined): string | undefined => (text === '' ? undefined : text)
const sexOf = (text: string | undefined): string | undefined => (text === '男' ? '1' : text === '女' ? '2' : text)

/**
 * Four sources of people: the largest three, of police, medical insurance and clinics, and the pensions, whose file lost
 * its rare characters. The clinics' and the pensions' are typed by hand and the dirtiest of the city.
 */
export const SOURCES: readonly CityFile[] = [
  {
    id: 'gongan-renkou',
    ending: 'csv',
    encoding: 'gb18030',
    facts: ([number, name = '', formerName, sex, , born = '', household, , address]) => ({
      number,
      name,
      formerName: some(formerName),
      sex,
      bornOn: day(born),
      household,
      address,
    }),
  },
  {
    id: 'yibao-canbao',
    ending: 'csv',
    encoding: 'gb18030',
    facts: ([, name = '', sex, number, born = '', , , phone]) => ({
      name,
      sex: sexOf(sex),
      number: some(number),
      bornOn: day(born),
      phone: some(phone),
    }),
  },
  {
    id: 'weijian-jiuzhen',
    ending: 'jsonl',
    encoding: 'utf-8',
    facts: ([, , , , name = '', number, sex, born = '', phone]) => ({
      name,
      sex,
      number: some(number),
      bornOn: day(born),
      phone: some(phone),
    }),
  },
  {
    id: 'renshe-daiyu',
    ending: 'csv',
    encoding: 'gbk',
    facts: ([, name = '', number, born = '', address]) => ({ name, number: some(number), bornOn: day(born), address }),
  },
]

/** Rows of a file as its department wrote it, mistakes and all, in batches. */
export async function* rowsOf(city: string, source: CityFile): AsyncGenerator<PersonFacts[]> {
  const { id, ending, encoding, facts } = source
  for await (const lines of linesOf(join(city, 'files', `${id}.${ending}`), encoding, ending === 'csv'))
    yield lines.map((line) =>
      facts(
        ending === 'jsonl' ? Object.values(JSON.parse(line) as Record<string, unknown>).map(String) : line.split(','),
      ),
    )
}

/** Whom each row of a file is about, as the truth has it; read only to score. */
export async function* truthOf(city: string, { id }: Pick<CityFile, 'id'>): AsyncGenerator<number[]> {
  for await (const lines of linesOf(join(city, 'truth', 'rows', `${id}.csv`), 'utf-8', true))
    yield lines.map((line) => Number(line.slice(1, line.indexOf(','))))
}

async function* linesOf(file: string, encoding: string, hasHeading: boolean): AsyncGenerator<string[]> {
  const decoder = new TextDecoder(encoding)
  let rest = ''
  let isFirst = hasHeading
  for await (const bytes of createReadStream(file, { highWaterMark: 1 << 20 })) {
    const lines = (rest + decoder.decode(bytes as Buffer, { stream: true })).split(/\r?\n/)
    rest = lines.pop() ?? ''
    if (isFirst) lines.shift()
    isFirst = false
    yield lines
  }
  if (rest !== '') yield [rest]
}
