import { useParams } from '@tanstack/react-router'
import { Alert, Card, Col, Descriptions, Flex, Row, Tag, Typography } from 'antd'
import { DataState, OrganisationName, PageFrame, PageLink, Rows, useMarks, useWords, When } from '#portal/ui'
import type { Words } from '../../runtime/words.ts'
import { ActionBar } from './action-bar.tsx'
import { Clocks } from './clocks.tsx'
import { Diagram } from './diagram.tsx'
import { LoopLight } from './loop-light.tsx'
import { LoopLink } from './loop-link.tsx'
import type { LoopDetail, LoopItem } from './loop-types.ts'
import { Followers, MergedInto } from './merge/followers.tsx'
import { useDiagram, useLoop } from './queries.ts'
import { LoopTimeLine } from './time-line.tsx'

/** A matter: what it is, how long there is, what to do now, who has it, what happened, and where it stands. */
export function LoopPage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const t = useWords()
  const query = useLoop(id)
  const headline = query.data ? t(query.data.matter.headline) : ''
  return (
    <PageFrame
      title={headline || { zh: '事项', en: 'Matter' }}
      above={[{ title: { zh: '我的事项', en: 'My matters' }, path: '/loops/inbox' }]}
    >
      <DataState query={query}>{(detail) => <Detail detail={detail} />}</DataState>
    </PageFrame>
  )
}

function Detail({ detail }: { readonly detail: LoopDetail }) {
  const t = useWords()
  const { matter } = detail
  const diagram = useDiagram(matter.id).data
  const places = Object.fromEntries((diagram?.places ?? []).map((place) => [place.id, place.title]))
  return (
    <Flex vertical gap="middle">
      <Flex wrap gap="small" align="center">
        <Tag>{t(matter.definitionTitle)}</Tag>
        <Tag color="blue">{t(matter.placeTitle)}</Tag>
        <LoopLight item={matter} />
        {detail.page && <PageLink to={detail.page.path}>{t(detail.page.title)}</PageLink>}
      </Flex>
      {detail.lead && <MergedInto lead={detail.lead} />}
      {detail.barred.length > 0 && <Barred titles={detail.barred} />}
      {detail.caretaken && <Caretaken unit={matter.unit} />}
      <ActionBar detail={detail} />
      <Row gutter={[16, 16]}>
        <Col xs={24} lg={14}>
          <Flex vertical gap="middle">
            <Data detail={detail} />
            <Card title={t({ zh: '流程图', en: 'Diagram' })}>
              <Diagram id={matter.id} />
            </Card>
            {detail.shares.length > 0 && (
              <Others title={{ zh: '配合单位', en: 'Joint units' }} matters={detail.shares} />
            )}
            {detail.parts.length > 0 && <Others title={partsTitle(detail.parts)} matters={detail.parts} />}
            {detail.followers.length > 0 && <Followers followers={detail.followers} />}
          </Flex>
        </Col>
        <Col xs={24} lg={10}>
          <Flex vertical gap="middle">
            <Card title={t({ zh: '时限', en: 'Limits' })}>
              <Clocks clocks={detail.clocks} />
            </Card>
            <Card title={t({ zh: '承办', en: 'Who has it' })}>
              <Holders detail={detail} />
            </Card>
            <Card title={t({ zh: '办理过程', en: 'Time line' })}>
              <LoopTimeLine entries={detail.timeLine} places={places} />
            </Card>
          </Flex>
        </Col>
      </Row>
    </Flex>
  )
}

/** Says why a button is missing, and what helps. */
/** Says that whoever has the matter is not who should have it. */
function Caretaken({ unit }: { readonly unit: string | null }) {
  const t = useWords()
  const { colon } = useMarks()
  return (
    <Alert
      type="warning"
      showIcon
      title={
        <>
          {unit && (
            <>
              <OrganisationName id={unit} />
              {colon}
            </>
          )}
          {t({
            zh: '本单位没有岗位有权办理这一环节，暂由其他岗位代管。请为应当办理的岗位授权，再转办给它。',
            en: 'no post of its own has the right to handle this step, so others stand in. Give a post the right, then transfer it.',
          })}
        </>
      }
    />
  )
}

function Barred({ titles }: { readonly titles: readonly Words[] }) {
  const t = useWords()
  const named = titles.map(t).join(t({ zh: '”“', en: '", "' }))
  return (
    <Alert
      type="info"
      showIcon
      title={t({
        zh: `“${named}”须由另一个人办理，因为所核验的是您办的。请同岗位的同事办理，或转办给其他岗位。`,
        en: `"${named}" has to be done by somebody else, because you did what it checks. Let a colleague do it, or transfer the matter.`,
      })}
    />
  )
}

function Data({ detail }: { readonly detail: LoopDetail }) {
  const t = useWords()
  const { matter, fields, parent, whole, openedBy } = detail
  return (
    <Card title={t({ zh: '基本情况', en: 'Facts' })}>
      <Descriptions
        column={{ xs: 1, sm: 1, md: 2 }}
        items={[
          ...fields.map((field) => ({ key: field.name, label: t(field.title), children: t(field.value) })),
          { key: ':number', label: t({ zh: '编号', en: 'Number' }), children: matter.id },
          { key: ':opened', label: t({ zh: '发起时间', en: 'Opened' }), children: <When at={matter.openedAt} /> },
          {
            key: ':by',
            label: t({ zh: '发起人', en: 'Opened by' }),
            children: openedBy ?? t({ zh: '系统', en: 'The system' }),
          },
          ...(parent
            ? [{ key: ':parent', label: t({ zh: '主办事项', en: 'Part of' }), children: <LoopLink item={parent} /> }]
            : []),
          ...(whole
            ? [{ key: ':whole', label: t({ zh: '拆自事项', en: 'Taken out of' }), children: <LoopLink item={whole} /> }]
            : []),
          ...(whole?.reason
            ? [
                {
                  key: ':why',
                  label: t({ zh: '拆出理由', en: 'Why it was taken out' }),
                  children: <Reason text={whole.reason} />,
                },
              ]
            : []),
        ]}
      />
    </Card>
  )
}

const LINES = 3

const Reason = ({ text }: { readonly text: string }) => (
  <Typography.Paragraph ellipsis={{ rows: LINES, expandable: 'collapsible' }} style={{ margin: 0 }}>
    {text}
  </Typography.Paragraph>
)

function Holders({ detail }: { readonly detail: LoopDetail }) {
  const t = useWords()
  if (detail.holders.length === 0)
    return (
      <span>
        {detail.matter.endedAt
          ? t({ zh: '已结束', en: 'Ended' })
          : t({ zh: '等待外部结果，无需办理', en: 'Waits for something outside; nobody has to act' })}
      </span>
    )
  return (
    <ul className="dz-plain-list">
      {detail.holders.map((holder) => (
        <li key={holder.id}>
          {t(holder.title)}
          {holder.signedBy && (
            <Tag style={{ marginInlineStart: 8 }}>
              {t({ zh: `${holder.signedBy}已签收`, en: `signed by ${holder.signedBy}` })}
            </Tag>
          )}
        </li>
      ))}
    </ul>
  )
}

const partsTitle = (parts: readonly LoopItem[]): Words => {
  const open = parts.filter(({ endedAt }) => endedAt === null).length
  return {
    zh: `从本事项拆出的事项（${parts.length} 件，${open} 件未办结）`,
    en: `Taken out of this one (${parts.length}, ${open} open)`,
  }
}

const UNIT = {
  id: 'unit',
  title: { zh: '单位', en: 'Unit' },
  show: ({ unit }: LoopItem) => unit && <OrganisationName id={unit} />,
}

function Others({ title, matters }: { readonly title: Words; readonly matters: readonly LoopItem[] }) {
  const t = useWords()
  return (
    <Card title={t(title)}>
      <Rows
        rows={matters}
        rowKey={(one) => one.id}
        caption={title}
        columns={[
          ...(matters.some(({ unit }) => unit) ? [UNIT] : []),
          { id: 'headline', title: { zh: '事项', en: 'Matter' }, show: (one) => <LoopLink item={one} /> },
          { id: 'place', title: { zh: '环节', en: 'Step' }, show: (one) => <span>{t(one.placeTitle)}</span> },
          { id: 'light', title: { zh: '时限', en: 'Limit' }, show: (one) => <LoopLight item={one} /> },
        ]}
      />
    </Card>
  )
}
