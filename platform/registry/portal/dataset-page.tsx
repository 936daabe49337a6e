import { useParams } from '@tanstack/react-router'
import { Descriptions, Flex, Tabs } from 'antd'
import { DataState, OrganisationName, PageFrame, PageLink, Rows, useRight, useWords } from '#portal/ui'
import { AskPurpose } from './ask-purpose.tsx'
import { FieldTable } from './field-table.tsx'
import { RowsTable } from './rows-table.tsx'
import type { DatasetDetail } from './types.ts'
import { useDataset, usePurpose } from './use-dataset.ts'
import { LEVELS, OPENING, SHARING } from './words.ts'

/** A dataset: its rows, its fields, and what it is. */
export function DatasetPage() {
  const { dataset: id = '' } = useParams({ strict: false }) as { dataset?: string }
  const t = useWords()
  const query = useDataset(id)
  const mayImport = useRight('registry.load.write')
  const isSteward = useRight('registry.steward')
  const path = encodeURIComponent(id)
  return (
    <PageFrame
      title={query.data?.title ?? { zh: '数据集', en: 'Dataset' }}
      {...(query.data ? { about: query.data.about } : {})}
      above={[{ title: { zh: '数据目录', en: 'Datasets' }, path: '/data' }]}
      extra={
        <>
          <PageLink to={`/exchange/datasets/${path}`}>{t({ zh: '共享信息', en: 'Sharing' })}</PageLink>
          {mayImport && query.data?.byDesk && (
            <PageLink to={`/data/${path}/import`}>{t({ zh: '导入数据', en: 'Import data' })}</PageLink>
          )}
          {isSteward && query.data?.defined && (
            <PageLink to={`/define-dataset?dataset=${path}`}>{t({ zh: '修改定义', en: 'Change definition' })}</PageLink>
          )}
        </>
      }
    >
      <DataState query={query}>
        {(dataset) => (
          <Tabs
            items={[
              ...(dataset.rows
                ? [{ key: 'rows', label: t({ zh: '数据', en: 'Rows' }), children: <DatasetRows dataset={dataset} /> }]
                : []),
              { key: 'fields', label: t({ zh: '字段', en: 'Fields' }), children: <FieldTable dataset={dataset} /> },
              { key: 'about', label: t({ zh: '目录信息', en: 'About' }), children: <About dataset={dataset} /> },
            ]}
          />
        )}
      </DataState>
    </PageFrame>
  )
}

function DatasetRows({ dataset }: { readonly dataset: DatasetDetail }) {
  const [purpose, state] = usePurpose(dataset.id)
  if (dataset.personal && purpose === '') return <AskPurpose onState={state} />
  return <RowsTable dataset={dataset} purpose={purpose} />
}

function About({ dataset }: { readonly dataset: DatasetDetail }) {
  const t = useWords()
  const years = dataset.retention === 'permanent' ? undefined : dataset.retention.years
  return (
    <Flex vertical gap="middle">
      <Descriptions
        bordered
        size="small"
        column={{ xs: 1, md: 2 }}
        items={[
          { key: 'id', label: t({ zh: '标识', en: 'Id' }), children: <code>{dataset.id}</code> },
          {
            key: 'source',
            label: t({ zh: '来源单位', en: 'Source' }),
            children: <OrganisationName id={dataset.source} />,
          },
          { key: 'level', label: t({ zh: '分级', en: 'Level' }), children: t(LEVELS[dataset.level]) },
          { key: 'sharing', label: t({ zh: '共享', en: 'Sharing' }), children: t(SHARING[dataset.sharing]) },
          { key: 'opening', label: t({ zh: '开放', en: 'Opening' }), children: t(OPENING[dataset.opening]) },
          {
            key: 'kept',
            label: t({ zh: '保存期限', en: 'Kept' }),
            children:
              years === undefined ? t({ zh: '永久', en: 'For ever' }) : t({ zh: `${years} 年`, en: `${years} years` }),
          },
          {
            key: 'rows',
            label: t({ zh: '数据量（约）', en: 'Rows (about)' }),
            children: dataset.rowCount?.toLocaleString() ?? '—',
          },
        ]}
      />
      <Rows
        rows={dataset.quality}
        rowKey={({ id }) => id}
        caption={{ zh: '质量规则', en: 'Quality rules' }}
        empty={{ zh: '没有额外的质量规则', en: 'No further quality rules' }}
        columns={[
          { id: 'title', title: { zh: '质量规则', en: 'Quality rule' }, show: ({ title }) => t(title) },
          { id: 'dimension', title: { zh: '维度', en: 'Dimension' }, show: ({ dimension }) => dimension },
        ]}
      />
    </Flex>
  )
}
