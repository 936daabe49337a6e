import { Card, Flex, Typography } from 'antd'
import { PageLink, useWords, When } from '#portal/ui'
import { AccessBadge, FreshnessBadge, Marks } from './badges.tsx'
import type { CardView } from './types.ts'

/** A dataset in a list: what it is, whose, how fresh, in which forms. */
export function DatasetCard({ card, level = 3 }: { readonly card: CardView; readonly level?: 2 | 3 }) {
  const t = useWords()
  const Heading = level === 2 ? 'h2' : 'h3'
  return (
    <Card size="small" style={{ height: '100%' }}>
      <Flex vertical gap="small">
        <Heading style={{ margin: 0, fontSize: '1.1em' }}>
          <PageLink to={`/open-data/datasets/${card.id}`}>{t(card.title)}</PageLink>
        </Heading>
        <Typography.Paragraph type="secondary" ellipsis={{ rows: 2 }} style={{ margin: 0 }}>
          {t(card.about)}
        </Typography.Paragraph>
        <Flex wrap gap={4} align="center">
          <FreshnessBadge state={card.freshness} />
          <AccessBadge access={card.access} />
        </Flex>
        <Marks themes={card.themes} formats={card.formats} />
        <Typography.Text type="secondary">
          {t(card.owner.name)} ·{' '}
          {t({ zh: `${card.rows.toLocaleString()} 行`, en: `${card.rows.toLocaleString()} rows` })} ·{' '}
          <When at={card.changedAt} show="day" />
        </Typography.Text>
      </Flex>
    </Card>
  )
}
