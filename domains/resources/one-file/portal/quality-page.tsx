import { useMutation, useQuery } from '@tanstack/react-query'
import { Button, Flex, Progress, Select, Statistic, Tag } from 'antd'
import { useState } from 'react'
import { api, DataState, KeysetTable, PageFrame, PageLink, Rows, useLiveQueries, useWords, When } from '#portal/ui'
import type { Words } from '../../../../platform/runtime/words.ts'
import { RowLink, Section } from './section.tsx'
import { WHY } from './why.ts'

interface Share {
  readonly of: number
  readonly share: number | null
  readonly from: number | null
  readonly to: number | null
}
interface Run {
  readonly id: number
  readonly state: 'running' | 'done' | 'failed'
  readonly isWhole: boolean
  readonly step: string
  readonly done: number
  readonly of: number
  readonly startedAt: string
  readonly endedAt: string | null
  readonly records: number
  readonly changed: number
}
interface Batch {
  readonly id: number
  readonly why: string
  readonly pairs: number
  readonly decided: number
  readonly madeAt: string
}
interface Quality {
  readonly run: Run | null
  readonly counts: {
    readonly people: number
    readonly firms: number
    readonly records: number | null
    readonly decisions: number
  }
  readonly batches: readonly Batch[]
  readonly byKey: Share
  readonly joined: Share
  readonly apart: Share
}

/** How far the matching is, how often it errs, what waits for a person, and what looks wrong in the sources. */
export function QualityPage() {
  const query = useQuery({
    queryKey: ['one-file', 'quality'],
    queryFn: () => api.get<Quality>('/api/one-file/quality'),
  })
  useLiveQueries(['one-file.run.moved'], ['one-file', 'quality'])
  return (
    <PageFrame
      title={{ zh: '归并质量', en: 'Quality of the files' }}
      about={{
        zh: '归并的进度、抽样测得的误差、待比对的记录、重复和冒领线索。',
        en: 'Progress of the matching, its measured error, pairs to compare, doubles and ghosts.',
      }}
    >
      <DataState query={query} isEmpty={() => false}>
        {(quality) => (
          <Flex vertical gap="middle">
            <Overview quality={quality} />
            <Batches batches={quality.batches} />
            <Ghosts />
          </Flex>
        )}
      </DataState>
    </PageFrame>
  )
}

function Overview({ quality: { run, counts, byKey, joined, apart } }: { readonly quality: Quality }) {
  const t = useWords()
  return (
    <Section title={{ zh: '归并', en: 'Matching' }}>
      <Flex vertical gap="middle">
        <Flex wrap gap="large">
          <Statistic title={t({ zh: '人', en: 'People' })} value={counts.people} />
          <Statistic title={t({ zh: '企业', en: 'Firms' })} value={counts.firms} />
          <Statistic title={t({ zh: '归并的记录', en: 'Records matched' })} value={counts.records ?? 0} />
          <Statistic title={t({ zh: '人工判断', en: 'Decisions by people' })} value={counts.decisions} />
        </Flex>
        <Measured title={{ zh: '凭相同号码归并的正确率', en: 'Right of what equal numbers joined' }} share={byKey} />
        <Measured
          title={{ zh: '凭姓名等其他信息归并的正确率', en: 'Right of what name and other marks joined' }}
          share={joined}
        />
        <Measured title={{ zh: '自动分开的正确率', en: 'Right of what was kept apart' }} share={apart} />
        {run ? <RunState run={run} /> : <span>{t({ zh: '还没有归并过', en: 'Nothing was matched yet' })}</span>}
        <AskRun />
      </Flex>
    </Section>
  )
}

const percent = (value: number | null): string => (value === null ? '—' : `${(100 * value).toFixed(1)}%`)

function Measured({ title, share }: { readonly title: Words; readonly share: Share }) {
  const t = useWords()
  return (
    <span>
      <strong>{t(title)}：</strong>
      {share.of === 0
        ? t({ zh: '还没有抽查结果', en: 'no sample was checked yet' })
        : t({
            zh: `${percent(share.share)}（抽查 ${share.of} 对，95% 置信区间 ${percent(share.from)} 至 ${percent(share.to)}）`,
            en: `${percent(share.share)} (${share.of} pairs drawn; 95 % interval ${percent(share.from)} to ${percent(share.to)})`,
          })}
    </span>
  )
}

const STEPS: Readonly<Record<string, Words>> = {
  gather: { zh: '读取记录', en: 'reading records' },
  match: { zh: '比对', en: 'comparing' },
  store: { zh: '写入', en: 'storing' },
  index: { zh: '整理，便于查找', en: 'putting in order for finding' },
}

function RunState({ run }: { readonly run: Run }) {
  const t = useWords()
  if (run.state === 'running')
    return (
      <div>
        {t({ zh: '正在归并：', en: 'Matching: ' })}
        {t(STEPS[run.step] ?? { zh: run.step, en: run.step })}
        <Progress
          aria-label={t({ zh: '进度', en: 'Progress' })}
          percent={Math.round((100 * run.done) / Math.max(1, run.of))}
        />
      </div>
    )
  return (
    <span>
      <Tag color={run.state === 'done' ? 'green' : 'red'}>
        {run.state === 'done'
          ? t({ zh: '已完成', en: 'Done' })
          : t({ zh: '中断，将自动重来', en: 'Cut short, will be done again' })}
      </Tag>
      <When at={run.endedAt ?? run.startedAt} />{' '}
      {t({
        zh: `${run.isWhole ? '全部' : '只看变化'}，${run.records} 条记录，写入 ${run.changed} 条`,
        en: `${run.isWhole ? 'whole' : 'changes only'}, ${run.records} records, ${run.changed} written`,
      })}
    </span>
  )
}

function AskRun() {
  const t = useWords()
  const ask = useMutation({ mutationFn: () => api.post('/api/one-file/runs') })
  return (
    <Button
      onClick={() => ask.mutate()}
      loading={ask.isPending}
      disabled={ask.isSuccess}
      style={{ alignSelf: 'start' }}
    >
      {ask.isSuccess ? t({ zh: '已安排', en: 'Ordered' }) : t({ zh: '全部重新归并', en: 'Match everything anew' })}
    </Button>
  )
}

function Batches({ batches }: { readonly batches: readonly Batch[] }) {
  const t = useWords()
  return (
    <Section title={{ zh: '待比对的批次', en: 'Batches to compare' }}>
      <Rows<Batch>
        rows={batches}
        rowKey={({ id }) => id}
        caption={{ zh: '待比对的批次', en: 'Batches to compare' }}
        empty={{ zh: '没有待比对的记录', en: 'Nothing waits to be compared' }}
        columns={[
          {
            id: 'id',
            title: { zh: '批次', en: 'Batch' },
            show: ({ id }) => (
              <PageLink to={`/one-file/review/${id}`}>{t({ zh: `第 ${id} 批`, en: `Batch ${id}` })}</PageLink>
            ),
          },
          { id: 'why', title: { zh: '来由', en: 'Why' }, show: ({ why }) => t(WHY[why] ?? { zh: why, en: why }) },
          {
            id: 'pairs',
            title: { zh: '已判断', en: 'Decided' },
            show: ({ decided, pairs }) => `${decided} / ${pairs}`,
          },
          { id: 'made', title: { zh: '提出时间', en: 'Made' }, show: ({ madeAt }) => <When at={madeAt} show="day" /> },
        ]}
      />
    </Section>
  )
}

interface Ghost {
  readonly entity: string
  readonly kind: 'person' | 'firm'
  readonly name: string
  readonly dataset: string
  readonly datasetTitle: Words
  readonly row: number
  readonly on: string | null
}
const GHOSTS: Readonly<Record<string, Words>> = {
  'paid-after-death': { zh: '去世后仍发放养老金', en: 'Pension paid after the death' },
  'dead-insured': { zh: '已去世仍参加医保', en: 'Insured although dead' },
  'dead-relief': { zh: '已去世仍领取救助', en: 'On relief although dead' },
  'dead-not-struck-off': { zh: '已去世未注销户口', en: 'In the register although dead' },
  'double-in-source': { zh: '同一来源重复登记', en: 'Entered twice in one source' },
  'closed-firm-active': { zh: '企业已注销仍在他处在册', en: 'Firm struck off but kept elsewhere' },
}

function Ghosts() {
  const t = useWords()
  const [kind, setKind] = useState('paid-after-death')
  return (
    <Section title={{ zh: '重复和冒领线索', en: 'Doubles and ghosts' }}>
      <Flex vertical gap="middle">
        <Select
          aria-label={t({ zh: '线索种类', en: 'Sort' })}
          value={kind}
          onChange={setKind}
          options={Object.entries(GHOSTS).map(([value, label]) => ({ value, label: t(label) }))}
          style={{ maxWidth: 320 }}
        />
        <KeysetTable<Ghost>
          path="/api/one-file/ghosts"
          query={{ kind }}
          rowKey={({ entity, dataset, row }) => `${entity}/${dataset}/${row}`}
          caption={{ zh: '线索', en: 'Findings' }}
          empty={{ zh: '没有线索', en: 'Nothing found' }}
          columns={[
            {
              id: 'who',
              title: { zh: '档案', en: 'File' },
              show: ({ entity, kind: sort, name }) => (
                <PageLink to={`/one-file/${sort === 'firm' ? 'firms' : 'people'}/${entity}`}>{name || entity}</PageLink>
              ),
            },
            { id: 'where', title: { zh: '仍在', en: 'Still in' }, show: ({ datasetTitle }) => t(datasetTitle) },
            { id: 'on', title: { zh: '去世或注销日期', en: 'Died or closed on' }, show: ({ on }) => on ?? '—' },
            {
              id: 'row',
              title: { zh: '记录', en: 'Record' },
              show: ({ dataset, row }) => <RowLink dataset={dataset} row={row} />,
            },
          ]}
        />
      </Flex>
    </Section>
  )
}
