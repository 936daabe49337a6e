import { useQuery } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { Card, Col, Flex, Input, Row, Statistic, Typography } from 'antd'
import { api, DataState, PageFrame, PageLink, useWords } from '#portal/ui'
import { DatasetCard } from './dataset-card.tsx'
import { themeName } from './names.ts'
import type { CardView } from './types.ts'

interface Site {
  readonly datasets: number
  readonly rows: number
  readonly themes: Readonly<Record<string, number>>
  readonly owners: readonly {
    readonly id: string
    readonly name: { zh: string; en: string }
    readonly datasets: number
  }[]
  readonly newest: readonly CardView[]
}

/** What is there: a search, themes, owners, the newest. */
export function HomePage() {
  const t = useWords()
  const go = useNavigate()
  const query = useQuery({ queryKey: ['open-data', 'site'], queryFn: () => api.get<Site>('/api/open-data/site') })
  const find = (q: string) => void go({ to: '/open-data/datasets', search: q ? { q } : {} } as never)
  return (
    <PageFrame
      title={{ zh: '泰安市公共数据开放网', en: "Open data of Tai'an" }}
      about={{
        zh: '经审核向社会开放的公共数据，不需登录即可查找、预览、下载和调用。',
        en: 'Public data opened to all after a review. Search, preview, download and query without signing in.',
      }}
    >
      <Input.Search
        size="large"
        allowClear
        maxLength={200}
        enterButton={t({ zh: '搜索', en: 'Search' })}
        aria-label={t({ zh: '搜索数据集', en: 'Search datasets' })}
        placeholder={t({ zh: '如：空气、区划、站点', en: 'e.g. air, divisions, stations' })}
        onSearch={find}
      />
      <DataState
        query={query}
        isEmpty={({ datasets }) => datasets === 0}
        empty={{ zh: '还没有发布数据集，敬请期待', en: 'Nothing has been published yet' }}
      >
        {(site) => (
          <Flex vertical gap="large">
            <Figures site={site} />
            <section>
              <h2>{t({ zh: '主题', en: 'Themes' })}</h2>
              <Tiles counts={site.themes} />
            </section>
            <section>
              <h2>{t({ zh: '最近更新', en: 'Newest' })}</h2>
              <Row gutter={[16, 16]}>
                {site.newest.map((card) => (
                  <Col key={card.id} xs={24} md={12} xl={8}>
                    <DatasetCard card={card} />
                  </Col>
                ))}
              </Row>
            </section>
            <Owners site={site} />
          </Flex>
        )}
      </DataState>
    </PageFrame>
  )
}

function Figures({ site }: { readonly site: Site }) {
  const t = useWords()
  const figures = [
    [t({ zh: '数据集', en: 'Datasets' }), site.datasets],
    [t({ zh: '数据行', en: 'Rows' }), site.rows],
    [t({ zh: '责任单位', en: 'Owners' }), site.owners.length],
  ] as const
  return (
    <Row gutter={[16, 16]}>
      {figures.map(([title, value]) => (
        <Col key={title} xs={8} md={6}>
          <Statistic title={title} value={value} />
        </Col>
      ))}
    </Row>
  )
}

function Tiles({ counts }: { readonly counts: Readonly<Record<string, number>> }) {
  const t = useWords()
  return (
    <Flex wrap gap="small">
      {Object.entries(counts).map(([theme, count]) => (
        <Card key={theme} size="small">
          <PageLink to={`/open-data/datasets?theme=${theme}`}>{t(themeName(theme))}</PageLink>{' '}
          <Typography.Text type="secondary">{count}</Typography.Text>
        </Card>
      ))}
    </Flex>
  )
}

function Owners({ site }: { readonly site: Site }) {
  const t = useWords()
  return (
    <section>
      <h2>{t({ zh: '责任单位', en: 'Owners' })}</h2>
      <Flex wrap gap="middle">
        {site.owners.map(({ id, name, datasets }) => (
          <span key={id}>
            <PageLink to={`/open-data/datasets?owner=${id}`}>{t(name)}</PageLink>{' '}
            <Typography.Text type="secondary">{datasets}</Typography.Text>
          </span>
        ))}
      </Flex>
    </section>
  )
}
