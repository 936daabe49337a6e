import { useMutation, useQuery } from '@tanstack/react-query'
import { useNavigate, useParams } from '@tanstack/react-router'
import { Button, Descriptions, Flex, Popconfirm, Timeline, Typography } from 'antd'
import { api, DataState, Failure, PageFrame, PageLink, PersonName, useRight, useWords, When } from '#portal/ui'
import type { Words } from '../../runtime/words.ts'
import { AskPurpose } from './ask-purpose.tsx'
import { Marks } from './marks.tsx'
import { ShowValue } from './show-value.tsx'
import type { DatasetDetail, MarkView, PastRow, RowView } from './types.ts'
import { datasetPath, useDataset, usePurpose } from './use-dataset.ts'

interface RowAnswer {
  readonly row: RowView | null
  readonly links: readonly { readonly title: Words; readonly path: string }[]
  readonly history: readonly PastRow[]
}

/** A row with all its versions: what changed, when, by whom, from which line of which file. */
export function RowPage() {
  const { dataset: id = '', row = '' } = useParams({ strict: false }) as { dataset?: string; row?: string }
  const dataset = useDataset(id)
  return (
    <PageFrame
      title={{ zh: `第 ${row} 号数据`, en: `Row ${row}` }}
      above={[
        { title: { zh: '数据目录', en: 'Datasets' }, path: '/data' },
        { title: dataset.data?.title ?? id, path: `/data/${encodeURIComponent(id)}` },
      ]}
    >
      <DataState query={dataset}>{(known) => <Versions dataset={known} row={row} />}</DataState>
    </PageFrame>
  )
}

function Versions({ dataset, row }: { readonly dataset: DatasetDetail; readonly row: string }) {
  const [purpose, state] = usePurpose(dataset.id)
  const path = `${datasetPath(dataset.id)}/rows/${row}`
  const mayWrite = useRight('registry.write')
  const isReady = !dataset.personal || purpose !== ''
  const query = useQuery({
    queryKey: [path, purpose],
    queryFn: () => api.get<RowAnswer>(path, {}, purpose),
    enabled: isReady,
  })
  if (!isReady) return <AskPurpose onState={state} />
  return (
    <DataState query={query}>
      {({ row: present, links, history }) => (
        <Flex vertical gap="large">
          <About marks={present?.marks ?? []} links={present ? links : []} />
          {present && dataset.byDesk && mayWrite && <Remove path={path} dataset={dataset.id} />}
          {present && (
            <Descriptions
              bordered
              size="small"
              column={{ xs: 1, md: 2 }}
              items={dataset.fields.map((field) => ({
                key: field.name,
                label: <FieldTitle field={field} />,
                children: <ShowValue field={field} value={present.value[field.name]} />,
              }))}
            />
          )}
          <History dataset={dataset} present={present} history={history} />
        </Flex>
      )}
    </DataState>
  )
}

/** Deletes the row; its versions stay in the history. */
function Remove({ path, dataset }: { readonly path: string; readonly dataset: string }) {
  const t = useWords()
  const navigate = useNavigate()
  const remove = useMutation({
    mutationFn: () => api.delete(path),
    onSuccess: () => navigate({ to: `/data/${encodeURIComponent(dataset)}` }),
  })
  return (
    <Flex gap="small" align="center">
      <Popconfirm
        title={t({ zh: '删除这条数据？历史版本保留。', en: 'Delete this row? Its versions stay in the history.' })}
        onConfirm={() => remove.mutate()}
      >
        <Button danger loading={remove.isPending}>
          {t({ zh: '删除', en: 'Delete' })}
        </Button>
      </Popconfirm>
      {remove.error && <Failure error={remove.error} />}
    </Flex>
  )
}

function About({ marks, links }: { readonly marks: readonly MarkView[]; readonly links: RowAnswer['links'] }) {
  const t = useWords()
  if (marks.length + links.length === 0) return null
  return (
    <Flex wrap gap="middle" align="center">
      <Marks marks={marks} />
      {links.map(({ title, path }) => (
        <PageLink key={path} to={path}>
          {t(title)}
        </PageLink>
      ))}
    </Flex>
  )
}

const FieldTitle = ({ field }: { readonly field: DatasetDetail['fields'][number] }) => (
  <span>{useWords()(field.title)}</span>
)

interface HistoryProps
  extends Readonly<{ dataset: DatasetDetail; present: RowView | null; history: readonly PastRow[] }> {}

function History({ dataset, present, history }: HistoryProps) {
  const t = useWords()
  const versions: readonly (RowView & Partial<PastRow>)[] = present ? [present, ...history] : history
  return (
    <section aria-label={t({ zh: '历史', en: 'History' })}>
      <Typography.Title level={2} style={{ fontSize: 18 }}>
        {t({ zh: '历史', en: 'History' })}
      </Typography.Title>
      <Timeline
        items={versions.map((version, at) => ({
          key: version.version,
          content: <Version dataset={dataset} version={version} before={versions[at + 1]} />,
        }))}
      />
    </section>
  )
}

interface VersionProps {
  readonly dataset: DatasetDetail
  readonly version: RowView & Partial<PastRow>
  readonly before: RowView | undefined
}

function Version({ dataset, version, before }: VersionProps) {
  const t = useWords()
  const changed = before
    ? dataset.fields.filter(({ name }) => JSON.stringify(before.value[name]) !== JSON.stringify(version.value[name]))
    : []
  return (
    <Flex vertical gap={4}>
      <Flex wrap gap="small">
        <strong>{t({ zh: `第 ${version.version} 版`, en: `Version ${version.version}` })}</strong>
        <When at={version.since} />
        <PersonName id={version.by} />
        {version.lineage && (
          <PageLink to={`/imports/${version.lineage.load}`}>
            {t({
              zh: `来自导入 ${version.lineage.load} 的第 ${version.lineage.line} 行`,
              en: `from import ${version.lineage.load}, line ${version.lineage.line}`,
            })}
          </PageLink>
        )}
      </Flex>
      {version.deleted && <span>{t({ zh: '此后被删除', en: 'Deleted after this' })}</span>}
      {changed.map((field) => (
        <span key={field.name}>
          {t(field.title)}：<ShowValue field={field} value={before?.value[field.name]} /> →{' '}
          <ShowValue field={field} value={version.value[field.name]} />
        </span>
      ))}
    </Flex>
  )
}
