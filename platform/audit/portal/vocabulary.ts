import { useQuery } from '@tanstack/react-query'
import { api } from '#portal/ui'
import type { Words } from '../../runtime/words.ts'

/** A word of the vocabulary as the API tells it. */
export interface Event {
  readonly id: string
  readonly title: Words
  readonly kind: 'personal' | 'write' | 'security'
  readonly module: Words
}

export const KINDS: Readonly<Record<Event['kind'], Words>> = {
  personal: { zh: '读取个人信息', en: 'Read of personal data' },
  write: { zh: '改动', en: 'Change' },
  security: { zh: '安全', en: 'Security' },
}

/** Every event that may stand in the log; it does not change while the program runs. */
export const useVocabulary = () =>
  useQuery({
    queryKey: ['/api/audit/events'],
    queryFn: () => api.get<{ readonly rows: readonly Event[] }>('/api/audit/events'),
    staleTime: Number.POSITIVE_INFINITY,
  })
