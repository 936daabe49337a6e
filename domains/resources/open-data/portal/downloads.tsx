import { DownloadOutlined } from '@ant-design/icons'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Alert, Button, Collapse, Flex, Skeleton, Typography } from 'antd'
import { api, Failure, type KeysetPage, Rows, useWords, When } from '#portal/ui'
import { formatName, sizeText } from './names.ts'
import type { DatasetView, DifferenceView, FileView, VersionView } from './types.ts'

/** Files of the version in force, and every version with what changed. */
export function Downloads({ dataset }: { readonly dataset: DatasetView }) {
  const t = useWords()
  const isOpen = dataset.access === 'open'
  return (
    <Flex vertical gap="large">
      <Files version={dataset.current} isOpen={isOpen} />
      <Versions dataset={dataset} />
      <section>
        <h2>{t({ zh: '机器可读的说明', en: 'Description for machines' })}</h2>
        <Flex wrap gap="middle">
          <a href={`/open-data/dcat/${dataset.id}.ttl`}>DCAT-AP Turtle</a>
          <a href={`/open-data/dcat/${dataset.id}.rdf`}>DCAT-AP RDF/XML</a>
          <a href={`/open-data/dcat/${dataset.id}.jsonld`}>DCAT-AP JSON-LD</a>
          <a href={`/api/3/action/package_show?id=${dataset.id}`}>CKAN</a>
        </Flex>
      </section>
    </Flex>
  )
}

/** Every version that went out, newest first, page by page. */
function Versions({ dataset: { id, access } }: { readonly dataset: DatasetView }) {
  const t = useWords()
  const list = useInfiniteQuery({
    queryKey: ['open-data', 'dataset', id, 'versions'],
    queryFn: ({ pageParam }) =>
      api.get<KeysetPage<VersionView>>(`/api/open-data/datasets/${id}/versions`, { after: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  })
  const versions = list.data?.pages.flatMap((page) => page.rows) ?? []
  return (
    <section>
      <h2>{t({ zh: '版本', en: 'Versions' })}</h2>
      <Flex vertical gap="middle">
        {list.isError && <Failure error={list.error} retry={() => void list.refetch()} />}
        {list.isPending && <Skeleton active />}
        {versions.length > 0 && (
          <Collapse
            items={versions.map((version) => ({
              key: version.number,
              label: (
                <span>
                  {t({ zh: `第 ${version.number} 版`, en: `Version ${version.number}` })} ·{' '}
                  <When at={version.publishedAt} /> · <Difference diff={version.diff} />
                </span>
              ),
              children: <Files version={version} isOpen={access === 'open'} />,
            }))}
          />
        )}
        {list.hasNextPage && (
          <Button block onClick={() => void list.fetchNextPage()} loading={list.isFetchingNextPage}>
            {t({ zh: '显示更多', en: 'Show more' })}
          </Button>
        )}
      </Flex>
    </section>
  )
}

function Files({ version, isOpen }: { readonly version: VersionView; readonly isOpen: boolean }) {
  const t = useWords()
  return (
    <Flex vertical gap="small">
      {version.clearedAt && (
        <Alert
          type="info"
          showIcon
          title={t({
            zh: '此版本的文件已按保存规则清理，说明、摘要和引用仍然有效；请下载其他版本。',
            en: 'The files of this version were cleared by the rule of keeping; description, digest and citation still hold. Take another version.',
          })}
        />
      )}
      <Rows<FileView>
        rows={version.files}
        rowKey={({ name }) => name}
        caption={{ zh: '文件', en: 'Files' }}
        columns={[
          { id: 'format', title: { zh: '格式', en: 'Format' }, show: ({ format }) => formatName(format) },
          { id: 'size', title: { zh: '大小', en: 'Size' }, show: ({ size }) => sizeText(size) },
          {
            id: 'get',
            title: { zh: '下载', en: 'Download' },
            show: ({ path, name, format }) =>
              version.clearedAt ? (
                t({ zh: '已清理', en: 'Cleared' })
              ) : isOpen ? (
                <Flex wrap gap="small" align="center">
                  <Button
                    href={path}
                    icon={<DownloadOutlined aria-hidden />}
                    aria-label={`${t({ zh: '下载', en: 'Download' })} ${name}`}
                  >
                    {t({ zh: '下载', en: 'Download' })}
                  </Button>
                  {format === 'csv' && <a href={`${path}-metadata.json`}>CSVW</a>}
                </Flex>
              ) : (
                t({ zh: '经准许后下载', en: 'After a grant' })
              ),
          },
        ]}
      />
      <Typography.Text type="secondary">
        {t({ zh: '内容摘要', en: 'Digest' })} SM3 <code style={{ overflowWrap: 'anywhere' }}>{version.digest}</code>
      </Typography.Text>
    </Flex>
  )
}

/** What a version changed, in words. */
export function Difference({ diff }: { readonly diff: DifferenceView }) {
  const t = useWords()
  if (diff.before === undefined) return t({ zh: `首版，${diff.added} 行`, en: `first, ${diff.added} rows` })
  const changed = diff.changed === null ? '' : t({ zh: `，改 ${diff.changed}`, en: `, ${diff.changed} changed` })
  const fields = [...diff.newFields.map((name) => `+${name}`), ...diff.goneFields.map((name) => `−${name}`)].join(' ')
  return `${t({ zh: `增 ${diff.added}，减 ${diff.removed}`, en: `${diff.added} added, ${diff.removed} removed` })}${changed} ${fields}`
}
