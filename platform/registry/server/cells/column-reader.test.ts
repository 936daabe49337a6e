import fc from 'fast-check'
import { expect, it } from 'vitest'
import { NO_VALUE } from '#platform/crypto'
import { blockOf } from '../reading/row-block.ts'
import { encoderOf } from './binary.ts'
import { ColumnReader } from './column-reader.ts'
import type { Slot } from './plan.ts'
import { cellReader } from './read-cell.ts'

const slot = (kind: Slot['kind'], more: Partial<Slot> = {}): Slot => ({
  id: 'x',
  field: 'x',
  title: { zh: '项', en: 'x' },
  aliases: [],
  kind,
  column: 'x',
  required: false,
  sealed: false,
  context: 'city.x.x',
  ...more,
})

/** Cells as sources send them: right ones, nearly right ones, blanks, and anything. */
const cell = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 12 }),
  fc.string({ unit: fc.constantFrom(...' \u3000\u00a0\ufeff\ufffd\t\u0000aN王（０３·é𠮷-—/'), maxLength: 8 }),
  fc.constantFrom('', 'NULL', '#N/A', '-', '37090219900101123X', '370902199001011234', '13812345678', '12812345678'),
  fc
    .tuple(fc.nat(2300), fc.nat(13), fc.nat(32), fc.constantFrom('-', '/', '.'))
    .map(([year, month, day, by]) => [year, String(month).padStart(2, '0'), String(day).padStart(2, '0')].join(by)),
  fc.nat().map(String),
  fc.double({ noNaN: true }).map(String),
)

const COLUMNS: readonly (readonly [Slot, string])[] = [
  [slot('text', { max: 6 }), 'text'],
  [slot('text', { min: 2, max: 200, required: true }), 'varchar'],
  [slot('text', { pattern: '^[a-z]+$' }), 'text'],
  [slot('longText', { min: 0, max: 20_000 }), 'text'],
  [slot('identity'), 'text'],
  [slot('phone'), 'text'],
  [slot('division'), 'text'],
  [slot('date'), 'date'],
  [slot('integer'), 'int8'],
  [slot('decimal'), 'float8'],
  [slot('code', { codes: { 男: '1', 1: '1', '01': '01' } }), 'text'],
]

it.each(COLUMNS)('reads a column as its cells are read one by one (%#)', (column, type) => {
  const read = cellReader(column)
  const encode = encoderOf(type)
  const reader = new ColumnReader(column, type)
  fc.assert(
    fc.property(fc.array(cell, { maxLength: 30 }), (cells) => {
      const block = blockOf(cells.map((text, at) => ({ line: at + 1, cells: ['other', text] })))
      const refused = new Map<number, unknown>()
      const { from, to } = reader.read(block, 1, (row, message) => refused.set(row, message))
      for (const [row, text] of cells.entries()) {
        const value = read(text.toWellFormed())
        const stored = from[row] === NO_VALUE ? null : block.heap.bytes.subarray(from[row], to[row]).toString('hex')
        if (value !== null && typeof value === 'object') expect(refused.get(row)).toEqual(value)
        else expect(stored).toBe(value === null ? null : Buffer.from(encode(value) ?? []).toString('hex'))
      }
    }),
    { numRuns: 300 },
  )
})

it('says of a field that no file brings that it is not imported', () => {
  const block = blockOf([{ line: 2, cells: ['a.pdf'] }])
  const said: string[] = []
  new ColumnReader(slot('files'), '_text').read(block, 0, (_, message) => said.push(message.en))
  expect(said).toEqual(['This field cannot be imported from a table'])
})

it('refuses a number that the column cannot hold, and one cell that is not there at all', () => {
  const refused: unknown[] = []
  const block = blockOf([
    { line: 2, cells: ['2147483648'] },
    { line: 3, cells: [] },
    { line: 4, cells: ['-7'] },
  ])
  const reader = new ColumnReader(slot('integer', { required: true }), 'int4')
  const { from, to } = reader.read(block, 0, (row, message) => refused.push([row, message.en]))
  expect(refused).toEqual([
    [0, 'The number is beyond the range of this column'],
    [1, 'Required, but empty'],
  ])
  expect(block.heap.bytes.subarray(from[2], to[2]).readInt32BE()).toBe(-7)
})
