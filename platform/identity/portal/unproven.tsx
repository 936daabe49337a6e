import { Alert } from 'antd'
import { useMe, useWords } from '#portal/ui'

/** Says to a resident or firm what to do so that the account is proven. */
export function Unproven() {
  const t = useWords()
  const { kind, signInName } = useMe()
  const card =
    kind === 'firm'
      ? { zh: '营业执照和经办人身份证', en: 'the licence of your firm and your identity card' }
      : { zh: '本人身份证', en: 'your identity card' }
  return (
    <Alert
      type="info"
      showIcon
      title={t({ zh: '账号还没有核验身份', en: 'Your account is not proven yet' })}
      description={t({
        zh: `查看自己的档案、对自己的数据提出异议，要先核验身份：请带${card.zh}到就近的政务服务窗口，告诉工作人员您的账号“${signInName}”，当场核验，以后不用再去。`,
        en: `Before you see your own file or object to your own data, it has to be proven who you are: bring ${card.en} to a service counter and tell the clerk your account, "${signInName}". It is done at once, and only once.`,
      })}
    />
  )
}
