import { useQuery } from '@tanstack/react-query'
import { Checkbox, Form, Input, Select } from 'antd'
import { api, useWords } from '#portal/ui'
import type { Words } from '../../../../platform/runtime/words.ts'
import { ElementFields } from './element-fields.tsx'
import { ProposeButton, useRequired } from './propose-button.tsx'
import { KINDS, SETS } from './types.ts'

interface Values {
  readonly isSource?: boolean
  readonly link?: boolean
  readonly max?: number | null
  readonly codes?: string
  readonly unit?: string
  readonly standard?: string
}

/** What was left empty is not sent. */
const filled = (values: object) =>
  Object.fromEntries(
    Object.entries(values).filter(([, value]) => value !== undefined && value !== null && value !== ''),
  )

/** Proposes an element that is not there yet. */
export function NewElement() {
  return (
    <ProposeButton<Values>
      label={{ zh: '提出新数据元', en: 'Propose an element' }}
      title={{ zh: '新增数据元', en: 'New element' }}
      path="/api/standards/elements"
      initial={{ set: 'other', synonyms: [], isSource: true, link: false }}
      notice={{
        zh: '标准管理员初审，有同类字段的单位答复，另一人批准后自该日起生效',
        en: 'The keeper looks at it, units with such a field are asked, another person decides; it is in force from this day',
      }}
      bodyOf={({ isSource = false, link = false, ...rest }) => ({
        element: { ...filled(rest), link },
        isSource,
      })}
    >
      <NewFields />
    </ProposeButton>
  )
}

function NewFields() {
  const t = useWords()
  const required = useRequired()
  const kind = Form.useWatch('kind') as keyof typeof KINDS | undefined
  const { data } = useQuery({
    queryKey: ['registry', 'code-lists'],
    queryFn: () => api.get<{ lists: { id: string; title: Words }[] }>('/api/registry/code-lists'),
    enabled: kind === 'code',
  })
  const options = (choices: Readonly<Record<string, Words>>) =>
    Object.entries(choices).map(([value, label]) => ({ value, label: t(label) }))
  return (
    <>
      <Form.Item
        name="id"
        label={t({ zh: '标识', en: 'Identifier' })}
        extra={t({
          zh: '例如 taian:person.blood-type，小写英文，以后不再改变',
          en: 'Such as taian:person.blood-type; small letters, never changed later',
        })}
        rules={[
          ...required,
          {
            pattern: /^[a-z]+:[a-z][a-z0-9-]*\.[a-z][a-z0-9-]*$/,
            message: t({ zh: '格式应如 taian:person.blood-type', en: 'Write it like taian:person.blood-type' }),
          },
        ]}
      >
        <Input maxLength={80} />
      </Form.Item>
      <ElementFields />
      <Form.Item name="objectClass" label={t({ zh: '对象', en: 'Object class' })} rules={required}>
        <Input maxLength={40} placeholder={t({ zh: '例如：自然人、法人', en: 'Such as person, firm' })} />
      </Form.Item>
      <Form.Item name="set" label={t({ zh: '标准集', en: 'Set' })} rules={required}>
        <Select options={options(SETS)} />
      </Form.Item>
      <Form.Item name="kind" label={t({ zh: '表示', en: 'Representation' })} rules={required}>
        <Select options={options(KINDS)} />
      </Form.Item>
      {kind === 'code' && (
        <Form.Item name="codes" label={t({ zh: '代码表', en: 'Code list' })} rules={required}>
          <Select
            showSearch={{ optionFilterProp: 'label' }}
            options={(data?.lists ?? []).map(({ id, title }) => ({ value: id, label: `${t(title)} ${id}` }))}
          />
        </Form.Item>
      )}
      <Form.Item name="unit" label={t({ zh: '计量单位', en: 'Unit' })}>
        <Input maxLength={40} />
      </Form.Item>
      <Form.Item name="standard" label={t({ zh: '依据标准', en: 'Standard' })}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="isSource" valuePropName="checked">
        <Checkbox>{t({ zh: '本单位作为来源单位', en: 'My unit is its source' })}</Checkbox>
      </Form.Item>
      <Form.Item name="link" valuePropName="checked">
        <Checkbox>{t({ zh: '用于关联，各方都可持有', en: 'Links records; everybody may keep it' })}</Checkbox>
      </Form.Item>
    </>
  )
}
