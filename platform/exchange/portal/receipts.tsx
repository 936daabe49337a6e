import { Flex, Switch } from 'antd'
import { useState } from 'react'
import { KeysetTable, OrganisationName, PersonName, useWords, When } from '#portal/ui'
import type { ReceiptView } from './types.ts'
import { OutcomeTag, wayWords } from './words.tsx'

type Of = { readonly grant: string } | { readonly dataset: string } | { readonly unknown: true }

/** Receipts: each call and each refusal, to be downloaded and proved by anybody. */
export function Receipts({ of }: { readonly of: Of }) {
  const t = useWords()
  const [refused, setRefused] = useState(false)
  return (
    <Flex vertical gap="small">
      <Flex gap="small" align="center">
        <Switch
          checked={refused}
          onChange={setRefused}
          aria-label={t({ zh: '只看被拒绝的', en: 'Refused calls only' })}
        />
        {t({ zh: '只看被拒绝的', en: 'Refused calls only' })}
      </Flex>
      <KeysetTable<ReceiptView>
        path="/api/exchange/receipts"
        query={{ ...of, ...(refused ? { refused } : {}) }}
        rowKey={({ id }) => id}
        caption={{ zh: '使用回执', en: 'Receipts' }}
        empty={{ zh: '还没有使用记录', en: 'Nothing was used yet' }}
        columns={[
          { id: 'at', title: { zh: '时间', en: 'Time' }, heading: true, show: ({ at }) => <When at={at} /> },
          {
            id: 'consumer',
            title: { zh: '使用单位', en: 'Consumer' },
            show: ({ consumer }) => <OrganisationName id={consumer} />,
          },
          { id: 'caller', title: { zh: '调用方', en: 'Caller' }, show: ({ caller }) => <Caller id={caller} /> },
          { id: 'way', title: { zh: '方式', en: 'Way' }, show: ({ way }) => t(wayWords(way)) },
          { id: 'outcome', title: { zh: '结果', en: 'Outcome' }, show: (receipt) => <OutcomeTag {...receipt} /> },
          { id: 'rows', title: { zh: '行数', en: 'Rows' }, align: 'right', show: ({ rows }) => rows },
          {
            id: 'file',
            title: { zh: '回执', en: 'Receipt' },
            show: ({ id }) => (
              <a href={`/api/exchange/receipts/${id}`} download={`receipt-${id}.json`}>
                {t({ zh: '下载', en: 'Download' })}
              </a>
            ),
          },
        ]}
      />
    </Flex>
  )
}

const UUID = /^[0-9a-f-]{36}$/

/** A person by name; machines and the platform as they are called. */
function Caller({ id }: { readonly id: string }) {
  const t = useWords()
  if (id.startsWith('system:')) return <span>{t({ zh: '平台推送', en: 'The platform' })}</span>
  return UUID.test(id) ? <PersonName id={id} /> : <span>{id}</span>
}
