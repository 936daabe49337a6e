import { InvalidInput, words } from '#runtime'
import { saidAs } from './said.ts'

const PLACE = /\n+LINE (\d+): (.*)\n( *)\^/

/** What the engine said, as an error of the product; where it names a place, as the issue `/sql/<line>/<column>`. */
export function problemOf(text: string): InvalidInput {
  if (text.startsWith('Out of Memory'))
    return new InvalidInput(
      'question-too-large',
      words(
        '查询所需内存超过限额，已停止；请缩小范围或先汇总',
        'The question needed more memory than it may have and was stopped; narrow it or aggregate first',
      ),
    )
  const place = PLACE.exec(text)
  const said = saidAs(
    text.replace(PLACE, '').replace('Failed to extract statements: ', '').trim().split('\n\n')[0] ?? text,
  )
  const line = place?.[1] ?? '1'
  const column = Math.max(1, (place?.[3]?.length ?? 0) - `LINE ${line}: `.length + 1)
  return new InvalidInput(
    'wrong-question',
    words(`查询有误：${said.zh}`, `The question is wrong: ${said.en}`),
    place ? [{ path: `/sql/${line}/${column}`, message: said }] : [],
  )
}
