import { useQuery } from '@tanstack/react-query'
import { Alert } from 'antd'
import { api, useWords, When } from '#portal/ui'
import { Unproven } from './unproven.tsx'

interface Answer {
  readonly proof: { readonly number: string; readonly name: string; readonly at: string } | null
}

/** Of whom the reader's account is proven to be, or what to do to have it proven. */
export function OwnProof() {
  const t = useWords()
  const query = useQuery({ queryKey: ['/api/account/proof'], queryFn: () => api.get<Answer>('/api/account/proof') })
  if (!query.data) return null
  const { proof } = query.data
  if (proof)
    return (
      <Alert
        type="success"
        showIcon
        title={t({ zh: '已在服务窗口核验身份', en: 'Proven at a service counter' })}
        description={
          <>
            <span lang="zh">{proof.name}</span> {proof.number} <When at={proof.at} />
          </>
        }
      />
    )
  return <Unproven />
}
