import { sql } from 'kysely'
import { Conflict, type Issue, NotFound, type ProductError, type Work, words } from '#runtime'
import type { Act, LoopDefinition } from '../contract.ts'
import { actionsOf } from '../generic-actions.ts'
import { type Engine, people } from './engine.ts'
import { mayRead } from './may-read.ts'
import type { Row } from './row.ts'

interface Since {
  readonly action: string
  readonly at: Date
  readonly actor: string
  readonly actor_kind: string
}

/** Why an action that saw an older state is refused: who did what meanwhile. */
export async function whatHappened(
  engine: Engine,
  work: Work,
  definition: LoopDefinition,
  row: Row,
  { revision }: Act,
): Promise<ProductError> {
  if (!(await mayRead(engine, work, definition, row, work.actor))) return new NotFound()
  const { rows } = await sql<Since>`select action, at, actor, actor_kind from loops.action
    where instance = ${row.id} and revision > ${revision} order by revision desc limit 5`.execute(work.tx)
  const names = await people(engine).names([...new Set(rows.map(({ actor }) => actor))], work.tx)
  const issues = rows.map((since) => lineOf(definition, since, names))
  const [last] = issues
  const story = last?.message ?? words('事项的版本不对', 'The revision of the matter is wrong')
  return new Conflict(
    'moved-on',
    words(
      `事项已有变化：${story.zh}。请查看最新情况后再办理`,
      `The matter has moved on: ${story.en}. Look at it again before you act`,
    ),
    issues,
  )
}

const TIME = { timeZone: 'Asia/Shanghai', dateStyle: 'short', timeStyle: 'medium' } as const

function lineOf(
  definition: LoopDefinition,
  { action, at, actor, actor_kind }: Since,
  names: ReadonlyMap<string, string>,
): Issue {
  const title = actionsOf(definition)[action]?.title ?? words(action, action)
  const time = at.toLocaleString('sv-SE', TIME)
  const who =
    actor_kind === 'system' ? words('系统', 'the system') : words(names.get(actor) ?? actor, names.get(actor) ?? actor)
  return {
    path: '/revision',
    message: words(`${who.zh}于 ${time} 办理了“${title.zh}”`, `${who.en} did "${title.en}" at ${time}`),
  }
}
