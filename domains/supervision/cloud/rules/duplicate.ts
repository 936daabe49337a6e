import { Type } from 'typebox'
import { type RulePack, rule } from '#platform/rules'
import { words } from '#runtime'

export interface DuplicateTables {
  /** Characters a gram. */
  readonly gram: number
  /** Similarity at or above which two tasks are shown to a person. */
  readonly proposeFrom: number
}

/** Dice coefficient of the character n-grams of two titles, 0 to 1; punctuation and blanks do not count. */
export function similarity(gram: number, a: string, b: string): number {
  const [left, right] = [gramsOf(gram, a), gramsOf(gram, b)]
  if (left.length === 0 || right.length === 0) return 0
  const rest = new Map<string, number>()
  for (const one of right) rest.set(one, (rest.get(one) ?? 0) + 1)
  let shared = 0
  for (const one of left) {
    const n = rest.get(one) ?? 0
    if (n > 0) {
      shared++
      rest.set(one, n - 1)
    }
  }
  return (2 * shared) / (left.length + right.length)
}

function gramsOf(gram: number, text: string): string[] {
  const signs = [
    ...text
      .normalize('NFKC')
      .toLowerCase()
      .replace(/[\p{P}\p{S}\s]/gu, ''),
  ]
  if (signs.length === 0) return []
  if (signs.length <= gram) return [signs.join('')]
  return signs.slice(0, signs.length - gram + 1).map((_, at) => signs.slice(at, at + gram).join(''))
}

export const duplicatePack: RulePack<DuplicateTables, { a: string; b: string }> = {
  id: 'taian-supervision-duplicate-2026',
  title: words('重复督查事项比对规则', 'Finding repeated matters'),
  source: {
    document: '政府督查工作条例（国务院令第733号），防止重复督查、多头督查；阈值为本地规则',
    clause: '待核条款号',
  },
  locality: 'CN',
  validFrom: '2020-01-01',
  validTo: null,
  tables: { gram: 2, proposeFrom: 0.6 },
  notes: [
    {
      text: words('只提示相似，是否合并由人决定。', 'Only likeness is shown; a person decides whether to merge.'),
      clause: null,
      verified: false,
    },
  ],
  vectors: [
    {
      title: 'the same words',
      facts: { a: '推进智慧工地建设', b: '推进智慧工地建设。' },
      expected: { similarity: 1, propose: true },
    },
    {
      title: 'one word put in',
      facts: { a: '推进智慧工地监管平台建设', b: '推进智慧工地平台建设' },
      // 11 and 9 bigrams, 8 shared
      expected: { similarity: 0.8, propose: true },
    },
    {
      title: 'another matter',
      facts: { a: '完善法人库', b: '开展森林火险气象服务' },
      expected: { similarity: 0, propose: false },
    },
  ],
}

export const duplicateRule = rule({
  id: 'supervision.cloud.duplicate',
  title: words('重复事项比对', 'Likeness of two matters'),
  facts: Type.Object({ a: Type.String({ title: '事项一' }), b: Type.String({ title: '事项二' }) }),
  result: Type.Object({ similarity: Type.Number(), propose: Type.Boolean() }),
  packs: [duplicatePack],
  evaluate: ({ gram, proposeFrom }: DuplicateTables, { a, b }) => {
    const exact = similarity(gram, a, b)
    const shown = Math.round(exact * 1000) / 1000
    return {
      result: { similarity: shown, propose: exact >= proposeFrom },
      explanation: [words(`相似度 ${shown}，提示线 ${proposeFrom}`, `Likeness ${shown}, shown from ${proposeFrom}`)],
    }
  },
})
