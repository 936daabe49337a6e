import { formFields } from '#portal/forms'
import type { Words } from '../../../../runtime/words.ts'
import type { Assignee } from '../../../definition.ts'
import type { Draft } from '../model/draft.ts'
import { unitFields } from '../model/fields.ts'
import type { Parts } from '../types.ts'

/** Ways to say who, in the words of the editor. */
export const WHO = {
  right: { zh: '有某项权限的岗位', en: 'Posts with a right' },
  post: { zh: '指定岗位', en: 'A certain post' },
  organisationIn: { zh: '所填单位中有权限的岗位', en: 'Posts of the organisation filled in' },
  opener: { zh: '发起人', en: 'Who opened it' },
  holder: { zh: '当前办理人', en: 'Who has it now' },
  whoDid: { zh: '做过某操作的人', en: 'Who did an action' },
  accountIn: { zh: '所填的人或企业', en: 'The person or firm filled in' },
  postIn: { zh: '所填的岗位', en: 'The posts filled in' },
  hook: { zh: '按程序规则查找', en: 'Found by a rule of the program' },
} as const satisfies Readonly<Record<string, Words>>

export type WhoKind = keyof typeof WHO
export const WHO_KINDS = Object.keys(WHO) as WhoKind[]

/** An assignee as one value beside its kind. */
export function partsOf(who: Assignee): { readonly kind: WhoKind; readonly value: string; readonly right: string } {
  if ('organisationIn' in who) return { kind: 'organisationIn', value: who.organisationIn, right: who.right }
  if ('right' in who) return { kind: 'right', value: who.right, right: who.right }
  if ('post' in who) return { kind: 'post', value: who.post, right: '' }
  if ('whoDid' in who) return { kind: 'whoDid', value: who.whoDid, right: '' }
  if ('accountIn' in who) return { kind: 'accountIn', value: who.accountIn, right: '' }
  if ('postIn' in who) return { kind: 'postIn', value: who.postIn, right: '' }
  if ('hook' in who) return { kind: 'hook', value: who.hook, right: '' }
  return { kind: 'opener' in who ? 'opener' : 'holder', value: '', right: '' }
}

export function whoOf(kind: WhoKind, value: string, right: string): Assignee {
  if (kind === 'right') return { right: value || 'loops.handle' }
  if (kind === 'post') return { post: value }
  if (kind === 'organisationIn') return { organisationIn: value, right: right || 'loops.handle' }
  if (kind === 'whoDid') return { whoDid: value }
  if (kind === 'accountIn') return { accountIn: value }
  if (kind === 'postIn') return { postIn: value }
  if (kind === 'hook') return { hook: value }
  return kind === 'opener' ? { opener: true } : { holder: true }
}

/** Why there is nothing to choose from where an organisation filled in is meant. */
export const NO_UNITS: Words = {
  zh: '登记内容中还没有单位：请先到“取名”一步添加“一个单位”或“多个单位”的填写项',
  en: 'Nothing filled in names organisations yet: add a field "One organisation" or "Several organisations" under "Name it" first',
}

export interface Option {
  readonly value: string
  readonly label: string
}

/** What one may choose from for a kind, posts apart. */
export function optionsFor(kind: WhoKind, draft: Draft, parts: Parts, t: (words: Words) => string): Option[] {
  if (kind === 'right') return rightOptions(parts, t)
  if (kind === 'whoDid') return Object.entries(draft.actions).map(([value, { title }]) => ({ value, label: t(title) }))
  if (kind === 'hook')
    return parts.hooks
      .filter((hook) => hook.kind === 'finders')
      .map(({ name, title }) => ({ value: name, label: t(title) }))
  const fields = kind === 'organisationIn' ? unitFields(draft.data) : formFields(draft.data)
  return fields.map(({ name, title }) => ({ value: name, label: t(title) }))
}

export const rightOptions = ({ rights }: Parts, t: (words: Words) => string): Option[] =>
  rights.map(({ id, title }) => ({ value: id, label: t(title) }))

/** Who, in a few words. */
export function whoWords(who: Assignee, draft: Draft, parts: Parts, t: (words: Words) => string): string {
  const { kind, value } = partsOf(who)
  if (kind === 'opener' || kind === 'holder') return t(WHO[kind])
  if (kind === 'right') return t(parts.rights.find(({ id }) => id === value)?.title ?? { zh: value, en: value })
  return optionsFor(kind, draft, parts, t).find((one) => one.value === value)?.label ?? (value || t(WHO[kind]))
}
