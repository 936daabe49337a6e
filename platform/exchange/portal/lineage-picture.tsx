import { Flex, Typography } from 'antd'
import { useState } from 'react'
import { OrganisationName, PageLink, Rows, useMarks, useWords, When, Wide } from '#portal/ui'
import type { DatasetView, LineageView } from './types.ts'

const ROW = 28
const BOX = 230
const LANE = BOX + 105
/** A wide picture shrinks so far, then it is scrolled. */
const LEAST = 0.65
/** More of one kind than this are one box of the picture. */
const MOST = 12
/** Names of fields that a line of the table tells. */
const FEW = 6
const NOWHERE = { x: 0, y: 0 } as const
const INK = { line: '#b8c2cf', chosen: '#c25700', text: '#1c2733', box: '#f3f5f8', edge: '#8a94a3' } as const

interface Node {
  readonly id: string
  readonly text: string
}
interface Link {
  readonly from: string
  readonly to: string
}
interface Props {
  readonly dataset: DatasetView
  readonly lineage: LineageView
}

/** Columns of files on the left, fields in the middle, what is made of them on the right; a click follows a line. */
export function LineagePicture({ dataset, lineage }: Props) {
  const t = useWords()
  const [chosen, setChosen] = useState<string>()
  const { columns, fields, uses, links } = partsOf(dataset, lineage, t)
  const linked = reached(links, chosen)
  const height = Math.max(columns.length, fields.length, uses.length, 1) * ROW + ROW
  const lanes = [columns, fields, uses].filter((lane) => lane.length > 0)
  const width = lanes.length * LANE - (LANE - BOX)
  const place = new Map(lanes.flatMap((lane, at) => lane.map(({ id }, row) => [id, { x: at * LANE, y: placeOf(row) }])))
  return (
    <Flex vertical gap="middle">
      <Typography.Text type="secondary">
        {t({
          zh: '左：来源文件的列；中：本数据集的字段；右：用到它们的标签、质量规则、档案、开放数据、授权单位和分析表。点一项，看它的来龙去脉。',
          en: 'Left: columns of source files; middle: fields; right: tags, quality rules, files, open data, consumers and kept answers that use them. Choose one to follow it.',
        })}
      </Typography.Text>
      <Wide label={t({ zh: '字段血缘图', en: 'Lineage of fields' })}>
        {/* biome-ignore lint/a11y/useSemanticElements: a drawing cannot be a field set */}
        <svg
          role="group"
          aria-label={t({ zh: '字段血缘图，内容见下表', en: 'Lineage of fields; told in the table below' })}
          viewBox={`0 0 ${width} ${height}`}
          style={{ width: `max(${width * LEAST}px, min(100%, ${width}px))`, height: 'auto' }}
          fontSize={13}
        >
          {links.map(({ from, to }) => {
            const [a, b] = [place.get(from), place.get(to)]
            if (!a || !b) return null
            const start = a.x + BOX
            const isLit = linked.has(from) && linked.has(to)
            return (
              <path
                key={`${from} ${to}`}
                d={`M${start} ${a.y + 11} C${start + 50} ${a.y + 11} ${b.x - 50} ${b.y + 11} ${b.x} ${b.y + 11}`}
                fill="none"
                stroke={isLit ? INK.chosen : INK.line}
                strokeWidth={isLit ? 2 : 1}
              />
            )
          })}
          {lanes.flat().map((node) => (
            <Box
              key={node.id}
              node={node}
              {...(place.get(node.id) ?? NOWHERE)}
              isLit={linked.has(node.id)}
              onChoose={setChosen}
            />
          ))}
        </svg>
      </Wide>
      <Made dataset={dataset} lineage={lineage} chosen={chosen} />
      <Sources lineage={lineage} />
    </Flex>
  )
}

const UNITS = 31

/** As much of a text as a box holds; a Chinese sign takes the room of two letters. */
function fitting(text: string): string {
  let units = 0
  const signs = [...text]
  const end = signs.findIndex((sign) => {
    units += sign > '\u2e80' ? 2 : 1
    return units > UNITS
  })
  return end < 0 ? text : `${signs.slice(0, end - 1).join('')}…`
}

const placeOf = (at: number): number => at * ROW + ROW / 2

/** What hangs together with the chosen part, in both directions. */
function reached(links: readonly Link[], chosen: string | undefined): ReadonlySet<string> {
  if (chosen === undefined) return new Set()
  const follow = (from: 'from' | 'to', to: 'from' | 'to') => {
    const found = new Set([chosen])
    for (const id of found) for (const link of links) if (link[from] === id) found.add(link[to])
    return found
  }
  return new Set([...follow('from', 'to'), ...follow('to', 'from')])
}

interface BoxProps {
  readonly node: Node
  readonly x: number
  readonly y: number
  readonly isLit: boolean
  readonly onChoose: (id: string) => void
}

function Box({ node: { id, text }, x, y, isLit, onChoose }: BoxProps) {
  return (
    // biome-ignore lint/a11y/useSemanticElements: a box of a drawing cannot be a button element
    <g
      role="button"
      tabIndex={0}
      aria-pressed={isLit}
      style={{ cursor: 'pointer' }}
      onClick={() => onChoose(id)}
      onKeyDown={({ key }) => key === 'Enter' && onChoose(id)}
    >
      <title>{text}</title>
      <rect
        x={x + 0.5}
        y={y}
        width={BOX - 1}
        height={22}
        rx={4}
        fill={INK.box}
        stroke={isLit ? INK.chosen : INK.edge}
      />
      <text x={x + 8} y={y + 15} fill={INK.text}>
        {fitting(text)}
      </text>
    </g>
  )
}

function partsOf(dataset: DatasetView, lineage: LineageView, t: ReturnType<typeof useWords>) {
  const columns = new Map<string, Node>()
  const links = new Map<string, Link>()
  const link = (from: string, to: string) => links.set(`${from} ${to}`, { from, to })
  for (const { file, columns: own } of lineage.sources)
    for (const { header, field } of own) {
      const id = `column:${file}:${header}`
      columns.set(id, { id, text: t({ zh: `${header}（${file}）`, en: `${header} (${file})` }) })
      link(id, `field:${field}`)
    }
  for (const { grant, fields } of lineage.uses) for (const name of fields) link(`field:${name}`, `grant:${grant}`)
  const made = new Map<string, Node>()
  for (const [at, { kind, title, fields }] of lineage.made.entries()) {
    const alike = lineage.made.filter((other) => other.kind.en === kind.en).length
    const node =
      alike > MOST
        ? { id: `made:${kind.en}`, text: t({ zh: `${kind.zh}（${alike} 个）`, en: `${kind.en} (${alike})` }) }
        : { id: `made:${at}`, text: `${t(kind)} · ${t(title)}` }
    made.set(node.id, node)
    for (const name of fields) link(`field:${name}`, node.id)
  }
  for (const { table } of lineage.kept) for (const { name } of dataset.fields) link(`field:${name}`, `kept:${table}`)
  return {
    columns: [...columns.values()],
    fields: dataset.fields.map(({ name, title }) => ({ id: `field:${name}`, text: t(title) })),
    uses: [
      ...made.values(),
      ...lineage.uses.map(({ grant, consumerName }) => ({ id: `grant:${grant}`, text: t(consumerName) })),
      ...lineage.kept.map(({ table }) => ({ id: `kept:${table}`, text: table })),
    ],
    links: [...links.values()],
  }
}

/** What is made of the chosen field, or the first of what is made of any. */
function Made({ dataset, lineage, chosen }: Props & { readonly chosen: string | undefined }) {
  const t = useWords()
  const { list } = useMarks()
  const titles = new Map(dataset.fields.map(({ name, title }) => [name, t(title)]))
  const field = chosen?.startsWith('field:') ? chosen.slice('field:'.length) : undefined
  const found = lineage.made.filter(({ fields }) => field === undefined || fields.includes(field))
  const made = field === undefined ? found.slice(0, MOST) : found
  if (lineage.made.length === 0) return null
  return (
    <Flex vertical gap="small">
      <Typography.Text type="secondary">
        {field === undefined
          ? t({
              zh: `共 ${found.length} 项用到这些字段，显示 ${made.length} 项；在图中点一个字段，列出全部用到它的。`,
              en: `${found.length} are made of these fields, ${made.length} of them are shown; choose a field in the picture to see all that are made of it.`,
            })
          : t({
              zh: `“${titles.get(field)}”用在 ${found.length} 处。`,
              en: `"${titles.get(field)}" is used by ${found.length}.`,
            })}
      </Typography.Text>
      <Rows
        rows={made}
        empty={{ zh: '没有用到这个字段的', en: 'Nothing is made of this field' }}
        rowKey={({ kind, title }) => `${kind.en} ${title.en}`}
        caption={{
          zh: '用到这些字段的标签、规则、档案和开放数据',
          en: 'Tags, rules, files and open data made of these fields',
        }}
        columns={[
          {
            id: 'title',
            title: { zh: '用在哪里', en: 'Used by' },
            heading: true,
            show: ({ title, page }) => (page ? <PageLink to={page}>{t(title)}</PageLink> : t(title)),
          },
          { id: 'kind', title: { zh: '类别', en: 'Kind' }, show: ({ kind }) => t(kind) },
          {
            id: 'fields',
            title: { zh: '字段', en: 'Fields' },
            show: ({ fields }) => {
              const some = fields.slice(0, FEW).map((name) => titles.get(name) ?? name)
              const more =
                fields.length > FEW
                  ? t({ zh: ` 等 ${fields.length} 项`, en: ` and others, ${fields.length} in all` })
                  : ''
              return `${some.join(list)}${more}`
            },
          },
        ]}
      />
    </Flex>
  )
}

function Sources({ lineage: { sources, kept } }: Pick<Props, 'lineage'>) {
  const t = useWords()
  return (
    <>
      <Rows
        rows={sources}
        rowKey={({ load }) => load}
        caption={{ zh: '来源文件', en: 'Source files' }}
        empty={{ zh: '数据由系统直接写入，没有导入文件', en: 'Written by systems; no file was imported' }}
        columns={[
          { id: 'file', title: { zh: '来源文件', en: 'Source file' }, heading: true, show: ({ file }) => file },
          {
            id: 'unit',
            title: { zh: '提交单位', en: 'Handed in by' },
            show: ({ organisation }) => <OrganisationName id={organisation} />,
          },
          { id: 'at', title: { zh: '时间', en: 'Time' }, show: ({ at }) => <When at={at} /> },
          { id: 'rows', title: { zh: '行数', en: 'Rows' }, align: 'right', show: ({ rows }) => rows.toLocaleString() },
          {
            id: 'load',
            title: { zh: '导入记录', en: 'Import' },
            show: ({ load }) => <PageLink to={`/imports/${load}`}>{`#${load}`}</PageLink>,
          },
        ]}
      />
      {kept.length > 0 && (
        <Rows
          rows={kept}
          rowKey={({ table }) => table}
          caption={{ zh: '用到本数据的分析表', en: 'Kept answers that hold these data' }}
          columns={[
            {
              id: 'table',
              title: { zh: '分析表', en: 'Kept answer' },
              heading: true,
              show: ({ table }) => <code>{table}</code>,
            },
            {
              id: 'rows',
              title: { zh: '行数', en: 'Rows' },
              align: 'right',
              show: ({ rows }) => rows.toLocaleString(),
            },
            { id: 'at', title: { zh: '时间', en: 'Time' }, show: ({ at }) => <When at={at} /> },
          ]}
        />
      )}
      {sources.length > 0 && (
        <Typography.Text type="secondary">
          {t({
            zh: '每一行来自哪个文件的第几行，可在“查看数据”中打开该行的历史。',
            en: 'Which line of which file a row came from is told in the history of the row, under "Open the data".',
          })}
        </Typography.Text>
      )}
    </>
  )
}
