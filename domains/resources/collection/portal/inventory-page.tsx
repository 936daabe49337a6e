import { useMutation, useQuery } from '@tanstack/react-query'
import { App, Button, Card, Col, Flex, Popconfirm, Progress, Row, Tag, Typography } from 'antd'
import { api, DataState, OrganisationName, PageFrame, PageLink, Parts, Rows, useRight, useWords } from '#portal/ui'
import { ScanList } from './scan-list.tsx'
import type { Inventory, UnitCounts } from './types.ts'
import { UnitBars } from './unit-bars.tsx'
import { EDGES, percent, titleOf } from './words.ts'

/** "All collected", with what it is a share of; what is missing, what nobody uses. */
export function InventoryPage() {
  const t = useWords()
  const query = useQuery({
    queryKey: ['collection', 'inventory'],
    queryFn: () => api.get<Inventory>('/api/collection/inventory'),
  })
  const mayDeclare = useRight('collection.declare')
  return (
    <PageFrame
      title={{ zh: '应汇尽汇', en: 'All collected' }}
      about={{
        zh: '以各单位申报的和在来源中发现的数据表为分母：每张表要么已汇聚，要么说明原因。',
        en: 'Measured against all tables that are declared or were found: each is collected, or says why not.',
      }}
      extra={
        <>
          <PageLink to="/inventory/systems">{t({ zh: '系统清单', en: 'Systems' })}</PageLink>
          {mayDeclare && (
            <PageLink to="/data/collection.system-table/import">
              {t({ zh: '导入数据表清单', en: 'Import tables' })}
            </PageLink>
          )}
          <Renew />
        </>
      }
    >
      <DataState
        query={query}
        isEmpty={({ units }) => units.length === 0}
        empty={{ zh: '还没有申报信息系统', en: 'No system has been declared' }}
        next={
          <PageLink to="/data/collection.system/import">{t({ zh: '导入系统清单', en: 'Import systems' })}</PageLink>
        }
      >
        {(inventory) => <View inventory={inventory} />}
      </DataState>
    </PageFrame>
  )
}

function Renew() {
  const t = useWords()
  const { message } = App.useApp()
  const renew = useMutation({
    mutationFn: () => api.post<{ readonly units: number }>('/api/collection/inventory/renewals'),
    onSuccess: ({ units }) =>
      void message.success(
        t({ zh: `${units} 个单位的年度更新已发起`, en: `The yearly inventory of ${units} units has begun` }),
      ),
    onError: (error) => void message.error(error.message),
  })
  if (!useRight('collection.steward')) return null
  return (
    <Popconfirm
      title={t({
        zh: '给清单中的每个单位发一件年度核对事项',
        en: 'Each unit of the inventory gets its yearly matter',
      })}
      onConfirm={() => renew.mutate()}
    >
      <Button loading={renew.isPending}>{t({ zh: '发起年度更新', en: 'Begin the yearly inventory' })}</Button>
    </Popconfirm>
  )
}

function View({ inventory }: { readonly inventory: Inventory }) {
  const t = useWords()
  return (
    <Flex vertical gap="middle">
      <Edges edges={inventory.edges} />
      <Parts
        parts={[
          { key: 'units', label: t({ zh: '各单位', en: 'By unit' }), children: <Units units={inventory.units} /> },
          {
            key: 'scans',
            label: t({ zh: `来源扫描 ${inventory.scans.length}`, en: `Scans ${inventory.scans.length}` }),
            children: <ScanList scans={inventory.scans} />,
          },
          {
            key: 'zombies',
            label: t({ zh: `僵尸系统 ${inventory.zombies.length}`, en: `Zombie systems ${inventory.zombies.length}` }),
            children: <Zombies zombies={inventory.zombies} />,
          },
          {
            key: 'unused',
            label: t({
              zh: `无人使用的表 ${inventory.unused.length}`,
              en: `Tables nobody reads ${inventory.unused.length}`,
            }),
            children: <Unused tables={inventory.unused} />,
          },
          {
            key: 'idle',
            label: t({
              zh: `无人使用的数据 ${inventory.idle.length}`,
              en: `Data without user ${inventory.idle.length}`,
            }),
            children: <Idle datasets={inventory.idle} />,
          },
        ]}
      />
    </Flex>
  )
}

function Edges({ edges }: { readonly edges: Inventory['edges'] }) {
  const t = useWords()
  return (
    <Row gutter={[16, 16]}>
      {edges.map(({ id, linked, total }) => (
        <Col key={id} xs={12} lg={4}>
          <Card size="small" style={{ height: '100%' }}>
            <Flex vertical gap={4}>
              <Typography.Text strong={id === 'collected'}>{t(titleOf(EDGES, id))}</Typography.Text>
              <Typography.Text style={{ fontSize: 22 }}>{percent(linked, total)}</Typography.Text>
              <Progress
                aria-label={t(titleOf(EDGES, id))}
                percent={total === 0 ? 0 : Math.floor((100 * linked) / total)}
                showInfo={false}
              />
              <Typography.Text>{`${linked} / ${total}`}</Typography.Text>
            </Flex>
          </Card>
        </Col>
      ))}
    </Row>
  )
}

function Units({ units }: { readonly units: readonly UnitCounts[] }) {
  const t = useWords()
  const parts = [
    { title: t({ zh: '已汇聚', en: 'Collected' }), of: ({ collected }: UnitCounts) => collected },
    { title: t({ zh: '已列计划', en: 'Planned' }), of: ({ planned }: UnitCounts) => planned },
    { title: t({ zh: '依法或因故不汇聚', en: 'Kept for a reason' }), of: ({ excused }: UnitCounts) => excused },
    { title: t({ zh: '未说明', en: 'Unexplained' }), of: ({ silent }: UnitCounts) => silent },
  ]
  return (
    <Flex vertical gap="middle">
      <Card title={t({ zh: '各单位的数据表', en: 'Tables of each unit' })}>
        <UnitBars
          rows={units}
          unitOf={({ unit }) => unit}
          parts={parts}
          label={{ zh: '各单位数据表的汇聚情况', en: 'What is collected of the tables of each unit' }}
          step={26}
        />
      </Card>
      <Rows<UnitCounts>
        rows={units}
        rowKey={({ unit }) => unit}
        caption={{ zh: '各单位的系统和数据表', en: 'Systems and tables of each unit' }}
        columns={[
          {
            id: 'unit',
            title: { zh: '单位', en: 'Unit' },
            heading: true,
            show: ({ unit }) => <OrganisationName id={unit} />,
          },
          { id: 'systems', title: { zh: '系统', en: 'Systems' }, align: 'right', show: ({ systems }) => systems },
          { id: 'tables', title: { zh: '数据表', en: 'Tables' }, align: 'right', show: ({ tables }) => tables },
          { id: 'fields', title: { zh: '字段', en: 'Fields' }, align: 'right', show: ({ fields }) => fields },
          {
            id: 'rate',
            title: { zh: '应汇尽汇', en: 'All collected' },
            align: 'right',
            show: ({ collected, tables, excused }) => percent(collected, tables - excused),
          },
          {
            id: 'silent',
            title: { zh: '未说明', en: 'Unexplained' },
            show: ({ silent }) => (silent > 0 ? <Tag color="orange">{silent}</Tag> : '0'),
          },
          {
            id: 'undeclared',
            title: { zh: '其中未申报', en: 'Of them not declared' },
            show: ({ undeclared }) => (undeclared > 0 ? <Tag color="orange">{undeclared}</Tag> : '0'),
          },
          {
            id: 'late',
            title: { zh: '计划已过期', en: 'Plan overdue' },
            show: ({ late }) => (late > 0 ? <Tag color="red">{late}</Tag> : '0'),
          },
          {
            id: 'graph',
            title: { zh: '关系图', en: 'Picture' },
            show: ({ unit }) => (
              <PageLink to={`/inventory/graph?unit=${unit}`}>{t({ zh: '看图', en: 'Show' })}</PageLink>
            ),
          },
        ]}
      />
    </Flex>
  )
}

function Zombies({ zombies }: { readonly zombies: Inventory['zombies'] }) {
  const t = useWords()
  return (
    <Rows
      rows={zombies}
      rowKey={({ code }) => code}
      caption={{ zh: '僵尸系统', en: 'Zombie systems' }}
      empty={{ zh: '没有发现僵尸系统', en: 'There is none' }}
      columns={[
        {
          id: 'name',
          title: { zh: '系统', en: 'System' },
          heading: true,
          show: ({ code, name }) => (
            <PageLink to={`/inventory/systems/${encodeURIComponent(code)}`}>
              <span lang="zh">{name}</span>
            </PageLink>
          ),
        },
        { id: 'owner', title: { zh: '责任单位', en: 'Owner' }, show: ({ owner }) => <OrganisationName id={owner} /> },
        { id: 'last', title: { zh: '最近使用', en: 'Used last' }, show: ({ lastOn }) => lastOn ?? '—' },
        { id: 'why', title: { zh: '判断依据', en: 'Why' }, show: ({ why }) => t(why) },
      ]}
    />
  )
}

function Unused({ tables }: { readonly tables: Inventory['unused'] }) {
  return (
    <Rows
      rows={tables}
      rowKey={({ system, name }) => `${system}/${name}`}
      caption={{ zh: '无人使用的数据表', en: 'Tables that nobody reads' }}
      empty={{ zh: '没有', en: 'There is none' }}
      columns={[
        {
          id: 'title',
          title: { zh: '数据表', en: 'Table' },
          heading: true,
          show: ({ system, title }) => (
            <PageLink to={`/inventory/systems/${encodeURIComponent(system)}`}>
              <span lang="zh">{title}</span>
            </PageLink>
          ),
        },
        { id: 'owner', title: { zh: '责任单位', en: 'Owner' }, show: ({ owner }) => <OrganisationName id={owner} /> },
        { id: 'last', title: { zh: '最近读取', en: 'Read last' }, show: ({ lastReadOn }) => lastReadOn ?? '—' },
      ]}
    />
  )
}

function Idle({ datasets }: { readonly datasets: Inventory['idle'] }) {
  const t = useWords()
  return (
    <Rows
      rows={datasets}
      rowKey={({ dataset }) => dataset}
      caption={{ zh: '已汇聚但 90 天无人查看、也无人调用的数据', en: 'Collected, but not read or called for 90 days' }}
      empty={{ zh: '没有', en: 'There is none' }}
      columns={[
        {
          id: 'title',
          title: { zh: '数据集', en: 'Dataset' },
          heading: true,
          show: ({ dataset, title }) => <PageLink to={`/data/${encodeURIComponent(dataset)}`}>{t(title)}</PageLink>,
        },
        {
          id: 'owners',
          title: { zh: '数据表责任单位', en: 'Owners of its tables' },
          show: ({ owners }) => (
            <Flex wrap gap="small">
              {owners.map((id) => (
                <OrganisationName key={id} id={id} />
              ))}
            </Flex>
          ),
        },
        { id: 'read', title: { zh: '最近查看', en: 'Read last' }, show: ({ lastReadOn }) => lastReadOn ?? '—' },
        { id: 'called', title: { zh: '最近调用', en: 'Called last' }, show: ({ lastCalledOn }) => lastCalledOn ?? '—' },
      ]}
    />
  )
}
