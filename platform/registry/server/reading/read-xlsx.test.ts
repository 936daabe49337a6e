import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { expect, test } from 'vitest'
import { readXlsx } from './read-xlsx.ts'

/** Far more than one chunk of the reader's, and of three bytes a letter, so that chunks end inside letters. */
const ROWS = 20_000
const textOf = (row: number): string => `泰安市岱岳区${'岱宗夫如何齐鲁青未了'.slice(row % 10)}第${row}号`

test.each([true, false])('Chinese letters are whole wherever a chunk ends (shared strings: %s)', async (shared) => {
  const folder = await mkdtemp(join(tmpdir(), 'daizong-xlsx-'))
  const filename = join(folder, 'many.xlsx')
  const book = new ExcelJS.stream.xlsx.WorkbookWriter({ filename, useSharedStrings: shared })
  const sheet = book.addWorksheet('名单')
  for (let row = 0; row < ROWS; row++) sheet.addRow([textOf(row)]).commit()
  await book.commit()
  const read: (string | undefined)[] = []
  for await (const { rows } of readXlsx(filename)) read.push(...rows.map(({ cells }) => cells[0]))
  await rm(folder, { recursive: true })
  expect(read).toHaveLength(ROWS)
  expect(read.filter((text, row) => text !== textOf(row))).toEqual([])
})
