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

/** Answers about people; absent only in programs without the identity capability. */
export const people = (engine: Engine): Identity | undefined => engine.app.find(identity)
