import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Card, Descriptions, Flex, Form, Input, Popconfirm } from 'antd'
import { useState } from 'react'
import { api, Failure, PageFrame, useWords, When } from '#portal/ui'

interface Account {
  readonly id: string
  readonly account: string
  readonly name: string
  readonly kind: 'resident' | 'firm'
  readonly provenAt: string | null
}

interface Shown {
  readonly number: string
  readonly again: string
  readonly name: string
}

const path = (account: string) => `/api/identity/proofs/${encodeURIComponent(account)}`

/** A clerk at a counter proves of whom an account is, with the card in hand. */
export function ProvePage() {
  const t = useWords()
  const [wanted, setWanted] = useState('')
  const query = useQuery({
    queryKey: [path(wanted)],
    queryFn: () => api.get<Account>(path(wanted)),
    enabled: wanted !== '',
    retry: false,
  })
  return (
    <PageFrame
      title={{ zh: '账号核验', en: 'Prove an account' }}
      about={{
        zh: '请来人出示身份证或营业执照原件，核对无误后登记。核验后，他可以查看自己的档案或企业标签，并提出异议。',
        en: 'See the card or licence itself. Whoever is proven sees the own file or tags of the firm, and may object to them.',
      }}
    >
      <Card>
        <Input.Search
          aria-label={t({ zh: '居民或企业的账号', en: 'Account of a resident or firm' })}
          placeholder={t({ zh: '请来人说出登录用的账号', en: 'What he types to sign in' })}
          enterButton={t({ zh: '查找', en: 'Find' })}
          loading={query.isFetching}
          onSearch={(text) => setWanted(text.trim())}
          maxLength={64}
          style={{ maxWidth: 480 }}
        />
      </Card>
      {query.error && <Failure error={query.error} />}
      {query.data && !query.error && <Found key={query.data.id} account={query.data} />}
    </PageFrame>
  )
}

function Found({ account: { id, account, name, kind, provenAt } }: { readonly account: Account }) {
  const t = useWords()
  return (
    <Card title={<span lang="zh">{name}</span>}>
      <Flex vertical gap="middle">
        <Descriptions
          column={1}
          size="small"
          items={[
            { key: 'account', label: t({ zh: '账号', en: 'Account' }), children: account },
            {
              key: 'kind',
              label: t({ zh: '类别', en: 'Kind' }),
              children: kind === 'firm' ? t({ zh: '企业', en: 'Firm' }) : t({ zh: '居民', en: 'Resident' }),
            },
          ]}
        />
        {provenAt === null ? (
          <Prove id={id} account={account} isFirm={kind === 'firm'} />
        ) : (
          <Proven id={id} account={account} at={provenAt} />
        )}
      </Flex>
    </Card>
  )
}

interface ProveProps {
  readonly id: string
  readonly account: string
  readonly isFirm: boolean
}

/** Number and name as they stand on the card; the number twice, because nobody can see it later. */
function Prove({ id, account, isFirm }: ProveProps) {
  const t = useWords()
  const queries = useQueryClient()
  const save = useMutation({
    mutationFn: ({ number, name }: Shown) =>
      api.put(`/api/identity/accounts/${encodeURIComponent(id)}/proof`, { number: clean(number), name: name.trim() }),
    onSuccess: () => queries.invalidateQueries({ queryKey: [path(account)] }),
  })
  const required = { required: true, whitespace: true, message: t({ zh: '必填', en: 'Required' }) }
  const number = isFirm
    ? { zh: '营业执照上的统一社会信用代码', en: 'Unified social credit code on the licence' }
    : { zh: '身份证上的公民身份号码', en: 'Citizen number on the card' }
  const differs = t({ zh: '两次填写的号码不一致', en: 'The two numbers differ' })
  return (
    <Form<Shown> layout="vertical" onFinish={(values) => save.mutate(values)} style={{ maxWidth: 480 }}>
      <Form.Item name="number" label={t(number)} rules={[required]}>
        <Input autoComplete="off" maxLength={20} />
      </Form.Item>
      <Form.Item
        name="again"
        label={t({ zh: '再填一次号码', en: 'The number once more' })}
        dependencies={['number']}
        rules={[
          required,
          ({ getFieldValue }) => ({
            validator: (_, again: string | undefined) =>
              clean(again ?? '') === clean(String(getFieldValue('number') ?? ''))
                ? Promise.resolve()
                : Promise.reject(new RangeError(differs)),
          }),
        ]}
      >
        <Input autoComplete="off" maxLength={20} onPaste={(event) => event.preventDefault()} />
      </Form.Item>
      <Form.Item
        name="name"
        label={t(
          isFirm
            ? { zh: '执照上的企业名称', en: 'Name on the licence' }
            : { zh: '身份证上的姓名', en: 'Name on the card' },
        )}
        rules={[required]}
      >
        <Input autoComplete="off" maxLength={100} />
      </Form.Item>
      {save.error && <Failure error={save.error} />}
      <Button type="primary" htmlType="submit" loading={save.isPending}>
        {t({ zh: '已核对原件，确认核验', en: 'I have seen it: prove' })}
      </Button>
    </Form>
  )
}

const clean = (number: string): string => number.trim().toUpperCase()

function Proven({ id, account, at }: { readonly id: string; readonly account: string; readonly at: string }) {
  const t = useWords()
  const queries = useQueryClient()
  const withdraw = useMutation({
    mutationFn: () => api.delete(`/api/identity/accounts/${encodeURIComponent(id)}/proof`),
    onSuccess: () => queries.invalidateQueries({ queryKey: [path(account)] }),
  })
  return (
    <>
      <Alert
        type="success"
        showIcon
        title={t({ zh: '该账号已核验', en: 'The account is proven' })}
        description={<When at={at} />}
        action={
          <Popconfirm
            title={t({ zh: '核验有误才撤销，撤销后需重新核验', en: 'Only if it was wrong; it has to be proven anew' })}
            onConfirm={() => withdraw.mutate()}
          >
            <Button loading={withdraw.isPending}>{t({ zh: '撤销核验', en: 'Take it back' })}</Button>
          </Popconfirm>
        }
      />
      {withdraw.error && <Failure error={withdraw.error} />}
    </>
  )
}
