import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { Col, Form, Input, InputNumber, Radio, Row, Select, Switch } from 'antd'
import { useState } from 'react'
import { api, type KeysetPage, useWords } from '#portal/ui'
import type { Words } from '../../runtime/words.ts'
import { DEFAULTS, isDatabase } from '../definition.ts'
import type { FeedValues } from './feed-values.ts'
import type { SourceDetail, Table } from './types.ts'
import { MODES } from './words.ts'

interface FeedFieldsProps {
  readonly source: SourceDetail
  readonly isKnown: boolean
}

const MODES_OF: Readonly<Record<SourceDetail['connection']['kind'], readonly FeedValues['mode'][]>> = {
  folder: ['snapshot'],
  push: ['snapshot'],
  http: ['snapshot', 'watermark'],
  mysql: ['snapshot', 'watermark'],
  postgres: ['snapshot', 'watermark', 'replication'],
}

/** Fields of a feed, within a `Form<FeedValues>`. */
export function FeedFields({ source, isKnown }: FeedFieldsProps) {
  const t = useWords()
  const { kind } = source.connection
  const hasTables = isDatabase(source.connection)
  const mode = Form.useWatch<FeedValues['mode']>('mode')
  const givesAll = Form.useWatch<FeedValues['givesAll']>('givesAll')
  const isComparedWhole = mode !== 'snapshot' && (hasTables || givesAll !== false)
  const required = [{ required: true, message: t({ zh: '请填写', en: 'Please fill this in' }) }]
  return (
    <Row gutter={24}>
      <Col xs={24} lg={12}>
        <Form.Item
          name="name"
          label={t({ zh: '编号（小写字母、数字、- 和 .）', en: 'Id (small letters, digits, - and .)' })}
          rules={[...required, { pattern: /^[a-z0-9][a-z0-9.-]{0,55}$/ }]}
        >
          <Input disabled={isKnown} placeholder="residents" />
        </Form.Item>
        <Form.Item name="titleZh" label={t({ zh: '任务名称（中文）', en: 'Name in Chinese' })} rules={required}>
          <Input maxLength={120} />
        </Form.Item>
        <Form.Item name="titleEn" label={t({ zh: '任务名称（英文）', en: 'Name in English' })}>
          <Input maxLength={120} />
        </Form.Item>
        {kind !== 'push' && <FromField source={source} />}
        <Form.Item name="dataset" label={t({ zh: '进入数据集', en: 'Into dataset' })} rules={required}>
          <DatasetSelect />
        </Form.Item>
      </Col>
      <Col xs={24} lg={12}>
        <Form.Item name="mode" label={t({ zh: '采集方式', en: 'How to collect' })}>
          <Radio.Group options={MODES_OF[kind].map((value) => ({ value, label: t(MODES[value]) }))} />
        </Form.Item>
        {mode === 'watermark' && (
          <>
            <Form.Item name="watermarkColumn" label={t({ zh: '水位列', en: 'Watermark column' })} rules={required}>
              <Input placeholder="updated_at" />
            </Form.Item>
            <OverlapFields />
            {!hasTables && <AllRowsFields />}
          </>
        )}
        {isComparedWhole && (
          <Form.Item
            name="wholeEveryDays"
            label={t({ zh: '每隔多少天全量核对并补正', en: 'Compare all and mend every so many days' })}
          >
            <InputNumber min={1} max={366} placeholder={String(DEFAULTS.wholeEveryDays)} />
          </Form.Item>
        )}
        {((mode === 'snapshot' && kind !== 'push') || (mode === 'watermark' && isComparedWhole)) && (
          <Form.Item name="deletes" label={t({ zh: '来源中没有了的行', en: 'Rows that the source has no more' })}>
            <Radio.Group
              options={[
                { value: 'keep', label: t({ zh: '保留', en: 'Keep' }) },
                { value: 'missing', label: t({ zh: '删除（历史仍保留）', en: 'Delete (history stays)' }) },
              ]}
            />
          </Form.Item>
        )}
        {kind === 'http' && <PageFields />}
        {kind !== 'push' && <ScheduleFields />}
        <Form.Item
          name="freshHours"
          label={t({ zh: '承诺：数据不早于多少小时', en: 'Promise: never older than so many hours' })}
        >
          <InputNumber min={0.1} max={87_600} />
        </Form.Item>
        <Form.Item
          name="keepDays"
          label={t({ zh: '原始数据保存多少天（供重放）', en: 'Keep raw data so many days (to replay)' })}
        >
          <InputNumber min={1} max={36_600} placeholder={String(DEFAULTS.keepDays)} />
        </Form.Item>
        <Form.Item name="isOn" label={t({ zh: '启用', en: 'In use' })} valuePropName="checked">
          <Switch />
        </Form.Item>
      </Col>
    </Row>
  )
}

function OverlapFields() {
  const t = useWords()
  return (
    <>
      <Form.Item name="overlapSeconds" label={t({ zh: '时间列的重叠（秒）', en: 'Overlap in seconds, for times' })}>
        <InputNumber min={0} max={31_536_000} />
      </Form.Item>
      <Form.Item
        name="overlapNumbers"
        label={t({ zh: '数字列的重叠（多少号）', en: 'Overlap in numbers, for a column of numbers' })}
      >
        <InputNumber min={0} max={1_000_000_000} placeholder={String(DEFAULTS.overlapNumbers)} />
      </Form.Item>
    </>
  )
}

/** How an interface is asked for all its rows, or that it never hands them out. */
function AllRowsFields() {
  const t = useWords()
  const givesAll = Form.useWatch<FeedValues['givesAll']>('givesAll')
  return (
    <>
      <Form.Item
        name="givesAll"
        valuePropName="checked"
        label={t({ zh: '接口能给出全部行', en: 'The interface can hand out all its rows' })}
        extra={
          givesAll === false &&
          t({
            zh: '这样就不能全量核对：增量漏掉的行、来源中已删除的行都发现不了',
            en: 'Then nothing can be compared whole: rows that increments miss, and rows deleted at the source, are never found',
          })
        }
      >
        <Switch />
      </Form.Item>
      <Form.Item
        name="firstMark"
        label={t({ zh: '首次采集和全量时 {mark} 的值', en: 'What {mark} is at first, and for all rows' })}
        extra={t({ zh: '接口不接受空值时填写', en: 'Where the interface does not take an empty one' })}
      >
        <Input maxLength={120} placeholder="1970-01-01" />
      </Form.Item>
    </>
  )
}

/** One of the tables of a database, found while its name is typed: there may be many thousands. */
function TableField({
  source,
  ...rest
}: {
  readonly source: string
  readonly id?: string
  readonly value?: string
  readonly onChange?: (name: string) => void
}) {
  const [q, setQ] = useState('')
  const found = useQuery({
    queryKey: ['sources', source, 'tables', q],
    queryFn: () =>
      api.get<KeysetPage<Table>>(`/api/sources/systems/${encodeURIComponent(source)}/tables`, { q: q || undefined }),
    placeholderData: keepPreviousData,
  })
  const tables = found.data?.rows ?? []
  return (
    <Select
      {...rest}
      showSearch={{ filterOption: false, onSearch: setQ }}
      loading={found.isFetching}
      options={tables.map(({ name, rows }) => ({ value: name, label: rows === null ? name : `${name} (${rows})` }))}
    />
  )
}

function FromField({ source: { id, connection } }: Pick<FeedFieldsProps, 'source'>) {
  const t = useWords()
  const required = [{ required: true, message: t({ zh: '请填写', en: 'Please fill this in' }) }]
  if (isDatabase(connection))
    return (
      <Form.Item name="from" label={t({ zh: '表', en: 'Table' })} rules={required}>
        <TableField source={id} />
      </Form.Item>
    )
  const label =
    connection.kind === 'folder'
      ? t({ zh: '文件名模式', en: 'Pattern of file names' })
      : t({ zh: '接口路径（{mark} 代表水位）', en: 'Path of the endpoint ({mark} stands for the watermark)' })
  return (
    <Form.Item name="from" label={label} rules={required}>
      <Input placeholder={connection.kind === 'folder' ? 'residents-*.csv' : 'people?since={mark}'} />
    </Form.Item>
  )
}

function ScheduleFields() {
  const t = useWords()
  const by = Form.useWatch<FeedValues['scheduleBy']>('scheduleBy')
  return (
    <>
      <Form.Item name="scheduleBy" label={t({ zh: '何时采集', en: 'When' })}>
        <Radio.Group
          options={[
            { value: 'minutes', label: t({ zh: '每隔若干分钟', en: 'Every so many minutes' }) },
            { value: 'cron', label: t({ zh: '按 cron 表达式', en: 'By a cron expression' }) },
            { value: 'nothing', label: t({ zh: '手动', en: 'On demand' }) },
          ]}
        />
      </Form.Item>
      {by === 'minutes' && (
        <Form.Item name="everyMinutes" label={t({ zh: '间隔（分钟）', en: 'Minutes' })} rules={[{ required: true }]}>
          <InputNumber min={1} max={527_040} />
        </Form.Item>
      )}
      {by === 'cron' && (
        <Form.Item
          name="cron"
          label={t({ zh: 'cron（北京时间）', en: 'Cron (China time)' })}
          rules={[{ required: true }]}
        >
          <Input placeholder="30 2 * * *" />
        </Form.Item>
      )}
    </>
  )
}

function PageFields() {
  const t = useWords()
  const by = Form.useWatch<FeedValues['nextBy']>('nextBy')
  return (
    <>
      <Form.Item name="rows" label={t({ zh: '行数组在应答中的位置', en: 'Place of the rows in the answer' })}>
        <Input placeholder="data.list" />
      </Form.Item>
      <Form.Item name="nextBy" label={t({ zh: '如何翻页', en: 'How pages follow' })}>
        <Select
          options={[
            { value: 'nothing', label: t({ zh: '只有一页', en: 'A single page' }) },
            { value: 'link', label: t({ zh: '应答中有下一页地址', en: 'The answer names the next page' }) },
            { value: 'cursor', label: t({ zh: '应答中有游标', en: 'The answer holds a cursor' }) },
            { value: 'number', label: t({ zh: '按页码，从 1 起', en: 'By number, from 1' }) },
          ]}
        />
      </Form.Item>
      {(by === 'link' || by === 'cursor') && (
        <Form.Item name="nextPlace" label={t({ zh: '它在应答中的位置', en: 'Its place in the answer' })}>
          <Input placeholder="next" />
        </Form.Item>
      )}
      {(by === 'cursor' || by === 'number') && (
        <Form.Item
          name="nextParameter"
          label={t({ zh: '查询参数', en: 'Query parameter' })}
          rules={[{ required: true }]}
        >
          <Input placeholder="page" />
        </Form.Item>
      )}
      <Form.Item name="total" label={t({ zh: '总行数在应答中的位置', en: 'Place of the number of all rows' })}>
        <Input placeholder="data.total" />
      </Form.Item>
    </>
  )
}

interface Datasets {
  readonly datasets: readonly { readonly id: string; readonly title: Words; readonly byDesk: boolean }[]
}

/** A dataset of the registry; a value of the surrounding form. */
function DatasetSelect(props: {
  readonly id?: string
  readonly value?: string
  readonly onChange?: (id: string) => void
}) {
  const t = useWords()
  const { data, isFetching } = useQuery({
    queryKey: ['sources', 'datasets'],
    queryFn: () => api.get<Datasets>('/api/registry/datasets'),
  })
  return (
    <Select
      {...props}
      showSearch={{ optionFilterProp: 'label' }}
      loading={isFetching}
      options={(data?.datasets ?? [])
        .filter(({ byDesk }) => byDesk)
        .map(({ id, title }) => ({ value: id, label: `${t(title)} (${id})` }))}
    />
  )
}
