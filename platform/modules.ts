import type { Module } from '#runtime'
import { identityModule } from './identity/module.ts'
import { mapModule } from './map/module.ts'
import { rulesModule } from './rules/module.ts'

/** The platform's capabilities; order does not matter, needs decide. */
export const platformModules: readonly Module[] = [identityModule, mapModule, rulesModule]
