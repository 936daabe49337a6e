import { Alert, Button, Flex, Radio, Timeline } from 'antd'
import { useEffect, useState } from 'react'
import { Failure, type FormValue, LightTag, SchemaForm, useWords, When } from '#portal/ui'
import { termWords } from '../../../../rules/term.ts'
import type { Words } from '../../../../runtime/words.ts'
import { TermInput } from '../inputs/term-input.tsx'
import { SEMICOLON } from '../model/signs.ts'
import { sourcesOf } from '../model/walk.ts'
import { store } from '../queries.ts'
import type { TrialState, TrialStep } from '../types.ts'
import type { Editor } from '../use-editor.ts'
import type { PanelProps } from './panel.tsx'

interface Trial {
  readonly data: FormValue
  readonly steps: readonly TrialStep[]
  readonly states: readonly TrialState[]
}

/** Plays a matter through with the real engine; nothing of it stays. It begins afresh when the draft has changed. */
export function TrialPanel(props: PanelProps) {
  const { draft } = props.editor
  const [{ round, of }, setRound] = useState({ round: 0, of: draft })
  if (of !== draft) setRound({ round: round + 1, of: draft })
  return <Play key={round} {...props} />
}

function Play({ editor, onTrial }: PanelProps) {
  const t = useWords()
  const [trial, setTrial] = useState<Trial>()
  const [error, setError] = useState<unknown>()
  const at = trial?.states.at(-1)?.place
  useEffect(() => {
    onTrial(at)
    return () => onTrial(undefined)
  }, [onTrial, at])
  const hasMistakes = (editor.mistakes?.length ?? 0) > 0
  const play = async (data: FormValue, steps: readonly TrialStep[]) => {
    const { states } = await store.tryOut(editor.id, editor.draft, data, steps)
    setTrial({ data, steps, states })
  }
  const go = async (step: TrialStep) => {
    if (!trial) return
    setError(undefined)
    await play(trial.data, [...trial.steps, step]).catch(setError)
  }
  const again = () => {
    setTrial(undefined)
    setError(undefined)
  }
  if (hasMistakes)
    return (
      <Alert
        type="warning"
        showIcon
        title={t({ zh: '先改正上面列出的问题，再试运行。', en: 'Put right what is listed above first.' })}
      />
    )
  if (!trial)
    return (
      <SchemaForm
        schema={editor.draft.data}
        submit={{ zh: '开始试运行', en: 'Begin the trial' }}
        onSubmit={(data) => play(data, [])}
      />
    )
  return (
    <>
      <Told editor={editor} trial={trial} />
      {error !== undefined && <Failure error={error} />}
      <Moves key={trial.steps.length} editor={editor} state={trial.states.at(-1)} go={go} />
      <Button onClick={again}>{t({ zh: '从头再试', en: 'Begin again' })}</Button>
    </>
  )
}

/** What has happened, oldest first. */
function Told({ editor, trial }: { readonly editor: Editor; readonly trial: Trial }) {
  const t = useWords()
  return (
    <Timeline
      items={trial.states.map((state, n) => ({
        key: n,
        color: state.problem ? 'red' : 'blue',
        content: <Line editor={editor} step={trial.steps[n - 1]} state={state} />,
      }))}
      aria-label={t({ zh: '试运行经过', en: 'What happened' })}
    />
  )
}

const NOBODY: Words = {
  zh: '（该单位没有岗位有权办理，由其他岗位代管）',
  en: '(no post of its own has the right: others stand in)',
}

function Line({
  editor: { draft },
  step,
  state,
}: {
  readonly editor: Editor
  readonly step: TrialStep | undefined
  readonly state: TrialState
}) {
  const t = useWords()
  const place = t(draft.places[state.place]?.title ?? { zh: state.place, en: state.place })
  return (
    <div>
      <strong>{t(deedOf(step, draft))}</strong> <When at={state.at} />
      {state.problem ? (
        <div className="dz-problem">
          {t({ zh: '不能这样做：', en: 'Not possible: ' })}
          {t(state.problem)}
        </div>
      ) : (
        <div>
          {t({ zh: `现在：${place}`, en: `Now: ${place}` })}{' '}
          {!state.ended && <LightTag light={state.light} due={state.due} />}
          {!state.ended && state.holders.length > 0 && (
            <div className="dz-small">
              {t({ zh: '在这些岗位的待办中：', en: 'In the inbox of: ' })}
              {state.holders.map(t).join(t(SEMICOLON))}
            </div>
          )}
          {state.told.map((one) => (
            <div key={`${one.title.zh} ${one.to.map(({ zh }) => zh).join()}`} className="dz-small">
              {t({ zh: `系统提醒“${one.title.zh}”，告知：`, en: `Reminder "${one.title.en}", sent to: ` })}
              {one.to.map(t).join(t(SEMICOLON)) || t({ zh: '没有人', en: 'nobody' })}
            </div>
          ))}
          {!state.ended && state.caretaken && <div className="dz-problem">{t(NOBODY)}</div>}
          {state.shares.map((share) => (
            <div key={share.unit.zh} className="dz-small">
              {t({ zh: `${share.unit.zh}的子事项，在：`, en: `Share of ${share.unit.en}, with: ` })}
              {share.holders.map(t).join(t(SEMICOLON))}
              {share.caretaken && <span className="dz-problem"> {t(NOBODY)}</span>}
            </div>
          ))}
        </div>
      )}
    </div>
  )
}

function deedOf(step: TrialStep | undefined, { actions }: Editor['draft']): Words {
  if (!step) return { zh: '发起', en: 'Opened' }
  if (step.wait !== undefined) {
    const term = termWords(step.wait)
    return { zh: `过了${term.zh}`, en: `${term.en} later` }
  }
  const title = actions[step.action ?? '']?.title ?? { zh: step.action ?? '', en: step.action ?? '' }
  return step.person === 2 ? { zh: `${title.zh}（另一个人）`, en: `${title.en} (somebody else)` } : title
}

const ALL_FINISHED: Words = { zh: '假设各单位都已办结', en: 'Suppose that all units have finished' }

interface MovesProps {
  readonly editor: Editor
  readonly state: TrialState | undefined
  readonly go: (step: TrialStep) => Promise<void>
}

/** What can be done next: an action by one or another person, or time that passes. */
function Moves({ editor: { draft }, state, go }: MovesProps) {
  const t = useWords()
  const [person, setPerson] = useState(1)
  const [asked, setAsked] = useState<string>()
  const [wait, setWait] = useState('5wd')
  if (!state || state.ended)
    return <Alert type="success" showIcon title={t({ zh: '已走到办结。', en: 'It has come to its end.' })} />
  const declared = state.actions.filter(({ id }) => draft.actions[id])
  const not = declared.filter(({ by }) => !by.includes(person))
  const own = [...declared.filter((one) => !not.includes(one)), ...not]
  const barred = not.map(({ title }) => title)
  const automatic = Object.entries(draft.actions).filter(
    ([, action]) => action.automatic && sourcesOf(draft, action).includes(state.place),
  )
  const form = asked === undefined ? undefined : draft.actions[asked]?.form
  const press = (action: string) => (draft.actions[action]?.form ? setAsked(action) : void go({ action, person }))
  return (
    <>
      <Radio.Group
        aria-label={t({ zh: '由谁来做', en: 'Who does it' })}
        value={person}
        onChange={({ target }) => setPerson(target.value)}
        options={[
          { value: 1, label: t({ zh: '办理人', en: 'Whoever has it' }) },
          { value: 2, label: t({ zh: '另一个人', en: 'Somebody else' }) },
        ]}
      />
      <Flex wrap gap="small">
        {own.map(({ id, title, by }) => (
          <Button
            key={id}
            type={draft.actions[id]?.look === 'primary' ? 'primary' : 'default'}
            disabled={!by.includes(person)}
            onClick={() => press(id)}
          >
            {t(title)}
          </Button>
        ))}
        {automatic.map(([id, { title }]) => (
          <Button key={id} type="dashed" onClick={() => press(id)}>
            {t(
              draft.actions[id]?.automatic === 'joint-ended'
                ? ALL_FINISHED
                : { zh: `${title.zh}（自动）`, en: `${title.en} (automatic)` },
            )}
          </Button>
        ))}
      </Flex>
      {barred.length > 0 && (
        <Alert
          type="info"
          title={t({
            zh: `“${barred.map(t).join('”“')}”须由另一个人办理，因为所核验的是这个人办的。`,
            en: `"${barred.map(t).join('", "')}" has to be done by the other person, because this one did what it checks.`,
          })}
        />
      )}
      {asked !== undefined && form && (
        <SchemaForm
          schema={form}
          submit={{ zh: '提交', en: 'Submit' }}
          onSubmit={(filled) => go({ action: asked, form: filled, person })}
        />
      )}
      <TermInput label={{ zh: '或者让时间过去', en: 'Or let time pass' }} value={wait} onChange={setWait} />
      <Button onClick={() => void go({ wait })}>
        {t({ zh: `过${termWords(wait).zh}看看`, en: `Let ${termWords(wait).en} pass` })}
      </Button>
    </>
  )
}
