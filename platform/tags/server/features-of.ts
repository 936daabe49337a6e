import type { Tag, TagFeature } from '../declaration.ts'

/** Features that tags read, and those that these are made of, in the order of their declaration. */
export function featuresOf(all: readonly TagFeature[], tags: readonly Pick<Tag, 'features'>[]): readonly TagFeature[] {
  const used = new Set<string>()
  const use = (id: string) => {
    used.add(id)
    for (const other of all.find((each) => each.id === id)?.features ?? []) use(other)
  }
  for (const tag of tags) for (const id of tag.features) use(id)
  return all.filter(({ id }) => used.has(id))
}
