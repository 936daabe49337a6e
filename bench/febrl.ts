import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { match } from '../domains/resources/one-file/server/matching/match.ts'
import { train } from '../domains/resources/one-file/server/matching/train.ts'
import { Febrl } from './matching/febrl.ts'
import { pairwise } from './matching/score.ts'
import { report } from './report.ts'

/**
 * The engine on the public FEBRL sets, beside Splink if a Python with it is named:
 * `python3 -m venv peer && peer/bin/pip install splink && SPLINK=peer/bin/python npm run bench -- febrl`.
 * Both learn without labels and decide at the same odds of one to one.
 */
const SETS = [['dataset1'], ['dataset2'], ['dataset3'], ['dataset4a', 'dataset4b']] as const
const THRESHOLDS = { match: 0, review: 0, margin: 0 }

const peer = (set: readonly string[]): number | undefined => {
  const { SPLINK } = process.env
  if (!SPLINK) return undefined
  const script = join(import.meta.dirname, 'peers', 'splink-febrl.py')
  const said = execFileSync(SPLINK, [script, join(import.meta.dirname, '../data/febrl'), ...set], { encoding: 'utf8' })
  return (JSON.parse(said.trim().split('\n').at(-1) ?? '{}') as { f1?: number }).f1
}

const lines: { set: string; f1: number; precision: number; recall: number; splink: number | undefined }[] = []
const begun = performance.now()
let rows = 0
for (const set of SETS) {
  const febrl = new Febrl(set)
  rows += febrl.rows.length
  const { entity } = match(febrl.rows.length, febrl.kind(), train(febrl.training()), THRESHOLDS)
  lines.push({ set: set.join(' and '), ...pairwise(entity, febrl.entity), splink: undefined })
}
const seconds = (performance.now() - begun) / 1000
SETS.forEach((set, at) => {
  const line = lines[at]
  if (line) line.splink = peer(set)
})
for (const { set, f1, precision, recall, splink } of lines)
  process.stdout.write(
    `${set.padEnd(24)} F1 ${f1.toFixed(4)} (precision ${precision.toFixed(4)}, recall ${recall.toFixed(4)})   Splink ${splink?.toFixed(4) ?? 'not run'}\n`,
  )
const worst = lines.toSorted((a, b) => a.f1 - b.f1)[0]
const known = lines.filter(({ splink }) => splink !== undefined)
const ratio = known.length > 0 ? Math.min(...known.map(({ f1, splink }) => f1 / (splink ?? 1))) : (worst?.f1 ?? 0)
report({
  bench: 'febrl',
  value: worst?.f1 ?? 0,
  unit: 'pairwise F1, least of four sets',
  against: known.length > 0 ? 'Splink, least ratio of four sets' : 'all pairs right',
  ratio,
  seconds,
  rows,
})
