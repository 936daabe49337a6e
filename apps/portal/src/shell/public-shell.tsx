import { LoginOutlined } from '@ant-design/icons'
import { Link, Outlet, useLocation } from '@tanstack/react-router'
import { Grid, Layout } from 'antd'
import { PageLink, useWords } from '#portal/ui'
import { pages } from '../pages.ts'
import { OfflineBanner } from './offline-banner.tsx'
import { useReachableScrolls } from './reachable-scrolls.ts'
import { LanguageButton, LargeTypeButton } from './view-buttons.tsx'

const bar = pages
  .filter(({ open, bar: place }) => open && place !== undefined)
  .toSorted((a, b) => (a.bar ?? 0) - (b.bar ?? 0))

/** Frame of the pages that everybody may read: a bar of their own, no menu, a way to the sign-in. */
export function PublicShell() {
  const t = useWords()
  const { pathname } = useLocation()
  const wide = Grid.useBreakpoint().md ?? window.innerWidth >= 768
  useReachableScrolls()
  return (
    <Layout className="dz-shell">
      <a className="dz-skip" href="#main">
        {t({ zh: '跳到正文', en: 'Skip to the content' })}
      </a>
      <header className="dz-header">
        <Link to={bar[0]?.path ?? '/'} className="dz-brand">
          {t({ zh: '岱宗', en: 'Daizong' })}
        </Link>
        <span className="dz-grow" />
        {wide && <LargeTypeButton />}
        <LanguageButton />
        <Link to="/sign-in" className="dz-brand-link">
          <LoginOutlined aria-hidden /> {t({ zh: '登录', en: 'Sign in' })}
        </Link>
      </header>
      <nav className="dz-bar" aria-label={t({ zh: '网站栏目', en: 'Parts of the site' })}>
        {bar.map(({ path, title }) => (
          <span key={path} aria-current={pathname === path ? 'page' : undefined}>
            <PageLink to={path}>{t(title)}</PageLink>
          </span>
        ))}
      </nav>
      <OfflineBanner />
      <Layout.Content id="main" tabIndex={-1} className="dz-main">
        <Outlet />
      </Layout.Content>
    </Layout>
  )
}
