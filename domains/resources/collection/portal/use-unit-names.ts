import { useQueries } from '@tanstack/react-query'
import { api, useWords } from '#portal/ui'
import type { Words } from '../../../../platform/runtime/words.ts'

const HOUR = 3_600_000

/** Names of units by id, for pictures and choices; where the page shows one alone, `OrganisationName` does. */
export function useUnitNames(ids: readonly string[]): ReadonlyMap<string, string> {
  const t = useWords()
  return useQueries({
    queries: ids.map((id) => ({
      queryKey: ['organisation', id],
      queryFn: () => api.get<{ readonly name: Words }>(`/api/identity/organisations/${encodeURIComponent(id)}`),
      staleTime: HOUR,
      retry: false,
    })),
    combine: (results) =>
      new Map(results.flatMap(({ data }, at) => (data ? [[ids[at] ?? '', t(data.name)] as const] : []))),
  })
}
