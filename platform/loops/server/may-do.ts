import { Conflict, Forbidden, NotFound, type Work, words } from '#runtime'
import type { Action, LoopDefinition, Place } from '../contract.ts'
import { holderOf, isOneOf } from './assignee.ts'
import { ruleOf, showClock } from './clocks.ts'
import type { Engine } from './engine.ts'
import { mayRead } from './may-read.ts'
import type { Row } from './row.ts'
import { asList, startsFrom } from './walk-definition.ts'

/** Code of the refusal of what somebody else has to check. */
export const OWN_WORK = 'own-work'

/**
 * Lets through who may do this here and now; guards and forms are asked later.
 * @throws Conflict (not possible here), Forbidden (not this person), NotFound (may not even know of it)
 */
export async function mayDo(
  engine: Engine,
  work: Work,
  definition: LoopDefinition,
  row: Row,
  id: string,
  action: Action,
): Promise<void> {
  const { actor } = work
  // What somebody may do in general does not reach a confidential matter that he may not even see.
  if (definition.confidential && !(await mayRead(engine, work, definition, row, actor))) throw new NotFound()
  const who = asList(action.who)
  const place = definition.places[row.place] as Place
  const isMeant =
    actor.kind === 'system' ||
    (!action.automatic && (await isOneOf(engine, work, row, who.length > 0 ? who : [{ holder: true }], actor)))
  if (!isMeant) {
    if (!(await mayRead(engine, work, definition, row, actor))) throw new NotFound()
    throw new Forbidden('not-yours', words(`“${action.title.zh}”不由您办理`, `"${action.title.en}" is not yours to do`))
  }
  if (!startsFrom(action, row.place, place))
    throw new Conflict(
      'not-here',
      words(
        `事项现在处于“${place.title.zh}”，不能办理“${action.title.zh}”`,
        `The matter is now in "${place.title.en}", where "${action.title.en}" cannot be done`,
      ),
    )
  if (isOwnWork(row, action, actor.id))
    throw new Forbidden(
      OWN_WORK,
      words('不能核验本人办理的事项，请由其他人办理', 'What you did yourself must be checked by somebody else'),
    )
  const why = notPossible(definition, row, id, action, work)
  if (why) throw new Conflict('not-now', why)
}

const isOwnWork = (row: Row, action: Action, account: string): boolean =>
  (action.notBy ?? []).some((other) => row.memory.done[other]?.by.includes(`account:${account}`))

/** What the state of the matter says against an action. */
function notPossible(definition: LoopDefinition, row: Row, id: string, action: Action, work: Work) {
  const stands = standsStill(row, id)
  if (stands) return stands
  const times = action.times ?? (action.clock?.extend ? 1 : undefined)
  const done = row.memory.done[id]?.n ?? 0
  if (times !== undefined && done >= times)
    return words(`“${action.title.zh}”只能办理 ${times} 次`, `"${action.title.en}" can be done ${times} times only`)
  if (id === 'loops.sign' && row.holders.some(({ signed }) => signed !== undefined))
    return words('已经签收', 'It has been signed for')
  if (
    id === 'loops.sign' &&
    !row.holders.some(({ who }) => who === holderOf(work.actor) || who === `account:${work.actor.id}`)
  )
    return words('不在您的待办中', 'It is not in your inbox')
  if (id === 'loops.return' && !row.memory.back)
    return words('没有可以退回的上一步', 'There is no step before to return to')
  if (id === 'loops.pause' && matterStatus(definition, row, work.at) !== 'running')
    return words('计时没有在运行', 'The clock does not run')
  if (id === 'loops.resume' && matterStatus(definition, row, work.at) !== 'paused')
    return words('计时没有暂停', 'The clock is not paused')
  return undefined
}

const WHILE_DISPUTED = ['loops.rule', 'loops.note', 'loops.urge', 'loops.supervise', 'loops.instruct', 'loops.update']
const WHILE_MERGED = ['loops.split', 'loops.follow', 'loops.note', 'loops.update']

/** A matter about which a ruling is awaited, or that follows another, waits. */
function standsStill({ memory, lead }: Row, id: string) {
  if (memory.dispute && !WHILE_DISPUTED.includes(id)) return words('正在等待裁定', 'A ruling is awaited')
  if (!memory.dispute && id === 'loops.rule') return words('没有待裁定的争议', 'There is nothing to rule on')
  if (lead !== null && !WHILE_MERGED.includes(id))
    return words(`已并入事项 ${lead}`, `It was merged into the matter ${lead}`)
  if (lead === null && id === 'loops.split') return words('没有并入其他事项', 'It is not merged into another')
  return undefined
}

function matterStatus(definition: LoopDefinition, row: Row, at: Date) {
  const rule = ruleOf(definition, row.place, 'matter')
  return rule && row.clocks.matter ? showClock(row.clocks.matter, rule, at).status : 'idle'
}
