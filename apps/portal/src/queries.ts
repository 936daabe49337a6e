import { MutationCache, QueryCache, QueryClient } from '@tanstack/react-query'
import { ApiError, sessionKey } from '#portal/ui'

const RETRIES = 2

/** A lost or overloaded server is asked again; an answer that is an answer is not. */
const isPassing = (error: unknown): boolean =>
  !(error instanceof ApiError) || error.problem.status === 0 || error.problem.status >= 502

/** A session that ended elsewhere brings back the sign-in. */
function noteSignedOut(error: unknown): void {
  if (error instanceof ApiError && error.problem.code === 'not-signed-in') queries.setQueryData(sessionKey, null)
}

/** Everything that was read from the server, kept for as long as the page is open. */
export const queries: QueryClient = new QueryClient({
  queryCache: new QueryCache({ onError: noteSignedOut }),
  mutationCache: new MutationCache({ onError: noteSignedOut }),
  defaultOptions: {
    queries: {
      staleTime: 10_000,
      networkMode: 'always',
      retry: (failures, error) => failures < RETRIES && isPassing(error),
    },
    mutations: { networkMode: 'always' },
  },
})
