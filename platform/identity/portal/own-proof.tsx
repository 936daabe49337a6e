import { Alert } from 'antd'
import { useWords, When } from '#portal/ui'
import { Unproven } from './unproven.tsx'
import { useOwnProof } from './use-own-proof.ts'

/** Of whom the reader's account is proven to be, or what to do to have it proven. */
export function OwnProof() {
  const t = useWords()
  const { data } = useOwnProof()
  if (!data) return null
  const { proof } = data
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
