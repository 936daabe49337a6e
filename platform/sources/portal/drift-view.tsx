import { Alert, Flex, Tag } from 'antd'
import { useState } from 'react'
import { useDataset } from '#portal/registry'
import { PersonName, useRight, useWords, When } from '#portal/ui'
import { ColumnComparison } from './column-comparison.tsx'
import { DecisionForm } from './decision-form.tsx'
import type { RunDetail } from './types.ts'
import { DRIFT_KINDS } from './words.ts'

type Columns = Readonly<Record<string, string | null>>

interface DriftViewProps {
  readonly run: RunDetail
  readonly again: () => void
}

/** What is not as it was: findings, every column before and now, and the steward's decision. */
export function DriftView({ run, again }: DriftViewProps) {
  const t = useWords()
  const mayDecide = useRight('sources.run')
  const dataset = useDataset(run.dataset)
  const [columns, setColumns] = useState<Columns>(() => proposal(run))
  const isOpen = run.state === 'halted' && mayDecide
  const { findings = [], decision } = run.drift ?? {}
  return (
    <section>
      <h2>{t({ zh: '与以前相比的变化', en: 'What has changed' })}</h2>
      <Flex vertical gap="middle">
        {findings.map((finding) => (
          <Alert
            key={`${finding.kind}/${finding.column}/${finding.message.en}`}
            type={finding.halts ? 'error' : 'info'}
            showIcon
            title={
              <>
                <Tag>{t(DRIFT_KINDS[finding.kind])}</Tag>
                {t(finding.message)}
              </>
            }
          />
        ))}
        {decision && (
          <Alert
            type={decision.accepted ? 'success' : 'warning'}
            title={
              <>
                {decision.accepted
                  ? t({ zh: '已接受：', en: 'Accepted by ' })
                  : t({ zh: '已拒绝：', en: 'Refused by ' })}
                <PersonName id={decision.by} /> · <When at={decision.at} /> {decision.note}
              </>
            }
          />
        )}
        {run.columns.length > 0 && (
          <ColumnComparison
            columns={run.columns}
            findings={findings}
            slots={dataset.data?.slots ?? []}
            chosen={columns}
            {...(isOpen ? { onChoose: setColumns } : {})}
          />
        )}
        {isOpen && <DecisionForm run={run} columns={columns} again={again} />}
      </Flex>
    </section>
  )
}

/** A column that seems to be a renamed one takes over its field, unless the person says otherwise. */
function proposal({ drift, columns }: RunDetail): Columns {
  const renamed = (drift?.findings ?? []).flatMap(({ column, nowNamed }) => {
    const field = columns.find(({ name }) => name === column)?.fieldBefore
    return nowNamed && field ? [[nowNamed, field] as const] : []
  })
  return Object.fromEntries(renamed)
}
