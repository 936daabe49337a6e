import { Alert, Flex, Input, Typography } from 'antd'
import { type ReactNode, useId } from 'react'
import { PageLink, useWords } from '#portal/ui'
import type { FileField, FileValue, PersonFile } from '../types.ts'
import { EventLine } from './event-line.tsx'
import { FieldList } from './field-list.tsx'
import { RelationGraph } from './relation-graph.tsx'
import { Section } from './section.tsx'

interface Props {
  readonly file: PersonFile
  readonly onObject: (field: FileField, value: FileValue) => void
  /** Further parts below: records, readers. */
  readonly children?: ReactNode
}

/** The parts of a file that the subject and officers see alike. */
export function PersonFileView({ file, onObject, children }: Props) {
  const t = useWords()
  const name = file.fields.find(({ field }) => field === 'name')?.values[0]?.value ?? file.id
  const died = file.fields.find(({ field }) => field === 'diedOn')?.values[0]
  const disputed = file.fields.filter(({ isDisputed }) => isDisputed)
  return (
    <Flex vertical gap="middle">
      {file.mergedInto && (
        <Alert
          type="warning"
          showIcon
          title={t({ zh: '这份档案已并入另一份', en: 'This file was merged into another one' })}
          action={<PageLink to={`/one-file/people/${file.mergedInto}`}>{t({ zh: '打开', en: 'Open it' })}</PageLink>}
        />
      )}
      {died && <Alert type="info" showIcon title={t({ zh: '此人已去世', en: 'This person has died' })} />}
      {disputed.length > 0 && (
        <Alert
          type="warning"
          showIcon
          title={t({
            zh: `${disputed.length} 项内容各来源不一致：${disputed.map(({ title }) => title.zh).join('、')}`,
            en: `Sources differ on: ${disputed.map(({ title }) => title.en).join(', ')}`,
          })}
        />
      )}
      <FieldList fields={file.fields} onObject={onObject} />
      <div style={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 380px), 1fr))', gap: 16 }}>
        <Section title={{ zh: '家庭、亲属和企业', en: 'Household, kin, firms' }}>
          {file.relations.length > 0 ? (
            <RelationGraph name={name} relations={file.relations} />
          ) : (
            <Typography.Text type="secondary">{t({ zh: '没有记录', en: 'Nothing known' })}</Typography.Text>
          )}
        </Section>
        <Section title={{ zh: '人生大事', en: 'Life events' }}>
          <EventLine events={file.events} />
        </Section>
      </div>
      {children}
    </Flex>
  )
}

interface AsOfProps {
  readonly valid: string
  readonly onValid: (day: string) => void
  readonly known?: string
  readonly onKnown?: (day: string) => void
}

/** As of which day: what was true then, and what we knew then. */
export function AsOf({ valid, onValid, known, onKnown }: AsOfProps) {
  return (
    <Flex wrap gap="middle">
      <Day title={{ zh: '当时的情况', en: 'What was true on' }} day={valid} onDay={onValid} />
      {onKnown && <Day title={{ zh: '当时我们知道的', en: 'What we knew on' }} day={known ?? ''} onDay={onKnown} />}
    </Flex>
  )
}

interface DayProps {
  readonly title: { readonly zh: string; readonly en: string }
  readonly day: string
  readonly onDay: (day: string) => void
}

function Day({ title, day, onDay }: DayProps) {
  const t = useWords()
  const id = useId()
  return (
    <Flex gap={4} align="center">
      <label htmlFor={id}>{t(title)}</label>
      <Input id={id} type="date" value={day} onChange={(event) => onDay(event.target.value)} style={{ width: 160 }} />
    </Flex>
  )
}
