import { Card, Descriptions, Typography } from 'antd'
import { useMemo, useState } from 'react'
import { PointMap } from '#portal/map'
import { DataState, useWords } from '#portal/ui'
import type { ColumnView, DatasetView, RowsView } from './types.ts'
import { useRows } from './use-rows.ts'
import { valueText } from './value-text.ts'

const ROWS = 1_000

/** The rows that have a place, on the map; the table has the same. */
export function DataMap({ dataset, point }: { readonly dataset: DatasetView; readonly point: ColumnView }) {
  const query = useRows(dataset.id, { limit: ROWS })
  return <DataState query={query}>{(found) => <Places dataset={dataset} point={point} found={found} />}</DataState>
}

interface PlacesProps {
  readonly dataset: DatasetView
  readonly point: ColumnView
  readonly found: RowsView
}

function Places({ dataset, point, found }: PlacesProps) {
  const t = useWords()
  const [picked, setPicked] = useState<string>()
  const points = useMemo(
    () =>
      found.rows.flatMap((row, at) => {
        const place = row[point.name] as { readonly lng: number; readonly lat: number } | undefined
        return place ? [{ id: String(at), lng: place.lng, lat: place.lat }] : []
      }),
    [found, point],
  )
  const row = picked === undefined ? undefined : found.rows[Number(picked)]
  return (
    <>
      <PointMap points={points} onPick={setPicked} height="50vh" />
      <Typography.Text type="secondary">
        {t({
          zh: `地图上有 ${points.length} 个点，点击可看内容；同样的内容在“数据”页以表格列出。`,
          en: `${points.length} points; click one to see it. The tab "Data" lists the same as a table.`,
        })}
      </Typography.Text>
      {row && (
        <Card size="small">
          <Descriptions
            size="small"
            column={{ xs: 1, md: 2 }}
            items={dataset.current.columns.map((column) => ({
              key: column.name,
              label: t(column.title),
              children: <span lang="zh">{valueText(column, row[column.name], t)}</span>,
            }))}
          />
        </Card>
      )}
    </>
  )
}
