import { useQuery } from '@tanstack/react-query'
import { Flex, Tag } from 'antd'
import { api, DataState, PageFrame, PageLink, Rows, useWords } from '#portal/ui'
import type { PackSummary, RuleSummary } from './rule-types.ts'
import { validity } from './validity.ts'

/** Every rule with the edition in force today. */
export function RulesPage() {
  const query = useQuery({ queryKey: ['rules'], queryFn: () => api.get<{ rules: RuleSummary[] }>('/api/rules') })
  const t = useWords()
  return (
    <PageFrame
      title={{ zh: '规则包', en: 'Rule packs' }}
      about={{
        zh: '法律和标准里的数字，按生效日期使用；每个结果都注明所用版本。',
        en: 'Numbers of laws and standards, used by their dates; every result names its edition.',
      }}
    >
      <DataState query={query} isEmpty={({ rules }) => rules.length === 0}>
        {({ rules }) => (
          <Rows<RuleSummary>
            rows={rules}
            rowKey={(rule) => rule.id}
            caption={{ zh: '规则', en: 'Rules' }}
            columns={[
              {
                id: 'title',
                title: { zh: '规则', en: 'Rule' },
                heading: true,
                show: (rule) => <PageLink to={`/rules/${encodeURIComponent(rule.id)}`}>{t(rule.title)}</PageLink>,
              },
              {
                id: 'now',
                title: { zh: '今日生效', en: 'In force today' },
                show: (rule) => <InForce packs={rule.packs} />,
              },
              {
                id: 'count',
                title: { zh: '版本数', en: 'Editions' },
                width: 110,
                align: 'right',
                show: (rule) => rule.packs.length,
              },
            ]}
          />
        )}
      </DataState>
    </PageFrame>
  )
}

function InForce({ packs }: { readonly packs: readonly PackSummary[] }) {
  const t = useWords()
  const now = packs.filter((pack) => pack.inForce)
  if (now.length === 0) return <span>{t({ zh: '今天没有生效的版本', en: 'No edition is in force today' })}</span>
  return (
    <Flex vertical gap={4}>
      {now.map((pack) => (
        <Flex key={pack.id} gap="small" wrap>
          <span>{pack.document}</span>
          <span>{validity(pack, t)}</span>
          {!pack.verified && <Tag color="gold">{t({ zh: '部分内容待核实', en: 'Partly to be checked' })}</Tag>}
        </Flex>
      ))}
    </Flex>
  )
}
