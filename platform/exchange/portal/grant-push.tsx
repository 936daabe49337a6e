import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Descriptions, Flex, Form, Input, Typography } from 'antd'
import { api, DataState, Failure, useRight, useWords, When } from '#portal/ui'
import type { Words } from '../../runtime/words.ts'
import type { GrantDetail, SubscriptionView } from './types.ts'

/** Changes under a grant: how to fetch them, and where they are pushed to. */
export function GrantPush({ grant }: { readonly grant: GrantDetail }) {
  const t = useWords()
  const queries = useQueryClient()
  const mayCall = useRight('exchange.call') && grant.state === 'active'
  const path = `/api/exchange/grants/${grant.id}/subscription`
  const query = useQuery({
    queryKey: [path],
    queryFn: () => api.get<{ subscription: SubscriptionView | null }>(path),
  })
  const again = () => queries.invalidateQueries({ queryKey: [path] })
  const save = useMutation({
    mutationFn: ({ url }: { url: string }) => api.put<{ secret: string; begins: boolean }>(path, { url }),
    onSuccess: again,
  })
  const end = useMutation({ mutationFn: () => api.delete(path), onSuccess: again })
  return (
    <Flex vertical gap="middle">
      <Typography.Text type="secondary">
        {t({
          zh: '用接口按游标获取变更，或设置推送地址，由平台把变更推送过去（签名，失败自动重试）。',
          en: 'Fetch changes after a cursor, or have them pushed to an address: signed, and tried again when it fails.',
        })}
      </Typography.Text>
      <code>{`GET /api/exchange/grants/${grant.id}/changes?after=…`}</code>
      <DataState query={query} isEmpty={() => false}>
        {({ subscription }) => (subscription ? <Push push={subscription} /> : <span />)}
      </DataState>
      {mayCall && (
        <Form layout="vertical" onFinish={(filled: { url: string }) => save.mutate(filled)} style={{ maxWidth: 560 }}>
          <Form.Item
            name="url"
            label={t({ zh: '推送地址', en: 'Address to push to' })}
            rules={[{ required: true, message: t({ zh: '请填写地址', en: 'Give the address' }) }]}
          >
            <Input maxLength={500} placeholder="https://" />
          </Form.Item>
          <Flex gap="small">
            <Button type="primary" htmlType="submit" loading={save.isPending}>
              {t({ zh: '保存', en: 'Save' })}
            </Button>
            {query.data?.subscription?.state === 'on' && (
              <Button danger loading={end.isPending} onClick={() => end.mutate()}>
                {t({ zh: '停止推送', en: 'End the push' })}
              </Button>
            )}
          </Flex>
        </Form>
      )}
      {save.error && <Failure error={save.error} />}
      {save.data && (
        <Alert
          type="success"
          showIcon
          title={t({ zh: '签名密钥只显示这一次，请妥善保存：', en: 'The secret of the signature is shown this once:' })}
          description={
            <>
              <code style={{ overflowWrap: 'anywhere' }}>{save.data.secret}</code>
              {save.data.begins && <p>{t(BEGINS)}</p>}
            </>
          }
        />
      )}
    </Flex>
  )
}

const BEGINS: Words = {
  zh: '将先推送全部现有数据，再推送变更；接收方请以此替换原有数据。',
  en: 'All rows are pushed first, then what changes; the receiver replaces what it had.',
}
const WHY: Readonly<Record<SubscriptionView['begunWhy'], Words>> = {
  first: { zh: '首次推送', en: 'first push' },
  address: { zh: '更换了推送地址', en: 'new address' },
  restart: { zh: '停止后重新开始', en: 'started again' },
  cut: { zh: '中断太久，其间变更记录已清理', en: 'interrupted too long, changes since were cut' },
}

function Push({ push }: { readonly push: SubscriptionView }) {
  const t = useWords()
  return (
    <>
      {push.failures > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t({ zh: `已连续失败 ${push.failures} 次`, en: `Failed ${push.failures} times in a row` })}
          description={push.problem}
        />
      )}
      <Descriptions
        bordered
        size="small"
        column={{ xs: 1, md: 2 }}
        items={[
          { key: 'url', label: t({ zh: '推送地址', en: 'Address' }), children: <code>{push.url}</code> },
          {
            key: 'state',
            label: t({ zh: '状态', en: 'State' }),
            children: push.state === 'on' ? t({ zh: '推送中', en: 'On' }) : t({ zh: '已停止', en: 'Ended' }),
          },
          { key: 'n', label: t({ zh: '已推送变更', en: 'Changes pushed' }), children: push.delivered.toLocaleString() },
          { key: 'at', label: t({ zh: '最近推送', en: 'Last push' }), children: <When at={push.deliveredAt} /> },
          {
            key: 'begun',
            label: t({ zh: '从全部数据开始', en: 'Began with all rows' }),
            children: (
              <Flex wrap gap="small">
                <When at={push.begunAt} />
                {t(WHY[push.begunWhy])}
              </Flex>
            ),
          },
        ]}
      />
    </>
  )
}
