import { useQuery } from '@tanstack/react-query'
import { Alert } from 'antd'
import { api, useMe, useWords, When } from '#portal/ui'

interface Answer {
  readonly proof: { readonly number: string; readonly name: string; readonly at: string } | null
}

/** Of whom the reader's account is proven to be, or what to do to have it proven. */
export function OwnProof() {
  const t = useWords()
  const { kind, signInName } = useMe()
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
  const card =
    kind === 'firm'
      ? { zh: '营业执照和经办人身份证', en: 'the licence of the firm and your identity card' }
      : { zh: '本人身份证', en: 'your identity card' }
  return (
    <Alert
      type="info"
      showIcon
      title={t({ zh: '账号还没有核验身份', en: 'Nobody has proven of whom your account is' })}
      description={t({
        zh: `请带${card.zh}到就近的政务服务窗口，告诉工作人员您的账号“${signInName}”，当场核验。核验后才能对自己的数据提出异议。`,
        en: `Bring ${card.en} to a service counter and tell the clerk your account, "${signInName}". It is proven at once; then you can object to your own data.`,
      })}
    />
  )
}
