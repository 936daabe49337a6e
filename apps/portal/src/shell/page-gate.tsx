import { Navigate } from '@tanstack/react-router'
import { Skeleton } from 'antd'
import { type ReactNode, Suspense } from 'react'
import { MeProvider, type Page, useSession } from '#portal/ui'
import { NotAllowed } from './not-allowed.tsx'
import { ToSignIn } from './to-sign-in.tsx'

/** Where a first password is changed. */
const OWN_ACCOUNT = '/account'

/** Lets a page show to those who may see it; the server decides again on every call. */
export function PageGate({ page, children }: { readonly page: Page; readonly children: ReactNode }) {
  const content = <Suspense fallback={<Skeleton active />}>{children}</Suspense>
  return page.open ? content : <SignedIn page={page}>{content}</SignedIn>
}

function SignedIn({ page, children }: { readonly page: Page; readonly children: ReactNode }) {
  const session = useSession()
  if (session.data === undefined) return <Skeleton active />
  if (session.data === null) return <ToSignIn />
  if (session.data.mustChangePassword && page.path !== OWN_ACCOUNT) return <Navigate to={OWN_ACCOUNT} replace />
  if (page.right && !session.data.rights[page.right]) return <NotAllowed page={page} />
  return <MeProvider me={session.data}>{children}</MeProvider>
}
