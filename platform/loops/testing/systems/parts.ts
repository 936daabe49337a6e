import { Type } from 'typebox'
import { field } from '#platform/registry'
import { words } from '#runtime'
import type { Action, Place } from '../../contract.ts'

/** Shorthand for definitions that are written down to try the contract. */
export const t = (zh: string, en: string) => words(zh, en)
export const open = (zh: string, en: string, right: string, more: Partial<Place> = {}): Place => ({
  title: t(zh, en),
  kind: 'open',
  assign: { right: `cities.${right}` },
  ...more,
})
export const waiting = (zh: string, en: string, more: Partial<Place> = {}): Place => ({
  title: t(zh, en),
  kind: 'waiting',
  ...more,
})
export const done = (zh: string, en: string): Place => ({ title: t(zh, en), kind: 'end', outcome: 'done' })
export const refused = (zh: string, en: string): Place => ({ title: t(zh, en), kind: 'end', outcome: 'refused' })
export const withdrawn = (zh: string, en: string): Place => ({ title: t(zh, en), kind: 'end', outcome: 'withdrawn' })
export const act = (zh: string, en: string, from: string, to: string, more: Partial<Action> = {}): Action => ({
  title: t(zh, en),
  from: from === '*' ? '*' : from.split(' '),
  to,
  ...more,
})
/** What every matter of these systems carries. */
export const common = {
  name: field.text(t('名称', 'Name')),
  division: field.division(t('区域', 'Area')),
}
export const text = (zh: string, en: string) =>
  Type.Object({ text: field.longText(t(zh, en), { min: 1 }) }, { additionalProperties: false })
/** Rights of the made-up module that declares them. */
export const RIGHTS = ['first', 'second', 'third', 'fourth', 'arbitrate'] as const
