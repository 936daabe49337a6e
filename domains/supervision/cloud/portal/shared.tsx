import {
  CheckCircleOutlined,
  ClockCircleOutlined,
  ExclamationCircleOutlined,
  MinusCircleOutlined,
} from '@ant-design/icons'
import { useQuery } from '@tanstack/react-query'
import { Empty, Flex, Select, Tag, Typography } from 'antd'
import { type ReactNode, useId, useState } from 'react'
import { api, DataState, OrganisationName, useMarks, useWords } from '#portal/ui'
import { type Assessed, INSPECTIONS, LIGHTS, type Plan, percent } from './types.ts'

const LOOKS = {
  red: { color: 'error', icon: <ExclamationCircleOutlined /> },
  yellow: { color: 'warning', icon: <ClockCircleOutlined /> },
  green: { color: 'success', icon: <CheckCircleOutlined /> },
  grey: { color: 'default', icon: <MinusCircleOutlined /> },
} as const

/** Words of the city's own, such as a task's title: Chinese in every language of the portal. */
export function Local({ children }: { readonly children: ReactNode }) {
  return <span lang="zh">{children}</span>
}

/** A computed light: sign and word besides the colour. */
export function ProgressLight({ assessed: { light } }: { readonly assessed: Assessed }) {
  const t = useWords()
  const { color, icon } = LOOKS[light]
  return (
    <Tag color={color} icon={icon}>
      {t(LIGHTS[light])}
    </Tag>
  )
}

/** Planned against earned, in words. */
export function Progress({ assessed: { planned, earned, spi } }: { readonly assessed: Assessed }) {
  const t = useWords()
  return (
    <Typography.Text type="secondary">
      {t({ zh: '应完成', en: 'Planned' })} {percent(planned)} · {t({ zh: '已完成', en: 'earned' })} {percent(earned)}
      {spi !== null &&
        t({
          zh: ` · 进度指数 ${spi.toFixed(2)}（已完成÷应完成）`,
          en: ` · progress index ${spi.toFixed(2)} (earned ÷ planned)`,
        })}
    </Typography.Text>
  )
}

/** Lead and joint units. */
export function Units({ lead, joint }: { readonly lead: string | null; readonly joint: readonly string[] }) {
  const t = useWords()
  const { list } = useMarks()
  return (
    <Flex vertical align="start" style={{ maxWidth: 320 }}>
      {lead ? <OrganisationName id={lead} /> : <Tag color="error">{t({ zh: '缺牵头单位', en: 'No lead unit' })}</Tag>}
      {joint.length > 0 && (
        <Typography.Text type="secondary">
          {t({ zh: '配合：', en: 'Joint: ' })}
          {joint.map((id, at) => (
            <span key={id}>
              {at > 0 && list}
              <OrganisationName id={id} />
            </span>
          ))}
        </Typography.Text>
      )}
    </Flex>
  )
}

function InspectionTag({ kind }: { readonly kind: string }) {
  const t = useWords()
  const name = INSPECTIONS[kind]
  return name ? <Tag>{t(name)}</Tag> : null
}

export const plansKey = ['supervision', 'plans'] as const
export const usePlans = () => useQuery({ queryKey: plansKey, queryFn: () => api.get<Plan[]>('/api/supervision/plans') })

/** Lets the reader choose one of the plans, the newest published first, and shows the page for it. */
export function WithPlan({
  state = 'published',
  children,
}: {
  readonly state?: Plan['state']
  readonly children: (id: string) => ReactNode
}) {
  const t = useWords()
  const id = useId()
  const query = usePlans()
  const [chosen, setChosen] = useState<string>()
  return (
    <DataState query={query} isEmpty={() => false}>
      {(all) => {
        const plans = all.filter((plan) => plan.state === state)
        const plan = plans.find((one) => one.id === chosen) ?? plans[0]
        if (!plan) return <Empty description={t({ zh: '还没有计划', en: 'No plan yet' })} />
        return (
          <Flex vertical gap="middle">
            <Flex wrap gap="small" align="center">
              <label htmlFor={id}>{t({ zh: '计划', en: 'Plan' })}</label>
              <Select
                id={id}
                value={plan.id}
                onChange={setChosen}
                style={{ minWidth: 240, maxWidth: '100%' }}
                popupMatchSelectWidth={false}
                options={plans.map((one) => ({
                  value: one.id,
                  label: (
                    <Local>{one.title.startsWith(String(one.year)) ? one.title : `${one.year} ${one.title}`}</Local>
                  ),
                }))}
              />
              <Typography.Text type="secondary">{`${plan.startsOn} – ${plan.endsOn}`}</Typography.Text>
              <InspectionTag kind={plan.inspection} />
            </Flex>
            {children(plan.id)}
          </Flex>
        )
      }}
    </DataState>
  )
}
