import { Flex, Typography } from 'antd'
import { PageLink, useWords, Wide } from '#portal/ui'
import { Local, ProgressLight } from './shared.tsx'
import type { PlanNode, PlanView } from './types.ts'
import './supervision.css'

const DAY = 86_400_000

/** Tasks along the plan's time, their milestones as marks: ● achieved, ◐ handed in, ○ to come, ! overdue. */
export function Gantt({ view: { plan, nodes } }: { readonly view: PlanView }) {
  const t = useWords()
  const from = Date.parse(plan.startsOn)
  const span = Math.max(DAY, Date.parse(plan.endsOn) - from)
  const place = (day: string) => Math.min(100, Math.max(0, ((Date.parse(day) - from) / span) * 100))
  const today = new Date(Date.now() + 8 * 3_600_000).toISOString().slice(0, 10)
  const tasks = nodes.filter(({ kind, state }) => kind === 'task' && state !== 'merged')
  return (
    <Flex vertical gap="small">
      <Typography.Text type="secondary">
        {t({
          zh: '● 已完成　◐ 待核验　○ 未到期　! 超期；竖线为今天',
          en: '● achieved　◐ to be checked　○ to come　! overdue; the line is today',
        })}
      </Typography.Text>
      <Wide label={t({ zh: '进度图', en: 'Chart of progress' })}>
        <ul className="sup-gantt">
          <li aria-hidden className="sup-gantt-months">
            <span />
            <div>
              {monthsOf(plan.startsOn, plan.endsOn).map((month) => (
                <span key={month} style={{ left: `${place(`${month}-01`)}%` }}>
                  {month.slice(2)}
                </span>
              ))}
            </div>
          </li>
          {tasks.map((task) => {
            const marks = nodes.filter(({ parent, kind }) => parent === task.id && kind === 'milestone')
            const begin = place(task.startsOn ?? plan.startsOn)
            const end = place(
              marks
                .map(({ due }) => due ?? '')
                .toSorted()
                .at(-1) || plan.endsOn,
            )
            return (
              <li key={task.id}>
                <span>
                  <PageLink to={`/supervision/tasks/${task.id}`}>
                    <Local>{task.title}</Local>
                  </PageLink>{' '}
                  <ProgressLight assessed={task.assessed} />
                </span>
                <div>
                  <i className="sup-bar" style={{ left: `${begin}%`, width: `${Math.max(1, end - begin)}%` }} />
                  <i className="sup-today" style={{ left: `${place(today)}%` }} />
                  {marks.map((mark) => (
                    <Mark key={mark.id} mark={mark} left={place(mark.due ?? plan.endsOn)} today={today} />
                  ))}
                </div>
              </li>
            )
          })}
        </ul>
      </Wide>
    </Flex>
  )
}

function Mark({ mark, left, today }: { readonly mark: PlanNode; readonly left: number; readonly today: string }) {
  const sign = mark.achievedOn ? '●' : mark.reportedOn ? '◐' : (mark.due ?? '') < today ? '!' : '○'
  const text = `${mark.title} ${mark.due ?? ''}`
  return (
    <b
      role="img"
      lang="zh"
      aria-label={`${sign} ${text}`}
      title={text}
      className={sign === '!' ? 'sup-late' : 'sup-mark'}
      style={{ left: `${left}%` }}
    >
      {sign}
    </b>
  )
}

function monthsOf(from: string, to: string): string[] {
  const months: string[] = []
  const at = new Date(`${from.slice(0, 7)}-01T00:00:00Z`)
  at.setUTCMonth(at.getUTCMonth() + 1)
  for (; at.toISOString().slice(0, 10) <= to; at.setUTCMonth(at.getUTCMonth() + 2))
    months.push(at.toISOString().slice(0, 7))
  return months
}
