import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Alert, Descriptions, Table, Tag } from 'antd'
import { useState } from 'react'
import {
  api,
  Chart,
  DataState,
  KeysetTable,
  OrganisationName,
  PageFrame,
  PageLink,
  PersonName,
  useMarks,
  useRight,
  useWords,
  When,
} from '#portal/ui'
import { Quality, useCatalogue } from './catalogue-page.tsx'
import { AskPurpose } from './evidence-dialog.tsx'
import { KindTag } from './kind-tag.tsx'
import { LineagePicture } from './lineage-picture.tsx'
import { Precision } from './precision.tsx'
import { Section } from './section.tsx'
import type { TagDetail } from './types.ts'
import { KIND_ABOUT, KINDS, PSI_SHIFTED, PSI_WATCHED, SENSITIVITIES, USES } from './words.ts'

/** A tag: what it says, whence it comes, how many carry it, and how good it is. */
export function TagPage() {
  const t = useWords()
  const { id } = useParams({ strict: false }) as { id: string }
  const path = `/api/tags/${encodeURIComponent(id)}`
  const query = useQuery({ queryKey: [path], queryFn: () => api.get<TagDetail>(path) })
  const above = [{ title: { zh: '标签目录', en: 'Tags' }, path: '/tags' }]
  return (
    <PageFrame title={query.data ? t(query.data.tag.title) : { zh: '标签', en: 'Tag' }} above={above}>
      <DataState query={query} isEmpty={() => false}>
        {(detail) => (
          <>
            <Definition detail={detail} />
            <Lineage detail={detail} />
            <Counts detail={detail} />
            {detail.tag.kind === 'model' && <Model detail={detail} />}
            <Precision detail={detail} path={path} />
            <Carriers detail={detail} />
            <Versions detail={detail} />
          </>
        )}
      </DataState>
    </PageFrame>
  )
}

function Definition({ detail: { tag, themes, standing, personal } }: { readonly detail: TagDetail }) {
  const t = useWords()
  const { list } = useMarks()
  return (
    <Section title={t({ zh: '定义', en: 'Definition' })}>
      {standing.problem && <Alert type="error" showIcon title={t(standing.problem)} style={{ marginBottom: 12 }} />}
      <Descriptions
        column={{ xs: 1, md: 2 }}
        items={[
          { key: 'about', label: t({ zh: '含义', en: 'Meaning' }), children: t(tag.about), span: 'filled' },
          {
            key: 'kind',
            label: t({ zh: '种类', en: 'Kind' }),
            children: (
              <>
                <KindTag kind={tag.kind} /> {t(KIND_ABOUT[tag.kind])}
              </>
            ),
          },
          { key: 'theme', label: t({ zh: '主题', en: 'Theme' }), children: t(themes[tag.theme] ?? KINDS[tag.kind]) },
          { key: 'owner', label: t({ zh: '责任单位', en: 'Owner' }), children: <OrganisationName id={tag.owner} /> },
          {
            key: 'sensitivity',
            label: t({ zh: '敏感性', en: 'Sensitivity' }),
            children: `${t(SENSITIVITIES[tag.sensitivity])}${personal ? t({ zh: '，依据含个人信息', en: ', evidence holds personal data' }) : ''}`,
          },
          { key: 'use', label: t({ zh: '合法用途', en: 'Legal use' }), children: t(tag.use), span: 'filled' },
          {
            key: 'uses',
            label: t({ zh: '可用于', en: 'May be used for' }),
            children: tag.uses.map((use) => t(USES[use])).join(list) || t({ zh: '不得用于人群', en: 'No segments' }),
          },
          {
            key: 'refresh',
            label: t({ zh: '更新', en: 'Refresh' }),
            children:
              tag.refreshDays === 1
                ? t({ zh: '每次计算', en: 'with every run' })
                : t({ zh: `每 ${tag.refreshDays} 天`, en: `every ${tag.refreshDays} days` }),
          },
          {
            key: 'validity',
            label: t({ zh: '有效期', en: 'Holds for' }),
            children: t({ zh: `${tag.validityDays} 天`, en: `${tag.validityDays} days` }),
          },
          { key: 'quality', label: t({ zh: '质量', en: 'Quality' }), children: <Quality tag={standing} /> },
        ]}
      />
      <details>
        <summary>{t({ zh: '计算语句（SQL）', en: 'Statements (SQL)' })}</summary>
        {[tag.logic, tag.evidence, ...(tag.score ? [tag.score] : [])].map((statement) => (
          // biome-ignore lint/a11y/noNoninteractiveTabindex: a part that scrolls must be reachable by keyboard
          <pre key={statement} className="dz-code" tabIndex={0}>
            {statement}
          </pre>
        ))}
      </details>
    </Section>
  )
}

function Lineage({ detail }: { readonly detail: TagDetail }) {
  const { lineage } = detail
  const t = useWords()
  const { list } = useMarks()
  return (
    <Section title={t({ zh: '来源', en: 'Sources' })}>
      <LineagePicture detail={detail} />
      <Table
        size="small"
        aria-label={t({ zh: '来源数据集和字段', en: 'Datasets and columns' })}
        pagination={false}
        scroll={{ x: 'max-content' }}
        dataSource={lineage.map((each, key) => ({ key, ...each }))}
        columns={[
          {
            key: 'dataset',
            title: t({ zh: '数据集', en: 'Dataset' }),
            render: (_: unknown, { dataset }) => (
              <PageLink to={`/data/${encodeURIComponent(dataset)}`}>{dataset}</PageLink>
            ),
          },
          {
            key: 'columns',
            title: t({ zh: '字段', en: 'Columns' }),
            render: (_: unknown, { columns }) => columns.join(list),
          },
          {
            key: 'feature',
            title: t({ zh: '经过', en: 'Through' }),
            render: (_: unknown, { feature }) => (feature ? t(feature) : t({ zh: '直接', en: 'Directly' })),
          },
        ]}
      />
    </Section>
  )
}

function Counts({ detail: { counts } }: { readonly detail: TagDetail }) {
  const t = useWords()
  if (counts.length === 0) return null
  const label = t({ zh: '携带者', en: 'Carriers' })
  return (
    <Section title={t({ zh: '携带者数量变化', en: 'Carriers over time' })}>
      <Chart
        height={220}
        label={{ zh: '每次计算的携带者数量', en: 'Carriers in each run' }}
        option={{
          tooltip: { trigger: 'axis' },
          grid: { left: 60, right: 16, top: 16, bottom: 28 },
          xAxis: { type: 'category', data: counts.map(({ day, run }) => `${day} #${run}`) },
          yAxis: { type: 'value', minInterval: 1 },
          series: [{ type: 'line', name: label, data: counts.map(({ carriers }) => carriers) }],
        }}
        table={{
          columns: [t({ zh: '日期', en: 'Day' }), label],
          rows: counts.map(({ day, run, carriers }) => [`${day} #${run}`, carriers]),
        }}
      />
    </Section>
  )
}

function Model({ detail: { tag, bins, standing } }: { readonly detail: TagDetail }) {
  const t = useWords()
  const label = t({ zh: '对象数', en: 'Members' })
  const { psi } = standing
  const reading =
    psi === null
      ? t({ zh: '再计算一次后可比较', en: 'To be compared after another run' })
      : psi > PSI_SHIFTED
        ? t({ zh: '明显变化', en: 'shifted' })
        : psi > PSI_WATCHED
          ? t({ zh: '略有变化', en: 'to be watched' })
          : t({ zh: '稳定', en: 'stable' })
  return (
    <Section title={t({ zh: '模型卡', en: 'Model card' })}>
      {tag.card && <p>{t(tag.card)}</p>}
      <p>
        {t({ zh: '稳定性（PSI，与上次相比）：', en: 'Stability (PSI against the run before): ' })}
        {psi === null ? '' : `${psi.toFixed(4)} · `}
        {reading}
      </p>
      {bins && (
        <Chart
          height={200}
          label={{ zh: '得分分布', en: 'Spread of scores' }}
          option={{
            tooltip: { trigger: 'axis' },
            grid: { left: 60, right: 16, top: 16, bottom: 28 },
            xAxis: { type: 'category', data: bins.map((_, at) => `${at / 10}–${(at + 1) / 10}`) },
            yAxis: { type: 'value' },
            series: [{ type: 'bar', name: label, data: [...bins] }],
          }}
          table={{
            columns: [t({ zh: '得分', en: 'Score' }), label],
            rows: bins.map((members, at) => [`${at / 10}–${(at + 1) / 10}`, members]),
          }}
        />
      )}
    </Section>
  )
}

interface Carrier {
  readonly key: string
  readonly name: string
  readonly value: string
  readonly since: string
}

function Carriers({ detail: { tag } }: { readonly detail: TagDetail }) {
  const t = useWords()
  const subject = useCatalogue().data?.subjects.find(({ id }) => id === tag.subject)
  const may = useRight('tags.sensitive')
  const [purpose, setPurpose] = useState(tag.sensitivity === 'sensitive' ? '' : undefined)
  const title = t({ zh: '携带者', en: 'Who carries it' })
  if (purpose === '')
    return (
      <Section title={title}>
        {may ? (
          <AskPurpose onState={setPurpose} />
        ) : (
          t({ zh: '敏感标签，您没有查看携带者的权限', en: 'A sensitive tag; you have no right to see who carries it' })
        )}
      </Section>
    )
  return (
    <Section title={title}>
      <KeysetTable<Carrier>
        path={`/api/tags/${encodeURIComponent(tag.id)}/members`}
        {...(purpose ? { purpose } : {})}
        rowKey={({ key }) => key}
        caption={{ zh: '携带者', en: 'Who carries it' }}
        empty={{ zh: '目前没有携带者', en: 'Nobody carries it now' }}
        columns={[
          {
            id: 'name',
            title: { zh: '名称', en: 'Name' },
            heading: true,
            show: ({ key, name }) =>
              subject ? <PageLink to={subject.page.replace('$key', encodeURIComponent(key))}>{name}</PageLink> : name,
          },
          { id: 'key', title: { zh: '代码', en: 'Code' }, show: ({ key }) => key },
          { id: 'value', title: { zh: '值', en: 'Value' }, show: ({ value }) => <span lang="zh">{value}</span> },
          { id: 'since', title: { zh: '自', en: 'Since' }, show: ({ since }) => since },
        ]}
      />
    </Section>
  )
}

function Versions({ detail: { versions } }: { readonly detail: TagDetail }) {
  const t = useWords()
  return (
    <Section title={t({ zh: '版本', en: 'Versions' })}>
      <ul className="dz-plain-list">
        {versions.map(({ version, author, reviewer, publishedAt }) => (
          <li key={version}>
            {t({ zh: `第 ${version} 版`, en: `Version ${version}` })} ·{' '}
            {author.startsWith('system:') ? (
              t({ zh: '随系统提供', en: 'Comes with the system' })
            ) : (
              <PersonName id={author} />
            )}
            {reviewer && (
              <>
                {t({ zh: '，复核：', en: ', published by ' })}
                <PersonName id={reviewer} />
              </>
            )}{' '}
            · {publishedAt ? <When at={publishedAt} /> : <Tag>{t({ zh: '草稿', en: 'Draft' })}</Tag>}
          </li>
        ))}
      </ul>
    </Section>
  )
}
