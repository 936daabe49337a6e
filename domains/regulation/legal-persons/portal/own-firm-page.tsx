import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { Alert, Button, Card, Flex, Tag } from 'antd'
import { useState } from 'react'
import { type CarriedTag, type Portrait, PortraitView } from '#portal/tags'
import { api, DataState, Failure, PageFrame, Rows, useMarks, useWords, When } from '#portal/ui'
import { ObjectDialog } from './object-dialog.tsx'

interface OwnSegment {
  readonly id: number
  readonly title: string
  readonly purpose: string
  readonly basis: string
  readonly kind: 'service' | 'supervision'
  readonly joinedAt: string | null
  readonly optedOut: boolean
  readonly reasons: readonly { readonly zh: string; readonly en: string }[]
}

interface Own {
  readonly portrait: Portrait | null
  readonly segments: readonly OwnSegment[]
  readonly outOfAllSince: string | null
}

const PATH = '/api/tags/own'

/** What the city says of one's own firm, why it was chosen for something, and how to object or opt out. */
export function OwnFirmPage() {
  const t = useWords()
  const [objected, setObjected] = useState<CarriedTag>()
  const query = useQuery({
    queryKey: [PATH],
    queryFn: () => api.get<Own>(PATH),
  })
  return (
    <PageFrame
      title={{ zh: '我的企业标签', en: 'Tags of my firm' }}
      about={{
        zh: '政府部门给本企业打的标签和依据的含义；认为不对可以提出异议，服务推送可以退出。',
        en: 'What public offices say of your firm and what it means; object to what is wrong, opt out of services.',
      }}
    >
      <DataState
        query={query}
        isEmpty={({ portrait }) => portrait === null}
        empty={{
          zh: '您的账号没有关联企业；企业账号由大数据局关联',
          en: 'Your account is not linked with a firm; the data bureau links accounts of firms',
        }}
      >
        {({ portrait, segments, outOfAllSince }) =>
          portrait && (
            <>
              <h2 lang="zh">{portrait.name}</h2>
              <OptOutOfAll since={outOfAllSince} />
              <Segments segments={segments} isOutOfAll={outOfAllSince !== null} />
              <PortraitView portrait={portrait} onTag={setObjected} action={{ zh: '提出异议', en: 'Object' }} />
            </>
          )
        }
      </DataState>
      {objected && (
        <ObjectDialog
          title={t(objected.title)}
          path={`${PATH}/objections/${encodeURIComponent(objected.tag)}`}
          onClose={() => setObjected(undefined)}
        />
      )}
    </PageFrame>
  )
}

interface SegmentsProps {
  readonly segments: readonly OwnSegment[]
  readonly isOutOfAll: boolean
}

function Segments({ segments, isOutOfAll }: SegmentsProps) {
  const t = useWords()
  const { inBrackets } = useMarks()
  if (segments.length === 0)
    return (
      <Alert
        type="info"
        title={t({ zh: '本企业目前不在任何推送名单中', en: 'Your firm is in no list that was handed over' })}
      />
    )
  return (
    <Card
      size="small"
      title={<h2 className="dz-card-heading">{t({ zh: '涉及本企业的名单', en: 'Lists that concern your firm' })}</h2>}
    >
      <Rows<OwnSegment>
        rows={segments}
        rowKey={({ id }) => id}
        caption={{ zh: '涉及本企业的名单', en: 'Lists that concern your firm' }}
        columns={[
          { id: 'title', title: { zh: '名单', en: 'List' }, heading: true, show: ({ title }) => title },
          {
            id: 'purpose',
            title: { zh: '用途和依据', en: 'Purpose and basis' },
            show: ({ purpose, basis }) => `${purpose}${inBrackets(basis)}`,
          },
          {
            id: 'why',
            title: { zh: '为什么选中', en: 'Why it was chosen' },
            show: ({ reasons }) => (
              <Flex wrap gap={4}>
                {reasons.map((reason) => (
                  <Tag key={reason.zh}>{t(reason)}</Tag>
                ))}
              </Flex>
            ),
          },
          { id: 'at', title: { zh: '进入时间', en: 'Since' }, show: ({ joinedAt }) => <When at={joinedAt} /> },
          {
            id: 'do',
            title: { zh: '退出', en: 'Opt out' },
            show: (segment) => <OptOut segment={segment} isOutOfAll={isOutOfAll} />,
          },
        ]}
      />
    </Card>
  )
}

interface OptOutProps {
  readonly segment: OwnSegment
  readonly isOutOfAll: boolean
}

function OptOut({ segment: { id, kind, optedOut }, isOutOfAll }: OptOutProps) {
  const t = useWords()
  const queries = useQueryClient()
  const opt = useMutation({
    mutationFn: () => api.post(`${PATH}/opt-outs`, { segment: id, out: !optedOut }),
    onSuccess: () => queries.invalidateQueries({ queryKey: [PATH] }),
  })
  if (kind === 'supervision') return <span>{t({ zh: '监管名单，不可退出', en: 'Supervision: no opting out' })}</span>
  if (isOutOfAll) return <span>{t({ zh: '已退出，不再推送', en: 'Left out, opted out of all' })}</span>
  return (
    <>
      <Button size="small" loading={opt.isPending} onClick={() => opt.mutate()}>
        {optedOut ? t({ zh: '恢复', en: 'Opt in again' }) : t({ zh: '退出', en: 'Opt out' })}
      </Button>
      {opt.isError && <Failure error={opt.error} />}
    </>
  )
}

/** A firm wants no pushes of services at all, or has changed its mind. */
function OptOutOfAll({ since }: { readonly since: string | null }) {
  const t = useWords()
  const queries = useQueryClient()
  const opt = useMutation({
    mutationFn: () => api.post(`${PATH}/opt-out-of-all`, { out: since === null }),
    onSuccess: () => queries.invalidateQueries({ queryKey: [PATH] }),
  })
  const button = (
    <Button loading={opt.isPending} onClick={() => opt.mutate()}>
      {since === null
        ? t({ zh: '退出全部服务推送', en: 'Opt out of all services' })
        : t({ zh: '恢复服务推送', en: 'Opt in again' })}
    </Button>
  )
  return (
    <>
      {since === null ? (
        <Alert
          type="info"
          title={t({
            zh: '政府部门按标签向企业推送政策和服务。不想收到可以全部退出，以后新的推送也不会包括本企业。',
            en: 'Public offices offer policies and services to firms by their tags. You may opt out of all, those to come included.',
          })}
          description={button}
        />
      ) : (
        <Alert
          type="warning"
          showIcon
          title={t({
            zh: '本企业已退出全部服务推送，下列名单都不包括本企业。监管名单不受影响。',
            en: 'Your firm has opted out of all services: it is in none of the lists of services below. Supervision is not affected.',
          })}
          description={
            <Flex vertical gap="small" align="start">
              <When at={since} />
              {button}
            </Flex>
          }
        />
      )}
      {opt.isError && <Failure error={opt.error} />}
    </>
  )
}
