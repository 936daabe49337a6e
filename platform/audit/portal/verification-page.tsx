import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Flex, Tag } from 'antd'
import { api, DataState, Failure, PageFrame, PersonName, Rows, useLive, useWords, When } from '#portal/ui'
import { faultWords } from '../fault-words.ts'

interface Verification {
  readonly id: number
  readonly startedAt: string
  readonly startedBy: string
  readonly checked: number
  readonly finishedAt: string | null
  readonly whole: boolean | null
  readonly fault: Parameters<typeof faultWords>[0] | null
}

const PATH = '/api/audit/verifications'
const LOOK_MS = 1_000

/** Proves the log whole, in the background, and shows what was found. */
export function VerificationPage() {
  const t = useWords()
  const client = useQueryClient()
  const again = () => client.invalidateQueries({ queryKey: [PATH] })
  const list = useQuery({
    queryKey: [PATH],
    queryFn: () => api.get<{ readonly rows: readonly Verification[] }>(PATH),
    refetchInterval: ({ state }) => (state.data?.rows.some(({ finishedAt }) => !finishedAt) ? LOOK_MS : false),
  })
  useLive(['audit.verification.finished'], () => void again())
  const start = useMutation({ mutationFn: () => api.post(PATH), onSettled: again })
  return (
    <PageFrame
      title={{ zh: '日志校验', en: 'Verification of the log' }}
      about={{
        zh: '从第一条记录起核对验证码、链和签名，指出第一条被改动、删除或插入的记录',
        en: 'Checks codes, chain and signatures from the first record on, and names the first that was changed, removed or inserted',
      }}
      above={[{ title: { zh: '审计日志', en: 'Audit log' }, path: '/admin/audit' }]}
      extra={
        <Button type="primary" onClick={() => start.mutate()} loading={start.isPending}>
          {t({ zh: '开始校验', en: 'Verify now' })}
        </Button>
      }
    >
      <Flex vertical gap="small">
        {start.isError && <Failure error={start.error} />}
        <DataState query={list} empty={{ zh: '还没有校验过', en: 'Not verified yet' }}>
          {({ rows }) => (
            <Rows<Verification>
              rows={rows}
              rowKey={({ id }) => id}
              caption={{ zh: '校验结果', en: 'Verifications' }}
              columns={[
                { id: 'at', title: { zh: '开始', en: 'Begun' }, show: (row) => <When at={row.startedAt} /> },
                { id: 'result', title: { zh: '结果', en: 'Result' }, show: (row) => <Result row={row} /> },
                {
                  id: 'checked',
                  title: { zh: '已核对', en: 'Checked' },
                  align: 'right',
                  show: (row) => row.checked.toLocaleString(),
                },
                { id: 'by', title: { zh: '验证人', en: 'Asked by' }, show: (row) => <PersonName id={row.startedBy} /> },
                { id: 'end', title: { zh: '结束', en: 'Ended' }, show: (row) => <When at={row.finishedAt} /> },
              ]}
            />
          )}
        </DataState>
      </Flex>
    </PageFrame>
  )
}

function Result({ row: { whole, fault } }: { readonly row: Verification }) {
  const t = useWords()
  if (whole === null) return <span role="status">{t({ zh: '正在校验…', en: 'Checking…' })}</span>
  if (whole) return <Tag color="green">{t({ zh: '完整', en: 'Whole' })}</Tag>
  return (
    <>
      <Tag color="red">{t({ zh: '不完整', en: 'Not whole' })}</Tag>
      {fault && t(faultWords(fault))}
    </>
  )
}
