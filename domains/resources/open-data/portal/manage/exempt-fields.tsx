import { Button, Flex, Form, Input, Select } from 'antd'
import { Rows, useWords } from '#portal/ui'
import { GROUNDS } from '../../declarations/vocabulary.ts'
import type { ReviewVersion } from './manage-types.ts'

/** Fields that the re-identification test may leave out, each with its reason; part of the surrounding form. */
export function ExemptFields({ fields }: { readonly fields: readonly { value: string; label: string }[] }) {
  const t = useWords()
  const required = [{ required: true }]
  return (
    <Form.Item
      label={t({ zh: '不计入检验的字段', en: 'Fields that the test leaves out' })}
      help={t({
        zh: '其余发布字段都按可能认出本人计入检验。理由由审核人查看。',
        en: 'All other fields count as something by which a person could be found. The approver sees the reasons.',
      })}
    >
      <Form.List name="exempt">
        {(items, { add, remove }) => (
          <Flex vertical gap="small">
            {items.map(({ key, name }) => (
              <Flex key={key} wrap gap="small">
                <Form.Item name={[name, 'field']} rules={required} noStyle>
                  <Select
                    style={{ minWidth: 200 }}
                    options={[...fields]}
                    aria-label={t({ zh: '字段', en: 'Field' })}
                    placeholder={t({ zh: '字段', en: 'Field' })}
                  />
                </Form.Item>
                <Form.Item name={[name, 'ground']} rules={required} noStyle>
                  <Select
                    style={{ minWidth: 220 }}
                    options={Object.entries(GROUNDS).map(([value, title]) => ({ value, label: t(title) }))}
                    aria-label={t({ zh: '依据', en: 'Ground' })}
                    placeholder={t({ zh: '依据', en: 'Ground' })}
                  />
                </Form.Item>
                <Form.Item name={[name, 'reason']} rules={[{ required: true, min: 5 }]} noStyle>
                  <Input
                    style={{ width: 260 }}
                    maxLength={500}
                    aria-label={t({ zh: '理由', en: 'Reason' })}
                    placeholder={t({ zh: '理由', en: 'Reason' })}
                  />
                </Form.Item>
                <Button onClick={() => remove(name)}>{t({ zh: '去掉', en: 'Remove' })}</Button>
              </Flex>
            ))}
            <Button style={{ alignSelf: 'start' }} onClick={() => add()}>
              {t({ zh: '加一个字段', en: 'Add a field' })}
            </Button>
          </Flex>
        )}
      </Form.List>
    </Form.Item>
  )
}

/** What the owner says of the fields that the test left out, for the approver. */
export function ExemptReasons({ version: { exempt = {}, columns } }: { readonly version: ReviewVersion }) {
  const t = useWords()
  const rows = Object.entries(exempt).map(([name, said]) => ({ name, ...said }))
  if (rows.length === 0) return null
  const titleOf = (name: string) => columns.find((column) => column.name === name)?.title
  return (
    <Rows
      rows={rows}
      rowKey={({ name }) => name}
      caption={{ zh: '检验未计入的字段', en: 'Fields that the test left out' }}
      empty={{ zh: '没有', en: 'None' }}
      columns={[
        {
          id: 'field',
          title: { zh: '字段', en: 'Field' },
          show: ({ name }) => t(titleOf(name) ?? { zh: name, en: name }),
        },
        { id: 'ground', title: { zh: '依据', en: 'Ground' }, show: ({ ground }) => t(GROUNDS[ground]) },
        { id: 'reason', title: { zh: '理由', en: 'Reason' }, show: ({ reason }) => reason },
      ]}
    />
  )
}
