import { useQuery } from '@tanstack/react-query'
import { Card, Col, Flex, Row, Segmented, Typography } from 'antd'
import { useState } from 'react'
import { CityMap } from '#portal/map'
import { api, DataState, PageFrame, PageLink, Rows, useLiveQueries, useMarks, useWords, When } from '#portal/ui'
import type { Overview, StationRow } from './air-types.ts'
import { IndexTag } from './index-tag.tsx'
import { KIND_NAMES, pollutantName } from './names.ts'
import { ReplayTag, WarningLink } from './notes.tsx'

/** The air of the city now: areas, stations on the map and as a list. */
export function OverviewPage() {
  const query = useQuery({ queryKey: ['air', 'overview'], queryFn: () => api.get<Overview>('/api/air/overview') })
  useLiveQueries(['air.hour.computed', 'indicators.warning.'], ['air', 'overview'])
  return (
    <PageFrame
      title={{ zh: '空气质量', en: 'Air quality' }}
      about={{
        zh: '站点逐时指数；超过三小时的数据不作为实时。',
        en: 'Hourly indices of stations; data older than three hours is not live.',
      }}
    >
      <DataState query={query} isEmpty={({ stations }) => stations.length === 0}>
        {(overview) => (
          <Flex vertical gap="middle">
            <Areas overview={overview} />
            <Row gutter={[16, 16]}>
              <Col xs={24} xl={12}>
                <CityMap layers={['map.county', 'air.stations']} height={480} />
              </Col>
              <Col xs={24} xl={12}>
                <Stations overview={overview} />
              </Col>
            </Row>
          </Flex>
        )}
      </DataState>
    </PageFrame>
  )
}

function Areas({ overview: { areas, levels } }: { readonly overview: Overview }) {
  const t = useWords()
  return (
    <Row gutter={[12, 12]}>
      {areas.map(({ division, name, latest }) => (
        <Col key={division} xs={12} sm={8} lg={6} xl={4}>
          <Card size="small" title={t(name)}>
            <Flex vertical gap={4}>
              <IndexTag index={latest} levels={levels} />
              <Typography.Text type="secondary">
                {latest && !latest.fresh && `${t({ zh: '非实时：', en: 'Not live: ' })}`}
                <When at={latest?.at ?? null} show="relative" />
              </Typography.Text>
              {latest?.replay && (
                <Typography.Text type="secondary">{t({ zh: '回放数据', en: 'Replayed' })}</Typography.Text>
              )}
            </Flex>
          </Card>
        </Col>
      ))}
    </Row>
  )
}

type Sight = 'all' | 'warned'

function Stations({ overview: { stations, levels } }: { readonly overview: Overview }) {
  const t = useWords()
  const { list } = useMarks()
  const [sight, setSight] = useState<Sight>('all')
  const shown = stations
    .filter(({ warning }) => sight === 'all' || warning !== null)
    .toSorted(
      (a, b) =>
        Number(b.latest?.fresh ?? false) - Number(a.latest?.fresh ?? false) ||
        (b.latest?.aqi ?? -1) - (a.latest?.aqi ?? -1),
    )
  return (
    <Flex vertical gap="small">
      <Segmented<Sight>
        aria-label={t({ zh: '显示哪些站点', en: 'Which stations' })}
        value={sight}
        onChange={setSight}
        options={[
          { value: 'all', label: t({ zh: '全部站点', en: 'All stations' }) },
          { value: 'warned', label: t({ zh: '预警中', en: 'With a warning' }) },
        ]}
      />
      <Rows<StationRow>
        rows={shown}
        rowKey={({ code }) => code}
        caption={{ zh: '站点', en: 'Stations' }}
        empty={{ zh: '没有预警中的站点', en: 'No station has a warning' }}
        columns={[
          {
            id: 'name',
            title: { zh: '站点', en: 'Station' },
            heading: true,
            show: ({ code, name, kind }) => (
              <Flex vertical>
                <PageLink to={`/air/stations/${encodeURIComponent(code)}`}>{name}</PageLink>
                <Typography.Text type="secondary">{t(KIND_NAMES[kind] ?? { zh: kind, en: kind })}</Typography.Text>
              </Flex>
            ),
          },
          {
            id: 'aqi',
            title: { zh: 'AQI', en: 'AQI' },
            show: ({ latest }) => <IndexTag index={latest} levels={levels} />,
          },
          {
            id: 'primary',
            title: { zh: '首要污染物', en: 'Primary' },
            show: ({ latest }) => latest?.primary.map((id) => t(pollutantName(id))).join(list) || '—',
          },
          { id: 'at', title: { zh: '时间', en: 'Hour' }, show: ({ latest }) => <When at={latest?.at ?? null} /> },
          {
            id: 'warning',
            title: { zh: '预警', en: 'Warning' },
            show: ({ warning, loop }) => <WarningLink level={warning} loop={loop} />,
          },
        ]}
      />
      {stations.some(({ latest }) => latest?.replay) && <ReplayTag />}
    </Flex>
  )
}
