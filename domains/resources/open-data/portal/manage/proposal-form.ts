import type { Exemption, SourceView } from './manage-types.ts'

/** What the form holds: flat, as forms are. */
export interface ProposalForm {
  readonly id: string
  readonly source: string
  readonly titleZh: string
  readonly titleEn: string
  readonly aboutZh: string
  readonly aboutEn: string
  readonly fields: readonly string[]
  readonly access: string
  readonly themes: readonly string[]
  readonly keywords?: readonly string[]
  readonly licence: string
  readonly promise: string
  readonly time?: string
  readonly contactZh: string
  readonly mail?: string
  readonly spatial?: string
  readonly persons: boolean
  readonly exempt?: readonly (Exemption & { readonly field: string })[]
  readonly sensitive?: readonly string[]
}

/** The metadata that the form means. */
export function metaOf(form: ProposalForm, source: SourceView | undefined): object {
  const kept = (names: readonly string[] = []) => names.filter((name) => form.fields.includes(name))
  const persons = form.persons || source?.persons === true
  return {
    title: { zh: form.titleZh, en: form.titleEn },
    about: { zh: form.aboutZh, en: form.aboutEn },
    access: form.access,
    fields: form.fields,
    where: {},
    licence: form.licence,
    themes: form.themes,
    keywords: form.keywords ?? [],
    promise: form.promise,
    contact: { name: { zh: form.contactZh, en: form.contactZh }, ...(form.mail ? { mail: form.mail } : {}) },
    ...(form.spatial ? { spatial: form.spatial } : {}),
    ...(form.time ? { time: form.time } : {}),
    persons,
    exempt: persons ? exemptOf(form) : {},
    sensitive: persons ? kept(form.sensitive) : [],
  }
}

const exemptOf = ({ exempt = [], fields }: ProposalForm): Readonly<Record<string, Exemption>> =>
  Object.fromEntries(
    exempt.flatMap(({ field, ground, reason }) => (fields.includes(field) ? [[field, { ground, reason }]] : [])),
  )
