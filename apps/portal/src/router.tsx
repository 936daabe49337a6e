import { createRootRoute, createRoute, createRouter, Outlet } from '@tanstack/react-router'
import { lazy } from 'react'
import { noteNavigation, type Page } from '#portal/ui'
import { pages } from './pages.ts'
import { Fault } from './shell/fault.tsx'
import { NotFoundPage } from './shell/not-found.tsx'
import { PageGate } from './shell/page-gate.tsx'
import { PublicShell } from './shell/public-shell.tsx'
import { Shell } from './shell/shell.tsx'

const root = createRootRoute({ component: Outlet, notFoundComponent: NotFoundPage, errorComponent: Fault })
const shell = createRoute({ getParentRoute: () => root, id: 'shell', component: Shell })
const site = createRoute({ getParentRoute: () => root, id: 'site', component: PublicShell })

const frameOf = ({ bare, open }: Page) => (bare ? root : open ? site : shell)
const within = (frame: typeof root | typeof site | typeof shell) =>
  pages.filter((page) => frameOf(page) === frame).map(routeOf)

function routeOf(page: Page) {
  const Content = lazy(async () => ({ default: await page.load() }))
  return createRoute({
    getParentRoute: () => frameOf(page),
    path: page.path,
    component: () => (
      <PageGate page={page}>
        <Content />
      </PageGate>
    ),
  })
}

/** Routes made from the pages of all modules: bare ones stand alone, open ones in the public site, the others inside the shell. */
export const router = createRouter({
  routeTree: root.addChildren([shell.addChildren(within(shell)), site.addChildren(within(site)), ...within(root)]),
  defaultErrorComponent: Fault,
  defaultNotFoundComponent: NotFoundPage,
  scrollRestoration: true,
})

router.subscribe('onBeforeNavigate', ({ pathChanged, fromLocation }) => {
  if (pathChanged && fromLocation) noteNavigation()
})
