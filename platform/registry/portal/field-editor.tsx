import { useQuery } from '@tanstack/react-query'
import { Button, Card, Checkbox, Col, Flex, Form, Input, Row, Select } from 'antd'
import { api, useWords } from '#portal/ui'
import type { Words } from '../../runtime/words.ts'
import { KINDS } from './words.ts'

/** Kinds that a steward can give; the others need code. */
const OFFERED = [
  'text',
  'longText',
  'integer',
  'decimal',
  'boolean',
  'date',
  'instant',
  'code',
  'identity',
  'uscc',
  'phone',
  'division',
  'organisation',
  'point',
]

/** The fields of a definition; the first `kept` hold data already, so they can neither go nor change their kind. */
export function FieldEditor({ kept = 0 }: { readonly kept?: number }) {
  const t = useWords()
  const lists = useQuery({
    queryKey: ['registry', 'code-lists'],
    queryFn: () => api.get<{ lists: { id: string; title: Words; source: string }[] }>('/api/registry/code-lists'),
  })
  const required = { required: true, message: t({ zh: '必填', en: 'Required' }) }
  const kinds = OFFERED.map((kind) => ({ value: kind, label: t(KINDS[kind] ?? { zh: kind, en: kind }) }))
  const codes = lists.data?.lists.map(({ id, title, source }) => ({ value: id, label: `${t(title)} ${source}` })) ?? []
  return (
    <Form.List name="fields">
      {(items, { add, remove }) => (
        <Flex vertical gap="small" style={{ marginBottom: 24 }}>
          {items.map(({ key, name }) => (
            <Card key={key} size="small">
              <Row gutter={12} align="bottom">
                <Col xs={24} md={5}>
                  <Form.Item
                    name={[name, 'title', 'zh']}
                    label={t({ zh: '字段名称', en: 'Chinese name' })}
                    rules={[required]}
                  >
                    <Input />
                  </Form.Item>
                </Col>
                <Col xs={12} md={4}>
                  <Form.Item
                    name={[name, 'title', 'en']}
                    label={t({ zh: '英文名称', en: 'English name' })}
                    initialValue=""
                  >
                    <Input />
                  </Form.Item>
                </Col>
                <Col xs={12} md={4}>
                  <Form.Item
                    name={[name, 'name']}
                    label={t({ zh: '标识', en: 'Identifier' })}
                    rules={[required, { pattern: /^[a-z][a-zA-Z0-9]{0,39}$/ }]}
                  >
                    <Input disabled={name < kept} />
                  </Form.Item>
                </Col>
                <Col xs={12} md={4}>
                  <Form.Item name={[name, 'kind']} label={t({ zh: '类型', en: 'Kind' })} rules={[required]}>
                    <Select options={kinds} disabled={name < kept} />
                  </Form.Item>
                </Col>
                <Col xs={12} md={7}>
                  <Form.Item noStyle shouldUpdate>
                    {({ getFieldValue }) =>
                      getFieldValue(['fields', name, 'kind']) === 'code' && (
                        <Form.Item
                          name={[name, 'codes']}
                          label={t({ zh: '代码表', en: 'Code list' })}
                          rules={[required]}
                        >
                          <Select options={codes} showSearch={{ optionFilterProp: 'label' }} />
                        </Form.Item>
                      )
                    }
                  </Form.Item>
                </Col>
              </Row>
              <Flex wrap gap="small" align="center">
                <Form.Item name={[name, 'required']} valuePropName="checked" noStyle>
                  <Checkbox>{t({ zh: '必填', en: 'Required' })}</Checkbox>
                </Form.Item>
                <Form.Item name={[name, 'personal']} valuePropName="checked" noStyle>
                  <Checkbox>{t({ zh: '个人信息', en: 'Personal data' })}</Checkbox>
                </Form.Item>
                {name >= kept && (
                  <Button danger size="small" onClick={() => remove(name)}>
                    {t({ zh: '删除字段', en: 'Remove field' })}
                  </Button>
                )}
              </Flex>
            </Card>
          ))}
          <Button onClick={() => add({ kind: 'text' })}>{t({ zh: '增加字段', en: 'Add a field' })}</Button>
        </Flex>
      )}
    </Form.List>
  )
}
