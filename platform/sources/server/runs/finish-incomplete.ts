import { type Words, type Work, words } from '#runtime'
import type { Reconciliation } from '../../run.ts'
import { endRun, failure } from './end-run.ts'
import type { RunContext } from './run-store.ts'

/**
 * Ends a run whose figures are not those of the source: the rows that came stay, nothing is deleted, and the mark stays
 * where it was, so that the next run asks for the same again. @returns false
 */
export async function finishIncomplete(
  work: Work,
  context: RunContext,
  reconciliation: Reconciliation,
): Promise<boolean> {
  await endRun(work, context, 'incomplete', {
    reconciliation: JSON.stringify(reconciliation),
    ...failure(whatDiffers(reconciliation)),
  })
  return false
}

function whatDiffers({ sourceRows, arrivedRows, columns, ...of }: Reconciliation): Words {
  const became = of.inserted + of.changed + of.same + of.refused
  const wrong = columns.flatMap(({ column, agrees }) => (agrees ? [] : [column]))
  const said = [
    ...(sourceRows === null || sourceRows === arrivedRows
      ? []
      : [
          words(
            `来源称有 ${sourceRows} 行，实际收到 ${arrivedRows} 行`,
            `The source says ${sourceRows} rows, ${arrivedRows} arrived`,
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
            `这些列与来源不一致：${[...new Set(wrong)].join('、')}`,
            `Columns that are not as at the source: ${[...new Set(wrong)].join(', ')}`,
          ),
        ]),
  ]
  const all = (language: keyof Words, sign: string) => said.map((each) => each[language]).join(sign)
  return words(
    `${all('zh', '；')}。收到的行已入库，没有删除任何行，下次从同一位置重新采集`,
    `${all('en', '; ')}. What arrived is stored, nothing was deleted, and the next run begins at the same place`,
  )
}
