import { useQuery } from '@tanstack/react-query'
import { Flex, Tag } from 'antd'
import { api, DataState, PageFrame, PageLink, Rows, useMe, useWords, When } from '#portal/ui'
import type { Words } from '../../../../platform/runtime/words.ts'
import { OwnObjection } from './own-objection.tsx'

interface Objection {
  readonly loop: string
  readonly title: Words
  readonly openedAt: string
  readonly endedAt: string | null
}

/** One's own objections and how they stand; residents and firms begin one here, staff on the page of a record. */
export function ObjectionsPage() {
  const t = useWords()
  const me = useMe()
  const query = useQuery({
    queryKey: ['collection', 'objections'],
    queryFn: () => api.get<{ readonly rows: readonly Objection[] }>('/api/collection/objections'),
  })
  return (
    <PageFrame
      title={{ zh: '数据异议', en: 'Objections to data' }}
      about={{
        zh: '政府部门掌握的数据有误时提出异议，由来源单位核实答复；不服可以申请裁定。',
        en: 'Say that a record is wrong: its source answers; you may ask for a ruling.',
      }}
    >
      <Flex vertical gap="large">
        {me.kind !== 'staff' && <OwnObjection done={() => void query.refetch()} />}
        <DataState
          query={query}
          empty={
            me.kind === 'staff'
              ? { zh: '您还没有提出异议；在一条数据的页面上可以提出', en: 'None yet; object on the page of a record' }
              : { zh: '您还没有提出异议', en: 'You have made none' }
          }
        >
          {({ rows }) => (
            <Rows<Objection>
              rows={rows}
              rowKey={({ loop }) => loop}
              caption={{ zh: '我提出的异议', en: 'My objections' }}
              columns={[
                {
                  id: 'title',
                  title: { zh: '数据', en: 'Data' },
                  heading: true,
                  show: ({ loop, title }) => <PageLink to={`/loops/${loop}`}>{t(title)}</PageLink>,
                },
                { id: 'opened', title: { zh: '提出时间', en: 'Made' }, show: ({ openedAt }) => <When at={openedAt} /> },
                {
                  id: 'state',
                  title: { zh: '状态', en: 'State' },
                  show: ({ endedAt }) => (
                    <Tag color={endedAt ? 'default' : 'blue'}>
                      {endedAt ? t({ zh: '已办结', en: 'Ended' }) : t({ zh: '办理中', en: 'In hand' })}
                    </Tag>
                  ),
                },
              ]}
            />
          )}
        </DataState>
      </Flex>
    </PageFrame>
  )
}
