import { identity } from '#platform/identity'
import { notices } from '#platform/notices'
import type { App, Words, Work } from '#runtime'
import { KINDS_OF_CHANGE, type KindOfChange } from '../../declarations/datasets.ts'

interface News {
  readonly kind: KindOfChange
  readonly title: string
  readonly element?: string
  readonly list?: string
  readonly body: Words
}

/** Tells the posts that answer for data standards in each unit what becomes of a change. */
export async function tellUnits(app: App, work: Work, units: readonly string[], news: News): Promise<void> {
  const { kind, title, element, list, body } = news
  const people = app.use(identity)
  const found = await Promise.all(
    [...new Set(units)].map((organisation) => people.postsWith('standards.claim', { organisation }, work.tx)),
  )
  const what = KINDS_OF_CHANGE[kind]
  for (const post of new Set(found.flat().map(({ id }) => id)))
    await app.use(notices).send(work, {
      to: { post },
      title: { zh: `${what.zh}：${title}`, en: `${what.en}: ${title}` },
      body,
      link:
        list === undefined ? elementPage(kind, String(element)) : `/standards/code-lists/${encodeURIComponent(list)}`,
      urgency: 'normal',
    })
}

/** A new element has no page before it begins. */
const elementPage = (kind: KindOfChange, element: string) =>
  kind === 'register' ? '/standards' : `/standards/elements/${encodeURIComponent(element)}`
