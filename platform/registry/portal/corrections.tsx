import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { Button, Flex, Skeleton, Typography } from 'antd'
import { api, Failure, useWords } from '#portal/ui'
import { type Correction, CorrectionForm } from './correction-form.tsx'
import type { LoadView } from './types.ts'

interface Page {
  readonly rows: readonly Correction[]
  readonly next: number | null
}

/** Rows that failed, each with its cells, what is wrong with them, and a way to correct it here. */
export function Corrections({ load }: { readonly load: LoadView }) {
  const t = useWords()
  const queries = useQueryClient()
  const path = `/api/registry/loads/${load.id}/corrections`
  const list = useInfiniteQuery({
    queryKey: [path],
    queryFn: ({ pageParam }) => api.get<Page>(path, { limit: 20, after: pageParam }),
    initialPageParam: undefined as number | undefined,
    getNextPageParam: (last) => last.next ?? undefined,
  })
  if (list.isError) return <Failure error={list.error} retry={() => void list.refetch()} />
  if (!list.data) return <Skeleton active />
  const rows = list.data.pages.flatMap((page) => page.rows)
  return (
    <section aria-label={t({ zh: '待更正行', en: 'Rows to correct' })}>
      <Flex wrap justify="space-between" gap="small">
        <Typography.Title level={2} style={{ fontSize: 18 }}>
          {t({ zh: '待更正行', en: 'Rows to correct' })}
        </Typography.Title>
        <Flex gap="small">
          <Button href={`${path}.xlsx`}>{t({ zh: '导出 XLSX', en: 'Export XLSX' })}</Button>
          <Button href={`${path}.csv`}>{t({ zh: '导出 CSV', en: 'Export CSV' })}</Button>
        </Flex>
      </Flex>
      <Flex vertical gap="middle">
        {rows.length === 0 && t({ zh: '都处理完了', en: 'Nothing is left to correct' })}
        {rows.map((row) => (
          <CorrectionForm
            key={row.id}
            load={load}
            correction={row}
            done={() => void queries.invalidateQueries({ queryKey: [path] })}
          />
        ))}
        {list.hasNextPage && (
          <Button block loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t({ zh: '显示更多', en: 'Show more' })}
          </Button>
        )}
      </Flex>
    </section>
  )
}
