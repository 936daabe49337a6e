import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Button, Checkbox, Form, Input, Select } from 'antd'
import { api, DataState, Failure, PageFrame, useWords } from '#portal/ui'
import { ACCESS, LICENCES, PROMISES, THEMES } from '../../declarations/vocabulary.ts'
import { ExemptFields } from './exempt-fields.tsx'
import type { SourceView } from './manage-types.ts'
import { metaOf, type ProposalForm } from './proposal-form.ts'

/** An owner proposes a release: which fields, under what licence and promise, and what could give people away. */
export function ProposePage() {
  const query = useQuery({
    queryKey: ['open-data', 'sources'],
    queryFn: () => api.get<{ readonly rows: readonly SourceView[] }>('/api/open-data/manage/sources'),
  })
  return (
    <PageFrame
      title={{ zh: '提出开放发布', en: 'Propose a release' }}
      above={[{ title: { zh: '数据开放管理', en: 'Managing open data' }, path: '/open-data/manage' }]}
      about={{
        zh: '提交后系统形成版本并做重新识别检验，通过后由另一人审核发布。个人和加密字段不会出现在这里。',
        en: 'The program makes and tests a version; another person then approves it. Personal and sealed fields are never offered here.',
      }}
    >
      <DataState query={query}>{({ rows }) => <Propose sources={rows} />}</DataState>
    </PageFrame>
  )
}

function Propose({ sources }: { readonly sources: readonly SourceView[] }) {
  const t = useWords()
  const go = useNavigate()
  const [form] = Form.useForm<ProposalForm>()
  const chosenSource = Form.useWatch('source', form)
  const source = sources.find(({ id }) => id === chosenSource)
  const fields = Form.useWatch('fields', form) ?? []
  const saysPersons = Form.useWatch('persons', form) === true
  const persons = saysPersons || source?.persons === true
  const send = useMutation({
    mutationFn: (given: ProposalForm) =>
      api.post<{ readonly id: string }>('/api/open-data/manage/releases', {
        id: given.id,
        source: given.source,
        meta: metaOf(given, source),
      }),
    onSuccess: ({ id }) => void go({ to: `/open-data/manage/${id}` }),
  })
  const named = (list: Readonly<Record<string, { zh: string; en: string }>>) =>
    Object.entries(list).map(([value, words]) => ({ value, label: t(words) }))
  const all = source?.fields.map(({ name, title }) => ({ value: name, label: `${t(title)} (${name})` })) ?? []
  const chosen = all.filter(({ value }) => fields.includes(value))
  const required = [{ required: true }]
  const choose = (id: string) => {
    const next = sources.find((each) => each.id === id)
    form.setFieldsValue({
      fields: next?.fields.map(({ name }) => name) ?? [],
      titleZh: next?.title.zh ?? '',
      titleEn: next?.title.en ?? '',
      aboutZh: next?.about.zh ?? '',
      aboutEn: next?.about.en ?? '',
      id: id.replaceAll('.', '-'),
      access: next?.opening ?? 'open',
      persons: next?.persons ?? false,
    })
  }
  return (
    <Form<ProposalForm>
      form={form}
      layout="vertical"
      style={{ maxWidth: 820 }}
      initialValues={{ licence: 'cc-by-4.0', promise: 'IRREG', access: 'open', persons: false }}
      onFinish={(given) => send.mutate(given)}
    >
      <Form.Item name="source" label={t({ zh: '来源数据集', en: 'Source dataset' })} rules={required}>
        <Select
          showSearch={{ optionFilterProp: 'label' }}
          onChange={choose}
          options={sources.map(({ id, title }) => ({ value: id, label: `${t(title)} (${id})` }))}
        />
      </Form.Item>
      <Form.Item
        name="id"
        label={t({ zh: '网址中的编号', en: 'Id in the address' })}
        rules={[{ required: true, pattern: /^[a-z][a-z0-9-]{1,59}$/ }]}
      >
        <Input maxLength={60} />
      </Form.Item>
      <Form.Item name="titleZh" label={t({ zh: '中文名称', en: 'Chinese title' })} rules={required}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="titleEn" label={t({ zh: '英文名称', en: 'English title' })} rules={required}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="aboutZh" label={t({ zh: '中文说明', en: 'Chinese description' })} rules={required}>
        <Input.TextArea rows={2} maxLength={2000} />
      </Form.Item>
      <Form.Item name="aboutEn" label={t({ zh: '英文说明', en: 'English description' })} rules={required}>
        <Input.TextArea rows={2} maxLength={2000} />
      </Form.Item>
      <Form.Item name="fields" label={t({ zh: '发布的字段', en: 'Fields' })} rules={required}>
        <Select mode="multiple" options={all} />
      </Form.Item>
      <Form.Item name="access" label={t({ zh: '开放方式', en: 'Access' })} rules={required}>
        <Select options={named(ACCESS)} />
      </Form.Item>
      <Form.Item name="themes" label={t({ zh: '主题', en: 'Themes' })} rules={required}>
        <Select mode="multiple" maxCount={3} options={named(THEMES)} />
      </Form.Item>
      <Form.Item name="keywords" label={t({ zh: '关键词', en: 'Keywords' })}>
        <Select mode="tags" maxCount={20} open={false} />
      </Form.Item>
      <Form.Item name="licence" label={t({ zh: '许可', en: 'Licence' })} rules={required}>
        <Select options={Object.entries(LICENCES).map(([value, { title }]) => ({ value, label: t(title) }))} />
      </Form.Item>
      <Form.Item name="promise" label={t({ zh: '更新承诺', en: 'Promise of freshness' })} rules={required}>
        <Select options={named(PROMISES)} />
      </Form.Item>
      <Form.Item name="time" label={t({ zh: '说明数据新旧的字段', en: 'Field that says how new the data are' })}>
        <Select allowClear options={chosen} />
      </Form.Item>
      <Form.Item name="contactZh" label={t({ zh: '联系单位', en: 'Office to ask' })} rules={required}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="mail" label={t({ zh: '公开邮箱', en: 'Public mail' })} rules={[{ type: 'email' }]}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="spatial" label={t({ zh: '区划代码', en: 'Division code' })} rules={[{ pattern: /^\d{2,12}$/ }]}>
        <Input maxLength={12} />
      </Form.Item>
      <Form.Item name="persons" valuePropName="checked">
        <Checkbox disabled={source?.persons === true}>
          {t({ zh: '每行说的是一个自然人', en: 'Each row is about a natural person' })}
        </Checkbox>
      </Form.Item>
      {persons && (
        <>
          <ExemptFields fields={chosen} />
          <Form.Item name="sensitive" label={t({ zh: '敏感字段', en: 'Sensitive fields' })}>
            <Select mode="multiple" options={chosen} />
          </Form.Item>
        </>
      )}
      <Button type="primary" htmlType="submit" loading={send.isPending}>
        {t({ zh: '提交并检验', en: 'Send and test' })}
      </Button>
      {send.error && <Failure error={send.error} />}
    </Form>
  )
}
