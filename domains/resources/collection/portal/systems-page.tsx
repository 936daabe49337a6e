import { Tag } from 'antd'
import { KeysetTable, OrganisationName, PageFrame, PageLink, useRight, useWords } from '#portal/ui'
import type { SystemView } from './types.ts'
import { PLACES, SYSTEM_STATES, titleOf } from './words.ts'

/** Systems as their units declare them. */
export function SystemsPage() {
  const t = useWords()
  const mayDeclare = useRight('collection.declare')
  return (
    <PageFrame
      title={{ zh: '系统清单', en: 'Systems' }}
      about={{
        zh: '各单位申报的信息系统；点系统看它的数据表。',
        en: 'Systems as units declare them; each opens its tables.',
      }}
      above={[{ title: { zh: '应汇尽汇', en: 'All collected' }, path: '/inventory' }]}
      extra={
        mayDeclare && (
          <>
            <PageLink to="/data/collection.system/import">{t({ zh: '导入系统', en: 'Import systems' })}</PageLink>
            <PageLink to="/data/collection.system-table/import">
              {t({ zh: '导入数据表', en: 'Import tables' })}
            </PageLink>
            <PageLink to="/data/collection.system-field/import">{t({ zh: '导入字段', en: 'Import fields' })}</PageLink>
          </>
        )
      }
    >
      <KeysetTable<SystemView>
        path="/api/collection/inventory/systems"
        rowKey={({ code }) => code}
        caption={{ zh: '信息系统', en: 'Systems' }}
        columns={[
          {
            id: 'name',
            title: { zh: '系统名称', en: 'Name' },
            heading: true,
            show: ({ code, name }) => (
              <PageLink to={`/inventory/systems/${encodeURIComponent(code)}`}>
                <span lang="zh">{name}</span>
              </PageLink>
            ),
          },
          { id: 'code', title: { zh: '编号', en: 'Code' }, show: ({ code }) => code },
          { id: 'owner', title: { zh: '责任单位', en: 'Owner' }, show: ({ owner }) => <OrganisationName id={owner} /> },
          {
            id: 'duty',
            title: { zh: '对应职责', en: 'Duty' },
            show: ({ duty }) => <span lang="zh">{duty ?? '—'}</span>,
          },
          {
            id: 'place',
            title: { zh: '部署位置', en: 'Where it runs' },
            show: ({ place }) => (place ? t(titleOf(PLACES, place)) : '—'),
          },
          {
            id: 'state',
            title: { zh: '状态', en: 'State' },
            show: ({ state }) => (
              <Tag color={state === 'running' ? 'green' : 'default'}>{t(titleOf(SYSTEM_STATES, state))}</Tag>
            ),
          },
          { id: 'used', title: { zh: '最近使用', en: 'Used last' }, show: ({ used }) => used.on ?? '—' },
        ]}
      />
    </PageFrame>
  )
}
