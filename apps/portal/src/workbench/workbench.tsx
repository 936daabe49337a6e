import { Card, Col, Row, Skeleton } from 'antd'
import { type ComponentType, lazy, Suspense } from 'react'
import { PageFrame, PageLink, useMe, useWords, type WorkbenchCard } from '#portal/ui'
import { cards, pages } from '../pages.ts'

const contents = new Map<string, ComponentType>(
  cards.map((card) => [card.id, lazy(async () => ({ default: await card.load() }))]),
)

/** Where the day begins: what is to do, what is wrong in the area, what is new. */
export function Workbench() {
  const me = useMe()
  const t = useWords()
  const post = me.posts.find(({ id }) => id === me.post)
  const shown = cards.filter((card) => card.right === undefined || me.rights[card.right])
  return (
    <PageFrame
      title={{ zh: '工作台', en: 'Workbench' }}
      about={post ? `${me.name} · ${t(post.organisationName)} · ${t(post.title)}` : me.name}
    >
      <Row gutter={[16, 16]}>
        {shown.map((card) => (
          <Col key={card.id} xs={24} lg={card.wide ? 24 : 12} xl={card.wide ? 24 : 8}>
            <Box card={card} />
          </Col>
        ))}
      </Row>
    </PageFrame>
  )
}

function Box({ card }: { readonly card: WorkbenchCard }) {
  const t = useWords()
  const Content = contents.get(card.id)
  const hasMore = pages.some((page) => page.path === card.more)
  return (
    <Card
      title={<h2 className="dz-box-heading">{t(card.title)}</h2>}
      extra={
        card.more && hasMore ? (
          <PageLink to={card.more}>
            {t({ zh: '全部', en: 'All' })}
            <span className="dz-hidden">{t(card.title)}</span>
          </PageLink>
        ) : undefined
      }
      style={{ height: '100%' }}
    >
      <Suspense fallback={<Skeleton active />}>{Content && <Content />}</Suspense>
    </Card>
  )
}
