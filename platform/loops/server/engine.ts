import { type Identity, identity } from '#platform/identity'
import type { App } from '#runtime'
import type { Loops } from '../contract.ts'
import type { Definitions } from './definitions.ts'
import type { HookRegistry } from './hook-registry.ts'

/** What every use case of the engine needs. */
export interface Engine {
  readonly app: App
  readonly definitions: Definitions
  readonly hooks: HookRegistry
  /** The engine as others see it; what it does itself, such as opening sub-loops, goes the same way. */
  readonly service: Loops
  /** Answers about people other than those of the running program. */
  readonly people?: Identity
  /** The same with other definitions, for trials. */
  with(definitions: Definitions): Engine
}

/** Answers about people. */
export const people = (engine: Engine): Identity => engine.people ?? engine.app.use(identity)
