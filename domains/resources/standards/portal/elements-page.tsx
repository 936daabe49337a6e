import { useQuery } from '@tanstack/react-query'
import { Flex, Input, Segmented, Tag } from 'antd'
import { useDeferredValue, useState } from 'react'
import { api, DataState, OrganisationName, PageFrame, PageLink, Rows, useRight, useWords } from '#portal/ui'
import { NewElement } from './new-element.tsx'
import { ElementName } from './shown.tsx'
import { type Element, elementPath, KINDS, SETS } from './types.ts'

type Listed = Element & { readonly uses: number; readonly rivals: number }
type Set = 'all' | keyof typeof SETS

/** Every data element of the city: what it is, who is its source, who uses it. */
export function ElementsPage() {
  const t = useWords()
  const mayPropose = useRight('standards.propose')
  const [text, setText] = useState('')
  const [set, setSet] = useState<Set>('all')
  const q = useDeferredValue(text.trim())
  const query = useQuery({
    queryKey: ['standards', 'elements', q, set],
    queryFn: () =>
      api.get<{ rows: Listed[] }>('/api/standards/elements', {
        q: q === '' ? undefined : q,
        set: set === 'all' ? undefined : set,
      }),
    placeholderData: (before) => before,
  })
  return (
    <PageFrame
      title={{ zh: '数据标准', en: 'Data standards' }}
      about={{
        zh: '一项数据只有一个名称、一个定义、一个来源单位。',
        en: 'Each item has one name, one definition and one source.',
      }}
      extra={mayPropose && <NewElement />}
    >
      <Flex wrap gap="small">
        <Segmented<Set>
          aria-label={t({ zh: '标准集', en: 'Set' })}
          value={set}
          onChange={setSet}
          options={[
            { value: 'all', label: t({ zh: '全部', en: 'All' }) },
            ...Object.entries(SETS).map(([value, label]) => ({ value: value as Set, label: t(label) })),
          ]}
        />
        <Input.Search
          allowClear
          style={{ maxWidth: 420 }}
          aria-label={t({ zh: '查找数据元', en: 'Search elements' })}
          placeholder={t({ zh: '名称、同义词、定义', en: 'Name, synonym, definition' })}
          onChange={(event) => setText(event.target.value)}
        />
      </Flex>
      <DataState query={query}>
        {({ rows }) => (
          <Rows<Listed>
            rows={rows}
            rowKey={({ id }) => id}
            caption={{ zh: '数据元', en: 'Elements' }}
            empty={{ zh: '没有符合条件的数据元，换个词试试', en: 'No element fits; try another word' }}
            columns={[
              {
                id: 'title',
                title: { zh: '名称', en: 'Name' },
                heading: true,
                show: (each) => (
                  <>
                    <PageLink to={elementPath(each.id)}>
                      <ElementName {...each} />
                    </PageLink>{' '}
                    {each.state === 'retired' && <Tag>{t({ zh: '已停用', en: 'Retired' })}</Tag>}
                  </>
                ),
              },
              { id: 'id', title: { zh: '标识', en: 'Identifier' }, show: ({ id }) => <code>{id}</code> },
              { id: 'set', title: { zh: '标准集', en: 'Set' }, show: ({ set: own }) => t(SETS[own]) },
              { id: 'kind', title: { zh: '表示', en: 'Representation' }, show: ({ kind }) => t(KINDS[kind]) },
              {
                id: 'owner',
                title: { zh: '来源单位', en: 'Source' },
                show: ({ owner }) =>
                  owner ? (
                    <OrganisationName id={owner} />
                  ) : (
                    <Tag color="orange">{t({ zh: '无人认领', en: 'Nobody yet' })}</Tag>
                  ),
              },
              { id: 'uses', title: { zh: '使用字段', en: 'Fields' }, align: 'right', show: ({ uses }) => uses },
              {
                id: 'rivals',
                title: { zh: '另存副本', en: 'Copies kept' },
                align: 'right',
                show: ({ rivals }) => (rivals > 0 ? <Tag color="red">{rivals}</Tag> : 0),
              },
            ]}
          />
        )}
      </DataState>
    </PageFrame>
  )
}
