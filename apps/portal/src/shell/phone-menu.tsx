import { AppstoreOutlined, HomeOutlined, MenuOutlined, SyncOutlined } from '@ant-design/icons'
import { Link, useLocation } from '@tanstack/react-router'
import { Drawer } from 'antd'
import type { ReactNode } from 'react'
import { type MenuGroup, useMe, useWords } from '#portal/ui'
import { MainMenu } from './main-menu.tsx'
import { menuOf, menuPageOf } from './menu.ts'

const QUICK: Partial<Record<MenuGroup, ReactNode>> = {
  work: <HomeOutlined />,
  loops: <SyncOutlined />,
  city: <AppstoreOutlined />,
}

/** The menu on a phone. */
export function MenuDrawer({ open, onClose }: { readonly open: boolean; readonly onClose: () => void }) {
  const t = useWords()
  return (
    <Drawer
      open={open}
      onClose={onClose}
      placement="left"
      size={300}
      title={t({ zh: '菜单', en: 'Menu' })}
      styles={{ body: { padding: 0 } }}
    >
      <MainMenu onGo={onClose} />
    </Drawer>
  )
}

/** The first page of the most used groups, within reach of the thumb. */
export function QuickBar({ onMenu }: { readonly onMenu: () => void }) {
  const t = useWords()
  const parts = menuOf(useMe())
  const { pathname } = useLocation()
  const here = menuPageOf(parts, pathname)
  return (
    <nav className="dz-quick" aria-label={t({ zh: '快捷栏', en: 'Quick bar' })}>
      {parts.map(({ group, pages: [page] }) =>
        page && QUICK[group] ? (
          <Link key={group} to={page.path} aria-current={here === page.path ? 'page' : undefined}>
            {QUICK[group]}
            {t(page.title)}
          </Link>
        ) : null,
      )}
      <button type="button" onClick={onMenu}>
        <MenuOutlined />
        {t({ zh: '菜单', en: 'Menu' })}
      </button>
    </nav>
  )
}
