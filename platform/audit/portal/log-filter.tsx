import { Button, DatePicker, Form, Grid, Input, Select } from 'antd'
import type { Dayjs } from 'dayjs'
import { useWords } from '#portal/ui'
import type { Event } from './vocabulary.ts'

/** Filters as the API takes them. */
export interface LogQuery {
  readonly [name: string]: string | readonly string[] | undefined
}

interface Fields {
  readonly between?: readonly [Dayjs | null, Dayjs | null] | null
  readonly event?: readonly string[]
  readonly actor?: string
  readonly subjectKind?: string
  readonly subject?: string
  readonly organisation?: string
}

/** What to look for; nothing is asked of the server before the button is pressed. */
export function LogFilter(props: { readonly events: readonly Event[]; readonly onChange: (query: LogQuery) => void }) {
  const t = useWords()
  const { md: wide } = Grid.useBreakpoint()
  const search = ({ between, event, ...texts }: Fields) =>
    props.onChange({
      from: between?.[0]?.startOf('day').toISOString(),
      to: between?.[1]?.add(1, 'day').startOf('day').toISOString(),
      event: event?.length ? event : undefined,
      ...Object.fromEntries(Object.entries(texts).map(([name, text]) => [name, text?.trim() || undefined])),
    })
  return (
    <Form<Fields> layout={wide ? 'inline' : 'vertical'} onFinish={search} style={{ rowGap: 8 }}>
      <Form.Item name="between" label={t({ zh: '日期', en: 'Days' })}>
        <DatePicker.RangePicker allowEmpty style={{ maxWidth: '100%' }} />
      </Form.Item>
      <Form.Item name="event" label={t({ zh: '事件', en: 'Event' })}>
        <Select
          mode="multiple"
          allowClear
          maxTagCount={1}
          style={{ minWidth: 200 }}
          showSearch={{ optionFilterProp: 'label' }}
          options={props.events.map(({ id, title }) => ({ value: id, label: `${t(title)} ${id}` }))}
        />
      </Form.Item>
      <Form.Item name="actor" label={t({ zh: '操作人编号', en: 'Account id' })}>
        <Input allowClear />
      </Form.Item>
      <Form.Item name="subjectKind" label={t({ zh: '对象类别', en: 'Kind of subject' })}>
        <Input allowClear />
      </Form.Item>
      <Form.Item name="subject" label={t({ zh: '对象编号', en: 'Subject' })}>
        <Input allowClear />
      </Form.Item>
      <Form.Item name="organisation" label={t({ zh: '单位编号', en: 'Organisation id' })}>
        <Input allowClear />
      </Form.Item>
      <Button type="primary" htmlType="submit">
        {t({ zh: '查询', en: 'Search' })}
      </Button>
    </Form>
  )
}
