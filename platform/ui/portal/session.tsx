import { useQuery, useQueryClient } from '@tanstack/react-query'
import { createContext, type ReactNode, useCallback, useContext } from 'react'
import type { Reach } from '../../runtime/actor.ts'
import type { Words } from '../../runtime/words.ts'
import { ApiError, api } from './api.ts'

/** A post that the person may act in. */
export interface MyPost {
  readonly id: string
  readonly title: Words
  readonly organisation: string
  readonly organisationName: Words
  /** Who lent it, if it is lent. */
  readonly onBehalfOf?: { readonly id: string; readonly name: string }
}

/** Who is signed in, in which post, with which rights: the answer of `GET /api/session`. */
export interface Me {
  /** Id of the account. */
  readonly account: string
  readonly signInName: string
  readonly name: string
  readonly kind: 'staff' | 'resident' | 'firm'
  readonly organisation: string | null
  readonly division: string | null
  /** Id of the post in use. */
  readonly post: string | null
  readonly posts: readonly MyPost[]
  readonly rights: Readonly<Record<string, Reach>>
  /** No right is held until the password is changed, on `/account`. */
  readonly mustChangePassword: boolean
  readonly hasTotp: boolean
}

export const sessionKey = ['session'] as const

/** The session as a query: `undefined` while asked, `null` when nobody is signed in. */
export function useSession() {
  return useQuery({
    queryKey: sessionKey,
    queryFn: async () => {
      try {
        return await api.get<Me | null>('/api/session')
      } catch (error) {
        if (error instanceof ApiError && error.problem.status === 401) return null
        throw error
      }
    },
    staleTime: 60_000,
  })
}

const Context = createContext<Me | undefined>(undefined)

export const MeProvider = ({ me, children }: { readonly me: Me; readonly children: ReactNode }) => (
  <Context value={me}>{children}</Context>
)

/** Who is signed in; only inside pages behind the sign-in. */
export function useMe(): Me {
  const me = useContext(Context)
  if (!me) throw new ApiError({ status: 401, code: 'not-signed-in', title: '请先登录 · Please sign in first' })
  return me
}

/** How far a right of the person reaches, or undefined without it: `const mayWrite = useRight('air.station.write')`. */
export const useRight = (right: string): Reach | undefined => useMe().rights[right]

/** Ends the session and forgets everything that was read in it. */
export function useSignOut(): () => Promise<void> {
  const queries = useQueryClient()
  return useCallback(async () => {
    await api.delete('/api/session')
    queries.clear()
    location.assign('/sign-in')
  }, [queries])
}
