import type { Kind } from '../match.ts'
import { type Block, type Comparison, textKey } from '../model.ts'
import type { Training } from '../train.ts'
import type { FirmData } from './records.ts'

const CODE = 0
const NAME = 1
const OTHER_CODE = 2
const OTHER_NAME = 4

function comparisons({ names, cores, formers, codes, phones, addresses }: FirmData): readonly Comparison[] {
  const isFormer = (a: number, b: number) =>
    (formers[a] !== '' && formers[a] === cores[b]) || (formers[b] !== '' && formers[b] === cores[a])
  const numbers = (id: string, of: readonly number[]): Comparison => ({
    id,
    levels: ['equal', 'other'],
    compare: (a, b) => (of[a] === 0 || of[b] === 0 ? 0 : of[a] === of[b] ? 1 : 2),
  })
  return [
    {
      id: 'code',
      levels: ['equal', 'other'],
      compare: (a, b) => (codes[a] === '' || codes[b] === '' ? 0 : codes[a] === codes[b] ? 1 : OTHER_CODE),
    },
    {
      id: 'name',
      levels: ['equal', 'equal but for the legal form', 'former name', 'other'],
      compare: (a, b) => {
        if (names[a] === '' || names[b] === '') return 0
        if (names[a] === names[b]) return 1
        return cores[a] === cores[b] ? 2 : isFormer(a, b) ? 3 : OTHER_NAME
      },
    },
    numbers('phone', phones),
    numbers('address', addresses),
  ]
}

function blocks({ cores, formers, codes }: FirmData): readonly [Block, Block, Block] {
  const key = (text: string | undefined) => (text ? textKey(text) : 0)
  return [
    { id: 'code', key: (at) => key(codes[at]) },
    { id: 'name', key: (at) => key(cores[at]) },
    { id: 'former name', key: (at) => key(formers[at] || cores[at]) },
  ]
}

/** How rows about firms are compared: the code decides; without one the name does, unless two firms have it. */
export const firmKind = (firms: FirmData): Kind => ({
  comparisons: comparisons(firms),
  blocks: blocks(firms),
  speaks: (record) => firms.codes[record] !== '',
  sameKey: (a, b) => firms.codes[a] === firms.codes[b],
  keyDecides: true,
  most: (_a, _b, levels) => {
    if (levels[CODE] === OTHER_CODE) return 'no'
    if (levels[CODE] === 1) return 'join'
    return levels[NAME] === OTHER_NAME || levels[NAME] === 0 ? 'no' : 'join'
  },
})

export function firmTraining(firms: FirmData): Training {
  const [byCode, byName] = blocks(firms)
  return {
    records: firms.names.length,
    comparisons: comparisons(firms),
    sessions: [
      { block: byCode, fixes: ['code'] },
      { block: byName, fixes: ['name'] },
    ],
  }
}
