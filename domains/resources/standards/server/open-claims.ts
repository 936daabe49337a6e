import { type LoopInstance, loops } from '#platform/loops'
import { type App, system, type Work } from '#runtime'

/** Open claims of an element, oldest first; not those that were merged into another matter and end with it. */
export const openClaims = async (app: App, work: Work, element: string): Promise<LoopInstance[]> =>
  (await app.use(loops).openAbout(work, { kind: 'standards.element', id: element })).filter(
    ({ definition, lead }) => definition === 'standards.claim' && lead === null,
  )

interface Happened {
  readonly action: 'owner-changed' | 'element-retired'
  readonly form: Readonly<Record<string, unknown>>
  /** Matter from which it follows. */
  readonly because: string
}

/** Tells a claim what became of its element. @returns false for one of an older version, which does not know of it */
export async function actOnClaim(
  app: App,
  work: Work,
  { id, definition, version, revision }: LoopInstance,
  { action, form, because }: Happened,
): Promise<boolean> {
  const service = app.use(loops)
  if (!service.definition(definition, version).actions[action]) return false
  await service.act(
    { ...work, actor: system('standards.claims') },
    { instance: id, action, form, revision, key: `${action}:${because}` },
  )
  return true
}
