import { CheckOutlined, UserOutlined } from '@ant-design/icons'
import { useQueryClient } from '@tanstack/react-query'
import { useNavigate } from '@tanstack/react-router'
import { App, Button, Dropdown, type MenuProps } from 'antd'
import { ApiError, api, useAppearance, useLanguage, useMe, useSignOut, useWords } from '#portal/ui'
import { pages } from '../pages.ts'

const ACCOUNT = '/account'

/** The person: post in use and the others to switch to, own account, view, sign-out. */
export function PersonMenu({ wide }: { readonly wide: boolean }) {
  const t = useWords()
  const me = useMe()
  const go = useNavigate()
  const queries = useQueryClient()
  const signOut = useSignOut()
  const { message } = App.useApp()
  const { language, setLanguage } = useLanguage()
  const { large, setLarge } = useAppearance()
  const post = me.posts.find(({ id }) => id === me.post)
  const switchTo = async (id: string) => {
    try {
      await api.patch('/api/session', { post: id })
      await go({ to: '/' })
      await queries.resetQueries()
    } catch (error) {
      if (error instanceof ApiError) void message.error(error.problem.title)
    }
  }
  const items: MenuProps['items'] = [
    {
      type: 'group',
      label: t({ zh: '岗位', en: 'Posts' }),
      children: me.posts.map((one) => ({
        key: one.id,
        icon: one.id === me.post ? <CheckOutlined /> : undefined,
        label: `${t(one.organisationName)} · ${t(one.title)}`,
        onClick: () => void (one.id === me.post || switchTo(one.id)),
      })),
    },
    { type: 'divider' },
    ...(pages.some((page) => page.path === ACCOUNT)
      ? [{ key: 'account', label: t({ zh: '我的账号', en: 'My account' }), onClick: () => void go({ to: ACCOUNT }) }]
      : []),
    ...(wide
      ? []
      : [
          {
            key: 'large',
            label: large ? t({ zh: '标准字号', en: 'Normal type' }) : t({ zh: '大字版', en: 'Large type' }),
            onClick: () => setLarge(!large),
          },
          {
            key: 'language',
            label: language === 'zh' ? 'English' : '中文',
            onClick: () => setLanguage(language === 'zh' ? 'en' : 'zh'),
          },
        ]),
    { key: 'sign-out', label: t({ zh: '退出登录', en: 'Sign out' }), onClick: () => void signOut() },
  ]
  const name = post && wide ? `${me.name} · ${t(post.title)}` : me.name
  return (
    <Dropdown menu={{ items }} trigger={['click']} placement="bottomRight">
      <Button type="text" icon={<UserOutlined />} aria-haspopup="menu" data-testid="person">
        <span className="dz-person">{name}</span>
      </Button>
    </Dropdown>
  )
}
