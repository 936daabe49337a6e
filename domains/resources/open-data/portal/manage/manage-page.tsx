import { Button, Flex, Tag } from 'antd'
import { KeysetTable, OrganisationName, PageFrame, PageLink, useRight, useWords, When } from '#portal/ui'
import { AccessBadge, FreshnessBadge } from '../badges.tsx'
import { type EntrySummary, STATES } from './manage-types.ts'

/** Every open dataset and proposal, with its state and whether the promise is kept. */
export function ManagePage() {
  const t = useWords()
  const mayPropose = useRight('open-data.propose')
  return (
    <PageFrame
      title={{ zh: '数据开放管理', en: 'Managing open data' }}
      about={{
        zh: '提出、审核、更新和撤回开放数据。',
        en: 'Proposing, approving, refreshing and withdrawing open data.',
      }}
      extra={
        <Flex wrap gap="small">
          <Button href="/open-data">{t({ zh: '查看公开网站', en: 'See the public site' })}</Button>
          {mayPropose && (
            <Button type="primary" href="/open-data/propose">
              {t({ zh: '提出发布', en: 'Propose a release' })}
            </Button>
          )}
        </Flex>
      }
    >
      <KeysetTable<EntrySummary>
        path="/api/open-data/manage/entries"
        rowKey={({ id }) => id}
        caption={{ zh: '开放数据集', en: 'Open datasets' }}
        columns={[
          {
            id: 'title',
            title: { zh: '名称', en: 'Title' },
            show: ({ id, title }) => <PageLink to={`/open-data/manage/${id}`}>{t(title)}</PageLink>,
          },
          { id: 'owner', title: { zh: '责任单位', en: 'Owner' }, show: ({ owner }) => <OrganisationName id={owner} /> },
          {
            id: 'state',
            title: { zh: '状态', en: 'State' },
            show: ({ state, access }) => (
              <Flex wrap gap={4}>
                <Tag color={state === 'published' ? 'green' : 'default'}>{t(STATES[state])}</Tag>
                <AccessBadge access={access} />
              </Flex>
            ),
          },
          {
            id: 'freshness',
            title: { zh: '更新承诺', en: 'Promise' },
            show: ({ freshness }) => (freshness ? <FreshnessBadge state={freshness} /> : '—'),
          },
          { id: 'version', title: { zh: '版本', en: 'Version' }, show: ({ version }) => version ?? '—' },
          { id: 'changed', title: { zh: '最近更新', en: 'Changed' }, show: ({ changedAt }) => <When at={changedAt} /> },
        ]}
      />
    </PageFrame>
  )
}
