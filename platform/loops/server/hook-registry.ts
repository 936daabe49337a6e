import { Defect, StartError } from '#runtime'
import type { Choice, Effect, Finder, Guard, Hooks, LoopDefinition } from '../contract.ts'
import { limited } from './hook-limit.ts'
import { assigneesOf, forksOf } from './walk-definition.ts'

type Kind = keyof Hooks

/** Hooks of all modules by their full name `<module>.<hook>`. */
export class HookRegistry {
  readonly #hooks = {
    guards: new Map<string, Guard>(),
    effects: new Map<string, Effect>(),
    choices: new Map<string, Choice>(),
    finders: new Map<string, Finder>(),
  }

  /** @throws StartError for a name already taken */
  add(module: string, hooks: Hooks): void {
    for (const kind of ['guards', 'effects', 'choices', 'finders'] as const)
      for (const [name, hook] of Object.entries(hooks[kind] ?? {})) {
        const full = `${module}.${name}`
        const known = this.#hooks[kind] as Map<string, unknown>
        if (known.has(full)) throw new StartError(`The loop hook "${full}" (${kind}) is registered twice.`)
        known.set(full, limited(full, hook))
      }
  }

  guard = (name: string): Guard => this.#get('guards', name)
  effect = (name: string): Effect => this.#get('effects', name)
  choice = (name: string): Choice => this.#get('choices', name)
  finder = (name: string): Finder => this.#get('finders', name)

  /** @throws StartError for a hook that a definition names and nobody registered */
  check(definition: LoopDefinition): void {
    const named: readonly (readonly [Kind, readonly string[]])[] = [
      ['guards', Object.values(definition.actions).flatMap((action) => action.guards ?? [])],
      ['effects', Object.values(definition.actions).flatMap((action) => action.effects ?? [])],
      ['choices', forksOf(definition).map((fork) => fork.choose)],
      ['finders', assigneesOf(definition).flatMap((who) => ('hook' in who ? [who.hook] : []))],
    ]
    for (const [kind, names] of named)
      for (const name of names)
        if (!this.#hooks[kind].has(name))
          throw new StartError(
            `Loop "${definition.id}" version ${definition.version} names the hook "${name}" (${kind}), which no module registers.`,
          )
  }

  #get<K extends Kind>(kind: K, name: string): NonNullable<Hooks[K]>[string] {
    const hook = this.#hooks[kind].get(name)
    if (!hook) throw new Defect(`No module registers the loop hook "${name}" (${kind}).`)
    return hook as NonNullable<Hooks[K]>[string]
  }
}
