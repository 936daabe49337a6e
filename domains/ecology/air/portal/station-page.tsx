import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Alert, Card, Descriptions, Flex, Tabs } from 'antd'
import { api, DataState, OrganisationName, PageFrame, useLiveQueries, useWords, When } from '#portal/ui'
import type { StationDetail } from './air-types.ts'
import { Calendar } from './calendar.tsx'
import { Explanation } from './explanation.tsx'
import { FindingList } from './finding-list.tsx'
import { IndexTag } from './index-tag.tsx'
import { KIND_NAMES, pollutantName, pollutantUnit, SHOWN } from './names.ts'
import { ReplayTag, WarningLink } from './notes.tsx'
import { Trend } from './trend.tsx'

/** One station: now, trend with limits, calendar, how the index came about, findings. */
export function StationPage() {
  const { code = '' } = useParams({ strict: false })
  const t = useWords()
  const query = useQuery({
    queryKey: ['air', 'station', code],
    queryFn: () => api.get<StationDetail>(`/api/air/stations/${encodeURIComponent(code)}`),
  })
  useLiveQueries(['air.hour.computed', 'indicators.warning.'], ['air', 'station', code])
  return (
    <PageFrame
      title={query.data?.name ?? code}
      above={[{ title: { zh: '空气质量', en: 'Air quality' }, path: '/air' }]}
      extra={query.data?.kind === 'replay' && <ReplayTag />}
    >
      <DataState query={query}>
        {(station) => (
          <Flex vertical gap="middle">
            <Now station={station} />
            <Tabs
              items={[
                { key: 'trend', label: t({ zh: '趋势', en: 'Trend' }), children: <Trend station={station} /> },
                { key: 'calendar', label: t({ zh: '日历', en: 'Calendar' }), children: <Calendar station={station} /> },
                {
                  key: 'explanation',
                  label: t({ zh: '指数怎么算的', en: 'How the index is made' }),
                  children: <Explanation station={station} />,
                },
                {
                  key: 'findings',
                  label: t({ zh: '数据质量', en: 'Data quality' }),
                  children: <FindingList station={code} />,
                },
              ]}
            />
          </Flex>
        )}
      </DataState>
    </PageFrame>
  )
}

function Now({ station }: { readonly station: StationDetail & { readonly organisation?: string } }) {
  const t = useWords()
  const { latest, levels } = station
  return (
    <Card size="small">
      {latest && !latest.fresh && (
        <Alert
          type="warning"
          showIcon
          title={t({
            zh: '最近一条数据已超过三小时，不代表现在的空气',
            en: 'The latest hour is more than three hours old and says nothing of the air now',
          })}
        />
      )}
      <Descriptions
        size="small"
        column={{ xs: 1, sm: 2, lg: 3 }}
        items={[
          { key: 'aqi', label: 'AQI', children: <IndexTag index={latest} levels={levels} /> },
          { key: 'at', label: t({ zh: '时段开始', en: 'Hour from' }), children: <When at={latest?.at ?? null} /> },
          {
            key: 'warning',
            label: t({ zh: '预警', en: 'Warning' }),
            children: <WarningLink level={station.warning} loop={station.loop} />,
          },
          {
            key: 'kind',
            label: t({ zh: '类别', en: 'Kind' }),
            children: t(KIND_NAMES[station.kind] ?? { zh: station.kind, en: station.kind }),
          },
          {
            key: 'organisation',
            label: t({ zh: '管理单位', en: 'Answers for it' }),
            children: <OrganisationName id={station.organisation} />,
          },
          ...SHOWN.map((id) => ({
            key: id,
            label: t(pollutantName(id)),
            children: `${latest?.values[id] ?? '—'} ${pollutantUnit(id)}`,
          })),
        ]}
      />
    </Card>
  )
}
