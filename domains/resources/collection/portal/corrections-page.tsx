import { useQuery } from '@tanstack/react-query'
import { Card, Flex, Tag } from 'antd'
import { Due } from '#portal/loops'
import {
  api,
  DataState,
  KeysetTable,
  OrganisationName,
  PageFrame,
  PageLink,
  Parts,
  Rows,
  useMarks,
  useMe,
  useRight,
  useWords,
  When,
} from '#portal/ui'
import type { Words } from '../../../../platform/runtime/words.ts'
import type { CorrectionView } from './types.ts'
import { UnitBars } from './unit-bars.tsx'
import { COUNTED } from './words.ts'

const OUTCOMES = {
  closed: { zh: '复检合格', en: 'Passed' },
  waived: { zh: '不予更正', en: 'Waived' },
  lapsed: { zh: '规则已停用', en: 'Rule out of force' },
}

/** What goes back to its source to be corrected, what is objected to, and how the sources keep up. */
export function CorrectionsPage() {
  const t = useWords()
  const isCity = useMe().rights['collection.read'] === 'city'
  const mayAnswer = useRight('collection.correct')
  return (
    <PageFrame
      title={{ zh: '数据校核', en: 'Corrections' }}
      about={{
        zh: '不合格的数据退回来源单位更正，复检合格后才能办结。',
        en: 'Faulty rows go back to their source; only a check that passes closes the matter.',
      }}
    >
      <Parts
        parts={[
          { key: 'open', label: t({ zh: '正在校核', en: 'Open' }), children: <Corrections state="open" /> },
          { key: 'ended', label: t({ zh: '已办结', en: 'Ended' }), children: <Corrections state="ended" /> },
          ...(mayAnswer
            ? [{ key: 'objections', label: t({ zh: '收到的异议', en: 'Objections' }), children: <Received /> }]
            : []),
          ...(isCity ? [{ key: 'league', label: t({ zh: '各单位情况', en: 'By unit' }), children: <League /> }] : []),
        ]}
      />
    </PageFrame>
  )
}

function Corrections({ state }: { readonly state: 'open' | 'ended' }) {
  const t = useWords()
  const { colon } = useMarks()
  return (
    <KeysetTable<CorrectionView>
      path="/api/collection/corrections"
      query={{ state }}
      rowKey={({ loop }) => loop}
      caption={{ zh: '数据校核事项', en: 'Matters of correction' }}
      empty={
        state === 'open'
          ? { zh: '没有待更正的数据', en: 'Nothing is to be corrected' }
          : { zh: '还没有办结的', en: 'None has ended' }
      }
      columns={[
        {
          id: 'title',
          title: { zh: '数据集和问题', en: 'Dataset and fault' },
          heading: true,
          show: ({ loop, title, fault }) => (
            <PageLink to={`/corrections/${loop}`}>{`${t(title)}${colon}${t(fault)}`}</PageLink>
          ),
        },
        {
          id: 'source',
          title: { zh: '来源单位', en: 'Source' },
          show: ({ source }) => <OrganisationName id={source} />,
        },
        {
          id: 'bad',
          title: { zh: '不合格', en: 'Fail' },
          align: 'right',
          show: ({ lastBad, firstBad, counts }) => `${lastBad} / ${firstBad} ${t(COUNTED[counts])}`,
        },
        {
          id: 'again',
          title: { zh: '重新打开', en: 'Opened again' },
          align: 'right',
          show: ({ openedAgain }) => openedAgain,
        },
        {
          id: 'opened',
          title: { zh: '发起', en: 'Opened' },
          show: ({ openedAt }) => <When at={openedAt} show="day" />,
        },
        state === 'open'
          ? { id: 'due', title: { zh: '期限', en: 'Due' }, show: ({ due }: CorrectionView) => <Limit due={due} /> }
          : {
              id: 'ended',
              title: { zh: '办结', en: 'Ended' },
              show: ({ endedAt, outcome }: CorrectionView) => (
                <Flex gap="small">
                  <When at={endedAt} show="day" />
                  <Tag color={outcome === 'closed' ? 'green' : 'default'}>{t(OUTCOMES[outcome ?? 'closed'])}</Tag>
                </Flex>
              ),
            },
      ]}
    />
  )
}

function Limit({ due }: { readonly due: string | null }) {
  const t = useWords()
  const isLate = due !== null && new Date(due) < new Date()
  return (
    <Flex gap="small">
      <Due at={due} />
      {isLate && <Tag color="red">{t({ zh: '已超期', en: 'Overdue' })}</Tag>}
    </Flex>
  )
}

interface ReceivedRow {
  readonly loop: string
  readonly dataset: string
  readonly row: number | null
  readonly source: string
  readonly title: Words
  readonly openedAt: string
}

function Received() {
  const t = useWords()
  const query = useQuery({
    queryKey: ['collection', 'received'],
    queryFn: () => api.get<{ readonly rows: readonly ReceivedRow[] }>('/api/collection/objections/received'),
  })
  return (
    <DataState query={query} empty={{ zh: '没有收到异议', en: 'Nobody objects' }}>
      {({ rows }) => (
        <Rows<ReceivedRow>
          rows={rows}
          rowKey={({ loop }) => loop}
          caption={{ zh: '收到的异议', en: 'Objections received' }}
          columns={[
            {
              id: 'title',
              title: { zh: '数据集', en: 'Dataset' },
              heading: true,
              show: ({ loop, title }) => <PageLink to={`/loops/${loop}`}>{t(title)}</PageLink>,
            },
            {
              id: 'row',
              title: { zh: '涉及的数据', en: 'Record' },
              show: ({ dataset, row }) =>
                row === null ? (
                  <span>{t({ zh: '没有找到对应的行', en: 'No row was found' })}</span>
                ) : (
                  <PageLink to={`/data/${encodeURIComponent(dataset)}/rows/${row}`}>
                    {t({ zh: `第 ${row} 号`, en: `Row ${row}` })}
                  </PageLink>
                ),
            },
            {
              id: 'source',
              title: { zh: '来源单位', en: 'Source' },
              show: ({ source }) => <OrganisationName id={source} />,
            },
            {
              id: 'opened',
              title: { zh: '提出时间', en: 'Made' },
              show: ({ openedAt }) => <When at={openedAt} show="day" />,
            },
          ]}
        />
      )}
    </DataState>
  )
}

interface LeagueRow {
  readonly source: string
  readonly opened: number
  readonly closed: number
  readonly waived: number
  readonly open: number
  readonly overdue: number
  readonly inTime: number
  readonly openedAgain: number
  readonly medianDays: number | null
}

function League() {
  const query = useQuery({
    queryKey: ['collection', 'league'],
    queryFn: () => api.get<{ readonly rows: readonly LeagueRow[] }>('/api/collection/league'),
  })
  return (
    <DataState query={query} empty={{ zh: '一年内没有校核事项', en: 'No correction in a year' }}>
      {({ rows }) => <LeagueTable rows={rows} />}
    </DataState>
  )
}

function LeagueTable({ rows }: { readonly rows: readonly LeagueRow[] }) {
  const t = useWords()
  const bars = [
    { title: t({ zh: '按期办结', en: 'In time' }), of: (row: LeagueRow) => row.inTime },
    { title: t({ zh: '超期办结', en: 'Late' }), of: (row: LeagueRow) => row.closed - row.inTime },
    { title: t({ zh: '正在校核', en: 'Open' }), of: (row: LeagueRow) => row.open - row.overdue },
    { title: t({ zh: '超期未办', en: 'Overdue' }), of: (row: LeagueRow) => row.overdue },
  ]
  return (
    <Flex vertical gap="middle">
      <Card title={t({ zh: '一年来各单位的数据校核', en: 'Corrections of a year by unit' })}>
        <UnitBars
          rows={rows}
          unitOf={({ source }) => source}
          parts={bars}
          label={{ zh: '各单位的数据校核', en: 'Corrections by unit' }}
          step={34}
        />
      </Card>
      <Rows<LeagueRow>
        rows={rows}
        rowKey={({ source }) => source}
        caption={{ zh: '各单位的数据校核', en: 'Corrections by unit' }}
        columns={[
          {
            id: 'source',
            title: { zh: '单位', en: 'Unit' },
            heading: true,
            show: ({ source }) => <OrganisationName id={source} />,
          },
          { id: 'opened', title: { zh: '发起', en: 'Opened' }, align: 'right', show: ({ opened }) => opened },
          { id: 'closed', title: { zh: '复检合格', en: 'Passed' }, align: 'right', show: ({ closed }) => closed },
          { id: 'inTime', title: { zh: '其中按期', en: 'In time' }, align: 'right', show: ({ inTime }) => inTime },
          { id: 'open', title: { zh: '正在校核', en: 'Open' }, align: 'right', show: ({ open }) => open },
          { id: 'overdue', title: { zh: '超期未办', en: 'Overdue' }, align: 'right', show: ({ overdue }) => overdue },
          {
            id: 'again',
            title: { zh: '重新打开', en: 'Opened again' },
            align: 'right',
            show: ({ openedAgain }) => openedAgain,
          },
          {
            id: 'days',
            title: { zh: '中位用时（天）', en: 'Median days' },
            align: 'right',
            show: ({ medianDays }) => medianDays ?? '—',
          },
        ]}
      />
    </Flex>
  )
}
