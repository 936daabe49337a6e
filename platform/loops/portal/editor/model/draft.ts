import type { TObject } from 'typebox'
import type { FormSchema } from '#portal/forms'
import type { LoopDefinition } from '../../../definition.ts'

/** A definition while it is being made: of the right shape, but maybe with names that lead nowhere. */
export type Draft = LoopDefinition

/** The same as changes: a field that is `undefined` is taken away. */
export type Patch<T> = { readonly [K in keyof T]?: T[K] | undefined }

export function patched<T extends object>(one: T, patch: Patch<T>): T {
  const all = Object.entries({ ...one, ...patch }).filter(([, value]) => value !== undefined)
  return Object.fromEntries(all) as T
}

/** A form as a definition keeps it. */
export const asForm = (schema: FormSchema): TObject => schema as unknown as TObject

export const EMPTY_FORM = asForm({ type: 'object', properties: {}, required: [] })

/** A stored draft, of which only the JSON is sure, with what every editor needs. */
export function draftOf(id: string, body: Readonly<Record<string, unknown>>): Draft {
  const known: Partial<Draft> = body
  return {
    title: { zh: '', en: '' },
    headline: { zh: '', en: '' },
    data: EMPTY_FORM,
    places: {},
    start: '',
    actions: {},
    ...known,
    id,
    version: 1,
  }
}

/** Id of a new definition; those made in the portal begin with `own.`. */
export const freshId = (): string => `own.m${Date.now().toString(36)}`
