import { useMutation, useQueryClient } from '@tanstack/react-query'
import { Button, Flex, Form, Input, Segmented, Select, Upload } from 'antd'
import { useState } from 'react'
import { ApiError, api, Failure, useWords } from '#portal/ui'
import { DrawPolygon } from './draw-polygon.tsx'

type Way = 'draw' | 'paste'

interface Fields {
  readonly code?: string
  readonly name?: string
  readonly nameEn?: string
  readonly source: string
  readonly review?: string
  readonly crs: 'wgs84' | 'cgcs2000' | 'gcj02'
  readonly text?: string
}

/** Draws one boundary, or takes many from GeoJSON; the server says what is wrong with each. */
export function BoundaryForm({ onSaved }: { readonly onSaved: (codes: readonly string[]) => void }) {
  const t = useWords()
  const queries = useQueryClient()
  const [form] = Form.useForm<Fields>()
  const [way, setWay] = useState<Way>('draw')
  const [points, setPoints] = useState<readonly (readonly [number, number])[]>([])
  const save = useMutation({
    mutationFn: (fields: Fields) => api.post<{ codes: string[] }>('/api/map/boundaries', bodyOf(fields, way, points)),
    onSuccess: async ({ codes }) => {
      await queries.invalidateQueries({ queryKey: ['map'] })
      onSaved(codes)
    },
  })
  const required = [{ required: true, message: t({ zh: '必填', en: 'Required' }) }]
  return (
    <Form<Fields>
      form={form}
      layout="vertical"
      initialValues={{ crs: 'wgs84' }}
      onFinish={(fields) => save.mutate(fields)}
    >
      <Form.Item>
        <Segmented<Way>
          aria-label={t({ zh: '方式', en: 'How' })}
          value={way}
          onChange={setWay}
          options={[
            { value: 'draw', label: t({ zh: '在地图上画', en: 'Draw on the map' }) },
            { value: 'paste', label: t({ zh: '导入 GeoJSON', en: 'Import GeoJSON' }) },
          ]}
        />
      </Form.Item>
      {way === 'draw' ? (
        <>
          <Form.Item
            name="code"
            label={t({
              zh: '区划代码（乡镇 9 位，村 12 位，网格 15 位）',
              en: 'Division code (town 9, village 12, grid 15 digits)',
            })}
            rules={required}
          >
            <Input inputMode="numeric" maxLength={15} />
          </Form.Item>
          <Form.Item name="name" label={t({ zh: '名称', en: 'Name' })} rules={required}>
            <Input maxLength={60} />
          </Form.Item>
          <Form.Item name="nameEn" label={t({ zh: '英文名称', en: 'English name' })}>
            <Input maxLength={80} />
          </Form.Item>
          <DrawPolygon points={points} onChange={setPoints} />
        </>
      ) : (
        <>
          <Form.Item
            name="text"
            label={t({ zh: 'GeoJSON（要素带 code 和 name）', en: 'GeoJSON (features with code and name)' })}
            rules={required}
          >
            <Input.TextArea rows={8} spellCheck={false} />
          </Form.Item>
          <Form.Item>
            <Upload
              accept=".json,.geojson"
              showUploadList={false}
              beforeUpload={(file) => {
                void file.text().then((text) => form.setFieldsValue({ text }))
                return false
              }}
            >
              <Button>{t({ zh: '从文件读取', en: 'Read from a file' })}</Button>
            </Upload>
          </Form.Item>
          <Form.Item name="crs" label={t({ zh: '坐标系', en: 'Coordinate system' })} rules={required}>
            <Select
              options={[
                { value: 'wgs84', label: 'WGS 84' },
                { value: 'cgcs2000', label: 'CGCS2000' },
                { value: 'gcj02', label: t({ zh: 'GCJ-02（高德、腾讯等网络地图）', en: 'GCJ-02 (Chinese web maps)' }) },
              ]}
            />
          </Form.Item>
        </>
      )}
      <Form.Item name="source" label={t({ zh: '数据来源', en: 'Source of the line' })} rules={required}>
        <Input maxLength={200} />
      </Form.Item>
      <Form.Item name="review" label={t({ zh: '审图号（有则填）', en: 'Map review number, if there is one' })}>
        <Input maxLength={100} />
      </Form.Item>
      <Flex vertical gap="small">
        {save.isError && <Failure error={save.error} />}
        <Button type="primary" htmlType="submit" loading={save.isPending}>
          {t({ zh: '检查并生效', en: 'Check and put in force' })}
        </Button>
      </Flex>
    </Form>
  )
}

function bodyOf(fields: Fields, way: Way, points: readonly (readonly [number, number])[]): object {
  const { code, name, nameEn, source, review, crs, text = '' } = fields
  const features = way === 'paste' ? featuresIn(text) : [drawn({ code, name, name_en: nameEn || undefined }, points)]
  return {
    type: 'FeatureCollection',
    source,
    ...(review ? { review } : {}),
    crs: way === 'paste' ? crs : 'wgs84',
    features,
  }
}

const drawn = (properties: object, points: readonly (readonly [number, number])[]) => ({
  ...{ type: 'Feature', properties },
  geometry: { type: 'Polygon', coordinates: [[...points, ...points.slice(0, 1)]] },
})

function featuresIn(text: string): unknown[] {
  try {
    const data = JSON.parse(text) as { features?: unknown[]; type?: string }
    return data.features ?? [data]
  } catch (error) {
    const title = `GeoJSON 无法读取 · The GeoJSON cannot be read: ${(error as Error).message}`
    throw new ApiError({ status: 422, code: 'not-json', title })
  }
}
