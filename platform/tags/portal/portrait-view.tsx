import { Button, Card, Col, Empty, Flex, Row, Timeline } from 'antd'
import { useState } from 'react'
import { Chart, useMarks, useWords } from '#portal/ui'
import { KindTag } from './kind-tag.tsx'
import type { CarriedTag, Portrait } from './types.ts'
import { KIND_ABOUT, KINDS } from './words.ts'

interface PortraitViewProps {
  readonly portrait: Portrait
  /** A tag was pressed: shows its evidence, or lets its carrier object. */
  readonly onTag: (tag: CarriedTag) => void
  readonly action: { readonly zh: string; readonly en: string }
}

const KIND_ORDER = ['fact', 'statistic', 'model'] as const
const FEW = 12

/** What somebody or something carries: facts, statistics and estimates apart, with a picture of the themes and what came and went. */
export function PortraitView({ portrait, onTag, action }: PortraitViewProps) {
  const t = useWords()
  if (portrait.tags.length === 0) return <Empty description={t({ zh: '此时没有标签', en: 'No tags at this time' })} />
  return (
    <Row gutter={[16, 16]}>
      <Col xs={24} lg={15}>
        <Flex vertical gap="middle">
          {KIND_ORDER.filter((kind) => portrait.tags.some((tag) => tag.kind === kind)).map((kind) => (
            <Card
              key={kind}
              size="small"
              title={
                <h2 className="dz-card-heading">
                  {t(KINDS[kind])}
                  {t({ zh: '标签：', en: ': ' })}
                  {t(KIND_ABOUT[kind])}
                </h2>
              }
            >
              <ByTheme
                portrait={portrait}
                tags={portrait.tags.filter((tag) => tag.kind === kind)}
                onTag={onTag}
                action={action}
              />
            </Card>
          ))}
        </Flex>
      </Col>
      <Col xs={24} lg={9}>
        <Flex vertical gap="middle">
          <Card
            size="small"
            title={<h2 className="dz-card-heading">{t({ zh: '各主题标签数', en: 'Tags by theme' })}</h2>}
          >
            <Radar portrait={portrait} />
          </Card>
          <Card size="small" title={<h2 className="dz-card-heading">{t({ zh: '时间线', en: 'Time line' })}</h2>}>
            <Line portrait={portrait} />
          </Card>
        </Flex>
      </Col>
    </Row>
  )
}

function ByTheme({ portrait, tags, onTag, action }: PortraitViewProps & { readonly tags: readonly CarriedTag[] }) {
  const t = useWords()
  const { colon } = useMarks()
  const themes = Object.entries(portrait.themes).filter(([theme]) => tags.some((tag) => tag.theme === theme))
  return themes.map(([theme, title]) => (
    <section key={theme} aria-label={t(title)}>
      <h3 className="dz-sub-heading">{t(title)}</h3>
      <ul className="dz-plain-list">
        {tags
          .filter((tag) => tag.theme === theme)
          .map((tag) => (
            <li key={tag.tag}>
              <Flex wrap gap="small" align="center">
                <KindTag kind={tag.kind} />
                <strong>{t(tag.title)}</strong>
                {tag.value && <span lang="zh">{tag.value}</span>}
                <span>{t({ zh: `自 ${tag.since}`, en: `since ${tag.since}` })}</span>
                <Button
                  size="small"
                  type="link"
                  aria-label={`${t(action)}${colon}${t(tag.title)}`}
                  onClick={() => onTag(tag)}
                >
                  {t(action)}
                </Button>
              </Flex>
              <div>{t(tag.about)}</div>
            </li>
          ))}
      </ul>
    </section>
  ))
}

function Radar({ portrait: { themes, tags } }: { readonly portrait: Portrait }) {
  const t = useWords()
  const counts = Object.entries(themes).map(([theme, title]) => ({
    title: t(title),
    count: tags.filter((tag) => tag.theme === theme).length,
  }))
  const most = Math.max(1, ...counts.map(({ count }) => count))
  return (
    <Chart
      height={260}
      label={{ zh: '各主题标签数', en: 'Number of tags by theme' }}
      option={{
        radar: { indicator: counts.map(({ title }) => ({ name: title, max: most })), radius: '62%' },
        series: [{ type: 'radar', data: [{ value: counts.map(({ count }) => count) }], areaStyle: { opacity: 0.25 } }],
      }}
      table={{
        columns: [t({ zh: '主题', en: 'Theme' }), t({ zh: '标签数', en: 'Tags' })],
        rows: counts.map(({ title, count }) => [title, count]),
      }}
    />
  )
}

function Line({ portrait: { line } }: { readonly portrait: Portrait }) {
  const t = useWords()
  const [isWhole, setWhole] = useState(false)
  const shown = isWhole ? line : line.slice(0, FEW)
  return (
    <>
      <Timeline
        items={shown.map(({ title, value, since, until }) => ({
          key: `${title.zh}${since}${until}${value}`,
          color: until ? 'gray' : 'blue',
          content: (
            <>
              <span>{until ?? since}</span> {t(title)}{' '}
              {until ? t({ zh: `结束（自 ${since}）`, en: `ended (since ${since})` }) : <span lang="zh">{value}</span>}
            </>
          ),
        }))}
      />
      {line.length > FEW && (
        <Button size="small" type="text" onClick={() => setWhole(!isWhole)}>
          {isWhole
            ? t({ zh: '收起', en: 'Show less' })
            : t({ zh: `显示全部 ${line.length} 条`, en: `Show all ${line.length}` })}
        </Button>
      )}
    </>
  )
}
