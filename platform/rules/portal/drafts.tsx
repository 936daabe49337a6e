import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Card, Collapse, Flex, Form, Input } from 'antd'
import { api, Failure, PersonName, useRight, useWords, When } from '#portal/ui'
import { Numbers } from './numbers.tsx'
import { parseJson } from './parse-json.ts'
import type { Draft, RuleDetail } from './rule-types.ts'

const packsOf = (rule: RuleDetail) => `/api/rules/${encodeURIComponent(rule.id)}/packs`

/** Editions that wait for a second person, and the place to hand in another; shown by right. */
export function Drafts({ rule }: { readonly rule: RuleDetail }) {
  const t = useWords()
  const mayWrite = useRight('rules.pack.write')
  const mayPublish = useRight('rules.pack.publish')
  return (
    <>
      {mayPublish && rule.drafts.map((draft) => <Review key={draft.id} rule={rule} draft={draft} />)}
      {mayWrite && (
        <Collapse
          items={[
            {
              key: 'new',
              label: t({ zh: '起草新版本', en: 'Draft a new edition' }),
              children: <NewDraft rule={rule} />,
            },
          ]}
        />
      )}
    </>
  )
}

function Review({ rule, draft }: { readonly rule: RuleDetail; readonly draft: Draft }) {
  const t = useWords()
  const queries = useQueryClient()
  const publish = useMutation({
    mutationFn: () => api.post(`${packsOf(rule)}/${encodeURIComponent(draft.id)}/publish`),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['rules'] }),
  })
  const { title, tables } = draft.content
  return (
    <Card
      title={t({ zh: `待复核：${title.zh}`, en: `To be reviewed: ${title.en}` })}
      extra={
        <Button type="primary" onClick={() => publish.mutate()} loading={publish.isPending}>
          {t({ zh: '复核通过并发布', en: 'Approve and publish' })}
        </Button>
      }
    >
      <Flex gap="middle" wrap>
        <PersonName id={draft.author} />
        <When at={draft.draftedAt} />
      </Flex>
      {publish.error && <Failure error={publish.error} />}
      <Numbers value={tables} names={rule.names} name={t(title)} />
    </Card>
  )
}

function NewDraft({ rule }: { readonly rule: RuleDetail }) {
  const t = useWords()
  const queries = useQueryClient()
  const save = useMutation({
    mutationFn: async ({ text }: { text: string }) => api.post(packsOf(rule), parseJson(text, t)),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['rules'] }),
  })
  return (
    <Form layout="vertical" initialValues={{ text: modelOf(rule) }} onFinish={(values) => save.mutate(values)}>
      <Form.Item
        name="text"
        label={t({ zh: '新版本内容', en: 'Content of the new edition' })}
        extra={t({
          zh: '以最近的版本为样本修改：编号、生效日期、数值和检验用例。保存时逐条检验，再由另一人复核发布。',
          en: 'Change the latest edition: id, first day, numbers and vectors. Saving checks every vector; another person then publishes.',
        })}
      >
        <Input.TextArea autoSize={{ minRows: 8, maxRows: 30 }} className="dz-code" />
      </Form.Item>
      {save.error && <Failure error={save.error} />}
      <Button type="primary" htmlType="submit" loading={save.isPending}>
        {t({ zh: '检验并提交复核', en: 'Check and hand in for review' })}
      </Button>
    </Form>
  )
}

/** The latest edition as a draft to change. */
function modelOf(rule: RuleDetail): string {
  const latest = rule.packs.at(-1)
  if (!latest) return '{}'
  const vectors = latest.vectors.map(({ title, facts, expected }) => ({ title, facts, expected }))
  return JSON.stringify({ ...latest, id: `${latest.id}-next`, vectors }, null, 2)
}
