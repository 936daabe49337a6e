import { Button, Select } from 'antd'
import { useWords } from '#portal/ui'
import { termWords } from '../../../../rules/term.ts'
import { Labelled } from '../inputs/labelled.tsx'
import { whoWords } from '../inputs/who-kinds.ts'
import { COMMA, SEMICOLON } from '../model/signs.ts'
import { listOf, sourcesOf, stepsInOrder, targetsOf } from '../model/walk.ts'
import { usePostTitles } from '../queries.ts'
import type { Editor } from '../use-editor.ts'

interface ListProps {
  readonly editor: Editor
}

/** Every step in its order with who has it, and where matters begin. */
export function StepsList({ editor }: ListProps) {
  const t = useWords()
  const { draft, parts, show, edit } = editor
  const titleOf = usePostTitles(editor.posts)
  const ids = stepsInOrder(draft)
  const about = (id: string) => {
    const { kind, assign, clock } = draft.places[id] ?? {}
    if (kind === 'end') return t({ zh: '办结', en: 'End' })
    const who = listOf(assign).map((one) =>
      'post' in one && one.post ? t(titleOf(one.post)) : whoWords(one, draft, parts, t),
    )
    const limit = typeof clock?.limit === 'string' ? [t(termWords(clock.limit))] : []
    return (
      [...who, ...limit].join(t(SEMICOLON)) || t({ zh: '由上一环节的办理人继续', en: 'Stays with who had it before' })
    )
  }
  return (
    <>
      <ul className="dz-choices">
        {ids.map((id) => (
          <li key={id}>
            <Button onClick={() => show({ kind: 'step', id })}>
              <span>
                {t(draft.places[id]?.title ?? { zh: id, en: id })}
                <br />
                <span className="dz-small">{about(id)}</span>
              </span>
            </Button>
          </li>
        ))}
      </ul>
      <Labelled label={{ zh: '事项从哪个环节开始', en: 'Matters begin in' }}>
        {(id) => (
          <Select
            id={id}
            value={typeof draft.start === 'string' ? draft.start || null : 'fork'}
            disabled={typeof draft.start !== 'string'}
            onChange={(start) => edit('start', { ...draft, start: start ?? '' })}
            options={
              typeof draft.start === 'string'
                ? ids
                    .filter((one) => draft.places[one]?.kind !== 'end')
                    .map((value) => ({ value, label: t(draft.places[value]?.title ?? { zh: value, en: value }) }))
                : [{ value: 'fork', label: t({ zh: '由程序规则选择', en: 'Chosen by a rule of the program' }) }]
            }
          />
        )}
      </Labelled>
    </>
  )
}

/** Every action, with where it leads from and to. */
export function ActionsList({ editor: { draft, show } }: ListProps) {
  const t = useWords()
  const title = (id: string) => t(draft.places[id]?.title ?? { zh: id, en: id })
  const all = Object.entries(draft.actions)
  if (all.length === 0)
    return (
      <span>
        {t({
          zh: '还没有操作。点一个环节，在右侧“从这里能做什么”中添加。',
          en: 'No actions yet. Choose a step and add one under "What can be done here".',
        })}
      </span>
    )
  return (
    <ul className="dz-choices">
      {all.map(([id, action]) => (
        <li key={id}>
          <Button onClick={() => show({ kind: 'action', id })}>
            <span>
              {t(action.title)}
              <br />
              <span className="dz-small">
                {sourcesOf(draft, action).map(title).join(t(COMMA))}
                {' → '}
                {targetsOf(action.to).map(title).join(t(COMMA)) || t({ zh: '留在原环节', en: 'stays there' })}
              </span>
            </span>
          </Button>
        </li>
      ))}
    </ul>
  )
}
