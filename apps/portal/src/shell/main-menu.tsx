import { useLocation } from '@tanstack/react-router'
import { Menu } from 'antd'
import { PageLink, useMe, useWords } from '#portal/ui'
import { menuOf, menuPageOf } from './menu.ts'

/** Pages by group, as far as the rights reach. */
export function MainMenu({ onGo }: { readonly onGo?: () => void }) {
  const t = useWords()
  const parts = menuOf(useMe())
  const { pathname } = useLocation()
  const here = menuPageOf(parts, pathname)
  return (
    <nav aria-label={t({ zh: '主菜单', en: 'Main menu' })}>
      <Menu
        mode="inline"
        selectedKeys={here ? [here] : []}
        {...(onGo ? { onClick: onGo } : {})}
        items={parts.map((part) => ({
          type: 'group',
          key: part.group,
          label: t(part.title),
          children: part.pages.map((page) => ({
            key: page.path,
            label: <PageLink to={page.path}>{t(page.title)}</PageLink>,
          })),
        }))}
      />
    </nav>
  )
}
