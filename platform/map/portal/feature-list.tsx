import { useQuery } from '@tanstack/react-query'
import { Button, Flex, Table, Typography } from 'antd'
import type { Feature, Position } from 'geojson'
import { api, DataState, PageLink, useLanguage, useWords } from '#portal/ui'
import { type LayerInfo, nameOf, type PickedFeature, pageOf, stepOf } from './layer-info.ts'
import { Patch } from './legend.tsx'

interface Listed {
  readonly total: number
  readonly features: readonly Feature[]
}

/** A layer's features as a table: what the map shows, for those who cannot see or point at it. */
export function FeatureList(props: { readonly layer: LayerInfo; readonly onPick: (feature: PickedFeature) => void }) {
  const { layer, onPick } = props
  const t = useWords()
  const { language } = useLanguage()
  const query = useQuery({
    queryKey: ['map', 'features', layer.id, layer.version],
    queryFn: () => api.get<Listed>(`/api/map/layers/${layer.id}/features`),
  })
  return (
    <section aria-label={t(layer.title)}>
      <Typography.Title level={2} style={{ fontSize: '1.1em' }}>
        {t(layer.title)}
      </Typography.Title>
      <DataState query={query} isEmpty={({ features }) => features.length === 0}>
        {({ total, features }) => (
          <Flex vertical gap="small">
            {total > features.length && (
              <span>
                {t({ zh: `共 ${total} 个，列出前 ${features.length} 个`, en: `First ${features.length} of ${total}` })}
              </span>
            )}
            <Table
              size="small"
              rowKey={({ properties }) => String(properties?.id)}
              dataSource={[...features]}
              pagination={{ pageSize: 10, showSizeChanger: false, hideOnSinglePage: true }}
              columns={[
                {
                  title: t({ zh: '名称', en: 'Name' }),
                  render: (_, { properties }) => nameOf(properties ?? {}, language),
                },
                ...(layer.colours
                  ? [
                      {
                        title: t({ zh: '状态', en: 'State' }),
                        render: (_: unknown, { properties }: Feature) => {
                          const step = stepOf(layer, properties ?? {})
                          return step && <Patch colour={step.colour} text={`${t(step.title)} ${step.value ?? ''}`} />
                        },
                      },
                    ]
                  : []),
                {
                  title: t({ zh: '操作', en: 'Actions' }),
                  render: (_, feature) => {
                    const picked = pickedFrom(layer, feature)
                    const page = pageOf(layer, picked.id)
                    return (
                      <Flex wrap gap="small">
                        <Button size="small" onClick={() => onPick(picked)}>
                          {t({ zh: '在地图上看', en: 'Show on map' })}
                        </Button>
                        {page && <PageLink to={page}>{t({ zh: '详情', en: 'Its page' })}</PageLink>}
                      </Flex>
                    )
                  },
                },
              ]}
            />
          </Flex>
        )}
      </DataState>
    </section>
  )
}

function pickedFrom(layer: LayerInfo, { properties, geometry }: Feature): PickedFeature {
  return { layer: layer.id, id: String(properties?.id), properties: properties ?? {}, place: middleOf(geometry) }
}

/** The middle of a geometry's box. */
function middleOf(geometry: Feature['geometry']): [number, number] {
  const points = geometry.type === 'GeometryCollection' ? [] : flattened(geometry.coordinates)
  const [lngs, lats] = [points.map(([lng = 0]) => lng), points.map(([, lat = 0]) => lat)]
  return [middle(lngs), middle(lats)]
}

const middle = (values: readonly number[]) =>
  (values.reduce((least, value) => Math.min(least, value), Number.POSITIVE_INFINITY) +
    values.reduce((most, value) => Math.max(most, value), Number.NEGATIVE_INFINITY)) /
  2

type Nested = Position | readonly Nested[]
const flattened = (nested: Nested): Position[] =>
  typeof nested[0] === 'number' ? [nested as Position] : (nested as readonly Nested[]).flatMap(flattened)
