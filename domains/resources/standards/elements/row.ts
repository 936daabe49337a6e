import type { Element } from '../declarations/datasets.ts'

type Rest = Partial<Pick<Element, 'max' | 'codes' | 'unit' | 'link' | 'standard' | 'synonyms'>>

/** Elements of one object class, one line each. */
export const elementsOf =
  (set: Element['set'], prefix: string, objectClass: string) =>
  (
    name: string,
    [title, titleEn]: readonly [zh: string, en: string],
    definition: string,
    kind: Element['kind'],
    owner: string | undefined,
    rest: Rest = {},
  ): Element => ({
    id: `taian:${prefix}.${name}`,
    title,
    titleEn,
    definition,
    synonyms: [],
    set,
    objectClass,
    property: title,
    kind,
    link: false,
    ...(owner === undefined ? {} : { owner }),
    edition: 1,
    state: 'in-force',
    ...rest,
  })
