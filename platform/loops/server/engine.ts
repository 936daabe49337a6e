import { type Identity, identity } from '#platform/identity'
import type { App } from '#runtime'
import type { Definitions } from './definitions.ts'
import type { HookRegistry } from './hook-registry.ts'

/** What every use case of the engine needs. */
export interface Engine {
  readonly app: App
  readonly definitions: Definitions
  readonly hooks: HookRegistry
}

/** Answers about people. */
export const people = (engine: Engine): Identity => engine.app.use(identity)
