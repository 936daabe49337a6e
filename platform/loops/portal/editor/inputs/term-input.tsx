import { InputNumber, Select, Space } from 'antd'
import { useWords } from '#portal/ui'
import { TERM_UNITS, termOf } from '../../../../rules/term.ts'
import type { Words } from '../../../../runtime/words.ts'
import { Labelled } from './labelled.tsx'

/** A term: a number and its unit. */
export function TermInput({
  label,
  value,
  onChange,
  help,
}: {
  readonly label: Words
  readonly value: string
  readonly onChange: (term: string) => void
  readonly help?: Words
}) {
  const t = useWords()
  const { n, unit } = termOf(value) ?? { n: 1, unit: 'wd' }
  return (
    <Labelled label={label} {...(help ? { help } : {})}>
      {(id) => (
        <Space.Compact block>
          <InputNumber
            id={id}
            min={1}
            max={9999}
            precision={0}
            value={n}
            onChange={(next) => onChange(`${next ?? 1}${unit}`)}
          />
          <Select
            style={{ minWidth: 150 }}
            aria-label={`${t(label)}${t({ zh: '的单位', en: ': unit' })}`}
            value={unit}
            onChange={(next) => onChange(`${n}${next}`)}
            options={TERM_UNITS.map((one) => ({ value: one.unit, label: t(one.title) }))}
          />
        </Space.Compact>
      )}
    </Labelled>
  )
}
