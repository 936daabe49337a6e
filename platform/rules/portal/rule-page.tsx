import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { api, DataState, PageFrame, Parts, useWords } from '#portal/ui'
import { Drafts } from './drafts.tsx'
import { Edition } from './edition.tsx'
import type { RuleDetail } from './rule-types.ts'
import { TryRule } from './try-rule.tsx'

/** A rule: its editions with their numbers, clauses and vectors, and a place to try it. */
export function RulePage() {
  const { id = '' } = useParams({ strict: false }) as { id?: string }
  const t = useWords()
  const query = useQuery({
    queryKey: ['rules', id],
    queryFn: () => api.get<RuleDetail>(`/api/rules/${encodeURIComponent(id)}`),
  })
  return (
    <PageFrame
      title={query.data?.title ?? { zh: '规则', en: 'Rule' }}
      above={[{ title: { zh: '规则包', en: 'Rule packs' }, path: '/rules' }]}
    >
      <DataState query={query}>
        {(rule) => (
          <>
            <Drafts rule={rule} />
            <Parts
              parts={[
                ...rule.packs.toReversed().map((pack) => ({
                  key: pack.id,
                  label: pack.source.document,
                  children: <Edition pack={pack} names={rule.names} />,
                })),
                { key: ':try', label: t({ zh: '试算', en: 'Try it' }), children: <TryRule rule={rule} /> },
              ]}
            />
          </>
        )}
      </DataState>
    </PageFrame>
  )
}
