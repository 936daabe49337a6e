import { Outlet } from '@tanstack/react-router'
import { Grid, Layout, Skeleton } from 'antd'
import { useState } from 'react'
import { Failure, MeProvider, useSession, useWords } from '#portal/ui'
import { Header } from './header.tsx'
import { MainMenu } from './main-menu.tsx'
import { OfflineBanner } from './offline-banner.tsx'
import { MenuDrawer, QuickBar } from './phone-menu.tsx'
import { useReachableScrolls } from './reachable-scrolls.ts'
import { ToSignIn } from './to-sign-in.tsx'

/** Header, menu and place for the page; on phones the menu is a drawer and the most used pages are at the bottom. */
export function Shell() {
  const session = useSession()
  if (session.isError && !session.data)
    return (
      <main className="dz-main">
        <Failure error={session.error} retry={() => void session.refetch()} />
      </main>
    )
  if (session.data === undefined)
    return (
      <main className="dz-main">
        <Skeleton active />
      </main>
    )
  if (session.data === null) return <ToSignIn />
  return (
    <MeProvider me={session.data}>
      <Frame />
    </MeProvider>
  )
}

function Frame() {
  const t = useWords()
  const wide = Grid.useBreakpoint().lg ?? window.innerWidth >= 992
  const [folded, setFolded] = useState(false)
  const [drawer, setDrawer] = useState(false)
  useReachableScrolls()
  return (
    <Layout className="dz-shell">
      <a className="dz-skip" href="#main">
        {t({ zh: '跳到正文', en: 'Skip to the content' })}
      </a>
      <Header onMenu={() => (wide ? setFolded(!folded) : setDrawer(true))} wide={wide} />
      <OfflineBanner />
      <Layout hasSider={wide}>
        {wide && (
          <Layout.Sider className="dz-sider" theme="light" width={232} collapsed={folded} collapsedWidth={0}>
            {!folded && <MainMenu />}
          </Layout.Sider>
        )}
        <Layout.Content id="main" tabIndex={-1} className="dz-main">
          <Outlet />
        </Layout.Content>
      </Layout>
      {!wide && <QuickBar onMenu={() => setDrawer(true)} />}
      {!wide && <MenuDrawer open={drawer} onClose={() => setDrawer(false)} />}
    </Layout>
  )
}
