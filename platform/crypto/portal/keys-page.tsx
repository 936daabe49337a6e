import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button, Card, Flex, Progress, Tag, Typography } from 'antd'
import { api, type Column, DataState, Failure, PageFrame, Rows, useLiveQueries, useWords, When } from '#portal/ui'
import type { Words } from '../../runtime/words.ts'

interface Key {
  readonly id: number
  readonly state: 'added' | 'current' | 'former' | 'retired'
  readonly madeAt: string
  readonly promotedAt: string | null
  readonly retiredAt: string | null
}
interface Rotation {
  readonly step: 'add' | 'promote' | 'reseal' | 'retire' | 'done'
  readonly resealed: number
  readonly remaining: number | null
  readonly startedAt: string
  readonly finishedAt: string | null
}
interface Purpose {
  readonly id: string
  readonly title: Words
  readonly use: 'seal' | 'mac' | 'sign'
  readonly keys: readonly Key[]
  readonly rotation: Rotation | null
}

const PATH = '/api/crypto/purposes'
const LOOK_MS = 1_000

/** Keys with their ages; an administrator rotates them here while everything runs. */
export function KeysPage() {
  const purposes = useQuery({
    queryKey: [PATH],
    queryFn: () => api.get<{ readonly rows: readonly Purpose[] }>(PATH),
    refetchInterval: ({ state }) => (state.data?.rows.some(isRotating) ? LOOK_MS : false),
  })
  useLiveQueries(['crypto.rotation.moved'], [PATH])
  return (
    <PageFrame
      title={{ zh: '密钥', en: 'Keys' }}
      about={{
        zh: '各用途的密钥及其年龄；轮换时系统不停，旧数据会用新密钥重新加密',
        en: 'Keys of each purpose and their ages; rotation stops nothing, and old values are sealed again',
      }}
    >
      <DataState query={purposes}>
        {({ rows }) => rows.map((purpose) => <PurposeCard key={purpose.id} purpose={purpose} />)}
      </DataState>
    </PageFrame>
  )
}

const isRotating = ({ rotation }: Purpose): boolean => rotation !== null && rotation.finishedAt === null

const USES: Readonly<Record<Purpose['use'], Words>> = {
  seal: { zh: '加密字段（SM4）', en: 'Seals fields (SM4)' },
  mac: { zh: '验证记录（HMAC-SM3）', en: 'Authenticates records (HMAC-SM3)' },
  sign: { zh: '签名（SM2）', en: 'Signs (SM2)' },
}
const STATES: Readonly<Record<Key['state'], Words>> = {
  added: { zh: '待启用', en: 'Added' },
  current: { zh: '使用中', en: 'In use' },
  former: { zh: '仅用于解密或验证', en: 'Only opens or verifies' },
  retired: { zh: '已停用', en: 'Retired' },
}

function PurposeCard({ purpose }: { readonly purpose: Purpose }) {
  const t = useWords()
  const { modal } = App.useApp()
  const client = useQueryClient()
  const rotate = useMutation({
    mutationFn: () => api.post(`${PATH}/${encodeURIComponent(purpose.id)}/rotation`),
    onSettled: () => client.invalidateQueries({ queryKey: [PATH] }),
  })
  const ask = () =>
    void modal.confirm({
      title: t({ zh: `轮换“${purpose.title.zh}”的密钥？`, en: `Rotate the keys of "${purpose.title.en}"?` }),
      content: t({
        zh: '将生成并启用新密钥，旧数据在后台重新加密。',
        en: 'A new key is made and used; old values are sealed again in the background.',
      }),
      okText: t({ zh: '轮换', en: 'Rotate' }),
      cancelText: t({ zh: '取消', en: 'Cancel' }),
      onOk: () => rotate.mutateAsync().catch(() => undefined),
    })
  return (
    <Card
      title={t(purpose.title)}
      extra={
        <Button
          onClick={ask}
          disabled={isRotating(purpose)}
          aria-label={t({ zh: `轮换：${purpose.title.zh}`, en: `Rotate: ${purpose.title.en}` })}
        >
          {t({ zh: '轮换', en: 'Rotate' })}
        </Button>
      }
    >
      <Flex vertical gap="small">
        <Typography.Text type="secondary">{t(USES[purpose.use])}</Typography.Text>
        {rotate.isError && <Failure error={rotate.error} />}
        {purpose.rotation && <RotationState rotation={purpose.rotation} />}
        <Rows<Key> rows={purpose.keys} columns={COLUMNS} rowKey={(key) => key.id} caption={purpose.title} />
      </Flex>
    </Card>
  )
}

const stateOf = ({ state }: Key) => <KeyState state={state} />

function KeyState({ state }: { readonly state: Key['state'] }) {
  const t = useWords()
  return <Tag color={state === 'current' ? 'green' : 'default'}>{t(STATES[state])}</Tag>
}

const COLUMNS: readonly Column<Key>[] = [
  { id: 'id', title: { zh: '编号', en: 'Number' }, show: ({ id }) => id.toString(16).padStart(8, '0') },
  { id: 'state', title: { zh: '状态', en: 'State' }, show: stateOf },
  { id: 'made', title: { zh: '生成', en: 'Made' }, show: ({ madeAt }) => <When at={madeAt} show="relative" /> },
  { id: 'promoted', title: { zh: '启用', en: 'In use since' }, show: ({ promotedAt }) => <When at={promotedAt} /> },
  { id: 'retired', title: { zh: '停用', en: 'Retired' }, show: ({ retiredAt }) => <When at={retiredAt} /> },
]

const STEPS: Readonly<Record<Rotation['step'], Words>> = {
  add: { zh: '生成新密钥', en: 'Making a new key' },
  promote: { zh: '等待各进程取得新密钥', en: 'Waiting until every process has it' },
  reseal: { zh: '用新密钥重新加密', en: 'Sealing old values again' },
  retire: { zh: '停用旧密钥', en: 'Retiring the old key' },
  done: { zh: '上次轮换已完成', en: 'The last rotation is done' },
}

function RotationState({ rotation }: { readonly rotation: Rotation }) {
  const t = useWords()
  const { step, resealed, remaining, finishedAt } = rotation
  if (step === 'done')
    return (
      <Typography.Text>
        {t(STEPS.done)} <When at={finishedAt} />
      </Typography.Text>
    )
  const total = resealed + (remaining ?? 0)
  return (
    <div role="status">
      {t(STEPS[step])}
      {remaining !== null && (
        <Progress percent={total === 0 ? 100 : Math.floor((100 * resealed) / total)} aria-label={t(STEPS[step])} />
      )}
    </div>
  )
}
