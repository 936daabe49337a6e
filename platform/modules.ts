import type { Module } from '#runtime'

/** The platform's capabilities; order does not matter, needs decide. */
export const platformModules: readonly Module[] = []
