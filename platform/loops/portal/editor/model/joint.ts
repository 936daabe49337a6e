import type { Words } from '../../../../runtime/words.ts'
import type { Draft } from './draft.ts'
import { addAction, removeAction, setAction, setStep } from './edit.ts'
import { unitFields } from './fields.ts'
import { actionsFrom, targetsOf } from './walk.ts'

const JOINED: Words = { zh: '联办全部办结', en: 'All units have finished' }

/** Makes a step one of joint handling, with the automatic action by which it is left when all units have finished. */
export function addJoint(draft: Draft, id: string): Draft {
  const onward = actionsFrom(draft, id).flatMap(([, { to }]) => targetsOf(to))
  const ends = Object.keys(draft.places).filter((place) => draft.places[place]?.kind === 'end')
  const to = [...onward, ...ends].find((place) => place !== id) ?? id
  const [next, leaveBy] = addAction(draft, id, to, JOINED)
  const fields = unitFields(draft.data)
  const units = (fields.find(({ kind }) => kind === 'organisations') ?? fields[0])?.name ?? ''
  return setStep(setAction(next, leaveBy, { automatic: 'joint-ended' }), id, {
    joint: { loop: '', units, as: '', leaveBy },
  })
}

/** The step is handled by its holder alone again. */
export function removeJoint(draft: Draft, id: string): Draft {
  const leaveBy = draft.places[id]?.joint?.leaveBy ?? ''
  const rest = draft.actions[leaveBy]?.automatic === 'joint-ended' ? removeAction(draft, leaveBy) : draft
  return setStep(rest, id, { joint: undefined })
}
