import { Descriptions, Flex, Tag, Typography } from 'antd'
import { Rows, useWords, When } from '#portal/ui'
import { FreshnessBadge } from './badges.tsx'
import { accessName, kindName, promiseName } from './names.ts'
import type { ColumnView, DatasetView } from './types.ts'

/** Description, promise, owner, licence, columns and how to cite. */
export function DatasetFacts({ dataset }: { readonly dataset: DatasetView }) {
  return (
    <Flex vertical gap="large">
      <Facts dataset={dataset} />
      <Columns dataset={dataset} />
      <Citation dataset={dataset} />
    </Flex>
  )
}

function Facts({ dataset }: { readonly dataset: DatasetView }) {
  const t = useWords()
  const { contact, licence, temporal } = dataset
  const items = [
    { key: 'owner', label: t({ zh: '责任单位', en: 'Owner' }), children: t(dataset.owner.name) },
    { key: 'access', label: t({ zh: '开放方式', en: 'Access' }), children: t(accessName(dataset.access)) },
    {
      key: 'promise',
      label: t({ zh: '更新承诺', en: 'Promise' }),
      children: (
        <span>
          {t(promiseName(dataset.promise))} <FreshnessBadge state={dataset.freshness} />
        </span>
      ),
    },
    { key: 'newest', label: t({ zh: '数据截至', en: 'Newest data' }), children: <When at={dataset.newestAt} /> },
    { key: 'changed', label: t({ zh: '最近更新', en: 'Last changed' }), children: <When at={dataset.changedAt} /> },
    {
      key: 'published',
      label: t({ zh: '首次发布', en: 'First published' }),
      children: <When at={dataset.publishedAt} show="day" />,
    },
    { key: 'rows', label: t({ zh: '行数', en: 'Rows' }), children: dataset.rows.toLocaleString() },
    { key: 'spatial', label: t({ zh: '空间范围', en: 'Area' }), children: dataset.spatial ?? '—' },
    {
      key: 'temporal',
      label: t({ zh: '时间范围', en: 'Time' }),
      children: temporal ? `${temporal.from ?? '…'} – ${temporal.to ?? '…'}` : '—',
    },
    {
      key: 'licence',
      label: t({ zh: '许可', en: 'Licence' }),
      children: (
        <a href={licence.url} rel="license">
          {t(licence.title)}
        </a>
      ),
    },
    {
      key: 'contact',
      label: t({ zh: '联系', en: 'Contact' }),
      children: (
        <Flex vertical>
          <span>{t(contact.name)}</span>
          {contact.mail && <a href={`mailto:${contact.mail}`}>{contact.mail}</a>}
          {contact.phone && <span>{contact.phone}</span>}
        </Flex>
      ),
    },
    {
      key: 'keywords',
      label: t({ zh: '关键词', en: 'Keywords' }),
      children: dataset.keywords.map((word) => (
        <Tag key={word} lang="zh">
          {word}
        </Tag>
      )),
    },
  ]
  return <Descriptions size="small" bordered column={{ xs: 1, md: 2 }} items={items} />
}

function Columns({ dataset }: { readonly dataset: DatasetView }) {
  const t = useWords()
  return (
    <section>
      <h2>{t({ zh: '字段', en: 'Columns' })}</h2>
      <Rows<ColumnView>
        rows={dataset.current.columns}
        rowKey={({ name }) => name}
        caption={{ zh: '字段', en: 'Columns' }}
        columns={[
          { id: 'title', title: { zh: '名称', en: 'Title' }, show: ({ title }) => t(title) },
          { id: 'name', title: { zh: '字段名', en: 'Name' }, show: ({ name }) => <code>{name}</code> },
          { id: 'kind', title: { zh: '类型', en: 'Type' }, show: ({ kind }) => t(kindName(kind)) },
          { id: 'unit', title: { zh: '单位', en: 'Unit' }, show: ({ unit }) => unit ?? '—' },
        ]}
      />
    </section>
  )
}

function Citation({ dataset: { citation } }: { readonly dataset: DatasetView }) {
  const t = useWords()
  return (
    <section>
      <h2>{t({ zh: '引用', en: 'How to cite' })}</h2>
      <Typography.Paragraph copyable={{ text: t(citation) }}>{t(citation)}</Typography.Paragraph>
      <pre className="dz-code" lang="en">
        {citation.bibtex}
      </pre>
    </section>
  )
}
