import { Card, Flex, Typography } from 'antd'
import type { ReactNode } from 'react'
import { PageFrame, useWords } from '#portal/ui'

/** How other portals and programs read the data: what there is, where it is described. */
export function DevelopersPage() {
  const t = useWords()
  const base = location.origin
  return (
    <PageFrame
      title={{ zh: '开发者', en: 'Developers' }}
      above={[{ title: { zh: '开放数据', en: 'Open data' }, path: '/open-data' }]}
      about={{
        zh: '不需密钥。答复带 ETag，可缓存；超过每分钟限量时会告知何时再来。',
        en: 'No key is needed. Answers carry an ETag and may be cached; beyond the share of a minute you are told when to come again.',
      }}
    >
      <Flex vertical gap="middle">
        <Part
          title={t({ zh: '查询接口', en: 'Query API' })}
          about={t({
            zh: '按字段筛选、全文查找、排序、分页，返回 JSON。',
            en: 'Filter by field, search, order and page; answers JSON.',
          })}
        >
          {`GET ${base}/api/open-data/datasets?q=空气&theme=ENVI\nGET ${base}/api/open-data/datasets/{id}/rows?filter=field:value&q=&sort=-field&limit=100&offset=0`}
        </Part>
        <Part
          title="CKAN Action API v3"
          about={t({
            zh: '现有的 CKAN 客户端和采集程序可直接使用。',
            en: 'Clients and harvesters of CKAN work as they are.',
          })}
        >
          {`from ckanapi import RemoteCKAN\nsite = RemoteCKAN("${base}")\nsite.action.package_search(q="air", rows=5)\nsite.action.datastore_search(resource_id="air-stations-csv", limit=5)\n\ncurl "${base}/datastore/dump/air-stations-csv?format=csv"`}
        </Part>
        <Part
          title="DCAT-AP 3"
          about={t({
            zh: '目录和每个数据集，Turtle、RDF/XML、JSON-LD；按 hydra:next 翻页。',
            en: 'The catalogue and each dataset as Turtle, RDF/XML and JSON-LD; pages by hydra:next.',
          })}
        >
          {`curl "${base}/open-data/catalog.ttl"\ncurl -L -H "Accept: application/ld+json" "${base}/open-data/catalog"\ncurl -L -H "Accept: text/turtle" "${base}/open-data/datasets/air-stations"`}
        </Part>
        <Part
          title={t({ zh: '整份文件', en: 'Whole files' })}
          about={t({
            zh: '每个版本地址不变；latest 指向现行版本。CSV 附 CSV on the Web 说明。',
            en: 'Addresses of a version stay; latest leads to the one in force. CSV comes with CSV on the Web metadata.',
          })}
        >
          {`curl -L -O "${base}/open-data/files/air-stations/latest/csv"\ncurl -L "${base}/open-data/files/air-stations/latest/parquet" -o air-stations.parquet`}
        </Part>
        <Card size="small">
          <Flex wrap gap="middle">
            <a href="/api/openapi.json">OpenAPI 3.1</a>
            <a href="/open-data/catalog.ttl">catalog.ttl</a>
            <a href="/open-data/catalog.rdf">catalog.rdf</a>
            <a href="/open-data/catalog.jsonld">catalog.jsonld</a>
            <a href="/sitemap.xml">sitemap.xml</a>
          </Flex>
        </Card>
      </Flex>
    </PageFrame>
  )
}

function Part({
  title,
  about,
  children,
}: {
  readonly title: string
  readonly about: string
  readonly children: ReactNode
}) {
  return (
    <Card size="small">
      <h2 style={{ marginTop: 0 }}>{title}</h2>
      <Typography.Paragraph>{about}</Typography.Paragraph>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard */}
      <pre className="dz-code" lang="en" tabIndex={0}>
        {children}
      </pre>
    </Card>
  )
}
