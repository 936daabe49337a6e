import type { UseQueryResult } from '@tanstack/react-query'
import { Alert, Button, Empty, Skeleton } from 'antd'
import type { ReactNode } from 'react'
import type { Words } from '../../runtime/words.ts'
import { ApiError } from './api.ts'
import { useWords } from './language.tsx'

export interface DataStateProps<T> {
  readonly query: UseQueryResult<T>
  /** Whether the answer holds nothing; an empty list unless said. */
  readonly isEmpty?: (data: T) => boolean
  /** What an empty answer means and what to do next. */
  readonly empty?: Words
  /** A button below the empty text. */
  readonly next?: ReactNode
  readonly children: (data: T) => ReactNode
}

/** Shows a query in each of its states: loading, failed with a way to try again, empty with what to do next, there. */
export function DataState<T>({ query, isEmpty = hasNothing, empty, next, children }: DataStateProps<T>) {
  const t = useWords()
  if (query.data !== undefined) {
    if (!isEmpty(query.data)) return children(query.data)
    return (
      <Empty
        description={t(empty ?? { zh: '还没有内容', en: 'Nothing here yet' })}
        image={Empty.PRESENTED_IMAGE_SIMPLE}
      >
        {next}
      </Empty>
    )
  }
  if (query.isError) return <Failure error={query.error} retry={() => void query.refetch()} />
  return (
    <div role="status" aria-label={t({ zh: '正在读取', en: 'Loading' })}>
      <Skeleton active />
    </div>
  )
}

/** What went wrong, in the words of the server, with a button to try again. */
export function Failure({ error, retry }: { readonly error: unknown; readonly retry?: () => void }) {
  const t = useWords()
  const problem = error instanceof ApiError ? error.problem : undefined
  const title = problem?.title ?? t({ zh: '页面出错了，请重试', en: 'Something went wrong on this page; try again' })
  return (
    <Alert
      type={problem?.status === 403 ? 'warning' : 'error'}
      showIcon
      title={title}
      description={
        problem?.issues && (
          <ul>
            {problem.issues.map((issue) => (
              <li key={`${issue.path} ${issue.message}`}>{`${issue.message}${t(placeOf(issue.path))}`}</li>
            ))}
          </ul>
        )
      }
      action={retry && <Button onClick={retry}>{t({ zh: '重试', en: 'Try again' })}</Button>}
    />
  )
}

/** Where in what was sent something is wrong, for a reader: numbers of a list count from one. */
function placeOf(path: string): Words {
  const steps = path.split('/').filter(Boolean)
  if (steps.length === 0) return { zh: '', en: '' }
  const said = (item: (n: number) => string) =>
    steps.map((step) => (/^\d+$/.test(step) ? item(Number(step) + 1) : step)).join(' › ')
  return { zh: `（${said((n) => `第 ${n} 项`)}）`, en: ` (${said((n) => `item ${n}`)})` }
}

function hasNothing(data: unknown): boolean {
  if (Array.isArray(data)) return data.length === 0
  const { rows, items } = (data ?? {}) as { rows?: unknown; items?: unknown }
  return (Array.isArray(rows) && rows.length === 0) || (Array.isArray(items) && items.length === 0)
}
