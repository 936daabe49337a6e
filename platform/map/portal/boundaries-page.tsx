import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { App, Button, Drawer, Flex, Popconfirm, Segmented, Table } from 'antd'
import { useState } from 'react'
import { api, DataState, Failure, PageFrame, useLanguage, useLiveQueries, useRight, useWords, When } from '#portal/ui'
import { BoundaryForm } from './boundary-form.tsx'
import { BoundaryHistory } from './boundary-history.tsx'
import { type BoundaryLevel, type BoundaryRow, LEVEL_WORDS } from './boundary-row.ts'

/** Where a steward draws, imports and ends boundaries. */
export function BoundariesPage() {
  const t = useWords()
  const { language } = useLanguage()
  const { message } = App.useApp()
  const queries = useQueryClient()
  const mayWrite = useRight('map.boundary.write') !== undefined
  const [level, setLevel] = useState<BoundaryLevel>('county')
  const [open, setOpen] = useState<'form' | string>()
  const query = useQuery({
    queryKey: ['map', 'boundaries', level],
    queryFn: () => api.get<BoundaryRow[]>('/api/map/boundaries', { level }),
  })
  useLiveQueries(['map.boundary.changed'], ['map'])
  const end = useMutation({
    mutationFn: (code: string) => api.delete(`/api/map/boundaries/${code}`),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['map'] }),
  })
  const saved = (codes: readonly string[]) => {
    setOpen(undefined)
    message.success(t({ zh: `${codes.length} 条边界已生效`, en: `${codes.length} boundaries are in force` }))
  }
  return (
    <PageFrame
      title={{ zh: '区划与网格边界', en: 'Boundaries' }}
      about={{
        zh: '点属于哪个区划由现行边界决定，历史版本保留',
        en: 'They decide which division holds a point; earlier versions are kept',
      }}
      above={[{ title: { zh: '地图', en: 'Map' }, path: '/map' }]}
      extra={
        mayWrite && (
          <Button type="primary" onClick={() => setOpen('form')}>
            {t({ zh: '绘制或导入', en: 'Draw or import' })}
          </Button>
        )
      }
    >
      <div style={{ overflowX: 'auto' }}>
        <Segmented<BoundaryLevel>
          aria-label={t({ zh: '级别', en: 'Level' })}
          value={level}
          onChange={setLevel}
          options={Object.entries(LEVEL_WORDS).map(([value, words]) => ({
            value: value as BoundaryLevel,
            label: t(words),
          }))}
        />
      </div>
      {end.isError && <Failure error={end.error} />}
      <DataState
        query={query}
        empty={{ zh: '这一级还没有边界，可绘制或导入', en: 'No boundaries at this level yet; draw or import them' }}
      >
        {(rows) => (
          <Table
            size="small"
            rowKey="code"
            scroll={{ x: 720 }}
            dataSource={rows}
            pagination={{ pageSize: 20, showSizeChanger: false, hideOnSinglePage: true }}
            columns={[
              { title: t({ zh: '代码', en: 'Code' }), dataIndex: 'code' },
              {
                title: t({ zh: '名称', en: 'Name' }),
                render: (_, row) => (language === 'en' && row.nameEn) || row.name,
              },
              { title: t({ zh: '来源', en: 'Source' }), dataIndex: 'source' },
              { title: t({ zh: '审图号', en: 'Review number' }), render: (_, row) => row.review ?? '—' },
              { title: t({ zh: '生效时间', en: 'In force since' }), render: (_, row) => <When at={row.validFrom} /> },
              {
                title: t({ zh: '操作', en: 'Actions' }),
                render: (_, row) => (
                  <Flex gap="small">
                    <Button size="small" onClick={() => setOpen(row.code)}>
                      {t({ zh: '历史', en: 'History' })}
                    </Button>
                    {mayWrite && (
                      <Popconfirm
                        title={t({
                          zh: `停用${row.name}的边界？`,
                          en: `End the boundary of ${row.nameEn ?? row.name}?`,
                        })}
                        onConfirm={() => end.mutate(row.code)}
                      >
                        <Button size="small" danger>
                          {t({ zh: '停用', en: 'End' })}
                        </Button>
                      </Popconfirm>
                    )}
                  </Flex>
                ),
              },
            ]}
          />
        )}
      </DataState>
      <Drawer
        open={open !== undefined}
        onClose={() => setOpen(undefined)}
        size="min(720px, 100vw)"
        destroyOnHidden
        title={
          open === 'form'
            ? t({ zh: '绘制或导入边界', en: 'Draw or import boundaries' })
            : t({ zh: `${open} 的历史`, en: `History of ${open}` })
        }
      >
        {open === 'form' ? <BoundaryForm onSaved={saved} /> : open && <BoundaryHistory code={open} />}
      </Drawer>
    </PageFrame>
  )
}
