import { useMutation, useQuery } from '@tanstack/react-query'
import { App, Button, Flex, Form, Input, InputNumber, Select } from 'antd'
import { useState } from 'react'
import { api, DataState, Failure, useWords } from '#portal/ui'
import type { Words } from '../../../../platform/runtime/words.ts'
import { CheckInputs, type FieldChoice } from './check-inputs.tsx'
import { Trial, type TrialAnswer } from './trial.tsx'
import type { QualityCheck, RuleView } from './types.ts'
import { CHECKS, DIMENSIONS, SEVERITIES } from './words.ts'

interface Values {
  readonly title: Words
  readonly dimension: string
  readonly severity: string
  readonly leastPercent: number
  readonly check: QualityCheck
}

interface RuleFormProps {
  readonly dataset: string
  readonly before?: RuleView
  readonly done: () => void
}

/** A steward writes a rule, tries it on the data as they are, and keeps it for a second person to publish. */
export function RuleForm({ dataset, before, done }: RuleFormProps) {
  const query = useQuery({
    queryKey: ['registry', 'dataset', dataset],
    queryFn: () =>
      api.get<{ readonly fields: readonly FieldChoice[] }>(`/api/registry/datasets/${encodeURIComponent(dataset)}`),
  })
  return (
    <DataState query={query}>
      {({ fields }) => <Fields dataset={dataset} fields={fields} done={done} {...(before ? { before } : {})} />}
    </DataState>
  )
}

function Fields({ dataset, fields, before, done }: RuleFormProps & { readonly fields: readonly FieldChoice[] }) {
  const t = useWords()
  const { message } = App.useApp()
  const [form] = Form.useForm<Values>()
  const kind = Form.useWatch(['check', 'kind'], form) ?? before?.check?.kind ?? 'required'
  const [answer, setAnswer] = useState<TrialAnswer>()
  const options = (titles: Readonly<Record<string, Words>>) =>
    Object.entries(titles).map(([value, title]) => ({ value, label: t(title) }))
  const required = { required: true, message: t({ zh: '必填', en: 'Required' }) }
  const attempt = useMutation({
    mutationFn: (check: QualityCheck) =>
      api.post<TrialAnswer>('/api/collection/rules/trial', { dataset, check: clean(check) }),
    onSuccess: setAnswer,
  })
  const save = useMutation({
    mutationFn: ({ leastPercent, check, ...rest }: Values) =>
      api.post('/api/collection/rules', {
        ...rest,
        title: { zh: rest.title.zh, en: rest.title.en ?? '' },
        dataset,
        check: clean(check),
        least: leastPercent / 100,
        ...(before ? { replaces: Number(before.id) } : {}),
      }),
    onSuccess: () => {
      void message.success(
        t({ zh: '已保存，由另一人发布后生效', en: 'Kept; in force once somebody else publishes it' }),
      )
      done()
    },
  })
  const tryOut = async () => attempt.mutate((await form.validateFields()).check)
  return (
    <Form<Values>
      form={form}
      layout="vertical"
      initialValues={
        before
          ? { ...before, leastPercent: before.least * 100 }
          : { severity: 'major', dimension: 'complete', leastPercent: 100, check: { kind: 'required' } }
      }
      onValuesChange={() => setAnswer(undefined)}
      onFinish={(values) => save.mutate(values)}
    >
      <Form.Item name={['check', 'kind']} label={t({ zh: '检查方法', en: 'Check' })} rules={[required]}>
        <Select options={options(CHECKS)} />
      </Form.Item>
      <CheckInputs kind={kind} fields={fields} />
      <Form.Item name={['title', 'zh']} label={t({ zh: '规则名称', en: 'Chinese title' })} rules={[required]}>
        <Input maxLength={100} placeholder={t({ zh: '例如：联系电话应填写', en: 'e.g. 联系电话应填写' })} />
      </Form.Item>
      <Form.Item name={['title', 'en']} label={t({ zh: '英文名称（可不填）', en: 'English title (may be left out)' })}>
        <Input maxLength={100} />
      </Form.Item>
      <Flex gap="middle" wrap>
        <Form.Item
          name="dimension"
          label={t({ zh: '维度', en: 'Dimension' })}
          rules={[required]}
          style={{ minWidth: 180 }}
        >
          <Select options={options(DIMENSIONS)} />
        </Form.Item>
        <Form.Item
          name="severity"
          label={t({ zh: '程度', en: 'Severity' })}
          rules={[required]}
          style={{ minWidth: 140 }}
        >
          <Select options={options(SEVERITIES)} />
        </Form.Item>
        <Form.Item name="leastPercent" label={t({ zh: '合格比例至少（%）', en: 'Least share (%)' })} rules={[required]}>
          <InputNumber min={0.1} max={100} />
        </Form.Item>
      </Flex>
      {attempt.error && <Failure error={attempt.error} />}
      {answer && <Trial answer={answer} fields={fields} />}
      {save.error && <Failure error={save.error} />}
      <Flex gap="small" wrap style={{ marginTop: 16 }}>
        <Button loading={attempt.isPending} onClick={() => void tryOut()}>
          {t({ zh: '用现有数据试查', en: 'Try on the data' })}
        </Button>
        <Button
          type="primary"
          htmlType="submit"
          loading={save.isPending}
          disabled={answer === undefined || answer.problem !== null}
        >
          {t({ zh: '保存待发布', en: 'Keep for publishing' })}
        </Button>
      </Flex>
    </Form>
  )
}

/** Without inputs that were left empty. */
const clean = (check: QualityCheck): QualityCheck =>
  Object.fromEntries(
    Object.entries(check).filter(([, value]) => value !== undefined && value !== null && value !== ''),
  ) as unknown as QualityCheck
