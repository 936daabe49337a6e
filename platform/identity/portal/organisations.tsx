import { useQuery } from '@tanstack/react-query'
import { Button, Card, Col, Descriptions, Flex, Form, Input, Row, Select, Spin, Tag, Tree } from 'antd'
import { useState } from 'react'
import { api, DataState, type KeysetPage, KeysetTable, PageFrame, PageLink, useMarks, useWords } from '#portal/ui'
import type { Words } from '../../runtime/words.ts'
import { ConfirmButton } from './confirm-button.tsx'
import { FormDialog, needed } from './form-dialog.tsx'

interface Organisation {
  readonly id: string
  readonly name: Words
  readonly short: string
  readonly parent: string | null
  readonly division: string
  readonly kind: string
  readonly hasChildren: boolean
  readonly isClosed: boolean
}
type Detail = Organisation & { readonly above: readonly { readonly id: string; readonly name: Words }[] }

const PATH = '/api/identity/organisations'
export const KINDS: Readonly<Record<string, Words>> = {
  city: { zh: '市', en: 'City' },
  body: { zh: '机构', en: 'Body' },
  county: { zh: '县市区', en: 'County' },
  zone: { zh: '功能区', en: 'Zone' },
  town: { zh: '乡镇街道', en: 'Town' },
  village: { zh: '村居', en: 'Village' },
  grid: { zh: '网格', en: 'Grid' },
}

/** The tree of organisations: opened level by level, searched, changed. */
export function OrganisationsPage() {
  const t = useWords()
  const [search, setSearch] = useState('')
  const [chosen, setChosen] = useState('city')
  return (
    <PageFrame title={{ zh: '组织机构', en: 'Organisations' }}>
      <Input.Search
        aria-label={t({ zh: '查找组织', en: 'Find an organisation' })}
        placeholder={t({ zh: '名称或区划代码', en: 'Name or division code' })}
        allowClear
        onSearch={setSearch}
      />
      <Row gutter={[16, 16]}>
        <Col xs={24} lg={14}>
          <Card>
            {search ? (
              <KeysetTable<Organisation>
                path={PATH}
                query={{ search }}
                caption={{ zh: '查找结果', en: 'Found organisations' }}
                rowKey={({ id }) => id}
                columns={[
                  {
                    id: 'name',
                    title: { zh: '名称', en: 'Name' },
                    show: ({ id, name }) => (
                      <Button type="link" onClick={() => setChosen(id)}>
                        {t(name)}
                      </Button>
                    ),
                  },
                  {
                    id: 'kind',
                    title: { zh: '类型', en: 'Kind' },
                    show: ({ kind }) => t(KINDS[kind] ?? KINDS.body ?? { zh: kind, en: kind }),
                  },
                  { id: 'division', title: { zh: '区划', en: 'Division' }, show: ({ division }) => division },
                ]}
              />
            ) : (
              <Nodes onChoose={setChosen} />
            )}
          </Card>
        </Col>
        <Col xs={24} lg={10}>
          <Chosen id={chosen} />
        </Col>
      </Row>
    </PageFrame>
  )
}

interface Node {
  readonly key: string
  readonly title: string
  readonly isLeaf: boolean
  readonly children?: Node[]
}

function Nodes({ onChoose }: { readonly onChoose: (id: string) => void }) {
  const t = useWords()
  const { inBrackets } = useMarks()
  const [tree, setTree] = useState<Node[]>()
  const nodeOf = ({ id, name, hasChildren, isClosed }: Organisation): Node => ({
    key: id,
    title: isClosed ? `${t(name)}${inBrackets(t({ zh: '已撤销', en: 'closed' }))}` : t(name),
    isLeaf: !hasChildren,
  })
  const load = async (parent?: string): Promise<Node[]> => {
    const nodes: Node[] = []
    for (let after: string | undefined, more = true; more; ) {
      const { rows, next } = await api.get<KeysetPage<Organisation>>(PATH, { parent, after, limit: 200 })
      nodes.push(...rows.map(nodeOf))
      more = next !== null
      after = next ?? undefined
    }
    return nodes
  }
  const roots = useQuery({
    queryKey: [PATH, 'roots'],
    queryFn: async () => {
      const found = await load()
      const first = await Promise.all(found.map(async (node) => ({ ...node, children: await load(node.key) })))
      setTree(first)
      return first
    },
  })
  if (!tree) return roots.isError ? <DataState query={roots}>{() => null}</DataState> : <Spin />
  return (
    <Tree
      aria-label={t({ zh: '组织机构树', en: 'Tree of organisations' })}
      treeData={tree}
      defaultExpandedKeys={['city']}
      height={560}
      onSelect={([key]) => key && onChoose(String(key))}
      loadData={async ({ key }) => {
        const children = await load(String(key))
        setTree((before) => withChildren(before ?? [], String(key), children))
      }}
    />
  )
}

const withChildren = (nodes: readonly Node[], key: string, children: Node[]): Node[] =>
  nodes.map((node) => {
    if (node.key === key) return { ...node, children }
    return node.children ? { ...node, children: withChildren(node.children, key, children) } : node
  })

function Chosen({ id }: { readonly id: string }) {
  const t = useWords()
  const query = useQuery({ queryKey: [PATH, 'one', id], queryFn: () => api.get<Detail>(`${PATH}/${id}`) })
  return (
    <DataState query={query}>
      {(one) => (
        <Card title={t(one.name)} extra={one.isClosed && <Tag>{t({ zh: '已撤销', en: 'Closed' })}</Tag>}>
          <Descriptions
            column={1}
            size="small"
            items={[
              { key: 'id', label: t({ zh: '编号', en: 'Id' }), children: one.id },
              {
                key: 'above',
                label: t({ zh: '上级', en: 'Above' }),
                children: one.above.map(({ name }) => t(name)).join(' › ') || '—',
              },
              { key: 'division', label: t({ zh: '负责区划', en: 'Division' }), children: one.division },
            ]}
          />
          <Flex wrap gap="small" style={{ marginTop: 12 }}>
            <PageLink to={`/admin/posts?organisation=${one.id}`}>{t({ zh: '岗位', en: 'Posts' })}</PageLink>
            <AddBelow parent={one.id} />
            <FormDialog<{ zh: string; en: string; short: string }>
              title={{ zh: '修改', en: 'Change' }}
              button={{ size: 'small' }}
              initial={{ ...one.name, short: one.short }}
              save={({ zh, en, short }) => api.patch(`${PATH}/${one.id}`, { name: { zh, en }, short })}
              changes={[PATH]}
            >
              <NameFields />
              <Form.Item name="short" label={t({ zh: '简称', en: 'Short name' })} rules={needed}>
                <Input maxLength={100} />
              </Form.Item>
            </FormDialog>
            {one.kind !== 'city' && (
              <ConfirmButton
                title={one.isClosed ? { zh: '恢复', en: 'Open again' } : { zh: '撤销', en: 'Close' }}
                question={{ zh: '撤销后其岗位不再有效，确定吗？', en: 'Its posts follow it. Are you sure?' }}
                act={() => api.patch(`${PATH}/${one.id}`, { isClosed: !one.isClosed })}
                changes={[PATH]}
                danger={!one.isClosed}
              />
            )}
          </Flex>
        </Card>
      )}
    </DataState>
  )
}

interface Added {
  readonly id: string
  readonly zh: string
  readonly en: string
  readonly kind: string
}

function AddBelow({ parent }: { readonly parent: string }) {
  const t = useWords()
  return (
    <FormDialog<Added>
      title={{ zh: '新建下级', en: 'Add below' }}
      button={{ size: 'small' }}
      initial={{ kind: 'body' }}
      save={({ id, zh, en, kind }) => api.post(PATH, { id, parent, name: { zh, en }, kind })}
      changes={[PATH]}
    >
      <Form.Item
        name="id"
        label={t({ zh: '编号（小写字母、数字、点）', en: 'Id (small letters, digits, dots)' })}
        rules={needed}
      >
        <Input maxLength={100} />
      </Form.Item>
      <NameFields />
      <Form.Item name="kind" label={t({ zh: '类型', en: 'Kind' })} rules={needed}>
        <Select
          options={Object.entries(KINDS)
            .filter(([kind]) => kind !== 'city')
            .map(([value, label]) => ({ value, label: t(label) }))}
        />
      </Form.Item>
    </FormDialog>
  )
}

/** The pair of a name. */
export function NameFields() {
  const t = useWords()
  return (
    <>
      <Form.Item name="zh" label={t({ zh: '中文名称', en: 'Chinese name' })} rules={needed}>
        <Input maxLength={100} />
      </Form.Item>
      <Form.Item name="en" label={t({ zh: '英文名称', en: 'English name' })} rules={needed}>
        <Input maxLength={200} />
      </Form.Item>
    </>
  )
}
