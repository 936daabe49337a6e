import { Alert, Flex } from 'antd'
import { Rows, useWords } from '#portal/ui'
import type { Words } from '../../../../platform/runtime/words.ts'
import type { FieldChoice } from './check-inputs.tsx'
import { percent } from './words.ts'

export interface TrialAnswer {
  readonly rows: number
  readonly bad: number
  readonly problem: Words | null
  readonly examples: readonly { readonly id: number; readonly value: Readonly<Record<string, unknown>> }[]
}

const SHOWN = 6

/** What a rule would find in the data as they are, with some of the rows. */
export function Trial({ answer, fields }: { readonly answer: TrialAnswer; readonly fields: readonly FieldChoice[] }) {
  const t = useWords()
  if (answer.problem) return <Alert type="error" showIcon title={t(answer.problem)} />
  const good = percent(answer.rows - answer.bad, answer.rows)
  return (
    <Flex vertical gap="small">
      <Alert
        type={answer.bad > 0 ? 'warning' : 'success'}
        showIcon
        title={t({
          zh: `检查 ${answer.rows.toLocaleString()} 行，不合格 ${answer.bad.toLocaleString()} 行，合格 ${good}`,
          en: `${answer.rows.toLocaleString()} rows checked, ${answer.bad.toLocaleString()} fail, ${good} good`,
        })}
      />
      {answer.examples.length > 0 && (
        <Rows<TrialAnswer['examples'][number]>
          rows={answer.examples}
          rowKey={({ id }) => id}
          caption={{ zh: '不合格的例子', en: 'Examples that fail' }}
          columns={fields.slice(0, SHOWN).map(({ name, title }) => ({
            id: name,
            title,
            show: ({ value }) => String(value[name] ?? '—'),
          }))}
        />
      )}
    </Flex>
  )
}
