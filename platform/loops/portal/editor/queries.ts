import { useQuery, useQueryClient } from '@tanstack/react-query'
import { api, useRight } from '#portal/ui'
import type { Words } from '../../../runtime/words.ts'
import type { Draft } from './model/draft.ts'
import type { Mistake } from './model/where.ts'
import type {
  Batch,
  DefinitionDetail,
  MovePlan,
  MovePreview,
  Named,
  Parts,
  StoredDefinition,
  TrialState,
  TrialStep,
} from './types.ts'

export const storeKey = ['loop-store'] as const
const HOUR = 3_600_000
const MINUTE = 60_000

export const useStore = () =>
  useQuery({
    queryKey: storeKey,
    queryFn: () => api.get<{ rows: readonly StoredDefinition[] }>('/api/loops/definition-store'),
  })

const path = (id: string, more = '') => `/api/loops/definitions/${id}${more}`

export const useDefinition = (id: string) =>
  useQuery({
    queryKey: [...storeKey, id],
    queryFn: () => api.get<DefinitionDetail>(path(id)),
    refetchOnWindowFocus: false,
  })

export const useParts = () =>
  useQuery({
    queryKey: ['loop-parts'],
    queryFn: () => api.get<Parts>('/api/loops/definition-parts'),
    staleTime: MINUTE,
  })

interface Post {
  readonly id: string
  readonly title: Words
  readonly organisationName?: Words
}

/** Titles of the posts that a definition names and of those that were found since. */
export function usePostTitles(known: readonly Named[]): (id: string) => Words {
  const found = useQueryClient()
    .getQueriesData<{ readonly rows: readonly Post[] }>({ queryKey: ['posts'] })
    .flatMap(([, data]) => data?.rows ?? [])
  const titles = new Map([...found.map(fullTitle), ...known.map(({ id, title }) => [id, title] as const)])
  return (id) => titles.get(id) ?? { zh: id, en: id }
}

const fullTitle = ({ id, title, organisationName: unit }: Post): readonly [string, Words] => [
  id,
  unit ? { zh: `${unit.zh} ${title.zh}`, en: `${unit.en}, ${title.en}` } : title,
]

/** Posts by a part of their name, for those who may read them. */
export function usePosts(search: string) {
  const mayRead = useRight('identity.account.read')
  const query = useQuery({
    queryKey: ['posts', search],
    queryFn: () =>
      api.get<{ rows: readonly Post[] }>('/api/identity/posts', { search: search || undefined, limit: 50 }),
    enabled: mayRead !== undefined,
    staleTime: HOUR,
  })
  return { mayRead, rows: query.data?.rows ?? [], isFetching: query.isFetching }
}

/** Calls that change the store, and those that only ask. */
export const store = {
  save: (id: string, body: Draft, revision: number) =>
    api.put<{ revision: number; mistakes: readonly Mistake[] }>(path(id, '/draft'), { body, revision }),
  drop: (id: string) => api.delete(path(id, '/draft')),
  check: (id: string, body: Draft) => api.post<readonly Mistake[]>(path(id, '/evaluate'), { body }),
  tryOut: (id: string, body: Draft, data: object, steps: readonly TrialStep[]) =>
    api.post<{ mistakes: readonly Mistake[]; states: readonly TrialState[] }>(path(id, '/trial'), {
      body,
      data,
      steps,
    }),
  publish: (id: string, revision: number, note: string) =>
    api.post<{ version: number }>(path(id, '/publish'), { revision, note }),
  version: (id: string, version: number) => api.get<Draft>(path(id, `/versions/${version}`)),
  previewMove: (id: string, plan: MovePlan) => api.post<MovePreview>(path(id, '/move/query'), plan),
  move: (id: string, plan: MovePlan) => api.post<{ id: string; total: number }>(path(id, '/move'), plan),
  batch: (id: string) => api.get<Batch>(`/api/loops/batches/${id}`),
  putInForce: (id: string, version: number | null) => api.post(path(id, '/in-force'), { version }),
}
