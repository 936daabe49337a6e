import { Link, useRouter } from '@tanstack/react-router'
import type { ReactNode } from 'react'

/** A full path of the portal, such as `/air/stations/1656A?tab=values`, as the router takes it. */
export function useDestination(path: string) {
  const { options } = useRouter()
  const { pathname, search } = new URL(path, 'http://portal')
  return { to: decodeURI(pathname), search: options.parseSearch?.(search) ?? {} } as const
}

/** Link to another page of the portal, by its full path: `/air/stations/1656A?tab=values`. */
export function PageLink({ to, children }: { readonly to: string; readonly children: ReactNode }) {
  return <Link {...useDestination(to)}>{children}</Link>
}
