import { DeleteOutlined } from '@ant-design/icons'
import { Button, Card, Checkbox, Flex, Select, Typography } from 'antd'
import { useWords } from '#portal/ui'
import type { LimitStep } from '../../../definition.ts'
import type { Editor } from '../use-editor.ts'
import { Group, Labelled } from './labelled.tsx'
import { TermInput } from './term-input.tsx'
import { WhoInput } from './who-input.tsx'

/** What happens at the limit and after it, step by step. */
export function LadderInput({
  editor,
  steps,
  onChange,
}: {
  readonly editor: Editor
  readonly steps: readonly LimitStep[]
  readonly onChange: (steps: readonly LimitStep[]) => void
}) {
  const t = useWords()
  const automatic = Object.entries(editor.draft.actions).filter(([, action]) => action.automatic === 'clock')
  const set = (at: number, step: LimitStep) => onChange(steps.map((one, n) => (n === at ? step : one)))
  return (
    <Group title={{ zh: '到期时（除亮红灯外）', en: 'At the limit (besides the red light)' }}>
      {steps.map((step, at) => (
        <Card
          // biome-ignore lint/suspicious/noArrayIndexKey: steps of a ladder are known by their order
          key={at}
          size="small"
          title={'urge' in step ? t({ zh: '催办', en: 'Urge' }) : t({ zh: '自动办理', en: 'Act by itself' })}
          extra={
            <Button
              size="small"
              icon={<DeleteOutlined />}
              aria-label={`${t({ zh: '删除到期措施', en: 'Remove step at the limit' })} ${at + 1}`}
              onClick={() => onChange(steps.filter((_, n) => n !== at))}
            />
          }
        >
          <Flex vertical gap="small">
            {'urge' in step ? (
              <WhoInput
                title={{ zh: '并告知', en: 'And tell' }}
                editor={editor}
                value={[step.urge]}
                single
                nobody={{ zh: '请指定', en: 'Name somebody' }}
                onChange={([urge]) => urge && set(at, { ...step, urge })}
              />
            ) : (
              <Labelled label={{ zh: '自动操作', en: 'Action' }}>
                {(id) => (
                  <Select
                    id={id}
                    value={step.act || null}
                    onChange={(act) => set(at, { ...step, act: act ?? '' })}
                    options={automatic.map(([value, { title }]) => ({ value, label: t(title) }))}
                  />
                )}
              </Labelled>
            )}
            <Later step={step} onChange={(next) => set(at, next)} />
          </Flex>
        </Card>
      ))}
      <Flex wrap gap="small">
        <Button onClick={() => onChange([...steps, { urge: { right: 'loops.supervise' } }])}>
          {t({ zh: '添加催办', en: 'Add urging' })}
        </Button>
        <Button
          disabled={automatic.length === 0}
          onClick={() => onChange([...steps, { act: automatic[0]?.[0] ?? '' }])}
        >
          {t({ zh: '添加自动办理', en: 'Add an automatic action' })}
        </Button>
      </Flex>
      {automatic.length === 0 && (
        <Typography.Text type="secondary">
          {t({
            zh: '要自动办理，先在“定操作”中把一个操作设为“到期时自动”。',
            en: 'To act by itself, first set an action to "By a clock" under "Set the actions".',
          })}
        </Typography.Text>
      )}
    </Group>
  )
}

function Later({ step, onChange }: { readonly step: LimitStep; readonly onChange: (step: LimitStep) => void }) {
  const t = useWords()
  const { after, ...now } = step
  return (
    <>
      <Checkbox
        checked={after !== undefined}
        onChange={({ target }) => onChange(target.checked ? { ...now, after: '1wd' } : now)}
      >
        {t({ zh: '超期一段时间后才执行', en: 'Only some time after the limit' })}
      </Checkbox>
      {after !== undefined && (
        <TermInput
          label={{ zh: '超期', en: 'After' }}
          value={after}
          onChange={(next) => onChange({ ...now, after: next })}
        />
      )}
    </>
  )
}
