import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'

/** Link to another page of the portal, by its full path: `/air/stations/1656A?tab=values`. */
export function PageLink({ to, children }: { readonly to: string; readonly children: ReactNode }) {
  return <Link to={to}>{children}</Link>
}
