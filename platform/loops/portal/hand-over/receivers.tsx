import { Flex, Radio, Typography } from 'antd'
import { useState } from 'react'
import { useWords } from '#portal/ui'
import type { Held, Plan } from './hand-over-types.ts'
import { ReceiverInput } from './receiver-input.tsx'

interface ReceiversProps {
  readonly held: Held
  readonly plan: Plan
  readonly onChange: (plan: Plan) => void
}

/** One receiver for everything, or one for each kind; a kind without one stays where it is. */
export function Receivers({ held, plan, onChange }: ReceiversProps) {
  const t = useWords()
  const [isByKind, setByKind] = useState(false)
  const { from } = plan
  return (
    <Flex vertical gap="middle">
      <Radio.Group
        aria-label={t({ zh: '怎样移交', en: 'How' })}
        optionType="button"
        value={isByKind}
        onChange={({ target }) => {
          setByKind(target.value)
          onChange({ from })
        }}
        options={[
          { value: false, label: t({ zh: '全部交给一个人', en: 'All to one' }) },
          { value: true, label: t({ zh: '按事项类型分别移交', en: 'By kind' }) },
        ]}
      />
      {isByKind ? (
        held.kinds.map(({ definition, title, matters }) => (
          <div key={definition}>
            <Typography.Paragraph strong style={{ marginBottom: 4 }}>
              {t({ zh: `${title.zh}（${matters} 件）`, en: `${title.en} (${matters})` })}
            </Typography.Paragraph>
            <ReceiverInput
              label={{ zh: `${title.zh}的接收人`, en: `Who gets ${title.en}` }}
              onChange={(holder) => onChange({ from, kinds: withKind(plan.kinds, definition, holder) })}
            />
          </div>
        ))
      ) : (
        <ReceiverInput
          label={{ zh: '接收人', en: 'Who gets them' }}
          onChange={(holder) => onChange(holder === undefined ? { from } : { from, to: holder })}
        />
      )}
      {isByKind && (
        <Typography.Text type="secondary">
          {t({ zh: '没有选接收人的类型不移交，原样保留。', en: 'Kinds for which nobody is chosen stay as they are.' })}
        </Typography.Text>
      )}
    </Flex>
  )
}

const withKind = (
  kinds: Plan['kinds'],
  definition: string,
  holder: string | undefined,
): Readonly<Record<string, string>> => {
  const { [definition]: _, ...rest } = kinds ?? {}
  return holder === undefined ? rest : { ...rest, [definition]: holder }
}
