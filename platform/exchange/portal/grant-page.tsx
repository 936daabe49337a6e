import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Descriptions } from 'antd'
import {
  api,
  Chart,
  DataState,
  OrganisationName,
  PageFrame,
  PageLink,
  Parts,
  useMarks,
  useRight,
  useWords,
  When,
} from '#portal/ui'
import { useShared } from './dataset-page.tsx'
import { GrantFiles } from './grant-files.tsx'
import { GrantPush } from './grant-push.tsx'
import { GrantTotals } from './grant-totals.tsx'
import { GrantTry } from './grant-try.tsx'
import { Receipts } from './receipts.tsx'
import type { GrantDetail, Way } from './types.ts'
import { StateTag, WAYS, whereWords } from './words.tsx'

/** A grant: what it gives, how it is used, its files, its push, and the receipt of every call. */
export function GrantPage() {
  const { grant: id = '' } = useParams({ strict: false }) as { grant?: string }
  const t = useWords()
  const query = useQuery({
    queryKey: ['exchange', 'grant', id],
    queryFn: () => api.get<GrantDetail>(`/api/exchange/grants/${encodeURIComponent(id)}`),
  })
  return (
    <PageFrame
      title={query.data?.title ?? { zh: '授权', en: 'Grant' }}
      {...(query.data ? { about: query.data.purpose } : {})}
      above={[{ title: { zh: '共享授权', en: 'Grants' }, path: '/exchange/grants' }]}
      extra={
        query.data && (
          <PageLink to={`/loops/${query.data.request}`}>
            {t({ zh: '申请、续期与收回', en: 'Application, renewal, withdrawal' })}
          </PageLink>
        )
      }
    >
      <DataState query={query}>{(grant) => <Whole grant={grant} />}</DataState>
    </PageFrame>
  )
}

function Whole({ grant }: { readonly grant: GrantDetail }) {
  const t = useWords()
  const mayCall = useRight('exchange.call')
  const has = (way: Way) => grant.ways.includes(way)
  return (
    <>
      <Terms grant={grant} />
      <Parts
        parts={[
          { key: 'use', label: t({ zh: '使用情况', en: 'Use' }), children: <Days days={grant.days} /> },
          ...(mayCall && has('query') && grant.state === 'active'
            ? [{ key: 'try', label: t({ zh: '查询', en: 'Query' }), children: <GrantTry grant={grant} /> }]
            : []),
          ...(mayCall && has('compute') && grant.state === 'active'
            ? [{ key: 'totals', label: t({ zh: '就地计算', en: 'Totals' }), children: <GrantTotals grant={grant} /> }]
            : []),
          ...(has('file')
            ? [
                {
                  key: 'files',
                  label: t({ zh: '批量文件', en: 'Batch files' }),
                  children: <GrantFiles grant={grant} />,
                },
              ]
            : []),
          ...(has('subscription')
            ? [{ key: 'push', label: t({ zh: '变更订阅', en: 'Subscription' }), children: <GrantPush grant={grant} /> }]
            : []),
          {
            key: 'receipts',
            label: t({ zh: '回执', en: 'Receipts' }),
            children: <Receipts of={{ grant: grant.id }} />,
          },
        ]}
      />
    </>
  )
}

function Terms({ grant }: { readonly grant: GrantDetail }) {
  const t = useWords()
  const marks = useMarks()
  const shared = useShared(grant.dataset)
  const fields = shared.data?.fields ?? []
  const titleOf = (name: string) => {
    const field = fields.find((each) => each.name === name)
    return field ? t(field.title) : name
  }
  const masked = grant.fields.filter(
    (name) => fields.find((each) => each.name === name)?.personal && !grant.whole.includes(name),
  )
  const list = (names: readonly string[]) => names.map(titleOf).join(marks.list) || '—'
  return (
    <Descriptions
      bordered
      size="small"
      column={{ xs: 1, md: 2 }}
      items={[
        {
          key: 'consumer',
          label: t({ zh: '使用单位', en: 'Consumer' }),
          children: <OrganisationName id={grant.consumer} />,
        },
        { key: 'owner', label: t({ zh: '提供单位', en: 'Owner' }), children: <OrganisationName id={grant.owner} /> },
        { key: 'state', label: t({ zh: '状态', en: 'State' }), children: <StateTag {...grant} /> },
        {
          key: 'term',
          label: t({ zh: '期限', en: 'Term' }),
          children: (
            <>
              <When at={grant.madeAt} show="day" /> – {grant.until}
            </>
          ),
        },
        { key: 'fields', label: t({ zh: '字段', en: 'Fields' }), children: list(grant.fields) },
        { key: 'masked', label: t({ zh: '其中脱敏', en: 'Of these masked' }), children: list(masked) },
        { key: 'rows', label: t({ zh: '数据范围', en: 'Rows' }), children: t(whereWords(grant.rows, fields)) },
        {
          key: 'ways',
          label: t({ zh: '方式', en: 'Ways' }),
          children: grant.ways.map((way) => t(WAYS[way])).join(marks.list),
        },
        { key: 'basis', label: t({ zh: '法定依据', en: 'Legal basis' }), children: grant.basis },
        {
          key: 'quota',
          label: t({ zh: '今日调用 / 上限', en: 'Calls today / at most' }),
          children: `${grant.today.calls.toLocaleString()} / ${grant.quota.toLocaleString()}`,
        },
        { key: 'id', label: t({ zh: '授权编号', en: 'Number' }), children: <code>{grant.id}</code> },
      ]}
    />
  )
}

function Days({ days }: Pick<GrantDetail, 'days'>) {
  const t = useWords()
  const calls = t({ zh: '调用次数', en: 'Calls' })
  if (days.length === 0) return <p>{t({ zh: '还没有使用', en: 'Not used yet' })}</p>
  return (
    <Chart
      label={{ zh: '每日调用次数', en: 'Calls a day' }}
      height={240}
      option={{
        tooltip: { trigger: 'axis' },
        grid: { left: 48, right: 16, top: 16, bottom: 32 },
        xAxis: { type: 'category', data: days.map(({ day }) => day.slice(5)) },
        yAxis: { type: 'value' },
        series: [{ type: 'bar', name: calls, data: days.map((day) => day.calls), barMaxWidth: 32 }],
      }}
      table={{
        columns: [t({ zh: '日期', en: 'Day' }), calls, t({ zh: '行数', en: 'Rows' })],
        rows: days.map(({ day, calls: count, rows }) => [day, count, rows]),
      }}
    />
  )
}
