import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Card, Collapse, Flex, Input, Tag } from 'antd'
import dayjs from 'dayjs'
import { useState } from 'react'
import { LoopList } from '#portal/loops'
import { api, DataState, PageFrame, Rows, useRight, useWords } from '#portal/ui'
import type { Words } from '../../../../platform/runtime/words.ts'
import { NewEdition } from './new-edition.tsx'
import { Chinese } from './shown.tsx'
import { HOME } from './types.ts'

interface Difference {
  readonly code: string
  readonly before: Words | null
  readonly after: Words | null
}
export interface Edition {
  readonly edition: number
  readonly title: Words
  readonly source: string
  readonly validFrom: string
  readonly note: string
  readonly codes: Readonly<Record<string, Words>>
  readonly differences: readonly Difference[]
}

const SHOWN = 200

/** The edition of today; one that was decided may begin later. */
const inForce = (editions: readonly Edition[]): Edition | undefined =>
  editions.findLast(({ validFrom }) => validFrom <= dayjs().format('YYYY-MM-DD'))

/** One code list: its codes, its editions and what changed between them. */
export function CodeListPage() {
  const t = useWords()
  const { list = '' } = useParams({ strict: false })
  const mayPropose = useRight('standards.propose')
  const query = useQuery({
    queryKey: ['standards', 'code-list', list],
    queryFn: () => api.get<{ editions: Edition[] }>(`/api/standards/code-lists/${encodeURIComponent(list)}`),
  })
  const last = query.data?.editions.at(-1)
  return (
    <PageFrame
      title={last?.title ?? list}
      above={[HOME, { title: { zh: '代码表', en: 'Code lists' }, path: '/standards/code-lists' }]}
      extra={mayPropose && last && <NewEdition list={list} last={last} />}
    >
      <DataState query={query}>
        {({ editions }) => (
          <Flex vertical gap="middle">
            <Editions list={list} editions={editions} />
            <Codes codes={inForce(editions)?.codes ?? {}} />
            <Card size="small" title={t({ zh: '提出的新版本', en: 'Editions that were proposed' })}>
              <LoopList filter={{ origin: `registry.code-list:${list}` }} />
            </Card>
          </Flex>
        )}
      </DataState>
    </PageFrame>
  )
}

function Editions({ list, editions }: { readonly list: string; readonly editions: readonly Edition[] }) {
  const t = useWords()
  return (
    <Card
      size="small"
      title={t({ zh: '版本', en: 'Editions' })}
      extra={<a href={`/api/standards/code-lists/${encodeURIComponent(list)}/skos.jsonld`}>SKOS</a>}
    >
      <Collapse
        size="small"
        items={editions.toReversed().map(({ edition, source, validFrom, note, differences }) => ({
          key: edition,
          label: (
            <Flex gap="small" wrap>
              <strong>
                {edition === 0
                  ? t({ zh: '随产品提供', en: 'Ships with the product' })
                  : `${t({ zh: '第', en: 'No. ' })}${edition}${t({ zh: ' 版', en: '' })}`}
              </strong>
              {edition > 0 && <span>{t({ zh: `${validFrom} 起`, en: `from ${validFrom}` })}</span>}
              <Chinese>{source}</Chinese>
              {note && <Chinese>{note}</Chinese>}
            </Flex>
          ),
          children: <Differences differences={differences} />,
        }))}
      />
    </Card>
  )
}

function Differences({ differences }: { readonly differences: readonly Difference[] }) {
  const t = useWords()
  return (
    <Rows<Difference>
      rows={differences.slice(0, SHOWN)}
      rowKey={({ code }) => code}
      caption={{ zh: '变化', en: 'What changed' }}
      empty={{ zh: '没有变化', en: 'Nothing changed' }}
      columns={[
        { id: 'code', title: { zh: '代码', en: 'Code' }, heading: true, show: ({ code }) => <code>{code}</code> },
        {
          id: 'what',
          title: { zh: '变化', en: 'What changed' },
          show: ({ before, after }) =>
            before === null ? (
              <Tag color="green">{t({ zh: '新增', en: 'New' })}</Tag>
            ) : after === null ? (
              <Tag color="red">{t({ zh: '取消', en: 'Gone' })}</Tag>
            ) : (
              <Tag color="orange">{t({ zh: '改名', en: 'Renamed' })}</Tag>
            ),
        },
        {
          id: 'before',
          title: { zh: '原名称', en: 'Before' },
          show: ({ before }) => <Chinese>{before?.zh ?? '—'}</Chinese>,
        },
        {
          id: 'after',
          title: { zh: '新名称', en: 'After' },
          show: ({ after }) => <Chinese>{after?.zh ?? '—'}</Chinese>,
        },
      ]}
    />
  )
}

function Codes({ codes }: { readonly codes: Readonly<Record<string, Words>> }) {
  const t = useWords()
  const [text, setText] = useState('')
  const all = Object.entries(codes)
  const found = all.filter(([code, { zh, en }]) => [code, zh, en].some((each) => each.includes(text.trim())))
  return (
    <Card
      size="small"
      title={t({ zh: `代码（${all.length}）`, en: `Codes (${all.length})` })}
      extra={
        <Input.Search
          allowClear
          size="small"
          aria-label={t({ zh: '查找代码', en: 'Search codes' })}
          onChange={(event) => setText(event.target.value)}
        />
      }
    >
      <Flex vertical gap="small">
        <Rows
          rows={found.slice(0, SHOWN)}
          rowKey={([code]) => code}
          caption={{ zh: '代码', en: 'Codes' }}
          columns={[
            { id: 'code', title: { zh: '代码', en: 'Code' }, heading: true, show: ([code]) => <code>{code}</code> },
            { id: 'name', title: { zh: '名称', en: 'Name' }, show: ([, { zh }]) => <Chinese>{zh}</Chinese> },
          ]}
        />
        {found.length > SHOWN && (
          <span>
            {t({
              zh: `只显示前 ${SHOWN} 个，请输入代码或名称查找`,
              en: `The first ${SHOWN} are shown; search by code or name`,
            })}
          </span>
        )}
      </Flex>
    </Card>
  )
}
