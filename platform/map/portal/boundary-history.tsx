import { useQuery } from '@tanstack/react-query'
import { List, Tag } from 'antd'
import { api, DataState, useWords, When } from '#portal/ui'
import type { BoundaryRow } from './boundary-row.ts'

/** A boundary's versions, the one in force first. */
export function BoundaryHistory({ code }: { readonly code: string }) {
  const t = useWords()
  const query = useQuery({
    queryKey: ['map', 'boundaries', 'history', code],
    queryFn: () => api.get<BoundaryRow[]>(`/api/map/boundaries/${code}`),
  })
  return (
    <DataState query={query}>
      {(rows) => (
        <List
          dataSource={rows}
          rowKey={({ validFrom }) => validFrom}
          renderItem={(row) => (
            <List.Item>
              <List.Item.Meta
                title={
                  <>
                    <When at={row.validFrom} /> –{' '}
                    {row.validTo ? (
                      <When at={row.validTo} />
                    ) : (
                      <Tag color="success">{t({ zh: '现行', en: 'In force' })}</Tag>
                    )}
                  </>
                }
                description={`${row.name} · ${row.source}${row.review ? ` · ${row.review}` : ''}`}
              />
            </List.Item>
          )}
        />
      )}
    </DataState>
  )
}
