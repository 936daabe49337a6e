import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { api } from '#portal/ui'
import type { DatasetDetail, FieldView } from './types.ts'

export const datasetPath = (id: string): string => `/api/registry/datasets/${encodeURIComponent(id)}`

export const useDataset = (id: string) =>
  useQuery({
    queryKey: ['registry', 'dataset', id],
    queryFn: () => api.get<DatasetDetail>(datasetPath(id)),
    refetchInterval: ({ state }) => (state.data?.fields.some(isBeingMade) ? 2000 : false),
  })

const isBeingMade = ({ searchable }: FieldView): boolean => searchable === 'making'

/** The purpose for which this person reads a dataset, kept while the browser is open. */
export function usePurpose(dataset: string): readonly [purpose: string, state: (purpose: string) => void] {
  const key = `daizong.purpose.${dataset}`
  const [purpose, setPurpose] = useState(() => sessionStorage.getItem(key) ?? '')
  const state = (next: string) => {
    sessionStorage.setItem(key, next)
    setPurpose(next)
  }
  return [purpose, state]
}
