import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { Alert, Button, Card, DatePicker, Descriptions, Flex } from 'antd'
import dayjs, { type Dayjs } from 'dayjs'
import { useState } from 'react'
import { AskPurpose, type CarriedTag, EvidenceDialog, type Portrait, PortraitView } from '#portal/tags'
import { api, DataState, PageFrame, useRight, useWords } from '#portal/ui'
import { ObjectDialog } from './object-dialog.tsx'
import { type Relations, RelationsView } from './relations-view.tsx'

const SUBJECT = 'legal-persons.firm'

interface FirmView extends Relations {
  readonly firm: {
    readonly code: string
    readonly name: string
    readonly kind: string
    readonly state: string
    readonly capital: number | null
    readonly establishedOn: string
    readonly closedOn: string
    readonly industry: string
    readonly address: string
  }
}

/** A firm: its register, its tags with their evidence, today or on an earlier day, and shares between firms. */
export function FirmPage() {
  const { key } = useParams({ strict: false }) as { key: string }
  const path = `/api/firms/${encodeURIComponent(key)}`
  const query = useQuery({ queryKey: [path], queryFn: () => api.get<FirmView>(path) })
  return (
    <PageFrame
      title={query.data?.firm.name ?? { zh: '法人画像', en: 'Portrait of a firm' }}
      lang="zh"
      above={[{ title: { zh: '法人画像', en: 'Portraits of firms' }, path: '/firms' }]}
    >
      <DataState query={query} isEmpty={() => false}>
        {(view) => (
          <>
            <Register firm={view.firm} />
            <Tags firm={key} />
            <RelationsView view={view} name={view.firm.name} />
          </>
        )}
      </DataState>
    </PageFrame>
  )
}

function Register({ firm }: { readonly firm: FirmView['firm'] }) {
  const t = useWords()
  const item = (key: string, zh: string, en: string, children: string) => ({
    key,
    label: t({ zh, en }),
    children: <span lang="zh">{children || '—'}</span>,
  })
  return (
    <Card size="small" title={<h2 className="dz-card-heading">{t({ zh: '登记信息', en: 'Register' })}</h2>}>
      <Descriptions
        column={{ xs: 1, md: 2, lg: 3 }}
        items={[
          item('code', '统一社会信用代码', 'Unified social credit code', firm.code),
          item('kind', '类型', 'Kind', firm.kind),
          item('state', '状态', 'State', firm.state),
          item(
            'capital',
            '注册资本',
            'Capital',
            firm.capital === null ? '' : t({ zh: `${firm.capital} 万元`, en: `${firm.capital} × 10,000 yuan` }),
          ),
          item('established', '成立日期', 'Established on', firm.establishedOn),
          ...(firm.closedOn ? [item('closed', '注销日期', 'Closed on', firm.closedOn)] : []),
          item('industry', '行业代码', 'Industry', firm.industry),
          item('address', '住所', 'Address', firm.address),
        ]}
      />
    </Card>
  )
}

function Tags({ firm }: { readonly firm: string }) {
  const t = useWords()
  const [day, setDay] = useState<Dayjs | null>(null)
  const [known, setKnown] = useState<Dayjs | null>(null)
  const [shown, setShown] = useState<CarriedTag>()
  const [objected, setObjected] = useState<CarriedTag>()
  const path = `/api/tags/subjects/${SUBJECT}/members/${encodeURIComponent(firm)}`
  const when = { day: day?.format('YYYY-MM-DD'), known: known?.endOf('day').toISOString() }
  const [purpose, setPurpose] = useState<string>()
  const query = useQuery({
    queryKey: [path, when, purpose],
    queryFn: () => api.get<Portrait>(path, when, purpose),
  })
  return (
    <section aria-label={t({ zh: '标签', en: 'Tags' })}>
      <Flex wrap gap="small" align="center" style={{ marginBottom: 12 }}>
        <h2 style={{ margin: 0 }}>{t({ zh: '标签', en: 'Tags' })}</h2>
        <DatePicker
          aria-label={t({ zh: '看哪一天的标签', en: 'Tags of which day' })}
          placeholder={t({ zh: '今天', en: 'Today' })}
          value={day}
          onChange={setDay}
          maxDate={dayjs()}
        />
        <DatePicker
          aria-label={t({ zh: '按哪一天所知', en: 'As known on which day' })}
          placeholder={t({ zh: '按现在所知', en: 'As known now' })}
          value={known}
          onChange={setKnown}
          maxDate={dayjs()}
        />
        {(day || known) && (
          <Button
            onClick={() => {
              setDay(null)
              setKnown(null)
            }}
          >
            {t({ zh: '回到现在', en: 'Back to now' })}
          </Button>
        )}
      </Flex>
      <DataState query={query} isEmpty={() => false}>
        {(portrait) => (
          <>
            {portrait.withheld > 0 && <Withheld count={portrait.withheld} onPurpose={setPurpose} />}
            <PortraitView portrait={portrait} onTag={setShown} action={{ zh: '依据', en: 'Evidence' }} />
          </>
        )}
      </DataState>
      {shown && (
        <EvidenceDialog
          of={{ tag: shown.tag, title: t(shown.title), member: firm, personal: shown.personal }}
          onClose={() => setShown(undefined)}
          onObject={() => {
            setObjected(shown)
            setShown(undefined)
          }}
        />
      )}
      {objected && (
        <ObjectDialog
          title={t(objected.title)}
          path={`/api/tags/${encodeURIComponent(objected.tag)}/objections`}
          body={{ key: firm }}
          onClose={() => setObjected(undefined)}
        />
      )}
    </section>
  )
}

/** Sensitive tags are shown to those with the right, for a purpose. */
function Withheld({ count, onPurpose }: { readonly count: number; readonly onPurpose: (purpose: string) => void }) {
  const t = useWords()
  const may = useRight('tags.sensitive')
  return (
    <Alert
      type="info"
      style={{ marginBottom: 12 }}
      title={t({ zh: `另有 ${count} 个敏感标签未显示`, en: `${count} sensitive tags are not shown` })}
      description={may && <AskPurpose onState={onPurpose} />}
    />
  )
}
