import { PageFrame } from '#portal/ui'
import { DelegationTable } from './delegation-table.tsx'

/** Posts lent within reach. */
export const DelegationsPage = () => (
  <PageFrame
    title={{ zh: '岗位代理', en: 'Delegations' }}
    about={{
      zh: '本人在“我的账号”中委托；管理员可终止',
      en: 'People lend their posts in "My account"; here they can be ended',
    }}
  >
    <DelegationTable path="/api/identity/delegations" mayEnd={() => true} />
  </PageFrame>
)
