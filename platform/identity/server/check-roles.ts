import { type Declared, type Module, StartError } from '#runtime'

/** @throws StartError for a role with a right that no module declares, or that everyone holds beyond his own rows */
export function checkRoles(roles: readonly Declared<'roles'>[], modules: readonly Module[]): void {
  const rights = new Set(modules.flatMap((module) => (module.rights ?? []).map(({ id }) => id)))
  for (const { module, entry } of roles)
    for (const [right, reach] of Object.entries(entry.rights)) {
      if (!rights.has(right))
        throw new StartError(`Role "${entry.id}" of module "${module.id}" has a right nobody declares: "${right}".`)
      if (entry.everyone?.length && reach !== 'own')
        throw new StartError(`Role "${entry.id}" of module "${module.id}" is everyone's, so "${right}" must reach own.`)
    }
}
