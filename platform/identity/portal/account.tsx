import { Alert, Card, Descriptions, Flex } from 'antd'
import { PageFrame, useMarks, useMe, useWords } from '#portal/ui'
import { DelegationTable } from './delegation-table.tsx'
import { LendPost } from './lend-post.tsx'
import { OwnProof } from './own-proof.tsx'
import { ChangePassword } from './password.tsx'
import { SecondFactor } from './second-factor.tsx'
import { SessionTable } from './session-table.tsx'

/** The reader's own account: password, second factor, posts and their lending, sessions. */
export function AccountPage() {
  const t = useWords()
  const { sentences } = useMarks()
  const me = useMe()
  return (
    <PageFrame title={{ zh: '我的账号', en: 'My account' }}>
      {me.mustChangePassword && (
        <Alert
          type="warning"
          showIcon
          title={t({
            zh: '请先修改初始密码，修改后才能使用各项功能',
            en: 'Change your first password; until then you cannot do anything else',
          })}
        />
      )}
      <Card title={me.name}>
        <Flex vertical gap="middle">
          <Descriptions
            column={1}
            size="small"
            items={[
              { key: 'account', label: t({ zh: '账号', en: 'Account' }), children: me.signInName },
              {
                key: 'posts',
                label: t({ zh: '岗位', en: 'Posts' }),
                children:
                  me.posts.map((post) => `${t(post.organisationName)} · ${t(post.title)}`).join(sentences) || '—',
              },
              {
                key: 'factor',
                label: t({ zh: '动态验证码', en: 'Second factor' }),
                children: me.hasTotp ? t({ zh: '已启用', en: 'In use' }) : t({ zh: '未启用', en: 'Not in use' }),
              },
            ]}
          />
          {me.kind !== 'staff' && <OwnProof />}
          <Flex wrap gap="small">
            <ChangePassword />
            <SecondFactor />
          </Flex>
        </Flex>
      </Card>
      {me.kind === 'staff' && (
        <Card title={t({ zh: '岗位代理', en: 'Lent posts' })} extra={<LendPost />}>
          <DelegationTable path="/api/account/delegations" mayEnd={({ from }) => from.id === me.account} />
        </Card>
      )}
      <Card title={t({ zh: '登录设备', en: 'Where I am signed in' })}>
        <SessionTable path="/api/account/sessions" />
      </Card>
    </PageFrame>
  )
}
