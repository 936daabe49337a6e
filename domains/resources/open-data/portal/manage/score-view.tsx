import { Flex, Progress, Tag } from 'antd'
import { Rows, useWords } from '#portal/ui'
import { DIMENSIONS, METRICS } from '../../rules/metrics.ts'
import type { Score } from './manage-types.ts'

const GRADES = {
  excellent: { zh: '优秀', en: 'Excellent' },
  good: { zh: '良好', en: 'Good' },
  sufficient: { zh: '合格', en: 'Sufficient' },
  poor: { zh: '较差', en: 'Poor' },
} as const

/** The metadata quality score by dimension, and what to do for the points that are missing. */
export function ScoreView({ score }: { readonly score: Score }) {
  const t = useWords()
  const grade = GRADES[score.grade as keyof typeof GRADES] ?? { zh: score.grade, en: score.grade }
  return (
    <section>
      <h2>
        {t({ zh: '元数据质量', en: 'Metadata quality' })} {score.points}/{score.most} <Tag color="blue">{t(grade)}</Tag>
      </h2>
      <Flex vertical gap="small">
        {score.dimensions.map(({ id, points, most }) => {
          const title = t(DIMENSIONS[id as keyof typeof DIMENSIONS] ?? { zh: id, en: id })
          return (
            <div key={id}>
              {title}
              <Progress
                percent={Math.round((points / most) * 100)}
                format={() => `${points}/${most}`}
                aria-label={`${title} ${points}/${most}`}
              />
            </div>
          )
        })}
        {score.missing.length > 0 && (
          <Rows
            rows={score.missing}
            rowKey={({ id }) => id}
            caption={{ zh: '怎样得到其余分数', en: 'How to get the rest' }}
            columns={[
              {
                id: 'title',
                title: { zh: '缺少', en: 'Missing' },
                show: ({ id }) => t(METRICS[id]?.title ?? { zh: id, en: id }),
              },
              { id: 'points', title: { zh: '分数', en: 'Points' }, show: ({ points }) => points },
              {
                id: 'todo',
                title: { zh: '怎么做', en: 'What to do' },
                show: ({ id }) => t(METRICS[id]?.todo ?? { zh: id, en: id }),
              },
            ]}
          />
        )}
      </Flex>
    </section>
  )
}
