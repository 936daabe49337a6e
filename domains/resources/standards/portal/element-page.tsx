import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Card, Descriptions, Flex, Tag, Typography } from 'antd'
import { LoopList } from '#portal/loops'
import { api, DataState, OrganisationName, PageFrame, PageLink, Rows, useRight, useWords } from '#portal/ui'
import type { Words } from '../../../../platform/runtime/words.ts'
import { ChangeButton } from './change-button.tsx'
import { ClaimButton } from './claim-button.tsx'
import { RetireButton } from './retire-button.tsx'
import { Chinese } from './shown.tsx'
import { datasetPath, type Element, HOME, KINDS, listPath, SETS } from './types.ts'

interface UseView {
  readonly dataset: string
  readonly datasetTitle: Words
  readonly source: string
  readonly field: string
  readonly fieldTitle: Words
  readonly faults: readonly Words[]
  readonly rival: boolean
}
/** A field in a system of the city. */
interface DeclaredView {
  readonly system: string
  readonly systemName: string
  readonly table: string
  readonly name: string
  readonly title: string | null
  readonly owner: string
  readonly isSaid: boolean
  readonly rival: boolean
}
interface Answer {
  readonly element: Element
  /** The first of them. */
  readonly declared: readonly DeclaredView[]
  readonly declaredCount: number
  readonly uses: readonly UseView[]
}

/** One element: what it is, whose it is, where it is kept, and the matters about it. */
export function ElementPage() {
  const { id = '' } = useParams({ strict: false })
  const t = useWords()
  const mayClaim = useRight('standards.claim')
  const mayPropose = useRight('standards.propose')
  const query = useQuery({
    queryKey: ['standards', 'element', id],
    queryFn: () => api.get<Answer>(`/api/standards/elements/${encodeURIComponent(id)}`),
  })
  const element = query.data?.element
  return (
    <PageFrame
      title={element ? { zh: element.title, en: element.titleEn } : { zh: '数据元', en: 'Data element' }}
      above={[HOME]}
      extra={
        element?.state === 'in-force' && (
          <Flex gap="small" wrap>
            {mayClaim && <ClaimButton element={element} />}
            {mayPropose && <ChangeButton element={element} />}
            {mayPropose && <RetireButton element={element} />}
          </Flex>
        )
      }
    >
      <DataState query={query}>
        {(answer) => (
          <Flex vertical gap="middle">
            <Facts element={answer.element} />
            <Uses uses={answer.uses} />
            <Declared fields={answer.declared} of={answer.declaredCount} />
            <Card size="small" title={t({ zh: '认领、争议和变更', en: 'Claims, disputes and changes' })}>
              <LoopList filter={{ origin: `standards.element:${answer.element.id}` }} />
            </Card>
          </Flex>
        )}
      </DataState>
    </PageFrame>
  )
}

function Facts({ element }: { readonly element: Element }) {
  const t = useWords()
  const { definition, synonyms, set, objectClass, kind, max, codes, unit, owner, standard, edition, link } = element
  const rows: [Words, React.ReactNode][] = [
    [{ zh: '定义', en: 'Definition' }, <Chinese key="d">{definition}</Chinese>],
    [{ zh: '标识', en: 'Identifier' }, <code key="i">{element.id}</code>],
    [
      { zh: '状态', en: 'State' },
      element.state === 'retired' ? t({ zh: '停用', en: 'Retired' }) : t({ zh: '有效', en: 'In force' }),
    ],
    [{ zh: '来源单位', en: 'Source' }, <OrganisationName key="o" id={owner} />],
    [{ zh: '标准集', en: 'Set' }, t(SETS[set])],
    [{ zh: '对象', en: 'Object class' }, <Chinese key="c">{objectClass}</Chinese>],
    [{ zh: '表示', en: 'Representation' }, t(KINDS[kind])],
    ...(max === undefined ? [] : [[{ zh: '最大长度', en: 'Longest' }, max] as [Words, React.ReactNode]]),
    ...(codes === undefined
      ? []
      : [
          [
            { zh: '代码表', en: 'Code list' },
            <PageLink key="l" to={listPath(codes)}>
              {codes}
            </PageLink>,
          ] as [Words, React.ReactNode],
        ]),
    ...(unit === undefined ? [] : [[{ zh: '计量单位', en: 'Unit' }, unit] as [Words, React.ReactNode]]),
    [{ zh: '依据标准', en: 'Standard' }, standard ?? '—'],
    [{ zh: '同义名称', en: 'Synonyms' }, <Chinese key="s">{synonyms.join('、') || '—'}</Chinese>],
    [{ zh: '版本', en: 'Edition' }, edition],
    [
      { zh: '用途', en: 'Use' },
      link
        ? t({ zh: '用于关联，各方都可持有', en: 'Links records; everybody may keep it' })
        : t({ zh: '应由来源单位提供', en: 'To be had from its source' }),
    ],
  ]
  return (
    <Card
      size="small"
      title={t({ zh: '标准', en: 'The standard' })}
      extra={<a href={`/api/standards/elements/${encodeURIComponent(element.id)}/schema.json`}>JSON Schema</a>}
    >
      <Descriptions
        size="small"
        column={{ xs: 1, md: 2 }}
        items={rows.map(([title, value]) => ({ key: title.en, label: t(title), children: value }))}
      />
    </Card>
  )
}

/** Also what no dataset collects: a unit may keep a copy in a system of its own. */
function Declared({ fields, of }: { readonly fields: readonly DeclaredView[]; readonly of: number }) {
  const t = useWords()
  return (
    <Card size="small" title={t({ zh: '哪些系统里有', en: 'Which systems hold it' })}>
      <Rows<DeclaredView>
        rows={fields}
        rowKey={({ system, table, name }) => `${system} ${table} ${name}`}
        caption={{ zh: '系统清单中的字段', en: 'Fields of the inventory' }}
        empty={{ zh: '系统清单中没有这项', en: 'No system of the inventory holds it' }}
        columns={[
          {
            id: 'system',
            title: { zh: '系统', en: 'System' },
            heading: true,
            show: ({ system, systemName }) => (
              <PageLink to={`/inventory/systems/${system}`}>
                <Chinese>{systemName}</Chinese>
              </PageLink>
            ),
          },
          { id: 'table', title: { zh: '表', en: 'Table' }, show: ({ table }) => <code>{table}</code> },
          {
            id: 'field',
            title: { zh: '字段', en: 'Field' },
            show: ({ name, title }) => <Chinese>{title ?? name}</Chinese>,
          },
          { id: 'owner', title: { zh: '单位', en: 'Unit' }, show: ({ owner }) => <OrganisationName id={owner} /> },
          {
            id: 'state',
            title: { zh: '执行情况', en: 'Kept' },
            show: ({ rival, isSaid }) => {
              if (!rival) return <Tag color="green">{t({ zh: '一致', en: 'As it should be' })}</Tag>
              if (isSaid) return <Tag color="red">{t({ zh: '另存副本', en: 'A copy of its own' })}</Tag>
              return <Tag color="orange">{t({ zh: '同名，可能另存', en: 'Same name, maybe a copy' })}</Tag>
            },
          },
        ]}
      />
      {of > fields.length && (
        <Typography.Text type="secondary">
          {t({ zh: `共 ${of} 个字段，只显示前 ${fields.length} 个`, en: `The first ${fields.length} of ${of} fields` })}
        </Typography.Text>
      )}
    </Card>
  )
}

function Uses({ uses }: { readonly uses: readonly UseView[] }) {
  const t = useWords()
  return (
    <Card size="small" title={t({ zh: '哪些数据集在用', en: 'Where it is kept' })}>
      <Rows<UseView>
        rows={uses}
        rowKey={({ dataset, field }) => `${dataset} ${field}`}
        caption={{ zh: '使用的字段', en: 'Fields' }}
        empty={{ zh: '还没有数据集使用', en: 'No dataset uses it yet' }}
        columns={[
          {
            id: 'dataset',
            title: { zh: '数据集', en: 'Dataset' },
            heading: true,
            show: ({ dataset, datasetTitle }) => <PageLink to={datasetPath(dataset)}>{t(datasetTitle)}</PageLink>,
          },
          { id: 'field', title: { zh: '字段', en: 'Field' }, show: ({ fieldTitle }) => t(fieldTitle) },
          { id: 'source', title: { zh: '单位', en: 'Unit' }, show: ({ source }) => <OrganisationName id={source} /> },
          {
            id: 'state',
            title: { zh: '执行情况', en: 'Kept' },
            show: ({ rival, faults }) => (
              <Flex vertical gap={4} align="start">
                {rival && <Tag color="red">{t({ zh: '另存副本', en: 'A copy of its own' })}</Tag>}
                {faults.map((fault) => (
                  <Tag key={fault.en} color="orange">
                    {t(fault)}
                  </Tag>
                ))}
                {!rival && faults.length === 0 && <Tag color="green">{t({ zh: '一致', en: 'As it should be' })}</Tag>}
              </Flex>
            ),
          },
        ]}
      />
    </Card>
  )
}
