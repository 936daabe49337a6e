import { PageFrame } from '#portal/ui'
import { SessionTable } from './session-table.tsx'

/** Who is signed in within reach. */
export const SessionsPage = () => (
  <PageFrame title={{ zh: '登录情况', en: 'Sessions' }}>
    <SessionTable path="/api/identity/sessions" withNames />
  </PageFrame>
)
