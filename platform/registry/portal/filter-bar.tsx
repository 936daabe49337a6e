import { Button, Flex, Form, Input, Select, Tag } from 'antd'
import { useState } from 'react'
import { useWords } from '#portal/ui'
import type { Words } from '../../runtime/words.ts'
import type { FieldView } from './types.ts'

/** A field of which conditions are made. */
export type FilterField = Pick<FieldView, 'name' | 'kind' | 'title' | 'sealed' | 'choices'>

const OPERATORS: Readonly<Record<string, Words>> = {
  is: { zh: '等于', en: 'is' },
  prefix: { zh: '开头是', en: 'begins with' },
  range: { zh: '范围', en: 'from, to' },
  blank: { zh: '为空', en: 'is empty' },
}

const operatorsOf = ({ sealed, kind }: FilterField): string[] => {
  if (sealed || kind === 'boolean') return ['is', 'blank']
  return ['integer', 'decimal', 'date', 'instant'].includes(kind) ? ['is', 'range', 'blank'] : ['is', 'prefix', 'blank']
}

interface FilterBarProps {
  readonly fields: readonly FilterField[]
  /** Word of the button. */
  readonly add?: Words
  readonly where: readonly string[]
  readonly onChange: (where: readonly string[]) => void
}

/** Conditions on fields; each shows as a tag that can be taken away. */
export function FilterBar({ fields, add: word, where, onChange }: FilterBarProps) {
  const t = useWords()
  const [name, setName] = useState<string>()
  const [operator, setOperator] = useState('is')
  const [value, setValue] = useState('')
  const field = fields.find((each) => each.name === name)
  const add = () => {
    if (!field || (operator !== 'blank' && value.trim() === '')) return
    const text = operator === 'blank' ? 'true' : value.trim()
    onChange([...where.filter((each) => !each.startsWith(`${field.name}~`)), `${field.name}~${operator}~${text}`])
    setValue('')
  }
  return (
    <Flex vertical gap="small">
      <Form layout="inline" onFinish={add}>
        <Select
          aria-label={t({ zh: '筛选字段', en: 'Field' })}
          placeholder={t({ zh: '筛选字段', en: 'Field' })}
          style={{ width: 160 }}
          options={fields
            .filter(({ kind }) => !['point', 'json', 'files'].includes(kind))
            .map((each) => ({ value: each.name, label: t(each.title) }))}
          onChange={(next) => {
            setName(next)
            setOperator('is')
            setValue('')
          }}
        />
        <Select
          aria-label={t({ zh: '条件', en: 'Condition' })}
          style={{ width: 110 }}
          value={operator}
          options={(field ? operatorsOf(field) : ['is']).map((each) => ({
            value: each,
            label: t(OPERATORS[each] ?? { zh: each, en: each }),
          }))}
          onChange={setOperator}
        />
        {operator !== 'blank' && <ValueInput field={field} operator={operator} value={value} onChange={setValue} />}
        <Button htmlType="submit">{t(word ?? { zh: '筛选', en: 'Filter' })}</Button>
      </Form>
      <Flex wrap gap="small">
        {where.map((each) => (
          <Tag key={each} closable onClose={() => onChange(where.filter((other) => other !== each))}>
            {conditionText(fields, each, t)}
          </Tag>
        ))}
      </Flex>
    </Flex>
  )
}

interface ValueProps {
  readonly field: FilterField | undefined
  readonly operator: string
  readonly value: string
  readonly onChange: (value: string) => void
}

function ValueInput({ field, operator, value, onChange }: ValueProps) {
  const t = useWords()
  const label = t({ zh: '条件的值', en: 'Value' })
  if (field?.choices && operator === 'is')
    return (
      <Select
        aria-label={label}
        showSearch={{ optionFilterProp: 'label' }}
        style={{ width: 180 }}
        {...(value ? { value } : {})}
        options={Object.entries(field.choices).map(([code, title]) => ({ value: code, label: t(title) }))}
        onChange={onChange}
      />
    )
  const hint = operator === 'range' ? t({ zh: '起,止', en: 'from,to' }) : ''
  return (
    <Input
      aria-label={label}
      style={{ width: 200 }}
      value={value}
      placeholder={hint}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}

function conditionText(fields: readonly FilterField[], condition: string, t: (words: Words) => string): string {
  const [name = '', operator = '', ...rest] = condition.split('~')
  const field = fields.find((each) => each.name === name)
  const value = rest.join('~')
  const choice = field?.choices?.[value]
  const words = OPERATORS[operator]
  return `${field ? t(field.title) : name} ${words ? t(words) : operator} ${operator === 'blank' ? '' : choice ? t(choice) : value}`
}
