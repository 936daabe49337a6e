import { useQuery } from '@tanstack/react-query'
import { api } from '#portal/ui'

interface Answer {
  /** The number is masked; null when nobody has proven it. */
  readonly proof: { readonly number: string; readonly name: string; readonly at: string } | null
}

/** Of whom the reader's account is proven to be. */
export const useOwnProof = () =>
  useQuery({ queryKey: ['/api/account/proof'], queryFn: () => api.get<Answer>('/api/account/proof') })
