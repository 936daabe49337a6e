import { useQuery } from '@tanstack/react-query'
import { Button, Col, Flex, Form, Input, Progress, Row, Typography } from 'antd'
import { type KeyboardEvent, useState } from 'react'
import { api, DataState, PageFrame, useWords } from '#portal/ui'
import { AnswerView } from './answer-view.tsx'
import { PastQuestions } from './past-questions.tsx'
import { TableList } from './table-list.tsx'
import type { Tables } from './types.ts'
import { useQuestion } from './use-question.ts'

const MB = 2 ** 20

/** Questions in SQL over whole datasets, for stewards. */
export function ConsolePage() {
  const t = useWords()
  const tables = useQuery({
    queryKey: ['/api/analytics/tables'],
    queryFn: () => api.get<Tables>('/api/analytics/tables'),
  })
  return (
    <PageFrame
      title={{ zh: 'SQL 分析台', en: 'SQL console' }}
      about={{
        zh: '对数据集的快照提问，不影响业务库。每次查询的全文、目的和您的姓名都会留存备查。',
        en: 'Ask copies of datasets; the working database is not touched. Text, purpose and your name are kept for audit.',
      }}
    >
      <DataState query={tables} isEmpty={() => false}>
        {({ rows, limits }) => (
          <>
            <Typography.Text type="secondary">
              {t({
                zh: `结果含个人信息时，会告知表中的每个人；逐行查询并带上 _id，则只告知所显示的人。限额：${limits.seconds} 秒、${limits.bytes / MB} MB 内存、显示前 ${limits.rows.toLocaleString()} 行；只能读取，加密字段不在其中。`,
                en: `Whoever is in a table finds the answers that showed personal data of it; of plain rows with _id only those shown do. Limits: ${limits.seconds} s, ${limits.bytes / MB} MB of memory, the first ${limits.rows.toLocaleString()} rows shown; reading only, sealed fields are not in it.`,
              })}
            </Typography.Text>
            <Console tables={rows} />
          </>
        )}
      </DataState>
    </PageFrame>
  )
}

function Console({ tables }: { readonly tables: Tables['rows'] }) {
  const t = useWords()
  const [sql, setSql] = useState('')
  const [purpose, setPurpose] = useState('')
  const { asking, ask, cancel } = useQuestion()
  const isRunning = asking.state === 'running'
  const isReady = sql.trim() !== '' && purpose.trim().length >= 2
  const run = () => {
    if (isReady && !isRunning) void ask(sql, purpose.trim())
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return
    event.preventDefault()
    run()
  }
  return (
    <Row gutter={[24, 16]}>
      <Col xs={24} lg={16}>
        <Form layout="vertical" onFinish={run}>
          <Form.Item label={t({ zh: '查询语句', en: 'Question in SQL' })} htmlFor="analysis-sql">
            <Input.TextArea
              id="analysis-sql"
              value={sql}
              onChange={(event) => setSql(event.target.value)}
              onKeyDown={onKeyDown}
              autoSize={{ minRows: 6, maxRows: 20 }}
              maxLength={20_000}
              spellCheck={false}
              style={{ fontFamily: 'ui-monospace, monospace' }}
              placeholder="select division, count(*) as n from … group by division order by n desc"
            />
          </Form.Item>
          <Form.Item
            label={t({ zh: '查询目的（记入审计日志）', en: 'Purpose (goes into the audit log)' })}
            htmlFor="analysis-purpose"
            required
          >
            <Input
              id="analysis-purpose"
              value={purpose}
              maxLength={200}
              onChange={(event) => setPurpose(event.target.value)}
              onKeyDown={onKeyDown}
            />
          </Form.Item>
          <Flex gap="small" wrap align="center">
            <Button type="primary" htmlType="submit" disabled={!isReady || isRunning}>
              {t({ zh: '运行（Ctrl+Enter）', en: 'Run (Ctrl+Enter)' })}
            </Button>
            {isRunning && <Button onClick={cancel}>{t({ zh: '取消', en: 'Cancel' })}</Button>}
            <span role="status">
              {isRunning &&
                t({ zh: `正在查询，${asking.seconds.toFixed(0)} 秒`, en: `Running, ${asking.seconds.toFixed(0)} s` })}
              {asking.state === 'cancelled' && t({ zh: '已取消', en: 'Cancelled' })}
            </span>
            {isRunning && asking.share > 0 && (
              <Progress
                percent={Math.round(asking.share * 100)}
                style={{ maxWidth: 240 }}
                aria-label={t({ zh: '查询进度', en: 'Progress' })}
              />
            )}
          </Flex>
        </Form>
        <AnswerView asking={asking} />
      </Col>
      <Col xs={24} lg={8}>
        <TableList
          tables={tables}
          onChoose={(name) => setSql((text) => (text ? `${text} ${name}` : `select * from ${name}`))}
        />
        <PastQuestions after={asking.state} onChoose={setSql} />
      </Col>
    </Row>
  )
}
