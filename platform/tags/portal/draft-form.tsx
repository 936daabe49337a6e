import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Checkbox, Form, Input, InputNumber, Radio, Select } from 'antd'
import { api, Failure, useMe, useWords } from '#portal/ui'
import type { Words } from '../../runtime/words.ts'
import type { Catalogue, TagContent } from './types.ts'
import { KINDS, SENSITIVITIES, USES } from './words.ts'

export interface Parts {
  readonly features: readonly { readonly id: string; readonly title: Words; readonly columns: readonly string[] }[]
  readonly rules: readonly string[]
}

interface Written {
  readonly id: string
  readonly kind: TagContent['kind']
  readonly theme: string
  readonly title: Words
  readonly about: Words
  readonly use: Words
  readonly owner: string
  readonly uses: TagContent['uses']
  readonly sensitivity: TagContent['sensitivity']
  readonly refreshDays: number
  readonly validityDays: number
  readonly features: string[]
  readonly rules: string[]
  /** `base.firm: code, name` a line. */
  readonly sources: string
  readonly logic: string
  readonly evidence: string
  readonly score?: string
  readonly card?: Words
  readonly bar: number
}

const CODE = { fontFamily: 'ui-monospace, monospace' } as const
const EXAMPLE_LOGIC = `select code as key, capital as value, established_on as since from base_firm
where state <> '注销' and capital >= 3000`
const EXAMPLE_EVIDENCE = 'select code, name, capital, established_on from base_firm where code = $1'

const toText = (sources: TagContent['sources']): string =>
  sources.map(({ dataset, columns }) => `${dataset}: ${columns.join(', ')}`).join('\n')

const toSources = (text: string): TagContent['sources'] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean)
    .map((line) => {
      const [dataset = '', columns = ''] = line.split(':')
      return {
        dataset: dataset.trim(),
        columns: columns
          .split(/[,，、]/)
          .map((one) => one.trim())
          .filter(Boolean),
      }
    })

interface DraftFormProps {
  readonly parts: Parts
  readonly catalogue: Catalogue
  readonly initial: TagContent | undefined
  readonly onEnd: () => void
}

/** Writes a tag: what it says in words, and the statements that find its carriers and their evidence. */
export function DraftForm({ parts, catalogue, initial, onEnd }: DraftFormProps) {
  const t = useWords()
  const me = useMe()
  const queries = useQueryClient()
  const subject = catalogue.subjects[0]
  const save = useMutation({
    mutationFn: ({ id, sources, score, card, ...written }: Written) =>
      api.post('/api/tags/drafts', {
        ...written,
        id: initial?.id ?? `own.${id}`,
        subject: subject?.id,
        sources: toSources(sources ?? ''),
        ...(written.kind === 'model' ? { score, card } : {}),
      }),
    onSuccess: async () => {
      await queries.invalidateQueries({ queryKey: ['/api/tags/drafts'] })
      onEnd()
    },
  })
  const owner = me.posts.find(({ id }) => id === me.post)?.organisation ?? ''
  const start = initial
    ? { ...initial, sources: toText(initial.sources) }
    : {
        kind: 'statistic',
        uses: [],
        sensitivity: 'internal',
        refreshDays: 1,
        validityDays: 30,
        bar: 0.95,
        features: [],
        rules: [],
        owner,
        sources: 'base.firm: code, name, state, capital, established_on',
        logic: EXAMPLE_LOGIC,
        evidence: EXAMPLE_EVIDENCE,
      }
  const [form] = Form.useForm<Written>()
  const isModel = Form.useWatch('kind', form)
  const uses = Form.useWatch('uses', form)
  const needed = [{ required: true, message: t({ zh: '请填写', en: 'Fill in' }) }]
  const pair = (name: string, zh: string, en: string) => (
    <>
      <Form.Item name={[name, 'zh']} label={t({ zh: `${zh}（中文）`, en: `${en} (Chinese)` })} rules={needed}>
        <Input maxLength={500} />
      </Form.Item>
      <Form.Item name={[name, 'en']} label={t({ zh: `${zh}（英文）`, en: `${en} (English)` })} rules={needed}>
        <Input maxLength={500} />
      </Form.Item>
    </>
  )
  const statement = (name: string, zh: string, en: string, help: Words) => (
    <Form.Item name={name} label={t({ zh, en })} extra={t(help)} rules={needed}>
      <Input.TextArea autoSize={{ minRows: 3, maxRows: 16 }} style={CODE} spellCheck={false} maxLength={20_000} />
    </Form.Item>
  )
  return (
    <Form<Written>
      form={form}
      layout="vertical"
      initialValues={start}
      onFinish={(written) => save.mutate(written)}
      style={{ maxWidth: 900 }}
    >
      {!initial && (
        <Form.Item
          name="id"
          label={t({ zh: '编号', en: 'Id' })}
          rules={[
            ...needed,
            {
              pattern: /^[a-z0-9][a-z0-9-]*$/,
              message: t({ zh: '小写字母、数字和连字符', en: 'Small letters, digits and hyphens' }),
            },
          ]}
        >
          <Input prefix="own." maxLength={60} />
        </Form.Item>
      )}
      {pair('title', '名称', 'Title')}
      {pair('about', '含义', 'Meaning')}
      {pair('use', '合法用途', 'Legal use')}
      <Form.Item
        name="uses"
        label={t({ zh: '可用于', en: 'May be used for' })}
        extra={t({
          zh: '要推送的人群，只能用登记了这一用途的标签。以后取消某一用途，用到此标签的人群随即停用，并通知组合人、推送人和取用单位。',
          en: 'A segment that is handed over takes only tags declared for its use. If a use is withdrawn later, segments of it end at once, and those who made, handed over and take them are told.',
        })}
      >
        <Checkbox.Group options={Object.entries(USES).map(([value, title]) => ({ value, label: t(title) }))} />
      </Form.Item>
      {uses?.length === 0 && (
        <Alert
          type="warning"
          showIcon
          style={{ marginBottom: 16 }}
          title={t({
            zh: '未登记用途：此标签可以查看，但不能放进任何要推送的人群。',
            en: 'No use declared: the tag can be looked at, but be in no segment that is handed over.',
          })}
        />
      )}
      <Form.Item name="kind" label={t({ zh: '种类', en: 'Kind' })}>
        <Radio.Group options={Object.entries(KINDS).map(([value, title]) => ({ value, label: t(title) }))} />
      </Form.Item>
      <Form.Item name="theme" label={t({ zh: '主题', en: 'Theme' })} rules={needed}>
        <Select options={Object.entries(subject?.themes ?? {}).map(([value, title]) => ({ value, label: t(title) }))} />
      </Form.Item>
      <Form.Item name="owner" label={t({ zh: '责任单位编号', en: 'Owner (id of the organisation)' })} rules={needed}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="sensitivity" label={t({ zh: '敏感性', en: 'Sensitivity' })}>
        <Radio.Group options={Object.entries(SENSITIVITIES).map(([value, title]) => ({ value, label: t(title) }))} />
      </Form.Item>
      <Form.Item name="refreshDays" label={t({ zh: '每几天更新', en: 'Refreshed every so many days' })} rules={needed}>
        <InputNumber min={1} max={366} />
      </Form.Item>
      <Form.Item name="validityDays" label={t({ zh: '有效天数', en: 'Holds for so many days' })} rules={needed}>
        <InputNumber min={1} max={1000} />
      </Form.Item>
      <Form.Item name="bar" label={t({ zh: '准确率要求（0.5～1）', en: 'Least precision (0.5 to 1)' })} rules={needed}>
        <InputNumber min={0.5} max={1} step={0.01} />
      </Form.Item>
      <Form.Item
        name="sources"
        label={t({ zh: '来源（每行“数据集: 字段, 字段”）', en: 'Sources (“dataset: column, column” a line)' })}
        rules={needed}
      >
        <Input.TextArea autoSize={{ minRows: 2, maxRows: 10 }} style={CODE} spellCheck={false} />
      </Form.Item>
      <Form.Item name="features" label={t({ zh: '特征表', en: 'Features' })}>
        <Select
          mode="multiple"
          options={parts.features.map(({ id, title }) => ({ value: id, label: `${id} ${t(title)}` }))}
        />
      </Form.Item>
      <Form.Item name="rules" label={t({ zh: '规则', en: 'Rules' })}>
        <Select mode="multiple" options={parts.rules.map((id) => ({ value: id, label: id }))} />
      </Form.Item>
      {statement('logic', '判定语句', 'Logic', {
        zh: '每个对象一行，三列：key（代码）、value（值）、since（起始日）。as_of() 是计算当天。',
        en: 'One row a member with key, value and since. as_of() is the day of the run.',
      })}
      {statement('evidence', '依据语句', 'Evidence', {
        zh: '$1 是对象的代码；可用所列来源和规则的表。',
        en: '$1 is the key of the member; tables are those of the sources and rules listed.',
      })}
      {isModel === 'model' && (
        <>
          {statement('score', '评分语句', 'Score', { zh: '两列：key、score（0～1）。', en: 'key and score, 0 to 1.' })}
          {pair('card', '模型卡', 'Model card')}
        </>
      )}
      {save.isError && <Failure error={save.error} />}
      <Button type="primary" htmlType="submit" loading={save.isPending}>
        {t({ zh: '保存草稿', en: 'Save the draft' })}
      </Button>{' '}
      <Button onClick={onEnd}>{t({ zh: '返回', en: 'Back' })}</Button>
    </Form>
  )
}
