import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useRef } from 'react'
import { api, useLive } from '#portal/ui'
import type { LayerInfo } from './layer-info.ts'

const KEY = ['map', 'layers'] as const
/** The server waits a moment for more events before it makes tiles again. */
const SETTLE_MS = 1_200

/** Layers that the reader may see; read again after the events that change them, until their tiles are new. */
export function useLayers() {
  const queries = useQueryClient()
  const waiting = useRef<ReturnType<typeof setTimeout>>(undefined)
  const query = useQuery({
    queryKey: KEY,
    queryFn: () => api.get<LayerInfo[]>('/api/map/layers'),
    refetchInterval: ({ state }) => (state.data?.some(({ updating }) => updating) ? SETTLE_MS : false),
  })
  const topics = [...new Set(query.data?.flatMap(({ refreshOn }) => refreshOn))]
  useLive(topics, () => {
    clearTimeout(waiting.current)
    waiting.current = setTimeout(() => void queries.invalidateQueries({ queryKey: ['map'] }), SETTLE_MS)
  })
  return query
}
