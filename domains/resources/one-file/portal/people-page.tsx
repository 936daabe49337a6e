import { useMutation } from '@tanstack/react-query'
import { Button, Flex, Form, Input, Segmented } from 'antd'
import { useState } from 'react'
import { api, Failure, PageFrame, PageLink, Rows, useWords } from '#portal/ui'
import { PurposeGate } from './purpose-gate.tsx'

interface Found {
  readonly id: string
  readonly name: string
  readonly born: string | null
  readonly address: string | null
  readonly records: number
}
type Way = 'number' | 'name'

/** Finds a person by number, or by name and birth date; never by a part of either. */
export function PeoplePage() {
  return (
    <PageFrame
      title={{ zh: '一人一档', en: 'Files of people' }}
      about={{
        zh: '按身份证号，或姓名加出生日期查找；先说明目的，每次查看都记入日志，本人看得见。',
        en: 'Found by number, or by name and birth date. Say what for first: every look is logged, and the person sees it.',
      }}
    >
      <PurposeGate>{(purpose) => <Search purpose={purpose} />}</PurposeGate>
    </PageFrame>
  )
}

function Search({ purpose }: { readonly purpose: string }) {
  const t = useWords()
  const [way, setWay] = useState<Way>('number')
  const find = useMutation({
    mutationFn: (query: Readonly<Record<string, string>>) =>
      api.post<{ rows: Found[] }>('/api/one-file/people/search', query, purpose),
  })
  const submit = ({ number = '', name = '', bornOn = '' }: Partial<Record<'number' | 'name' | 'bornOn', string>>) =>
    find.mutate(way === 'number' ? { number: number.trim().toUpperCase() } : { name: name.trim(), bornOn })
  const required = [{ required: true, message: t({ zh: '请填写', en: 'Fill this in' }) }]
  return (
    <Flex vertical gap="middle">
      <Segmented<Way>
        value={way}
        onChange={setWay}
        options={[
          { value: 'number', label: t({ zh: '身份证号', en: 'Citizen number' }) },
          { value: 'name', label: t({ zh: '姓名和出生日期', en: 'Name and birth date' }) },
        ]}
      />
      <Form layout="inline" onFinish={submit}>
        {way === 'number' ? (
          <Form.Item
            name="number"
            label={t({ zh: '身份证号', en: 'Citizen number' })}
            rules={[
              ...required,
              {
                pattern: /^\s*(\d{15}|\d{17}[\dXx])\s*$/,
                message: t({ zh: '请填完整的 18 位号码', en: 'Give all 18 digits' }),
              },
            ]}
          >
            <Input style={{ width: 220 }} autoComplete="off" maxLength={20} />
          </Form.Item>
        ) : (
          <>
            <Form.Item name="name" label={t({ zh: '姓名', en: 'Name' })} rules={required}>
              <Input style={{ width: 140 }} autoComplete="off" maxLength={60} />
            </Form.Item>
            <Form.Item name="bornOn" label={t({ zh: '出生日期', en: 'Born on' })} rules={required}>
              <Input type="date" />
            </Form.Item>
          </>
        )}
        <Button type="primary" htmlType="submit" loading={find.isPending}>
          {t({ zh: '查找', en: 'Find' })}
        </Button>
      </Form>
      {find.error && <Failure error={find.error} />}
      {find.data && (
        <Rows<Found>
          rows={find.data.rows}
          rowKey={({ id }) => id}
          caption={{ zh: '找到的人', en: 'People found' }}
          empty={{ zh: '没有找到，请核对号码或姓名、出生日期', en: 'Nobody found; check what you typed' }}
          columns={[
            {
              id: 'name',
              title: { zh: '姓名', en: 'Name' },
              show: ({ id, name }) => <PageLink to={`/one-file/people/${id}`}>{name}</PageLink>,
            },
            { id: 'born', title: { zh: '出生年份', en: 'Year of birth' }, show: ({ born }) => born ?? '—' },
            { id: 'address', title: { zh: '住址', en: 'Address' }, show: ({ address }) => address ?? '—' },
            { id: 'records', title: { zh: '记录数', en: 'Records' }, show: ({ records }) => records, align: 'right' },
          ]}
        />
      )}
    </Flex>
  )
}
