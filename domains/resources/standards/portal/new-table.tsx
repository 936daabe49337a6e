import { useMutation } from '@tanstack/react-query'
import { Alert, Button, Flex, Input } from 'antd'
import { useState } from 'react'
import { api, PageLink, Rows, useMarks, useWords } from '#portal/ui'
import { elementPath, type Suggestion } from './types.ts'

interface Column {
  readonly title: string
  readonly values: readonly string[]
}

/** Lines copied from a sheet, apart by tab or comma: titles first, then some rows. */
function columnsOf(text: string): Column[] {
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '')
  const [head = '', ...rows] = lines.map((line) => (line.includes('\t') ? line.split('\t') : line.split(/[,，]/)))
  if (typeof head === 'string') return []
  return head
    .map((title, at) => ({ title: title.trim(), values: rows.slice(0, 50).map((row) => row[at] ?? '') }))
    .filter(({ title }) => title !== '')
    .slice(0, 300)
}

/** What the columns of a table that is not here yet are, before anybody collects it. */
export function NewTable() {
  const t = useWords()
  const { sentences } = useMarks()
  const [text, setText] = useState('')
  const columns = columnsOf(text)
  const ask = useMutation({
    mutationFn: async () => {
      const { suggestions } = await api.post<{ suggestions: Suggestion[][] }>('/api/standards/suggestions/query', {
        columns,
      })
      return columns.map(({ title }, at) => ({ title, suggestions: suggestions[at] ?? [] }))
    },
  })
  return (
    <Flex vertical gap="middle">
      <Input.TextArea
        rows={6}
        value={text}
        aria-label={t({ zh: '表头和几行数据', en: 'Titles and some rows' })}
        placeholder={t({
          zh: '从表格中复制表头和几行数据，粘贴在这里',
          en: 'Copy the titles and some rows from a sheet and paste them here',
        })}
        onChange={(event) => setText(event.target.value)}
      />
      <Button
        type="primary"
        disabled={columns.length === 0}
        loading={ask.isPending}
        onClick={() => ask.mutate()}
        style={{ alignSelf: 'start' }}
      >
        {t({ zh: '推荐数据元', en: 'Suggest elements' })}
      </Button>
      {ask.error && <Alert type="error" showIcon title={ask.error.message} />}
      {ask.data && (
        <Rows
          rows={ask.data}
          rowKey={({ title }) => title}
          caption={{ zh: '各列', en: 'Columns' }}
          columns={[
            { id: 'title', title: { zh: '列名', en: 'Column' }, heading: true, show: ({ title }) => title },
            {
              id: 'element',
              title: { zh: '推荐的数据元', en: 'Suggested element' },
              show: ({ suggestions: [best] }) =>
                best ? (
                  <PageLink to={elementPath(best.slot)}>{best.slot}</PageLink>
                ) : (
                  t({ zh: '没有相近的', en: 'None' })
                ),
            },
            {
              id: 'reasons',
              title: { zh: '理由', en: 'Reasons' },
              show: ({ suggestions: [best] }) => best?.reasons.map(t).join(sentences) ?? '—',
            },
          ]}
        />
      )}
    </Flex>
  )
}
