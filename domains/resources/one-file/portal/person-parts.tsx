import { Typography } from 'antd'
import { useWords } from '#portal/ui'
import type { PersonFile } from '../types.ts'
import { EventLine } from './event-line.tsx'
import { RelationGraph } from './relation-graph.tsx'
import { Section } from './section.tsx'

/** Household, kin and firms of a person, and the events of the life. */
export function PersonParts({ file: { id, fields, relations, events } }: { readonly file: PersonFile }) {
  const t = useWords()
  const name = fields.find(({ field }) => field === 'name')?.values[0]?.value ?? id
  return (
    <div style={{ display: 'grid', gridTemplateColumns: 'repeat(auto-fit, minmax(min(100%, 380px), 1fr))', gap: 16 }}>
      <Section title={{ zh: '家庭、亲属和企业', en: 'Household, kin, firms' }}>
        {relations.length > 0 ? (
          <RelationGraph name={name} relations={relations} />
        ) : (
          <Typography.Text type="secondary">{t({ zh: '没有记录', en: 'Nothing known' })}</Typography.Text>
        )}
      </Section>
      <Section title={{ zh: '人生大事', en: 'Life events' }}>
        <EventLine events={events} />
      </Section>
    </div>
  )
}
