import type { Module } from '#runtime'
import { domainModules } from '../../domains/domains.ts'
import { platformModules } from '../../platform/modules.ts'

/** Everything that runs. */
export const allModules: readonly Module[] = [...platformModules, ...domainModules]
