import { useQuery } from '@tanstack/react-query'
import { api } from '#portal/ui'
import type { RowsView } from './types.ts'

interface Wanted {
  readonly filter?: readonly string[]
  readonly q?: string | undefined
  readonly sort?: string | undefined
  readonly offset?: number
  readonly limit?: number
}

/** Rows of a released table by the public query API. */
export const useRows = (id: string, wanted: Wanted) =>
  useQuery({
    queryKey: ['open-data', 'rows', id, wanted],
    queryFn: () => api.get<RowsView>(`/api/open-data/datasets/${id}/rows`, { ...wanted }),
    placeholderData: (before) => before,
  })
