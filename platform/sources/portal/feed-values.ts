import type { PageSettings } from '../contract.ts'
import { canTakeWhole } from '../definition.ts'
import type { Feed } from './types.ts'

/** A feed as the form holds it: flat, with every choice open. */
export interface FeedValues {
  readonly name: string
  readonly titleZh: string
  readonly titleEn?: string
  readonly dataset: string
  readonly from?: string
  readonly mode: Feed['mode']
  readonly watermarkColumn?: string
  readonly overlapSeconds?: number
  readonly overlapNumbers?: number | null
  readonly firstMark?: string
  readonly givesAll?: boolean
  readonly wholeEveryDays?: number | null
  readonly deletes: Feed['deletes']
  readonly scheduleBy: 'nothing' | 'minutes' | 'cron'
  readonly everyMinutes?: number
  readonly cron?: string
  readonly freshHours?: number | null
  readonly keepDays?: number | null
  readonly rows?: string
  readonly nextBy: PageSettings['next']['by']
  readonly nextPlace?: string
  readonly nextParameter?: string
  readonly total?: string
  readonly isOn: boolean
}

export function valuesOf(source: string, feed: Feed | undefined, from: string | undefined): Partial<FeedValues> {
  if (!feed)
    return {
      from: from ?? '',
      mode: 'snapshot',
      deletes: 'keep',
      scheduleBy: 'minutes',
      everyMinutes: 60,
      nextBy: 'nothing',
      givesAll: true,
      isOn: true,
    }
  const { schedule, watermark, pages } = feed
  const next = pages?.next ?? { by: 'nothing' as const }
  return {
    name: feed.id.slice(source.length + 1),
    titleZh: feed.title.zh,
    titleEn: feed.title.en,
    dataset: feed.dataset,
    from: feed.from,
    mode: feed.mode,
    deletes: feed.deletes,
    isOn: feed.isOn,
    scheduleBy: !schedule ? 'nothing' : 'cron' in schedule ? 'cron' : 'minutes',
    ...(schedule ?? {}),
    ...(watermark
      ? {
          watermarkColumn: watermark.column,
          overlapSeconds: watermark.overlapSeconds,
          overlapNumbers: watermark.overlapNumbers ?? null,
          firstMark: watermark.first ?? '',
          givesAll: watermark.givesAll ?? true,
        }
      : {}),
    wholeEveryDays: feed.wholeEveryDays ?? null,
    freshHours: feed.freshHours ?? null,
    keepDays: feed.keepDays ?? null,
    nextBy: next.by,
    ...(pages ? { rows: pages.rows } : {}),
    ...(pages?.total ? { total: pages.total } : {}),
    ...('place' in next ? { nextPlace: next.place } : {}),
    ...('parameter' in next ? { nextParameter: next.parameter } : {}),
  }
}

/** Settings of pages, for interfaces only. */
export function pagesOf({ rows = '', nextBy, nextPlace = '', nextParameter = '', total }: FeedValues): PageSettings {
  const next: PageSettings['next'] =
    nextBy === 'link'
      ? { by: nextBy, place: nextPlace }
      : nextBy === 'cursor'
        ? { by: nextBy, place: nextPlace, parameter: nextParameter }
        : nextBy === 'number'
          ? { by: nextBy, parameter: nextParameter, first: 1 }
          : { by: 'nothing' }
  return { rows, next, ...(total ? { total } : {}) }
}

function watermarkOf(values: FeedValues, isHttp: boolean) {
  const { watermarkColumn: column = '', overlapSeconds, overlapNumbers, firstMark, givesAll = true } = values
  return {
    column,
    overlapSeconds: overlapSeconds ?? 0,
    ...(typeof overlapNumbers === 'number' ? { overlapNumbers } : {}),
    ...(isHttp ? { givesAll } : {}),
    ...(isHttp && firstMark ? { first: firstMark } : {}),
  }
}

/** What the API takes. */
export function bodyOf(source: string, values: FeedValues, isHttp: boolean, columns: Feed['columns'] | undefined) {
  const { titleZh, titleEn, dataset, from = '', mode, deletes, scheduleBy, everyMinutes, cron, isOn } = values
  const watermark = mode === 'watermark' ? watermarkOf(values, isHttp) : undefined
  const isComparedWhole = canTakeWhole({ mode, ...(watermark ? { watermark } : {}) })
  return {
    source,
    title: { zh: titleZh, en: titleEn || titleZh },
    dataset,
    from,
    mode,
    deletes: mode === 'snapshot' || (watermark && isComparedWhole) ? deletes : 'keep',
    isOn,
    ...(watermark ? { watermark } : {}),
    ...(scheduleBy === 'minutes'
      ? { schedule: { everyMinutes } }
      : scheduleBy === 'cron'
        ? { schedule: { cron } }
        : {}),
    ...(isComparedWhole && values.wholeEveryDays ? { wholeEveryDays: values.wholeEveryDays } : {}),
    ...(values.freshHours ? { freshHours: values.freshHours } : {}),
    ...(values.keepDays ? { keepDays: values.keepDays } : {}),
    ...(isHttp ? { pages: pagesOf(values) } : {}),
    ...(columns ? { columns } : {}),
  }
}
