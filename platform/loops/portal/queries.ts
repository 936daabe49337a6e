import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { api, useLiveQueries } from '#portal/ui'
import type { InboxCounts, LoopDetail, LoopDiagram, LoopItem, LoopKind } from './loop-types.ts'

/** First part of the key of every query about matters. */
export const loopsKey = ['loops'] as const

export type LoopFilter = Readonly<Record<string, string | number | boolean | undefined>>

/** A list of matters, read on by key, and again when something moves. */
export function useLoopList(path: string, filter: LoopFilter) {
  useLiveQueries(['loops.'], loopsKey)
  return useInfiniteQuery({
    queryKey: [...loopsKey, path, filter],
    queryFn: ({ pageParam }) =>
      api.get<{ rows: readonly LoopItem[]; next: string | null }>(path, { ...filter, after: pageParam }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  })
}

/** How much the reader has to do; kept up to date while it is shown. */
export function useInboxCounts() {
  useLiveQueries(['loops.'], loopsKey)
  return useQuery({ queryKey: [...loopsKey, 'counts'], queryFn: () => api.get<InboxCounts>('/api/loops/inbox/counts') })
}

export function useLoop(id: string) {
  useLiveQueries(['loops.'], loopsKey)
  return useQuery({ queryKey: [...loopsKey, id], queryFn: () => api.get<LoopDetail>(`/api/loops/${id}`) })
}

export const useDiagram = (id: string) =>
  useQuery({ queryKey: [...loopsKey, id, 'diagram'], queryFn: () => api.get<LoopDiagram>(`/api/loops/${id}/diagram`) })

/** Key of the kinds of matters; they change when a definition is published. */
export const kindsKey = ['loop-kinds'] as const

export const useKinds = () =>
  useQuery({
    queryKey: kindsKey,
    queryFn: () => api.get<readonly LoopKind[]>('/api/loops/definitions'),
    staleTime: 300_000,
  })
