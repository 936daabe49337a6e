import { useMutation } from '@tanstack/react-query'
import { Button, Card, Flex, Form, Input, Select } from 'antd'
import { api, Failure, useWords } from '#portal/ui'
import type { Words } from '../../runtime/words.ts'
import { parseJson } from './parse-json.ts'
import type { RuleDetail } from './rule-types.ts'

interface Result {
  readonly pack: string
  readonly result: unknown
  readonly explanation: readonly Words[]
}

interface Question {
  readonly packs: readonly string[]
  readonly facts: string
}

/** Evaluates facts under one or several editions, side by side, with the steps. */
export function TryRule({ rule }: { readonly rule: RuleDetail }) {
  const t = useWords()
  const run = useMutation({
    mutationFn: async ({ packs, facts }: Question) => {
      const parsed = parseJson(facts, t)
      const path = `/api/rules/${encodeURIComponent(rule.id)}/evaluate`
      return Promise.all(packs.map((pack) => api.post<Result>(path, { pack, facts: parsed })))
    },
  })
  const first: Question = {
    packs: rule.packs.slice(-2).map((pack) => pack.id),
    facts: JSON.stringify(rule.packs.at(-1)?.vectors[0]?.facts ?? {}, null, 2),
  }
  return (
    <Form layout="vertical" initialValues={first} onFinish={(question: Question) => run.mutate(question)}>
      <Form.Item
        name="packs"
        label={t({ zh: '版本（可多选对比）', en: 'Editions (several to compare)' })}
        rules={[{ required: true }]}
      >
        <Select mode="multiple" options={rule.packs.map(({ id, source }) => ({ value: id, label: source.document }))} />
      </Form.Item>
      <Form.Item name="facts" label={t({ zh: '事实（JSON）', en: 'Facts (JSON)' })} rules={[{ required: true }]}>
        <Input.TextArea autoSize={{ minRows: 4, maxRows: 16 }} className="dz-code" />
      </Form.Item>
      <Button type="primary" htmlType="submit" loading={run.isPending}>
        {t({ zh: '计算', en: 'Evaluate' })}
      </Button>
      {run.error && <Failure error={run.error} />}
      <Flex gap="middle" wrap aria-live="polite">
        {run.data?.map((result) => (
          <Card key={result.pack} title={result.pack}>
            <pre className="dz-code">{JSON.stringify(result.result, null, 2)}</pre>
            <ol>
              {result.explanation.map((step) => (
                <li key={step.en}>{t(step)}</li>
              ))}
            </ol>
          </Card>
        ))}
      </Flex>
    </Form>
  )
}
