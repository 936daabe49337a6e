import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Descriptions, Tag } from 'antd'
import { FIELD_KINDS, LEVELS } from '#portal/registry'
import { api, DataState, PageFrame, PageLink, Parts, Rows, useMarks, useRight, useWords, When } from '#portal/ui'
import { LineagePicture } from './lineage-picture.tsx'
import { Receipts } from './receipts.tsx'
import type { DatasetView, FieldView, LineageView } from './types.ts'
import { SharingTag } from './words.tsx'

export const useShared = (id: string) =>
  useQuery({
    queryKey: ['exchange', 'dataset', id],
    queryFn: () => api.get<DatasetView>(`/api/exchange/catalogue/${encodeURIComponent(id)}`),
  })

/** What of a dataset is shared, with whom, where it comes from, and who used it. */
export function DatasetPage() {
  const { dataset: id = '' } = useParams({ strict: false }) as { dataset?: string }
  const t = useWords()
  const query = useShared(id)
  const mayApply = useRight('exchange.apply')
  const mayRead = useRight('registry.read')
  const path = encodeURIComponent(id)
  const isShared = query.data?.hasRows && query.data.sharing !== 'none'
  return (
    <PageFrame
      title={query.data?.title ?? { zh: '数据集', en: 'Dataset' }}
      {...(query.data ? { about: query.data.about } : {})}
      above={[{ title: { zh: '数据目录', en: 'Datasets' }, path: '/data' }]}
      extra={
        <>
          {mayRead && <PageLink to={`/data/${path}`}>{t({ zh: '查看数据', en: 'Open the data' })}</PageLink>}
          {mayApply && isShared && (
            <PageLink to={`/exchange/apply/${path}`}>{t({ zh: '申请共享', en: 'Apply for it' })}</PageLink>
          )}
        </>
      }
    >
      <DataState query={query}>{(dataset) => <Shared dataset={dataset} />}</DataState>
    </PageFrame>
  )
}

function Shared({ dataset }: { readonly dataset: DatasetView }) {
  const t = useWords()
  const maySee = useRight('exchange.read') !== undefined
  const lineage = useQuery({
    queryKey: ['exchange', 'lineage', dataset.id],
    queryFn: () => api.get<LineageView>(`/api/exchange/catalogue/${encodeURIComponent(dataset.id)}/lineage`),
  })
  return (
    <>
      <Facts dataset={dataset} />
      <Parts
        parts={[
          { key: 'fields', label: t({ zh: '字段', en: 'Fields' }), children: <Fields fields={dataset.fields} /> },
          {
            key: 'lineage',
            label: t({ zh: '来源与去向', en: 'Lineage' }),
            children: (
              <DataState query={lineage} isEmpty={() => false}>
                {(data) => <LineagePicture dataset={dataset} lineage={data} />}
              </DataState>
            ),
          },
          {
            key: 'uses',
            label: t({ zh: '谁在用', en: 'Who uses it' }),
            children: (
              <DataState query={lineage} isEmpty={() => false}>
                {({ uses }) => <Uses uses={uses} fields={dataset.fields} maySee={maySee} />}
              </DataState>
            ),
          },
          ...(dataset.traced
            ? [
                {
                  key: 'receipts',
                  label: t({ zh: '使用记录', en: 'Who read it' }),
                  children: <Receipts of={{ dataset: dataset.id }} />,
                },
              ]
            : []),
        ]}
      />
    </>
  )
}

function Facts({ dataset }: { readonly dataset: DatasetView }) {
  const t = useWords()
  return (
    <Descriptions
      bordered
      size="small"
      column={{ xs: 1, md: 3 }}
      items={[
        { key: 'owner', label: t({ zh: '来源单位', en: 'Owner' }), children: t(dataset.ownerName) },
        { key: 'sharing', label: t({ zh: '共享类型', en: 'Sharing' }), children: <SharingTag {...dataset} /> },
        { key: 'level', label: t({ zh: '分级', en: 'Level' }), children: t(LEVELS[dataset.level]) },
        {
          key: 'rows',
          label: t({ zh: '数据量（约）', en: 'Rows (about)' }),
          children: dataset.rows?.toLocaleString() ?? '—',
        },
        { key: 'changed', label: t({ zh: '最近更新', en: 'Changed' }), children: <When at={dataset.changedAt} /> },
        { key: 'id', label: t({ zh: '标识', en: 'Id' }), children: <code>{dataset.id}</code> },
      ]}
    />
  )
}

function Fields({ fields }: { readonly fields: readonly FieldView[] }) {
  const t = useWords()
  return (
    <Rows<FieldView>
      rows={fields}
      rowKey={({ name }) => name}
      caption={{ zh: '字段', en: 'Fields' }}
      empty={{ zh: '此数据集按序列存储，没有字段表', en: 'Its values are a series; there is no table of fields' }}
      columns={[
        { id: 'title', title: { zh: '名称', en: 'Name' }, heading: true, show: ({ title }) => t(title) },
        { id: 'sharing', title: { zh: '共享类型', en: 'Sharing' }, show: (field) => <SharingTag {...field} /> },
        {
          id: 'personal',
          title: { zh: '个人信息', en: 'Personal' },
          show: ({ personal }) => (personal ? <Tag color="gold">{t({ zh: '是', en: 'Yes' })}</Tag> : '—'),
        },
        {
          id: 'kind',
          title: { zh: '类型', en: 'Kind' },
          show: ({ kind }) => t(FIELD_KINDS[kind] ?? { zh: kind, en: kind }),
        },
        { id: 'unit', title: { zh: '单位', en: 'Unit' }, show: ({ unit }) => unit ?? '—' },
        { id: 'element', title: { zh: '数据元', en: 'Data element' }, show: ({ element }) => element ?? '—' },
        { id: 'name', title: { zh: '英文名', en: 'Identifier' }, show: ({ name }) => <code>{name}</code> },
      ]}
    />
  )
}

interface UsesProps {
  readonly uses: LineageView['uses']
  readonly fields: readonly FieldView[]
  readonly maySee: boolean
}

function Uses({ uses, fields, maySee }: UsesProps) {
  const t = useWords()
  const { list } = useMarks()
  const titles = new Map(fields.map(({ name, title }) => [name, t(title)]))
  return (
    <Rows
      rows={uses}
      rowKey={({ grant }) => grant}
      caption={{ zh: '有效授权', en: 'Grants in force' }}
      empty={{ zh: '目前没有单位使用', en: 'No unit uses it at present' }}
      columns={[
        {
          id: 'consumer',
          title: { zh: '使用单位', en: 'Consumer' },
          heading: true,
          show: ({ consumerName }) => t(consumerName),
        },
        {
          id: 'fields',
          title: { zh: '字段', en: 'Fields' },
          show: ({ fields: names }) => names.map((name) => titles.get(name) ?? name).join(list),
        },
        { id: 'until', title: { zh: '授权至', en: 'Until' }, show: ({ until }) => until },
        ...(maySee
          ? [
              {
                id: 'grant',
                title: { zh: '授权', en: 'Grant' },
                show: ({ grant }: UsesProps['uses'][number]) => (
                  <PageLink to={`/exchange/grants/${grant}`}>{t({ zh: '查看', en: 'Open' })}</PageLink>
                ),
              },
            ]
          : []),
      ]}
    />
  )
}
