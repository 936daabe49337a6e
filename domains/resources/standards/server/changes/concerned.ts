import { type DeclaredField, inventory } from '#domains/resources/collection'
import { grants } from '#platform/exchange'
import { identity } from '#platform/identity'
import { codeLists, type HeldCodes } from '#platform/registry'
import { type App, type Words, type Work, words } from '#runtime'
import type { Element } from '../../declarations/datasets.ts'
import { allElements } from '../elements.ts'
import { type Use, usesOf } from '../uses.ts'

/** What changes: elements, or a code list with the elements that take their values from it. */
export interface About {
  readonly elements: readonly Pick<Element, 'id' | 'title' | 'synonyms' | 'owner'>[]
  readonly list?: string
}

/** Whom a change concerns. */
interface Concerned {
  /** Fields of datasets. */
  readonly uses: readonly Use[]
  /** Fields that units declared of their own systems, the first of them, and how many there are. */
  readonly declared: readonly DeclaredField[]
  readonly declaredCount: number
  /** Organisations that have such a field under a grant. */
  readonly consumers: readonly string[]
  /** All organisations, each once: sources, those with a system or a grant, and the one source of the element. */
  readonly units: readonly string[]
}

export const aboutList = async (app: App, work: Work, list: string): Promise<About> => ({
  list,
  elements: (await allElements(app, work)).filter(({ codes, state }) => codes === list && state === 'in-force'),
})

export async function concernedBy(app: App, work: Work, { elements, list }: About): Promise<Concerned> {
  const ids = new Set(elements.map(({ id }) => id))
  const uses = (await usesOf(app, work)).filter(
    ({ element, meta }) => (element !== undefined && ids.has(element)) || (list !== undefined && meta.codes === list),
  )
  const like = {
    elements: [...ids],
    titles: elements.flatMap(({ title, synonyms }) => [title, ...synonyms]),
  }
  const declared = await app.use(inventory).fieldsLike(work.tx, like)
  const holders = await app.use(inventory).ownersLike(work.tx, like)
  const consumers = [...new Set(consumersOf(app, uses))]
  const owners = elements.flatMap(({ owner }) => owner ?? [])
  const units = new Set([
    ...uses.map(({ source }) => source),
    ...holders.map(({ owner }) => owner),
    ...consumers,
    ...owners,
  ])
  const declaredCount = holders.reduce((all, { fields }) => all + fields, 0)
  return { uses, declared, declaredCount, consumers, units: [...units] }
}

const consumersOf = (app: App, uses: readonly Use[]): string[] =>
  [...Map.groupBy(uses, ({ dataset }) => dataset)].flatMap(([dataset, own]) =>
    app
      .use(grants)
      .ofDataset(dataset)
      .filter(({ fields }) => own.some(({ field }) => fields.includes(field)))
      .map(({ consumer }) => consumer),
  )

const MOST_LINES = 100

/** The datasets, with how many rows hold a code that goes, then the systems and whoever has a grant; a line each. */
export async function affectedBy(
  app: App,
  work: Work,
  { list }: About,
  { uses, declared, declaredCount, consumers }: Concerned,
  removed: readonly string[],
): Promise<Words> {
  const held = list === undefined ? [] : await app.use(codeLists).held(work.tx, list, removed)
  const names = new Map((await app.use(identity).organisations(work.tx)).map(({ id, name }) => [id, name]))
  const nameOf = (id: string): Words => names.get(id) ?? words(id, id)
  const lines = [
    ...uses.map((use) => useLine(use, nameOf(use.source), held)),
    ...declared.map(({ systemName, table, name, title, owner }) =>
      words(
        `系统“${systemName}”${table}.${title ?? name}（${nameOf(owner).zh}）`,
        `System "${systemName}" ${table}.${title ?? name} (${nameOf(owner).en})`,
      ),
    ),
    ...consumers.map((id) => words(`共享使用单位：${nameOf(id).zh}`, `Has it by a grant: ${nameOf(id).en}`)),
  ]
  if (lines.length === 0) return words('目前没有发现使用者', 'Nobody is known to use it')
  const more = uses.length + declaredCount + consumers.length - Math.min(lines.length, MOST_LINES)
  const shown = [
    ...lines.slice(0, MOST_LINES),
    ...(more > 0 ? [words(`另有 ${more} 项未列出`, `${more} more are not listed`)] : []),
  ]
  return words(shown.map(({ zh }) => zh).join('\n'), shown.map(({ en }) => en).join('\n'))
}

function useLine({ dataset, datasetTitle, field, meta }: Use, source: Words, held: readonly HeldCodes[]): Words {
  const rows = held.find((each) => each.dataset === dataset && each.field === field)?.rows
  return words(
    `数据集“${datasetTitle.zh}”的“${meta.title.zh}”（${source.zh}）${
      rows === undefined ? '' : `：有 ${rows} 行使用将取消的代码`
    }`,
    `Dataset "${datasetTitle.en}", ${meta.title.en} (${source.en})${
      rows === undefined ? '' : `: ${rows} rows hold a code that goes`
    }`,
  )
}
