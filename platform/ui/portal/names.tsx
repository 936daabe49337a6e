import { useQuery } from '@tanstack/react-query'
import type { Words } from '../../runtime/words.ts'
import { api } from './api.ts'
import { useWords } from './language.tsx'

const HOUR = 3_600_000

/** Name of an organisation by its id; the id while it is not known. */
export function OrganisationName({ id }: { readonly id: string | null | undefined }) {
  const t = useWords()
  const { data } = useQuery({
    queryKey: ['organisation', id],
    queryFn: () => api.get<{ readonly name: Words }>(`/api/identity/organisations/${encodeURIComponent(id ?? '')}`),
    enabled: Boolean(id),
    staleTime: HOUR,
    retry: false,
  })
  if (!id) return <span>—</span>
  return <span>{data ? t(data.name) : id}</span>
}

/** Display name of an account by its id. */
export function PersonName({ id }: { readonly id: string | null | undefined }) {
  const t = useWords()
  const { data } = useQuery({
    queryKey: ['person', id],
    queryFn: () => api.get<{ readonly name: string }>(`/api/identity/people/${encodeURIComponent(id ?? '')}`),
    // The program itself, `system:<job>`, is nobody.
    enabled: Boolean(id) && !id?.startsWith('system:'),
    staleTime: HOUR,
    retry: false,
  })
  if (!id) return <span>—</span>
  if (id.startsWith('system:')) return <span title={id}>{t({ zh: '系统', en: 'The system' })}</span>
  return <span>{data?.name ?? id}</span>
}
