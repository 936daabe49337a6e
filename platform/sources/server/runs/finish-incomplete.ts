import { type Words, type Work, words } from '#runtime'
import { comesOnce } from '../../contract.ts'
import type { Reconciliation } from '../../run.ts'
import type { SourcesParts } from '../parts.ts'
import type { PartRow } from '../tables.ts'
import { endRun, failure } from './end-run.ts'
import { goOn } from './go-on.ts'
import type { RunContext } from './run-store.ts'

/** Batches that are named in the reason. */
const MOST_NAMED = 5

/**
 * Ends a run whose figures are not those of the source, or of which not everything could be read: the rows that came
 * stay, nothing is deleted, and the mark stays where it was, so that the next run asks for the same again; what comes
 * only once has to be handed over again. @returns false
 */
export async function finishIncomplete(
  parts: SourcesParts,
  work: Work,
  context: RunContext,
  list: readonly PartRow[],
  reconciliation: Reconciliation,
): Promise<boolean> {
  const { run, source } = context
  const said = [...unreadable(list), ...whatDiffers(run, reconciliation)]
  const all = (language: keyof Words, sign: string) => said.map((each) => each[language]).join(sign)
  const isReplay = run.replay_of !== null
  const next = isReplay ? KEPT_ONLY : comesOnce(source.connection) ? HANDED_OVER_AGAIN : ASKED_AGAIN
  const isEnded = await endRun(work, context, 'incomplete', {
    reconciliation: JSON.stringify(reconciliation),
    ...failure(words(`${all('zh', '；')}。${next.zh}`, `${all('en', '; ')}. ${next.en}`)),
  })
  if (isEnded && !isReplay && comesOnce(source.connection)) await goOn(parts, work, context)
  return false
}

const ASKED_AGAIN = words(
  '收到的行已入库，没有删除任何行，下次从同一位置重新采集',
  'What arrived is stored, nothing was deleted, and the next run begins at the same place',
)
const HANDED_OVER_AGAIN = words(
  '读到的行已入库，没有删除任何行；请供数单位改正后重新提供',
  'What could be read is stored and nothing was deleted; whoever hands the data over has to do so again, put right',
)
const KEPT_ONLY = words(
  '保存的原始数据读出的结果与原采集时不同，可能已损坏；读到的行已入库，没有删除任何行，请重新采集，或请供数单位重新提供',
  'The kept bytes do not give what they gave in that run and may be damaged; what was read is stored and nothing was deleted. Collect again, or let the data be handed over again',
)

function unreadable(list: readonly PartRow[]): Words[] {
  const left = list.filter(({ kind }) => kind === 'unreadable')
  const names = left.map(({ name }) => name)
  const [zh, en] = [names.slice(0, MOST_NAMED).join('、'), names.slice(0, MOST_NAMED).join(', ')]
  if (left.length === 0) return []
  return [
    words(
      `${left.length} 批推送数据有读不出的部分，已原样保存：${zh}${names.length > MOST_NAMED ? '等' : ''}`,
      `Of ${left.length} pushed batches not everything can be read; they are kept as they came: ${en}${names.length > MOST_NAMED ? ' and more' : ''}`,
    ),
  ]
}

function whatDiffers(
  { replay_of }: Pick<RunContext['run'], 'replay_of'>,
  { sourceRows, arrivedRows, columns, ...of }: Reconciliation,
): Words[] {
  const became = of.inserted + of.changed + of.same + of.refused
  const wrong = columns.flatMap(({ batch, column, agrees }) =>
    agrees ? [] : [[batch, column].filter(Boolean).join(' · ')],
  )
  return [
    ...(sourceRows === null || sourceRows === arrivedRows
      ? []
      : [
          replay_of === null
            ? saidBySource(sourceRows, arrivedRows)
            : words(
                `第 ${replay_of} 次采集有 ${sourceRows} 行，重放读到 ${arrivedRows} 行`,
                `Run ${replay_of} had ${sourceRows} rows, its replay read ${arrivedRows}`,
              ),
        ]),
    ...(became === arrivedRows
      ? []
      : [
          words(
            `收到 ${arrivedRows} 行，有去向的 ${became} 行`,
            `${arrivedRows} rows arrived, of ${became} it is known what became of them`,
          ),
        ]),
    ...(wrong.length === 0
      ? []
      : [
          words(
            `这些项目与来源不一致：${[...new Set(wrong)].join('、')}`,
            `Figures that are not as at the source: ${[...new Set(wrong)].join(', ')}`,
          ),
        ]),
  ]
}

const saidBySource = (sourceRows: number, arrivedRows: number): Words =>
  words(
    `来源称有 ${sourceRows} 行，实际收到 ${arrivedRows} 行`,
    `The source says ${sourceRows} rows, ${arrivedRows} arrived`,
  )
