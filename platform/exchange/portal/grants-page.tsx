import { Segmented } from 'antd'
import { useState } from 'react'
import { KeysetTable, OrganisationName, PageFrame, PageLink, useMarks, useWords } from '#portal/ui'
import type { GrantView } from './types.ts'
import { StateTag, WAYS } from './words.tsx'

/** Grants of and for the reader's unit. */
export function GrantsPage() {
  const t = useWords()
  const [state, setState] = useState<GrantView['state']>('active')
  return (
    <PageFrame
      title={{ zh: '共享授权', en: 'Grants' }}
      about={{
        zh: '本单位得到的和给出的授权：谁、为什么、能用哪些字段、到什么时候。',
        en: 'What your unit was granted and has granted: who, why, which fields, until when.',
      }}
    >
      <Segmented
        aria-label={t({ zh: '授权状态', en: 'State' })}
        value={state}
        onChange={setState}
        options={[
          { value: 'active', label: t({ zh: '有效', en: 'In force' }) },
          { value: 'expired', label: t({ zh: '已到期', en: 'Expired' }) },
          { value: 'withdrawn', label: t({ zh: '已收回', en: 'Withdrawn' }) },
        ]}
        style={{ alignSelf: 'flex-start' }}
      />
      <GrantTable query={{ state }} />
    </PageFrame>
  )
}

/** Grants of some filter, with what was used today. */
export function GrantTable({ query }: { readonly query: Readonly<Record<string, string | boolean>> }) {
  const t = useWords()
  const { list } = useMarks()
  return (
    <KeysetTable<GrantView>
      path="/api/exchange/grants"
      query={query}
      rowKey={({ id }) => id}
      caption={{ zh: '授权', en: 'Grants' }}
      empty={{ zh: '没有授权', en: 'No grants' }}
      columns={[
        {
          id: 'title',
          title: { zh: '数据', en: 'Data' },
          heading: true,
          show: ({ id, title }) => <PageLink to={`/exchange/grants/${id}`}>{t(title)}</PageLink>,
        },
        {
          id: 'consumer',
          title: { zh: '使用单位', en: 'Consumer' },
          show: ({ consumer }) => <OrganisationName id={consumer} />,
        },
        { id: 'owner', title: { zh: '提供单位', en: 'Owner' }, show: ({ owner }) => <OrganisationName id={owner} /> },
        { id: 'state', title: { zh: '状态', en: 'State' }, show: (grant) => <StateTag {...grant} /> },
        {
          id: 'ways',
          title: { zh: '方式', en: 'Ways' },
          show: ({ ways }) => ways.map((way) => t(WAYS[way])).join(list),
        },
        { id: 'until', title: { zh: '授权至', en: 'Until' }, show: ({ until }) => until },
        {
          id: 'today',
          title: { zh: '今日调用', en: 'Calls today' },
          align: 'right',
          show: ({ today, quota }) => `${today.calls.toLocaleString()} / ${quota.toLocaleString()}`,
        },
      ]}
    />
  )
}
