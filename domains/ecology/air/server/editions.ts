import { type Rule, rules } from '#platform/rules'
import { type App, localDateAt } from '#runtime'
import type { ScreenPack } from '../rules/air-screens.ts'
import { findPackAt } from '../rules/packs.ts'
import type { AnnualPack, IndexPack, LimitPack, RankingPack } from '../rules/types.ts'

/** Editions in force on a day, those published in the portal included. */
export interface Editions {
  readonly index: IndexPack | undefined
  readonly limits: LimitPack | undefined
  readonly annual: AnnualPack | undefined
  readonly ranking: RankingPack | undefined
  readonly screens: ScreenPack | undefined
}

const packsOf = (app: App, id: string): Rule['packs'] =>
  app
    .use(rules)
    .all()
    .find((rule) => rule.id === id)?.packs ?? []

/** All editions of the index, the oldest first. */
export const indexEditions = (app: App) => packsOf(app, 'air.index') as readonly unknown[] as readonly IndexPack[]

export function editionsAt(app: App, at: Date): Editions {
  const day = localDateAt(at)
  const find = <P>(id: string) => findPackAt(packsOf(app, id), day) as P | undefined
  return {
    index: find('air.index'),
    limits: find('air.limits'),
    annual: find('air.annual'),
    ranking: find('air.ranking'),
    screens: find('air.screens'),
  }
}
