import { PageFrame } from '#portal/ui'

export function ApiBrowser() {
  return <PageFrame title={{ zh: '接口文档', en: 'API document' }}>{null}</PageFrame>
}
