import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Flex } from 'antd'
import { api, Failure, PageLink, Rows, useRight, useWords, When } from '#portal/ui'
import { Section } from './section.tsx'
import type { Round, TagDetail } from './types.ts'
import { percent } from './words.ts'

const SAMPLE = 30

/** How many of a sample were right, with the interval, and every round of review. */
export function Precision({ detail, path }: { readonly detail: TagDetail; readonly path: string }) {
  const t = useWords()
  const queries = useQueryClient()
  const mayReview = useRight('tags.review')
  const { tag, standing, rounds } = detail
  const begin = useMutation({
    mutationFn: () => api.post(`${path}/rounds`, { size: SAMPLE }),
    onSuccess: () => queries.invalidateQueries({ queryKey: [path] }),
  })
  const { precision } = standing
  const isOpen = rounds.some(({ closedAt }) => closedAt === null)
  return (
    <Section title={t({ zh: '抽查准确率', en: 'Precision by review' })}>
      <Flex vertical gap="small">
        <span>
          {precision
            ? t({
                zh: `最近一轮判定 ${precision.judged} 个，准确率 ${percent(precision.share)}（95% 区间 ${percent(precision.low)}～${percent(precision.high)}，威尔逊法）；要求 ${percent(tag.bar)}`,
                en: `The last round judged ${precision.judged}: ${percent(precision.share)} (95 % Wilson interval ${percent(precision.low)} to ${percent(precision.high)}); the bar is ${percent(tag.bar)}`,
              })
            : t({
                zh: `还没有完成的抽查；要求 ${percent(tag.bar)}`,
                en: `No review is done yet; the bar is ${percent(tag.bar)}`,
              })}
        </span>
        {begin.isError && <Failure error={begin.error} />}
        {mayReview && !isOpen && (
          <Button style={{ alignSelf: 'start' }} onClick={() => begin.mutate()} loading={begin.isPending}>
            {t({ zh: `抽查 ${SAMPLE} 个`, en: `Review ${SAMPLE}` })}
          </Button>
        )}
        {isOpen && <PageLink to="/tag-rounds">{t({ zh: '有一轮抽查待判定', en: 'A review is under way' })}</PageLink>}
        {rounds.length > 0 && (
          <Rows<Round>
            rows={rounds}
            rowKey={({ id }) => id}
            caption={{ zh: '各轮抽查', en: 'Reviews' }}
            columns={[
              { id: 'opened', title: { zh: '开始', en: 'Begun' }, show: ({ openedAt }) => <When at={openedAt} /> },
              { id: 'version', title: { zh: '版本', en: 'Version' }, show: ({ version }) => version },
              { id: 'right', title: { zh: '准确', en: 'Right' }, align: 'right', show: (round) => round.right },
              { id: 'wrong', title: { zh: '不准确', en: 'Wrong' }, align: 'right', show: ({ wrong }) => wrong },
              {
                id: 'unclear',
                title: { zh: '无法判断', en: 'Unclear' },
                align: 'right',
                show: ({ unclear }) => unclear,
              },
              {
                id: 'matter',
                title: { zh: '整改事项', en: 'Matter' },
                show: ({ matter, closedAt }) =>
                  matter ? (
                    <PageLink to={`/loops/${matter}`}>{t({ zh: '查看', en: 'See' })}</PageLink>
                  ) : closedAt ? (
                    t({ zh: '达到要求', en: 'Above the bar' })
                  ) : (
                    t({ zh: '进行中', en: 'Under way' })
                  ),
              },
            ]}
          />
        )}
      </Flex>
    </Section>
  )
}
