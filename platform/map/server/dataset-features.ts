import type { Feature } from 'geojson'
import { type AnyDataset, registry } from '#platform/registry'
import { type App, system } from '#runtime'
import type { PreparedLayer } from './prepare-layers.ts'

const PIECE = 5_000

/** Rows of a dataset that have a place, in pieces; a feature's id is the row's key. */
export async function* datasetFeatures(
  app: App,
  layer: PreparedLayer,
  dataset: AnyDataset,
  point: string,
): AsyncGenerator<readonly Feature[]> {
  let after: string | undefined
  do {
    const options = { limit: PIECE, ...(after === undefined ? {} : { after }) }
    const page = await app.work(system('map.layer'), (work) => app.use(registry).list(work, dataset, options))
    yield page.rows.flatMap(({ value }) => featureOf(value as Row, layer, dataset, point) ?? [])
    after = page.next
  } while (after !== undefined && !app.stopping.aborted)
}

type Row = Readonly<Record<string, unknown>>

function featureOf(row: Row, layer: PreparedLayer, dataset: AnyDataset, point: string): Feature | undefined {
  const place = row[point] as { readonly lng: number; readonly lat: number } | null | undefined
  if (!place) return undefined
  const { scope } = dataset
  const entries = layer.properties.map((name) => {
    const field = name === 'division' && scope?.division ? scope.division : name
    return [name, row[field] ?? null]
  })
  const id = dataset.key.map((name) => String(row[name])).join('/')
  const geometry = { type: 'Point' as const, coordinates: [place.lng, place.lat] }
  return { type: 'Feature', geometry, properties: { ...Object.fromEntries(entries), id } }
}
