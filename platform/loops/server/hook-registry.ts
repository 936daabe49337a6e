import { Defect, StartError, type Words, words } from '#runtime'
import type { Mistake } from '../check-definition.ts'
import type { Choice, Effect, Ended, Finder, Guard, Hooks, LoopDefinition } from '../contract.ts'
import { limited } from './hook-limit.ts'
import { assigneesOf, forksOf } from './walk-definition.ts'

const KINDS = ['guards', 'effects', 'choices', 'finders'] as const
export type HookKind = (typeof KINDS)[number]

/** A hook that a definition may name. */
export interface KnownHook {
  readonly kind: HookKind
  readonly name: string
  readonly title: Words
}

/** Hooks of all modules by their full name `<module>.<hook>`. */
export class HookRegistry {
  readonly #titles = new Map<string, Words>()
  readonly #hooks = {
    guards: new Map<string, Guard>(),
    effects: new Map<string, Effect>(),
    choices: new Map<string, Choice>(),
    finders: new Map<string, Finder>(),
  }
  readonly #ended = new Map<string, Ended>()

  /** @throws StartError for a name already taken */
  add(module: string, hooks: Hooks): void {
    for (const kind of [...KINDS, 'ended'] as const)
      for (const [name, hook] of Object.entries(hooks[kind] ?? {})) {
        const full = `${module}.${name}`
        const known: Map<string, unknown> = kind === 'ended' ? this.#ended : this.#hooks[kind]
        if (known.has(full)) throw new StartError(`The loop hook "${full}" (${kind}) is registered twice.`)
        known.set(full, limited(full, hook))
        const title = hooks.titles?.[name]
        if (title) this.#titles.set(full, title)
      }
  }

  guard = (name: string): Guard => this.#get('guards', name)
  effect = (name: string): Effect => this.#get('effects', name)
  choice = (name: string): Choice => this.#get('choices', name)
  finder = (name: string): Finder => this.#get('finders', name)

  /** What follows when a matter of a definition has ended. */
  ended = (definition: string): Ended | undefined => this.#ended.get(definition)

  /** Every hook from which a definition may choose. */
  all(): KnownHook[] {
    return KINDS.flatMap((kind) =>
      [...this.#hooks[kind].keys()].map((name) => ({ kind, name, title: this.#titles.get(name) ?? words(name, name) })),
    )
  }

  /** Hooks that a definition names and nobody registered. */
  mistakesIn(definition: LoopDefinition): Mistake[] {
    return namedIn(definition)
      .filter(({ kind, name }) => !this.#hooks[kind].has(name))
      .map(({ at, kind, name }) => ({
        at,
        message: words(`没有名为“${name}”的程序钩子`, `names the hook "${name}" (${kind}), which no module registers`),
      }))
  }

  /** @throws StartError for a hook that a definition names and nobody registered */
  check(definition: LoopDefinition): void {
    const [first] = this.mistakesIn(definition)
    if (first) throw new StartError(`Loop "${definition.id}" version ${definition.version} ${first.message.en}.`)
  }

  #get<K extends HookKind>(kind: K, name: string): NonNullable<Hooks[K]>[string] {
    const hook = this.#hooks[kind].get(name)
    if (!hook) throw new Defect(`No module registers the loop hook "${name}" (${kind}).`)
    return hook as NonNullable<Hooks[K]>[string]
  }
}

function namedIn(definition: LoopDefinition): { kind: HookKind; name: string; at: string }[] {
  const actions = Object.entries(definition.actions)
  return [
    ...actions.flatMap(([id, { guards = [] }]) =>
      guards.map((name) => ({ kind: 'guards' as const, name, at: `/actions/${id}` })),
    ),
    ...actions.flatMap(([id, { effects = [] }]) =>
      effects.map((name) => ({ kind: 'effects' as const, name, at: `/actions/${id}` })),
    ),
    ...forksOf(definition).map(({ choose }) => ({ kind: 'choices' as const, name: choose, at: '' })),
    ...assigneesOf(definition).flatMap((who) =>
      'hook' in who ? [{ kind: 'finders' as const, name: who.hook, at: '' }] : [],
    ),
  ]
}
