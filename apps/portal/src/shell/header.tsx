import { MenuOutlined } from '@ant-design/icons'
import { Link } from '@tanstack/react-router'
import { Button } from 'antd'
import { useWords } from '#portal/ui'
import { NoticeBell } from './notice-bell.tsx'
import { PersonMenu } from './person-menu.tsx'
import { LanguageButton, LargeTypeButton } from './view-buttons.tsx'

export function Header({ onMenu, wide }: { readonly onMenu: () => void; readonly wide: boolean }) {
  const t = useWords()
  return (
    <header className="dz-header">
      <Button type="text" icon={<MenuOutlined />} onClick={onMenu} aria-label={t({ zh: '菜单', en: 'Menu' })} />
      <Link to="/" className="dz-brand">
        {t({ zh: '岱宗', en: 'Daizong' })}
      </Link>
      <span className="dz-grow" />
      <NoticeBell />
      {wide && <LargeTypeButton />}
      {wide && <LanguageButton />}
      <PersonMenu wide={wide} />
    </header>
  )
}
