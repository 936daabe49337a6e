import { Tag } from 'antd'
import { Rows, useWords } from '#portal/ui'
import { ShowSearchable } from './show-searchable.tsx'
import type { DatasetDetail, FieldView } from './types.ts'
import { KINDS } from './words.ts'

/** The fields of a dataset. */
export function FieldTable({ dataset }: { readonly dataset: DatasetDetail }) {
  const t = useWords()
  return (
    <Rows<FieldView>
      rows={dataset.fields}
      rowKey={({ name }) => name}
      caption={{ zh: '字段', en: 'Fields' }}
      columns={[
        { id: 'title', title: { zh: '名称', en: 'Name' }, heading: true, show: ({ title }) => t(title) },
        { id: 'name', title: { zh: '英文名', en: 'Identifier' }, show: ({ name }) => <code>{name}</code> },
        { id: 'kind', title: { zh: '类型', en: 'Kind' }, show: ({ kind }) => t(KINDS[kind] ?? { zh: kind, en: kind }) },
        { id: 'unit', title: { zh: '单位', en: 'Unit' }, show: ({ unit }) => unit ?? '—' },
        { id: 'element', title: { zh: '数据元', en: 'Data element' }, show: ({ element }) => element ?? '—' },
        {
          id: 'searchable',
          title: { zh: '可查找', en: 'Searchable' },
          show: (field) => <ShowSearchable dataset={dataset} field={field} />,
        },
        {
          id: 'marks',
          title: { zh: '说明', en: 'Marks' },
          show: ({ name, required, personal, sealed }) => (
            <>
              {dataset.key.includes(name) && <Tag color="blue">{t({ zh: '主键', en: 'Key' })}</Tag>}
              {required && <Tag>{t({ zh: '必填', en: 'Required' })}</Tag>}
              {personal && <Tag color="gold">{t({ zh: '个人信息', en: 'Personal' })}</Tag>}
              {sealed && <Tag color="purple">{t({ zh: '加密', en: 'Sealed' })}</Tag>}
            </>
          ),
        },
      ]}
    />
  )
}
