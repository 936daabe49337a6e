import { CheckCircleFilled, ExclamationCircleFilled } from '@ant-design/icons'
import { Button } from 'antd'
import { useWords } from '#portal/ui'
import type { Words } from '../../../runtime/words.ts'
import { countByStage, plainly, type Stage, whereOf } from './model/where.ts'
import type { Editor } from './use-editor.ts'

interface GuideStep {
  readonly stage: Stage
  readonly title: Words
  readonly hint: Words
}

const STEPS: readonly GuideStep[] = [
  {
    stage: 'name',
    title: { zh: '取名', en: 'Name it' },
    hint: {
      zh: '写明办什么事、登记哪些内容。改完点“下一步”。',
      en: 'Say what is handled and what is filled in at the start. Then press "Next".',
    },
  },
  {
    stage: 'steps',
    title: { zh: '画环节', en: 'Draw the steps' },
    hint: {
      zh: '点图中的环节可修改名称和由谁办理；选中一个环节后点“＋ 下一环节”，从它接着往下画。',
      en: 'Choose a step in the drawing to name it and to say who gets it; then "+ Next step" draws on from it.',
    },
  },
  {
    stage: 'actions',
    title: { zh: '定操作', en: 'Set the actions' },
    hint: {
      zh: '每条箭头是一个按钮：点箭头可改按钮名称、去向和要填写的内容。最后一个环节要有通向“办结”的操作。',
      en: 'Each arrow is a button: choose it to set its name, where it leads and what is filled in. The last step needs one that leads to an end.',
    },
  },
  {
    stage: 'clock',
    title: { zh: '设时限', en: 'Set the clock' },
    hint: {
      zh: '整件事几个工作日办完、到期催谁。某个环节单独计时的，在该环节里设。',
      en: 'Within how many working days, and who is urged at the limit. A step can have a clock of its own.',
    },
  },
  {
    stage: 'try',
    title: { zh: '试运行', en: 'Try it out' },
    hint: {
      zh: '像真的一样走一遍，可以让时间过去几天看看提醒；不留任何数据。',
      en: 'Walk through it as if it were real, let days pass and see what happens; nothing of it stays.',
    },
  },
  {
    stage: 'publish',
    title: { zh: '发布', en: 'Publish' },
    hint: {
      zh: '核对改动后发布，新发起的事项即按新版办理，在办的不变。',
      en: 'Check what changed and publish: new matters follow it, running ones keep their version.',
    },
  },
]

/** The way to a definition that runs, in six steps, with what is still wrong in each. */
export function Guide({ editor }: { readonly editor: Editor }) {
  const t = useWords()
  const { stage, mistakes } = editor
  const counts = countByStage(mistakes ?? [])
  const now = STEPS.find((step) => step.stage === stage)
  return (
    <nav aria-label={t({ zh: '制作步骤', en: 'Steps to a definition' })}>
      <ol className="dz-stages">
        {STEPS.map((step, n) => (
          <li key={step.stage}>
            <button
              type="button"
              aria-current={step.stage === stage ? 'step' : undefined}
              onClick={() => editor.show(step.stage)}
            >
              <span className="dz-stage-number" aria-hidden>
                {n + 1}
              </span>
              {t(step.title)}
              {counts[step.stage] !== undefined && (
                <span className="dz-stage-faults">
                  <ExclamationCircleFilled /> {t({ zh: `${counts[step.stage]} 处`, en: `${counts[step.stage]}` })}
                  <span className="dz-hidden">{t({ zh: '待改正', en: ' to put right' })}</span>
                </span>
              )}
            </button>
          </li>
        ))}
      </ol>
      {now && <p className="dz-hint">{t(now.hint)}</p>}
      <Mistakes editor={editor} />
    </nav>
  )
}

/** What is still wrong, each with the way to its place. */
function Mistakes({ editor: { mistakes, show, draft } }: { readonly editor: Editor }) {
  const t = useWords()
  if (!mistakes) return null
  if (mistakes.length === 0)
    return (
      <p className="dz-fine" role="status">
        <CheckCircleFilled />{' '}
        {t({ zh: '检查通过，可以试运行和发布', en: 'Nothing is wrong: try it out and publish it' })}
      </p>
    )
  return (
    <section className="dz-faults" aria-label={t({ zh: '待改正', en: 'To put right' })}>
      <strong role="status">
        <ExclamationCircleFilled />{' '}
        {t({ zh: `还有 ${mistakes.length} 处待改正`, en: `${mistakes.length} to put right` })}
      </strong>
      <ul>
        {mistakes.slice(0, 6).map((mistake) => (
          <li key={`${mistake.at} ${mistake.message.zh}`}>
            <Fault text={plainly(mistake, draft)} go={() => show(whereOf(mistake.at))} />
          </li>
        ))}
      </ul>
    </section>
  )
}

function Fault({ text, go }: { readonly text: Words; readonly go: () => void }) {
  const t = useWords()
  return (
    <Button type="link" size="small" danger onClick={go}>
      {t(text)}
    </Button>
  )
}

/** The stage after one; undefined after the last. */
export const stageAfter = (stage: Stage): GuideStep | undefined =>
  STEPS[STEPS.findIndex((step) => step.stage === stage) + 1]
