import { type Indicator, type Indicators, indicators, type Measured } from '#platform/indicators'
import type { App } from '#runtime'
import type { BoundaryBook } from './boundary-book.ts'
import { newestOf, windowsBack } from './indicator-window.ts'
import type { LiveLayers } from './live-layers.ts'
import type { PreparedLayer } from './prepare-layers.ts'

const MOST_WARNINGS = 50
const MOST_NAMES = 5_000

/** What the wall shows of indicators and warnings, each value with the name of what it is of. */
export async function readCockpit(app: App, layers: readonly PreparedLayer[], book: BoundaryBook, live: LiveLayers) {
  const service = app.use(indicators)
  const names = await memberNames(layers, book, live)
  const ofDivisions = app
    .declared('indicators')
    .map(({ entry }) => entry)
    .filter(({ dimension }) => dimension === 'division' || dimension === 'city')
  const measures = await Promise.all(ofDivisions.map((indicator) => measureOf(app, service, indicator, names)))
  return { measures: measures.flatMap((measure) => measure ?? []), warnings: await warningsOf(app, service, names) }
}

async function measureOf(app: App, service: Indicators, indicator: Indicator, names: Names) {
  const values = await newestValues(app, service, indicator)
  const newest = newestOf(values)
  if (!newest) return undefined
  const whole = values.filter(({ member }) => isWhole(member))
  const { id, title, unit, decimals, better, period, drill } = indicator
  const parts = values.filter((value) => value.period === newest && !isWhole(value.member))
  return {
    ...{ id, title, unit, decimals, better, period, at: newest },
    ...(drill ? { drill } : {}),
    value: whole.find((value) => value.period === newest)?.value ?? null,
    trend: whole.map(({ period: at, value }) => ({ at, value })),
    parts: parts.map(({ member, value }) => ({ member, name: names(member), value })),
  }
}

/** The city itself among the members of an indicator: `3709`, `370900` or `city`. */
const isWhole = (member: string): boolean => /^(\d{4}(00)?|city)$/.test(member)

/** Values of the newest stretch that has any; recorded data may lie years back. */
async function newestValues(app: App, service: Indicators, indicator: Indicator): Promise<readonly Measured[]> {
  for (const span of windowsBack(indicator.period, app.now())) {
    const values = await service.values(indicator.id, span)
    if (values.length > 0) return values
  }
  return []
}

async function warningsOf(app: App, service: Indicators, names: Names) {
  const rules = new Map(app.declared('warnings').map(({ entry }) => [entry.id, entry.title]))
  const open = await service.openWarnings({})
  return open.slice(0, MOST_WARNINGS).map(({ id, rule, level, member, openedAt, loop }) => ({
    ...{ id, level, member, openedAt, loop, name: names(member) },
    title: rules.get(rule) ?? { zh: rule, en: rule },
  }))
}

type Names = (member: string) => { readonly zh: string; readonly en: string }

/** A layer that cannot be made now costs the wall its names, not its numbers. */
const featuresOr = (live: LiveLayers, layer: PreparedLayer) =>
  live.list(layer, '', MOST_NAMES).then(
    ({ features }) => features,
    () => [],
  )

/** Names of divisions, and of whatever the layers show under the same id. */
async function memberNames(layers: readonly PreparedLayer[], book: BoundaryBook, live: LiveLayers): Promise<Names> {
  const known = new Map<string, { zh: string; en: string }>()
  for (const layer of layers) {
    if (layer.module.id === 'map') continue
    for (const { properties } of await featuresOr(live, layer)) {
      const zh = String(properties?.name ?? properties?.id)
      known.set(String(properties?.id), { zh, en: String(properties?.name_en ?? zh) })
    }
  }
  return (member) => {
    const division = book.find(member) ?? book.find(`${member}00`)
    if (division) return { zh: division.name, en: division.nameEn ?? division.name }
    return known.get(member) ?? { zh: member, en: member }
  }
}
