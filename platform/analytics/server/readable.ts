import { datasetExtracts } from '#platform/registry'
import { type Actor, type App, Forbidden, words } from '#runtime'
import type { Snapshot } from '../contract.ts'

/**
 * A table knows no single rows' reach and masks nothing: so it is for those whose right to read reaches the whole city,
 * for every dataset that is in it, and where a column is personal, the right to see it unmasked too.
 */
export function isReadable(app: App, actor: Actor, { sources }: Pick<Snapshot, 'sources'>): boolean {
  const extracts = new Map(
    app
      .use(datasetExtracts)
      .all()
      .map((extract) => [extract.dataset.id, extract]),
  )
  return sources.every((source) => {
    const extract = extracts.get(source)
    const isPersonal = extract?.columns.some(({ personal }) => personal)
    return extract && reachesAll(actor, extract.readRight) && (!isPersonal || reachesAll(actor, UNMASK))
  })
}

const UNMASK = 'registry.unmask'

const reachesAll = (actor: Actor, right: string): boolean => actor.rights.get(right)?.reach === 'city'

/** @throws Forbidden unless the right reaches the whole city */
export function needWholeCity(actor: Actor, right: string): void {
  if (!reachesAll(actor, right))
    throw new Forbidden(
      'whole-city-only',
      words(
        '分析表不分范围，只有全市权限可以使用',
        'Tables of analysis are whole; only a right to the whole city serves',
      ),
    )
}
